"""The same picture under another candidate: found in any order, also by two at the same moment."""

import threading
from uuid import UUID

import numpy as np
import pytest

from models.fingerprint import DocumentFingerprint, Part, PartPrint
from service.store.actor import SYSTEM
from service.store.results import Work
from service.store.tables import StepResult as StoredResult
from service.workflow.links import remember, reused_pictures
from service.workflow.pipeline import Step, StepResult
from tests.service.store.building import House, an_order

PICTURE = DocumentFingerprint(
    file="id.jpg",
    prints={
        Part.PICTURE: (PartPrint(bits=np.random.default_rng(9).bytes(64).hex(), sure="f" * 128),)
    },
)
FOUND = StepResult(step=Step.FORENSICS, findings=(), fingerprints=(PICTURE,)).model_dump_json()


def concluded(house: House, verification: UUID, ready: threading.Barrier) -> int:
    """How many others with the same picture there were as it was concluded."""
    ready.wait()
    with house.acting(SYSTEM) as t:
        others = list(t.pictures.of_others(verification, {"picture:1:beef"}, "forensics"))
        t.pictures.remember(verification, {"picture:1:beef"})
        return len(others)


def test_of_two_that_are_concluded_at_once_the_second_sees_the_first(house: House) -> None:
    pair = [house.ordered(an_order(reference)) for reference in ("one", "two")]
    for verification in pair:
        house.sent(verification)
        with house.acting(SYSTEM) as t:
            row = t.verifications.submit(verification)
            work = Work(row.id, row.generation)
            assert t.results.begin(work, "forensics")
            t.results.finish(work, "forensics", b"{}")
    ready, seen = threading.Barrier(2), []
    threads = [
        threading.Thread(target=lambda v=v: seen.append(concluded(house, v, ready))) for v in pair
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [0, 1]


def test_a_candidates_own_pictures_are_not_found_for_them(house: House) -> None:
    first, again = (house.ordered(an_order("one")) for _ in range(2))
    with house.acting(SYSTEM) as t:
        t.pictures.remember(first, {"picture:1:beef"})
        assert list(t.pictures.of_others(again, {"picture:1:beef"}, "forensics")) == []


def _found_before(house: House, reference: str, found: bytes) -> Work:
    """A candidate who sent the picture, and what was found in it."""
    work = house.submitted(house.ordered(an_order(reference, claims=True)))
    with house.acting(SYSTEM) as t:
        assert t.results.begin(work, Step.FORENSICS.value)
        t.results.finish(work, Step.FORENSICS.value, found)
        remember(t, work.verification, [PICTURE], ())
    return work


@pytest.mark.parametrize("damage", ["no result", "sealed otherwise"])
def test_a_damaged_result_of_another_costs_only_that_other(house: House, damage: str) -> None:
    whole = _found_before(house, "whole", FOUND.encode())
    broken = _found_before(house, "broken", b"{}" if damage == "no result" else FOUND.encode())
    if damage == "sealed otherwise":
        with house.store._transaction() as session:
            row = session.get_one(
                StoredResult, (broken.verification, broken.generation, Step.FORENSICS.value)
            )
            assert row.sealed
            row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
    new = house.ordered(an_order("new"))
    with house.acting(SYSTEM) as t:
        (finding,) = reused_pictures(t, new, [PICTURE])
    assert str(whole.verification) in finding.model_dump_json()
