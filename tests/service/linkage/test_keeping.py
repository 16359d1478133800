"""Conclusions keep face templates where the candidate agreed, and nowhere else."""

import pytest

from models.history import Claims
from models.order import Candidate, Consent, VerificationOrder
from service.linkage.faces import FaceIndexes
from service.settings import Settings
from service.store.actor import SYSTEM
from service.store.results import Work
from service.workflow.cases import VERDICT, StoredCases
from service.workflow.pipeline import Step, StepResult
from tests.service.linkage.people import a_template, people
from tests.service.store.building import House

VECTORS, _ = people(2, 2)


def verified(house: House, *, keep_template: bool) -> Work:
    """All steps taken, of which that of the faces made templates; the verdict is due."""
    order = VerificationOrder(
        candidate=Candidate(reference="c-1"),
        claims=Claims(),
        consent=Consent(verification=True, keep_template=keep_template),
    )
    work = house.submitted(house.ordered(order))
    made = (a_template(VECTORS[0]), a_template(VECTORS[1]))
    for step in Step:
        templates = made if step is Step.FACES else ()
        found = StepResult(step=step, findings=(), templates=templates)
        with house.acting(SYSTEM) as t:
            assert t.results.begin(work, step.value)
            t.results.finish(work, step.value, found.model_dump_json().encode())
    return work


@pytest.mark.parametrize("agreed", [True, False])
def test_templates_are_kept_and_found_only_where_the_candidate_agreed(
    house: House, agreed: bool
) -> None:
    work = verified(house, keep_template=agreed)
    settings = Settings.model_validate({"folder": house.folder})
    cases = StoredCases(house.store, settings, FaceIndexes(house.store))
    cases.perform(f"{work.verification}/{work.generation}", VERDICT)
    with house.acting(SYSTEM) as t:
        found = FaceIndexes(house.store).search(t, a_template(VECTORS[0]), 5)
    assert [one.verification for one in found] == [work.verification] * agreed
