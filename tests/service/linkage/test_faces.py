"""Another candidate's face: found by its exact distance, and never once it is deleted."""

from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from uuid import UUID

import numpy as np
import pytest
import sqlalchemy as sa

from models.person import TemplateKind
from service.linkage.faces import FaceIndexes, Resembling
from service.linkage.nearest import Floats
from service.store.actor import SYSTEM
from service.store.faces import FORGOTTEN_LASTS
from service.store.linkage_tables import ForgottenFace, KeptFace
from service.store.tables import Subject
from tests.service.linkage.people import ENGINE, a_template, people
from tests.service.store.building import House, TakenBack, an_order

VECTORS, CAPTURED = people(40, 2)


@dataclass
class Candidates:
    """What was kept of whom, beside the store that keeps it."""

    house: House
    kept: dict[UUID, tuple[UUID, list[Floats]]] = field(default_factory=dict)
    """Subject and vectors by verification."""
    names: "count[int]" = field(default_factory=count)

    def keep(self, *vectors: Floats, subject: str | None = None) -> UUID:
        """A verification with a portrait and, where there are more, live templates."""
        order = an_order(subject or f"candidate {next(self.names)}")
        verification = self.house.ordered(order)
        kinds = [TemplateKind.PORTRAIT, *[TemplateKind.LIVE] * len(vectors)]
        with self.house.acting(SYSTEM) as t:
            t.faces.remember(verification, [a_template(v, k) for v, k in zip(vectors, kinds)])  # noqa: B905
            subject_id = t.verifications.get(verification).subject_id
        self.kept[verification] = subject_id, list(vectors)
        return verification

    def delete(self, verification: UUID) -> None:
        with self.house.acting() as t:
            t.verifications.delete(verification)
        del self.kept[verification]

    def forget(self, subject: UUID) -> None:
        with self.house.acting() as t:
            t.subjects.forget(subject)
        self.kept = {v: kept for v, kept in self.kept.items() if kept[0] != subject}

    def nearest(self, asked: Floats, without: UUID | None = None) -> list[tuple[UUID, float]]:
        """By brute force: subjects and distances."""
        far: dict[UUID, float] = {}
        for subject, vectors in self.kept.values():
            distance = min(float(np.linalg.norm(v - asked)) for v in vectors)
            if subject != without:
                far[subject] = min(distance, far.get(subject, 9))
        return sorted(far.items(), key=lambda pair: pair[1])


def search(
    house: House, faces: FaceIndexes, asked: Floats, many: int = 5, *without: UUID
) -> list[Resembling]:
    with house.store.tenant(house.tenant, SYSTEM, reads_only=True) as t:
        return faces.search(t, a_template(asked), many, without=without)


def held(faces: FaceIndexes) -> int:
    """How many templates a process has in memory."""
    return sum(len(index.nearest) for index in faces._indexes.values())


def test_the_nearest_candidates_are_told_by_their_nearest_template(house: House) -> None:
    candidates, faces = Candidates(house), FaceIndexes(house.store)
    for person in range(20):
        candidates.keep(VECTORS[2 * person], VECTORS[2 * person + 1])
    asked = CAPTURED(np.array([7]))[0]
    found = search(house, faces, asked)
    expected = candidates.nearest(asked)
    assert [one.subject for one in found] == [subject for subject, _ in expected[:5]]
    assert [one.distance for one in found] == pytest.approx([d for _, d in expected[:5]], abs=1e-6)
    assert candidates.kept[found[0].verification][0] == found[0].subject
    assert found[0].distance < 0.4 < found[1].distance
    own = found[0].subject
    without = search(house, faces, asked, 5, own)
    assert [one.subject for one in without] == [s for s, _ in candidates.nearest(asked, own)[:5]]


def test_the_kind_of_the_nearest_template_is_told(house: House) -> None:
    Candidates(house).keep(VECTORS[0], VECTORS[9])
    faces = FaceIndexes(house.store)
    assert search(house, faces, VECTORS[0])[0].kind is TemplateKind.PORTRAIT
    assert search(house, faces, VECTORS[9])[0].kind is TemplateKind.LIVE


