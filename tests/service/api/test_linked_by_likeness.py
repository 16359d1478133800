"""A face, with the consent of both, and a picture sent twice: ties of a link, never a link alone.

What steps would find in evidence is put in their place; all else is as it runs.
"""

from typing import Any
from uuid import UUID

import numpy as np
import pytest

from models.circumstances import SharedKind
from models.fingerprint import DocumentFingerprint, Part, PartPrint
from models.link import LinkKind
from service.linkage.faces import FaceIndexes
from service.linkage.nearest import Floats
from service.store.actor import SYSTEM
from service.workflow.cases import VERDICT, StoredCases
from service.workflow.pipeline import Step, StepResult
from service.workflow.task import work_of
from tests.service.api.conftest import Service, a_jpeg
from tests.service.api.test_seen_before import ADA, AGREED, BOB, templates

ACCOUNT = "GB33BUKB20201555555555"
SURE = "f" * 128
PICTURE = np.random.default_rng(9).bytes(64).hex()
ANOTHER = np.random.default_rng(10).bytes(64).hex()


def verified(
    service: Service,
    reference: str,
    *,
    face: Floats | None = None,
    agreed: bool = True,
    account: str | None = ACCOUNT,
    **prints: str,
) -> str:
    """A verification with a verdict, of whom this face and the prints of this picture were seen."""
    verification = service.order(
        candidate={"reference": reference, "name": f"{reference.title()} {reference.title()}son"},
        consent=AGREED if agreed else {"verification": True},
        surroundings={"payroll": {"iban": account}},
    )
    service.send(verification, (f"{reference}.jpg", a_jpeg() + reference.encode()))
    assert service.client.post(f"/v1/verifications/{verification}/submit").status_code == 202
    case = service.parts.engine.names[-1]
    picture = DocumentFingerprint(
        file=f"{reference}.jpg",
        prints={Part(part): (PartPrint(bits=b, sure=SURE),) for part, b in prints.items()},
    )
    found: dict[Step, dict[str, Any]] = {
        # As the step gives them: none where they are not to be kept.
        Step.FACES: {"templates": templates(face) if face is not None and agreed else ()},
        Step.FORENSICS: {"fingerprints": (picture,) if prints else ()},
    }
    order = list(Step)
    before = order.index(Step.LINKAGE)
    cases = StoredCases(service.store, service.parts.settings, FaceIndexes(service.store))
    took(service, case, {step: found.get(step, {}) for step in order[:before]})
    cases.perform(case, Step.LINKAGE)
    took(service, case, {step: {} for step in order[before + 1 :]})
    cases.perform(case, VERDICT)
    return verification


def took(service: Service, case: str, found: dict[Step, dict[str, Any]]) -> None:
    """These steps found this."""
    with service.store.tenant(service.tenant, SYSTEM) as t:
        for step, members in found.items():
            result = StepResult(step=step, findings=(), **members)
            assert t.results.begin(work_of(case), step.value)
            t.results.finish(work_of(case), step.value, result.model_dump_json().encode())


def at_verdict(service: Service, verification: str) -> StepResult:
    """What the step of linkage found."""
    with service.store.tenant(service.tenant, SYSTEM, reads_only=True) as t:
        said = t.results.result_of(UUID(verification), 1, Step.LINKAGE.value)
    return StepResult.model_validate_json(said or b"")


def ties(service: Service, verification: str) -> dict[str, dict[str, str]]:
    """Of each verification that is linked now, what is told of each kind of tie."""
    links = service.client.get(f"/v1/verifications/{verification}/links").json()["links"]
    return {
        link["verification"]: {tie["kind"]: tie["masked"] for tie in link["ties"]} for link in links
    }


