"""Face templates: in one place alone, until the candidate or another engine has them replaced."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.history import Claims
from models.person import FaceTemplate
from models.verification import Verification as Verified
from service.linkage.faces import FaceIndexes
from service.store.actor import SYSTEM
from service.store.errors import NotFound
from service.store.keys import Key
from service.store.results import Work
from service.store.sealed_results import step_place, verdict_place
from service.store.tables import StepResult, Subject, Tenant, Verdict, Verification
from service.workflow.pipeline import Step
from service.workflow.pipeline import StepResult as Found
from tests.service.store.building import House, a_template, a_verdict, an_order

FACES = Step.FACES.value


@pytest.fixture
def faces(house: House) -> FaceIndexes:
    """What a process searches among, which it is told of deletions."""
    return FaceIndexes(house.store)


def ordered(house: House, reference: str = "ada", *, keep_template: bool = True) -> UUID:
    house.clock.pass_by(timedelta(days=1))
    return house.ordered(an_order(reference, claims=True, keep_template=keep_template))


def compared(house: House, verification: UUID, *templates: FaceTemplate) -> Work:
    """A submission of which the step of the faces is done."""
    work = house.submitted(verification)
    found = Found(step=Step.FACES, findings=(), templates=templates)
    with house.acting(SYSTEM) as t:
        assert t.results.begin(work, FACES)
        t.results.finish(work, FACES, found.model_dump_json().encode())
    return work


def concluded(house: House, verification: UUID, *templates: FaceTemplate) -> Work:
    work = compared(house, verification, *templates)
    return house.concluded(a_verdict(templates=templates), work)


def kept(house: House, verification: UUID) -> list[str]:
    """The engines of the kept templates."""
    with house.acting(SYSTEM) as t:
        return [template.engine for template in t.faces.kept([verification]).get(verification, ())]


def nearest(house: House, faces: FaceIndexes, asked: FaceTemplate) -> list[UUID]:
    with house.store.tenant(house.tenant, SYSTEM, reads_only=True) as t:
        return [one.verification for one in faces.search(t, asked, 5)]


def in_results(house: House) -> int:
    """How many results of steps and verdicts hold a vector."""
    return sum(b'"vector"' in opened for opened in opened_results(house))


def opened_results(house: House) -> Iterator[bytes]:
    with house.store.tenant(house.tenant, SYSTEM) as t:
        session = t._scope.session
        rows: list[StepResult | Verdict] = [*session.scalars(sa.select(Verdict))]
        rows += session.scalars(sa.select(StepResult).where(StepResult.sealed.is_not(None)))
        for row in rows:
            key = t._scope.subject_key(t.verifications.get(row.verification_id).subject_id)
            yield key.open(row.sealed or b"", about=place_of(row))


def place_of(row: StepResult | Verdict) -> str:
    if isinstance(row, StepResult):
        return step_place(row.verification_id, row.generation, row.step)
    return verdict_place(row.verification_id, row.generation)


def as_before_there_was_a_table(house: House, work: Work, *templates: FaceTemplate) -> None:
    """A verdict and a step that hold their templates themselves, and nothing beside them."""
    with house.store.tenant(house.tenant, SYSTEM) as t:
        session, row = t._scope.session, t.verifications.get(work.verification)
        t.faces.remember(work.verification, ())
        key = t._scope.subject_key(row.subject_id)
        verdict = session.get_one(Verdict, (work.verification, work.generation))
        step = session.get_one(StepResult, (work.verification, work.generation, FACES))
        said = Verified.model_validate_json(key.open(verdict.sealed, about=place_of(verdict)))
        said = said.model_copy(update={"templates": templates})
        found = Found(step=Step.FACES, findings=(), templates=templates)
        verdict.sealed = key.seal(said.model_dump_json().encode(), about=place_of(verdict))
        step.sealed = key.seal(found.model_dump_json().encode(), about=place_of(step))
        verdict.bare = False


def test_a_kept_template_says_of_itself_what_it_said_when_it_was_made(house: House) -> None:
    made = a_template(0.6)
    verification = ordered(house)
    concluded(house, verification, made)
    with house.acting(SYSTEM) as t:
        (found,) = t.faces.kept([verification])[verification]
    assert found.vector == pytest.approx(made.vector, abs=1e-7)
    assert found.model_copy(update={"vector": made.vector}) == made


def test_a_conclusion_leaves_templates_in_their_one_place(house: House) -> None:
    verification = ordered(house)
    work = compared(house, verification, a_template())
    assert in_results(house) == 1, "the step holds them on their way to the verdict"
    house.concluded(a_verdict(templates=(a_template(),)), work)
    assert in_results(house) == 0
    assert kept(house, verification) == ["test 1"]


@pytest.mark.parametrize("end", ["park", "cancel"])
def test_a_submission_without_a_verdict_leaves_none(house: House, end: str) -> None:
    work = compared(house, ordered(house), a_template())
    with house.acting(SYSTEM) as t:
        if end == "park":
            assert t.results.park(work, "It could not be finished.")
        else:
            t.verifications.cancel(work.verification)
    assert in_results(house) == 0
    assert kept(house, work.verification) == []


def test_withdrawn_consent_deletes_a_candidates_templates_everywhere_and_nobody_elses(
    house: House, faces: FaceIndexes
) -> None:
    first, second = ordered(house), ordered(house)
    other = ordered(house, "bob")
    concluded(house, first, a_template(0.1))
    concluded(house, second, a_template(0.2))
    concluded(house, other, a_template(0.3))
    as_before_there_was_a_table(house, concluded(house, first, a_template()), a_template(0.1))
    assert set(nearest(house, faces, a_template(0.1))) == {second, other}
    subject = subject_of(house, first)
    with house.acting() as t:
        assert t.templates.withdraw(subject) == 2
    assert in_results(house) == 0
    assert [kept(house, each) for each in (first, second, other)] == [[], [], ["test 1"]]
    assert nearest(house, faces, a_template(0.1)) == [other]
    today = ordered(house)
    with house.acting(SYSTEM) as t:
        assert [whose for whose, _ in t.faces.gallery("test 1", without=UUID(int=0))] == [
            t.verifications.get(other).subject_id
        ]
        captures = t.results.earlier_captures(today)
    assert {c.verification: c.templates for c in captures} == {first: (), second: ()}


def subject_of(house: House, verification: UUID) -> UUID:
    with house.acting() as t:
        return t.verifications.get(verification).subject_id


def test_withdrawing_twice_is_withdrawing_once_and_both_are_on_record(house: House) -> None:
    verification = ordered(house)
    concluded(house, verification, a_template())
    subject = subject_of(house, verification)
    for withdrawn in (1, 0):
        with house.acting() as t:
            assert t.templates.withdraw(subject) == withdrawn
    with house.acting() as t:
        rows = t.audit.list(about=f"candidate:{subject}")
        assert [row.action for row in rows] == ["templates.withdrawn"] * 2
        assert [row.details for row in rows] == [{"verifications": 0}, {"verifications": 1}]
        assert t.results.verified(verification).verdict.outcome == "verified"
        assert not t.verifications.open_order(verification).consent.keep_template


def test_consent_withdrawn_while_it_is_verified_keeps_nothing_of_that(house: House) -> None:
    before, after = (compared(house, ordered(house), a_template()) for _ in range(2))
    late = house.submitted(ordered(house))
    with house.acting(SYSTEM) as t:
        assert t.results.begin(late, FACES)
    with house.acting() as t:
        t.templates.withdraw(t.verifications.get(before.verification).subject_id)
    found = Found(step=Step.FACES, findings=(), templates=(a_template(),))
    with house.acting(SYSTEM) as t:
        t.results.finish(late, FACES, found.model_dump_json().encode())
    for work in (before, after, late):
        house.concluded(a_verdict(templates=(a_template(),)), work)
        assert kept(house, work.verification) == []
    assert in_results(house) == 0


def test_claims_that_were_written_meanwhile_bring_no_consent_back(house: House) -> None:
    verification = ordered(house)
    with house.acting() as t:
        t.templates.withdraw(t.verifications.get(verification).subject_id)
        t.verifications.amend_order(verification, claims=Claims())
        assert not t.verifications.open_order(verification).consent.keep_template


def test_a_damaged_order_or_key_keeps_no_template_from_being_deleted(house: House) -> None:
    damaged, whole = ordered(house), ordered(house)
    for verification in (damaged, whole):
        work = concluded(house, verification, a_template())
    as_before_there_was_a_table(house, work, a_template())
    compared(house, whole, a_template())
    damage_order(house, damaged)
    subject = subject_of(house, damaged)
    with house.acting() as t:
        assert t.templates.withdraw(subject) == 1
    assert in_results(house) == 0
    other = ordered(house, "bob")
    concluded(house, other, a_template())
    subject = subject_of(house, other)
    with house.store._transaction() as session:
        session.get_one(Subject, subject).wrapped_key = b"\x01" * 61
    with house.acting() as t:
        assert t.templates.withdraw(subject) == 0
        assert not t.templates.of_other_engines("none")


def damage_order(house: House, verification: UUID) -> None:
    with house.store._transaction() as session:
        row = session.get_one(Verification, verification)
        row.sealed_order = Key.new().seal(b"{}", about="elsewhere")


def test_a_later_order_may_bring_new_consent(house: House) -> None:
    first = ordered(house)
    concluded(house, first, a_template(0.1))
    with house.acting() as t:
        t.templates.withdraw(t.verifications.get(first).subject_id)
    second = ordered(house)
    concluded(house, second, a_template(0.2))
    assert kept(house, second) == ["test 1"]


def test_nobody_withdraws_for_a_stranger(house: House) -> None:
    with house.acting() as t, pytest.raises(NotFound):
        t.templates.withdraw(UUID(int=1))


def test_nothing_sealed_of_withdrawn_templates_is_left_in_sqlites_files(
    new_sqlite_database: str, tmp_path: Path
) -> None:
    house = House(new_sqlite_database, tmp_path)
    work = concluded(house, ordered(house), a_template())
    as_before_there_was_a_table(house, work, a_template())
    with house.store._transaction() as session:
        old = session.get_one(Verdict, (work.verification, work.generation)).sealed
        order = session.get_one(Verification, work.verification).sealed_order
    assert all(sealed in on_disk(tmp_path) for sealed in (old, order))
    with house.acting() as t:
        t.templates.withdraw(t.verifications.get(work.verification).subject_id)
    assert not any(sealed in on_disk(tmp_path) for sealed in (old, order))
    house.store.close()


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("*.sqlite*"))


# Other engines, and templates of before.


def test_templates_of_another_engine_are_found_by_candidate_the_first_submitted_first(
    house: House,
) -> None:
    first, other, second = ordered(house), ordered(house, "bob"), ordered(house)
    for verification in (second, first):
        concluded(house, verification, a_template(engine="old 1"))
        house.clock.pass_by(timedelta(days=1))
    concluded(house, other, a_template())
    with house.acting(SYSTEM) as t:
        assert t.templates.of_other_engines("test 1") == {
            t.verifications.get(first).subject_id: [second, first]
        }
        assert list(t.templates.of_other_engines("old 1").values()) == [[other]]


def test_templates_made_anew_replace_the_old_ones_and_the_verdict_stays(
    house: House, faces: FaceIndexes
) -> None:
    verification = ordered(house)
    work = concluded(house, verification, a_template(engine="old 1"))
    assert nearest(house, faces, a_template(engine="old 1")) == [verification]
    with house.acting(SYSTEM) as t:
        before = t.results.verified(verification)
        assert t.templates.replace(work, [a_template(), a_template(0.5)])
    assert kept(house, verification) == ["test 1"] * 2
    assert nearest(house, faces, a_template(engine="old 1")) == []
    assert nearest(house, faces, a_template()) == [verification]
    with house.acting(SYSTEM) as t:
        assert t.results.verified(verification) == before
        entry = t.audit.list(about=f"verification:{verification}")[1]
    assert entry.action == "templates.remade"
    assert entry.details == {"generation": 1, "engine": "test 1", "templates": 2}


@pytest.mark.parametrize("meanwhile", ["submitted", "concluded", "withdrawn", "deleted"])
def test_templates_made_anew_of_what_is_no_longer_so_change_nothing(
    house: House, meanwhile: str
) -> None:
    verification = ordered(house)
    work = concluded(house, verification, a_template(engine="old 1"))
    expected = ["old 1"]
    match meanwhile:
        case "submitted":
            house.submitted(verification)
        case "concluded":
            concluded(house, verification, a_template(engine="newer 1"))
            expected = ["newer 1"]
        case "withdrawn":
            with house.acting() as t:
                t.templates.withdraw(t.verifications.get(verification).subject_id)
            expected = []
        case "deleted":
            with house.acting() as t:
                t.verifications.delete(verification)
            expected = []
    with house.acting(SYSTEM) as t:
        assert not t.templates.replace(work, [a_template()])
    assert kept(house, verification) == expected


def test_templates_of_before_are_compared_before_and_after_they_are_taken_over(
    house: House, faces: FaceIndexes
) -> None:
    first = ordered(house)
    work = concluded(house, first, a_template())
    as_before_there_was_a_table(house, work, a_template(0.6))
    today = ordered(house)
    for _ in range(3):
        with house.acting(SYSTEM) as t:
            (capture,) = t.results.earlier_captures(today)
        assert capture.templates[0].vector == pytest.approx(a_template(0.6).vector, abs=1e-6)
        more = house.store.take_over_templates()
    assert not more
    assert nearest(house, faces, a_template(0.6)) == [first]
    assert in_results(house) == 0


def test_of_before_only_the_latest_with_consent_is_taken_over(house: House) -> None:
    twice, disagreed = ordered(house), ordered(house, "bob", keep_template=False)
    for first in (0.1, 0.2):
        work = concluded(house, twice, a_template(first))
        as_before_there_was_a_table(house, work, a_template(first))
    work = concluded(house, disagreed, a_template(0.3))
    as_before_there_was_a_table(house, work, a_template(0.3))
    with house.acting(SYSTEM) as t:
        assert t.templates.left_to_take_over() == 3
        assert t.templates.take_over() == 3
    with house.acting(SYSTEM) as t:
        assert t.templates.take_over() == 0
        found = t.faces.kept([twice, disagreed])
    assert [round(t.vector[0], 6) for t in found[twice]] == [0.2]
    assert disagreed not in found
    assert in_results(house) == 0


def test_a_damaged_result_keeps_nobody_elses_from_being_taken_over(house: House) -> None:
    damaged, whole = (concluded(house, ordered(house), a_template()) for _ in range(2))
    for work in (damaged, whole):
        as_before_there_was_a_table(house, work, a_template())
    with house.store._transaction() as session:
        verdict = session.get_one(Verdict, (damaged.verification, 1))
        verdict.sealed = Key.new().seal(b"{}", about="elsewhere")
    assert house.store.take_over_templates()
    assert not house.store.take_over_templates()
    assert kept(house, whole.verification) == ["test 1"]


@pytest.mark.parametrize("damage", ["order", "candidate's key", "tenant's key"])
def test_what_is_damaged_keeps_no_other_tenant_or_candidate_from_being_taken_over(
    house: House, damage: str
) -> None:
    damaged = concluded_before(house, "ada")
    if damage == "tenant's key":
        spoilt, house.tenant = house.tenant, house.store.add_tenant("Globex")
    whole = concluded_before(house, "bob")
    with house.store._transaction() as session:
        row = session.get_one(Verification, damaged)
        match damage:
            case "order":
                row.sealed_order = Key.new().seal(b"{}", about="elsewhere")
            case "candidate's key":
                session.get_one(Subject, row.subject_id).wrapped_key = b"\x01" * 61
            case _:
                session.get_one(Tenant, spoilt).wrapped_key = b"\x01" * 61
    assert house.store.take_over_templates()
    assert not house.store.take_over_templates()
    assert kept(house, whole) == ["test 1"]


def concluded_before(house: House, reference: str) -> UUID:
    work = concluded(house, ordered(house, reference), a_template())
    as_before_there_was_a_table(house, work, a_template())
    return work.verification
