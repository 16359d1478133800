"""Recordings are called by one name everywhere, whichever of them can be used."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.named_face import NamedFace
from models.policy import DEFAULT_POLICY
from models.stage import Stage
from models.verification import EvidenceKind
from service.store.actor import SYSTEM
from service.workflow.naming import name_candidate
from service.workflow.pipeline import Order, Step, StepResult
from service.workflow.placing import place_evidence
from service.workflow.verifying import Engines, Verifying
from tests.service.store.building import House
from tests.service.workflow.old_templates import send
from tests.service.workflow.orders import NOW

SENT = ("..call.png.", "call.png", "call.png", "call.png")
CALLED = ["..call.png.", "call.png", "call.png (2)", "call.png (3)"]
UNUSABLE = 1


@pytest.fixture
def house(new_sqlite_database: str, tmp_path: Path) -> Iterator[House]:
    built = House(new_sqlite_database, tmp_path)
    yield built
    built.store.close()


def test_a_recording_that_cannot_be_used_renames_no_other(house: House, tmp_path: Path) -> None:
    verification = house.ordered()
    for number, name in enumerate(SENT):
        folder = tmp_path / str(number)
        folder.mkdir()
        if number == UNUSABLE:
            (folder / name).write_bytes(b"this is no picture")
        else:
            grey = np.full((240, 320 + number, 3), 128, np.uint8)
            Image.fromarray(grey).save(folder / name, "png")
        send(house.store, house.tenant, verification, EvidenceKind.FOOTAGE, folder / name)
    with house.acting(SYSTEM) as t:
        files = list(t.evidence.list(verification))
    case = tmp_path / "case"
    case.mkdir()
    order = Order(
        submitted=place_evidence(house.store.blobs, files, None, case),
        stage=Stage.INTERVIEW,
        policy=DEFAULT_POLICY,
        now=NOW,
        candidate_at=NamedFace(file=CALLED[2], seconds=0),
    )
    before = [StepResult(step=step, findings=()) for step in (Step.DOCUMENTS, Step.CHIP)]
    faces = Verifying(order, Engines.default(None)).step(Step.FACES, before)
    assert [file.name for file in faces.evidence] == CALLED
    assert {clip.file: clip.width - 320 for clip in faces.footage} == {
        name: number for number, name in enumerate(CALLED) if number != UNUSABLE
    }
    assert faces.candidate_at == order.candidate_at
    with house.acting() as t:
        for name in CALLED:
            name_candidate(t, verification, NamedFace(file=name, seconds=0))
