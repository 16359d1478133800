"""The same face under two references: told to a person, with consent of both, within one company.

One test takes two photographs of one person all the way; for the others a step's result with the
templates is put in its place, and all else is as it runs.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from models.person import FaceTemplate, TemplateKind
from samples.portraits import identity_one
from service.linkage.faces import FaceIndexes
from service.linkage.nearest import Floats
from service.store.actor import SYSTEM
from service.store.results import Work
from service.workflow.cases import VERDICT, StoredCases
from service.workflow.links import faces_seen_before
from service.workflow.pipeline import Step, StepResult
from tests.service.api.conftest import Service
from tests.service.api.face_check import photographed, portrait, told
from verifiers.face_engine import unit
from verifiers.face_engines.dlib_weights import ENGINE

SEEN_BEFORE = "linkage.face_seen_before"
AGREED = {"verification": True, "keep_template": True}


def near(vector: Floats, apart: float, seed: int) -> Floats:
    """A unit vector about so far from a unit vector."""
    noise = np.random.default_rng(seed).standard_normal(len(vector))
    return np.asarray(unit(vector + apart * unit(noise)), np.float32)


ADA: Floats = np.asarray(unit(np.ones(128)), np.float32)
ADA_AGAIN = near(ADA, 0.15, 1)
BOB = near(ADA, 0.7, 2)


def templates(face: Floats) -> tuple[FaceTemplate, ...]:
    """A portrait and footage of a face."""
    return tuple(
        FaceTemplate(kind=kind, engine=ENGINE, vector=tuple(vector.tolist()), faces=faces)
        for kind, vector, faces in (
            (TemplateKind.PORTRAIT, near(face, 0.05, 3), 1),
            (TemplateKind.LIVE, face, 5),
        )
    )


def verified(
    service: Service, reference: str, face: Floats, consent: dict[str, bool] = AGREED
) -> str:
    """A verified order of this candidate, whose evidence showed this face."""
    verification = service.submitted(candidate={"reference": reference}, consent=consent)
    case = service.parts.engine.names[-1]
    work = Work(UUID(verification), int(case.partition("/")[2]))
    kept = templates(face) if consent.get("keep_template") else ()  # As the step gives them.
    for step in Step:
        result = StepResult(
            step=step, findings=(), templates=kept if step is Step.FACES else ()
        ).model_dump_json()
        with service.store.tenant(service.tenant, SYSTEM) as t:
            assert t.results.begin(work, step.value)
            t.results.finish(work, step.value, result.encode())
    conclude(service, case)
    return verification


def conclude(service: Service, case: str) -> None:
    faces = FaceIndexes(service.store)
    StoredCases(service.store, service.parts.settings, faces).perform(case, VERDICT)


def verdict(service: Service, verification: str) -> dict[str, Any]:
    said = service.client.get(f"/v1/verifications/{verification}/verdict")
    return dict(said.json())


def links(service: Service, verification: str) -> list[dict[str, Any]]:
    """What is said of faces seen before."""
    findings = verdict(service, verification)["findings"]
    return [finding for finding in findings if finding["code"] == SEEN_BEFORE]


def names(found: Sequence[dict[str, Any]], verification: str) -> bool:
    return any(verification in finding["for_recruiter"] for finding in found)


def test_one_person_under_two_references_is_told_at_the_second_and_shown_in_its_report(
    service: Service,
) -> None:
    evidence = [portrait(identity_one())], [photographed()]
    first = told(service, *evidence, consent=AGREED, candidate={"reference": "ada-1"})
    verified(service, "bob", BOB)
    second = told(service, *evidence, consent=AGREED, candidate={"reference": "ada-2"})
    without = told(service, *evidence, candidate={"reference": "ada-3"})

    finding = second.found(SEEN_BEFORE)
    assert (finding["status"], finding["evidence_class"]) == ("unknown", "linkage")
    assert first.verdict["id"] in finding["for_recruiter"]
    seen = {each["what"]: each["value"] for each in finding["seen"]}
    assert seen["distance between the faces"] == 0
    assert seen["other candidates searched"] == 2
    assert finding["innocent_explanation"]
    assert {
        "rule": "review.another_candidate",
        "text": "Another candidate may be the same person; a person should look at both.",
        "findings": [SEEN_BEFORE],
    } in second.verdict["verdict"]["reasons"]
    assert first.verdict["id"] in second.report

    for other in (first, without):
        assert SEEN_BEFORE not in str(other.verdict)
    assert first.status["outcome"] == "needs_info"
    address = f"/v1/verifications/{first.verdict['id']}"
    assert service.client.get(f"{address}/verdict").json() == first.verdict


def test_another_person_is_not_told_nor_an_earlier_order_of_the_same_candidate(
    service: Service,
) -> None:
    first = verified(service, "ada", ADA)
    assert links(service, verified(service, "bob", BOB)) == []
    assert links(service, verified(service, "ada", ADA_AGAIN)) == []
    (finding,) = links(service, verified(service, "adele", ADA))
    assert finding["seen"][0]["value"] == pytest.approx(0, abs=1e-6)
    assert names([finding], first)


@pytest.mark.parametrize("who", ["the first", "the second"])
def test_without_the_consent_of_both_nobody_is_found(service: Service, who: str) -> None:
    consents = [AGREED, {"verification": True}]
    if who == "the first":
        consents.reverse()
    for reference, consent in zip(("ada", "adele"), consents, strict=True):
        assert links(service, verified(service, reference, ADA, consent)) == []


def test_candidates_of_another_company_are_never_found(service: Service) -> None:
    verified(service, "ada", ADA)
    (other,) = (one for one in service.store.tenants().values() if one != service.tenant)
    headers = {"Authorization": f"Bearer {service.other_key}"}
    service.client.headers.update(headers)
    elsewhere = Service(service.parts, other, service.other_key, service.key, service.client)
    assert links(elsewhere, verified(elsewhere, "adele", ADA)) == []
    assert len(links(elsewhere, verified(elsewhere, "ada", ADA))) == 1


def test_who_was_deleted_or_withdrew_consent_is_not_found(service: Service) -> None:
    first, second = verified(service, "ada", ADA), verified(service, "adele", ADA)
    assert names(links(service, second), first)
    assert service.client.delete(f"/v1/verifications/{first}").status_code == 204
    third = verified(service, "adela", ADA)
    found = links(service, third)
    assert (names(found, first), names(found, second)) == (False, True)

    candidate = service.client.get(f"/v1/verifications/{second}").json()["candidate_id"]
    assert service.client.delete(f"/v1/candidates/{candidate}/templates").status_code == 204
    found = links(service, verified(service, "ida", ADA))
    assert (names(found, second), names(found, third)) == (False, True)


def test_who_withdraws_consent_before_the_verdict_is_not_searched_for(service: Service) -> None:
    verified(service, "ada", ADA)
    second = verified(service, "adele", ADA)
    candidate = service.client.get(f"/v1/verifications/{second}").json()["candidate_id"]
    service.client.post(f"/v1/verifications/{second}/submit")
    work = Work(UUID(second), 2)
    with service.store.tenant(service.tenant, SYSTEM) as t:
        for step in Step:
            made = templates(ADA) if step is Step.FACES else ()
            result = StepResult(step=step, findings=(), templates=made).model_dump_json()
            assert t.results.begin(work, step.value)
            t.results.finish(work, step.value, result.encode())
    assert service.client.delete(f"/v1/candidates/{candidate}/templates").status_code == 204
    with service.store.tenant(service.tenant, SYSTEM) as t:
        # A conclusion that had read the templates before.
        assert (
            faces_seen_before(t, FaceIndexes(service.store), work.verification, templates(ADA))
            == ()
        )
    conclude(service, service.parts.engine.names[-1])
    assert links(service, second) == []


def test_where_the_nearest_is_a_look_alike_beyond_the_strong_band_nothing_is_told(
    service: Service,
) -> None:
    verified(service, "ada", ADA)
    assert links(service, verified(service, "adele", near(ADA, 0.4, 5))) == []