@pytest.mark.parametrize("seed", range(3))
def test_two_processes_find_what_brute_force_does_whatever_was_kept_and_deleted(
    house: House, seed: int
) -> None:
    chosen, candidates = Random(seed), Candidates(house)
    another = house.open()
    processes = [FaceIndexes(house.store), FaceIndexes(another)]
    for _ in range(40):
        match chosen.choice(["keep", "keep", "again", "delete", "forget", "search", "taken back"]):
            case "keep":
                candidates.keep(*VECTORS[chosen.sample(range(80), chosen.randint(1, 3))])
            case "again":  # The same candidate at a later stage.
                candidates.keep(VECTORS[chosen.randrange(80)], subject="candidate 0")
            case "delete" if candidates.kept:
                candidates.delete(chosen.choice(sorted(candidates.kept)))
            case "forget" if candidates.kept:
                candidates.forget(candidates.kept[chosen.choice(sorted(candidates.kept))][0])
            case "taken back":
                with suppress(TakenBack), house.acting(SYSTEM) as t:
                    row = t.verifications.order(an_order(None))[0]
                    t.faces.remember(row.id, [a_template(VECTORS[0])])
                    raise TakenBack
        asked = VECTORS[chosen.randrange(80)]
        found = search(house, chosen.choice(processes), asked, 4)
        expected = candidates.nearest(asked)[:4]
        assert [o.distance for o in found] == pytest.approx([d for _, d in expected], abs=1e-6)
        assert {o.subject for o in found if o.distance < 0.3} == {
            subject for subject, d in expected if d < 0.3
        }
    another.close()


def test_a_template_leaves_memory_as_its_deletion_ends_and_other_processes_when_they_look(
    house: House,
) -> None:
    candidates, another = Candidates(house), house.open()
    here, there = FaceIndexes(house.store), FaceIndexes(another)
    first, second = candidates.keep(VECTORS[0]), candidates.keep(VECTORS[2])
    for faces in (here, there):
        assert len(search(house, faces, VECTORS[0])) == 2
    candidates.delete(first)
    assert (held(here), held(there)) == (1, 2)
    there.catch_up()
    assert held(there) == 1
    candidates.forget(candidates.kept[second][0])
    assert (held(here), held(there)) == (0, 1)
    assert search(house, there, VECTORS[2]) == []
    assert held(there) == 0
    another.close()


def test_nothing_sealed_of_a_deleted_template_is_left_in_sqlites_files(
    new_sqlite_database: str, tmp_path: Path
) -> None:
    house = House(new_sqlite_database, tmp_path)
    candidates = Candidates(house)
    verification = candidates.keep(VECTORS[0])
    candidates.keep(VECTORS[2])
    with sa.create_engine(house.url).connect() as connection:
        row = connection.execute(
            sa.select(KeptFace.sealed, KeptFace.sealed_code).where(
                KeptFace.verification_id == verification
            )
        ).one()
    assert all(sealed in on_disk(tmp_path) for sealed in row)
    assert VECTORS[0].tobytes()[:32] not in on_disk(tmp_path)
    candidates.delete(verification)
    assert not any(sealed in on_disk(tmp_path) for sealed in row)
    house.store.close()


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_what_a_new_verdict_keeps_replaces_what_an_earlier_one_did(house: House) -> None:
    candidates, faces = Candidates(house), FaceIndexes(house.store)
    verification = candidates.keep(VECTORS[0])
    assert search(house, faces, VECTORS[0])[0].distance == 0
    with house.acting(SYSTEM) as t:
        t.faces.remember(verification, [a_template(VECTORS[4])])
    assert [one.distance for one in search(house, faces, VECTORS[4])] == [0]
    with house.acting(SYSTEM) as t:
        t.faces.remember(verification, [])
    assert search(house, faces, VECTORS[4]) == []


def test_two_tenants_never_see_each_others(house: House) -> None:
    faces, ours = FaceIndexes(house.store), house.tenant
    Candidates(house).keep(VECTORS[0])
    assert len(search(house, faces, VECTORS[0])) == 1
    house.tenant = house.store.add_tenant("Globex")
    assert search(house, faces, VECTORS[0]) == []
    theirs = Candidates(house).keep(VECTORS[1])
    assert [one.verification for one in search(house, faces, VECTORS[0])] == [theirs]
    with house.acting() as t:
        assert t.faces.opened(range(1, 9)).keys() == t.faces.of_subjects(
            ENGINE, [t.verifications.get(theirs).subject_id]
        )
    house.tenant = ours
    assert len(search(house, faces, VECTORS[1])) == 1


def test_templates_of_two_engines_never_meet(house: House) -> None:
    faces = FaceIndexes(house.store)
    verification = house.ordered()
    other = a_template(VECTORS[0], engine="made up 2")
    shorter = a_template(np.eye(64, dtype=np.float32)[0], engine="made up 3")
    with house.acting(SYSTEM) as t:
        t.faces.remember(verification, [other, shorter])
    assert search(house, faces, VECTORS[0]) == []
    with house.acting(SYSTEM) as t:
        assert [one.distance for one in faces.search(t, other, 5)] == [0]
    with house.acting(SYSTEM) as t:
        assert [one.distance for one in faces.search(t, shorter, 5)] == [0]
        ((_, made),) = t.faces.gallery("made up 3", without=UUID(int=0))
        assert made == shorter


def test_a_transaction_that_keeps_templates_itself_is_not_searched_in(house: House) -> None:
    """They may yet be taken back, and their numbers be given to others."""
    verification = house.ordered()
    with house.acting(SYSTEM) as t:
        t.faces.remember(verification, [a_template(VECTORS[0])])
        with pytest.raises(RuntimeError, match="before"):
            FaceIndexes(house.store).search(t, a_template(VECTORS[0]), 5)


