"""Templates of an earlier engine: made anew of the evidence that is there, and left where none is.

With the real verifier in its own process, on both databases.
"""

import json
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.named_face import NamedFace
from models.person import TemplateKind
from models.verification import EvidenceKind
from service.access.tenants import create_tenant
from service.linkage.faces import FaceIndexes
from service.runtime import open_store
from service.settings import Settings
from service.store.actor import SYSTEM
from service.workflow import remaking as module
from service.workflow.pipeline import Step, StepResult
from service.workflow.remaking import Came, Remaking
from service.workflow.scratch import Scratch
from tests.service.commands.conftest import Running, folder, start
from tests.service.conftest import Bonafide
from tests.service.store.building import House
from tests.service.workflow.old_templates import OLD, concluded, kept, send
from verifiers.face_engines.dlib_weights import ENGINE
from verifiers.faces.matching import distance

__all__ = ["folder", "start"]


@pytest.fixture
def house(new_postgresql_database: str, tmp_path: Path) -> Iterator[House]:
    """On PostgreSQL; the command is tried on SQLite, and what is stored on both in the store."""
    built = House(new_postgresql_database, tmp_path)
    yield built
    built.store.close()


def remaking(house: House) -> Remaking:
    settings = Settings(folder=house.folder, concurrency=2)
    return Remaking(house.store, settings, house.tenant, ENGINE)


def test_templates_are_made_anew_where_the_images_are_there_and_left_where_they_are_not(
    house: House, tmp_path: Path
) -> None:
    no_picture = tmp_path / "passport.jpg"
    no_picture.write_bytes(b"this is no passport")
    store, tenant = house.store, house.tenant
    there = concluded(store, tenant, "ada")
    house.clock.pass_by(timedelta(minutes=1))
    sent_later = send(store, tenant, there, EvidenceKind.DOCUMENT, no_picture)
    store.blobs.delete(sent_later)  # Of no submission yet: it is not even asked for.
    lost = concluded(store, tenant, "bob")
    with house.acting() as t:
        for file in t.evidence.list(lost):
            store.blobs.delete(file.id)
    unseen = concluded(store, tenant, "eve", [(EvidenceKind.DOCUMENT, no_picture)])
    again = concluded(store, tenant, "ida")
    house.submitted(again)
    faces = FaceIndexes(store)

    told: list[Came] = []
    remaking(house).run(told.append)
    assert sorted(told) == sorted(
        [Came.REMADE, Came.IMAGES_GONE, Came.NO_GOOD_FACE, Came.NOT_NEEDED]
    )
    portrait, live = kept(store, tenant, there)
    assert (portrait.kind, live.kind) == (TemplateKind.PORTRAIT, TemplateKind.LIVE)
    assert {portrait.engine, live.engine} == {ENGINE}
    assert distance(portrait, live) < 0.28
    for verification in (lost, unseen, again):
        assert [one.engine for one in kept(store, tenant, verification)] == [OLD]
    with house.acting(SYSTEM) as t:
        assert [one.verification for one in faces.search(t, live, 5)] == [there]
        assert t.results.verified(there).templates == ()
        actions = [row.action for row in t.audit.list(about=f"verification:{there}")]
    assert "templates.remade" in actions
    assert [found for base in Scratch(house.folder).places for found in base.glob("case-*")] == []

    assert len(remaking(house)) == 3, "what was remade is not remade again"


def test_a_step_that_takes_too_long_costs_only_its_own(house: House) -> None:
    verification = concluded(house.store, house.tenant, "ada")
    settings = Settings(folder=house.folder, step_seconds=0.01)
    told: list[Came] = []
    Remaking(house.store, settings, house.tenant, ENGINE).run(told.append)
    assert told == [Came.FAILED]
    assert [one.engine for one in kept(house.store, house.tenant, verification)] == [OLD]


def test_the_command_tells_what_to_expect_is_killed_and_goes_on_where_it_was(
    folder: Path, bonafide: Bonafide, start: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONAFIDE_CONCURRENCY", "1")
    store = open_store(Settings(folder=folder))
    tenant = create_tenant(store, "default")
    both = [concluded(store, tenant, reference) for reference in ("ada", "bob")]

    expected = bonafide("templates", "remake", "--dry-run", "--json")
    assert expected.status == 0, expected.err
    assert json.loads(expected.out) == {
        "tenant": "default",
        "engine": ENGINE,
        "dry_run": True,
        "to_remake": 2,
        "images_gone": 0,
    }
    running: Running = start("templates", "remake")
    while "1 of 2" not in running.log.read_text():
        assert running.process.poll() is None, running.log.read_text()
        time.sleep(0.05)
    running.process.send_signal(signal.SIGKILL)
    running.process.wait()
    done = [v for v in both if kept(store, tenant, v)[0].engine == ENGINE]
    assert len(done) == 1

    ran = bonafide("templates", "remake", "--json")
    assert ran.status == 0, ran.err
    told = json.loads(ran.out)
    assert (told["remade"], told["failed"]) == (1, 0)
    for verification in both:
        assert {one.engine for one in kept(store, tenant, verification)} == {ENGINE}
        with store.tenant(tenant, SYSTEM) as t:
            rows = [row.action for row in t.audit.list(about=f"verification:{verification}")]
        assert rows.count("templates.remade") == 1
    store.close()
    assert [found for base in Scratch(folder).places for found in base.glob("case-*")] == []


def test_the_person_named_by_then_is_remade_whoever_was_named_since(house: House) -> None:
    by_then, since = (NamedFace(file="call.mp4", seconds=seconds) for seconds in (1, 2))
    work = house.submitted()
    found = StepResult(step=Step.FACES, findings=(), candidate_at=by_then)
    with house.acting(SYSTEM) as t:
        assert t.results.begin(work, Step.FACES)
        t.results.finish(work, Step.FACES, found.model_dump_json().encode())
    house.concluded(work=work)
    with house.acting() as t:
        t.verifications.amend_order(work.verification, candidate_at=since)
    with house.acting(SYSTEM) as t:
        task = module._task(t, work.verification)
    assert task
    assert task.candidate_at == by_then