def test_one_face_and_one_account_are_a_link_that_both_are_told_of(service: Service) -> None:
    first = verified(service, "ada", face=ADA)
    second = verified(service, "boris", face=ADA)
    found = at_verdict(service, second)
    (link,) = found.links
    assert link.other.case == first
    assert {tie.kind: tie.masked for tie in link.ties}[LinkKind.FACE] == "a face"
    assert all(tie.innocent_explanation and tie.people == 1 for tie in link.ties)
    assert {one.kind: one.others for one in found.shared or ()}[SharedKind.FACE] == 1
    for one, other in ((first, second), (second, first)):
        told = ties(service, one)[other]
        assert set(told) == {"face", "bank_account"}
        assert told["face"] == "a face"


@pytest.mark.parametrize("who", ["the first", "the second"])
def test_without_the_consent_of_both_a_face_ties_nobody(service: Service, who: str) -> None:
    first = verified(service, "ada", face=ADA, agreed=who != "the first")
    second = verified(service, "boris", face=ADA, agreed=who != "the second")
    found = at_verdict(service, second)
    assert found.links == ()
    looked_for = SharedKind.FACE in {one.kind for one in found.shared or ()}
    assert looked_for is (who == "the first")
    assert ties(service, first) == ties(service, second) == {}


def test_a_couple_with_one_account_and_two_faces_is_not_linked(service: Service) -> None:
    verified(service, "ada", face=ADA, picture=PICTURE)
    found = at_verdict(service, verified(service, "bob", face=BOB, picture=ANOTHER))
    assert found.links == ()
    assert {one.kind: one.others for one in found.shared or ()}[SharedKind.FACE] == 0


def test_a_face_alone_links_nobody(service: Service) -> None:
    verified(service, "ada", face=ADA, account=None)
    assert at_verdict(service, verified(service, "boris", face=ADA, account=None)).links == ()


def test_one_picture_and_one_account_are_a_link_that_both_are_told_of(service: Service) -> None:
    first = verified(service, "ada", picture=PICTURE)
    second = verified(service, "bob", picture=PICTURE)
    (link,) = at_verdict(service, second).links
    assert link.other.case == first
    said = {"document_picture": "the same picture of a document"}
    for one, other in ((first, second), (second, first)):
        assert ties(service, one)[other].items() >= said.items()
        assert "jpg" not in str(ties(service, one))


def test_one_picture_alone_links_nobody(service: Service) -> None:
    first = verified(service, "ada", picture=PICTURE, account=None)
    second = verified(service, "bob", picture=PICTURE, account=None)
    findings = service.client.get(f"/v1/verifications/{second}/verdict").json()["findings"]
    assert "document.reused.picture" in {finding["code"] for finding in findings}
    assert at_verdict(service, second).links == ()
    assert ties(service, first) == ties(service, second) == {}


def test_two_documents_on_one_table_are_no_tie(service: Service) -> None:
    """Who lives together, and has one account, photographs where the other did."""
    verified(service, "ada", surroundings=PICTURE)
    second = verified(service, "bob", surroundings=PICTURE)
    findings = service.client.get(f"/v1/verifications/{second}/verdict").json()["findings"]
    assert "document.reused.surroundings" in {finding["code"] for finding in findings}
    assert at_verdict(service, second).links == ()


@pytest.mark.parametrize("who", ["the first", "the second"])
def test_a_tie_is_told_no_more_once_either_withdraws_or_is_forgotten(
    service: Service, who: str
) -> None:
    first = verified(service, "ada", face=ADA, picture=PICTURE)
    second = verified(service, "boris", face=ADA, picture=PICTURE)
    both = {"face", "bank_account", "document_picture"}
    assert ties(service, first)[second].keys() == ties(service, second)[first].keys() == both
    leaves, stays = (first, second) if who == "the first" else (second, first)
    candidate = service.client.get(f"/v1/verifications/{leaves}").json()["candidate_id"]
    assert service.client.delete(f"/v1/candidates/{candidate}/templates").status_code == 204
    without = both - {"face"}
    assert ties(service, first)[second].keys() == ties(service, second)[first].keys() == without
    assert service.client.delete(f"/v1/candidates/{candidate}").status_code == 204
    assert ties(service, stays) == {}