def test_a_reader_of_an_older_state_brings_nothing_deleted_back(
    new_sqlite_database: str, tmp_path: Path
) -> None:
    house = House(new_sqlite_database, tmp_path)
    candidates, faces = Candidates(house), FaceIndexes(house.store)
    first = candidates.keep(VECTORS[2])
    search(house, faces, VECTORS[0])
    verification = candidates.keep(VECTORS[0])
    with house.store.tenant(house.tenant, SYSTEM, reads_only=True) as before:
        assert before.verifications.get(verification)
        candidates.delete(verification)
        candidates.delete(first)
        assert held(faces) == 0
        assert faces.search(before, a_template(VECTORS[0]), 5) == []
    assert held(faces) == 0
    house.store.close()


def test_a_damaged_code_is_made_anew_and_a_damaged_template_costs_only_itself(
    house: House,
) -> None:
    candidates = Candidates(house)
    damaged = [candidates.keep(VECTORS[2 * person]) for person in range(3)]
    with house.store._transaction() as session:
        for verification, column in zip(damaged, ("sealed_code", "sealed"), strict=False):
            session.execute(
                sa.update(KeptFace)
                .where(KeptFace.verification_id == verification)
                .values({column: b"\x01" * 60})
            )
    found = search(house, FaceIndexes(house.store), VECTORS[0])
    assert [one.verification for one in found] == [damaged[0], damaged[2]]
    assert found[0].distance == 0


def test_the_gallery_has_the_newest_template_of_each_other_candidate(house: House) -> None:
    candidates = Candidates(house)
    for person in range(6):
        candidates.keep(VECTORS[2 * person], VECTORS[2 * person + 1], subject=f"{person}")
    candidates.keep(VECTORS[60], subject="2")
    own = next(iter(candidates.kept.values()))[0]
    with house.acting(SYSTEM) as t:
        gallery = list(t.faces.gallery(ENGINE, without=own))
        fewer = list(t.faces.gallery(ENGINE, without=own, limit=2))
    newest = [VECTORS[i] for i in (60, 11, 9, 7, 3)]
    assert np.array_equal([template.vector for _, template in gallery], newest)
    assert own not in {subject for subject, _ in gallery}
    assert [subject for subject, _ in fewer] == [subject for subject, _ in gallery[:2]]


def test_a_damaged_key_costs_only_its_own_candidates_templates(house: House) -> None:
    candidates = Candidates(house)
    damaged, whole = candidates.keep(VECTORS[0]), candidates.keep(VECTORS[2])
    subject, other = (candidates.kept[each][0] for each in (damaged, whole))
    with house.store._transaction() as session:
        session.get_one(Subject, subject).wrapped_key = b"\x01" * 61
    found = search(house, FaceIndexes(house.store), VECTORS[0])
    assert [one.verification for one in found] == [whole]
    with house.acting(SYSTEM) as t:
        assert [of for of, _ in t.faces.gallery(ENGINE, without=UUID(int=0))] == [other]
        assert list(t.faces.kept([damaged, whole])) == [whole]


def test_numbers_of_deleted_templates_go_once_no_process_can_need_them(house: House) -> None:
    candidates, faces = Candidates(house), FaceIndexes(house.store)
    stopped = FaceIndexes(house.store)
    first, second, third = (candidates.keep(VECTORS[i]) for i in (0, 2, 4))
    for each in (faces, stopped):
        search(house, each, VECTORS[0])
    house.store._when_erased.remove(stopped.catch_up)
    for verification in (first, second):
        candidates.delete(verification)
    house.store.tidy()
    assert forgotten(house) == 2
    house.clock.pass_by(FORGOTTEN_LASTS / 3)
    faces.catch_up()
    house.clock.pass_by(FORGOTTEN_LASTS)
    house.store.tidy()
    assert forgotten(house) == 1, "by the last one it is known how far deletions have come"
    assert held(stopped) == 3
    stopped.catch_up()
    assert held(stopped) == 1, "one that was stopped until then begins anew"
    candidates.delete(third)
    for each in (faces, stopped):
        assert search(house, each, VECTORS[0]) == []
        assert held(each) == 0


def forgotten(house: House) -> int:
    with house.store._transaction() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(ForgottenFace)) or 0


def test_only_the_index_asked_for_last_stays_where_memory_is_short(house: House) -> None:
    faces, tenants = FaceIndexes(house.store, most_bytes=1), [house.tenant]
    tenants.append(house.store.add_tenant("Globex"))
    for tenant in (*tenants, *tenants):
        house.tenant = tenant
        Candidates(house).keep(VECTORS[0])
        assert search(house, faces, VECTORS[0])
        assert [of for of, _ in faces._indexes] == [tenant]
