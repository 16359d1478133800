"""Consent to keep face templates, withdrawn: they are gone, and the rest is as it was."""

from uuid import UUID, uuid4

from models.finding import Status
from models.person import FaceTemplate, TemplateKind
from models.policy import DEFAULT_POLICY
from models.stage import Stage
from service.linkage.faces import FaceIndexes
from service.store.actor import SYSTEM
from service.store.results import Work
from service.workflow.conclusion import conclude
from service.workflow.pipeline import Step, StepResult
from tests.service.api.conftest import NOW, Service
from verifiers.faces.continuity import continuity

TEMPLATE = FaceTemplate(kind=TemplateKind.LIVE, engine="x", vector=(0.125,) * 64, faces=3)
AGREED = {"consent": {"verification": True, "keep_template": True}}


def with_a_template(service: Service, reference: str = "ada") -> tuple[str, str]:
    """A verification with a kept template, and the candidate."""
    verification = service.submitted(candidate={"reference": reference}, **AGREED)
    results = [StepResult(step=step, findings=()) for step in Step]
    said = conclude(
        results, id=UUID(verification), now=NOW, stage=Stage.INTERVIEW, policy=DEFAULT_POLICY
    )
    with service.store.tenant(service.tenant, SYSTEM) as t:
        kept = said.model_copy(update={"templates": (TEMPLATE,)})
        assert t.results.conclude(Work(UUID(verification), 1), kept)
    candidate = service.client.get(f"/v1/verifications/{verification}").json()["candidate_id"]
    return verification, str(candidate)


def found(service: Service, faces: FaceIndexes) -> list[str]:
    """The candidates whose face a search finds."""
    with service.store.tenant(service.tenant, SYSTEM, reads_only=True) as t:
        return [str(one.subject) for one in faces.search(t, TEMPLATE, 5)]


def test_withdrawn_consent_deletes_templates_and_leaves_the_verdict(service: Service) -> None:
    faces = FaceIndexes(service.store)
    verification, ada = with_a_template(service)
    _, bob = with_a_template(service, "bob")
    verdict = service.client.get(f"/v1/verifications/{verification}/verdict").json()
    assert set(found(service, faces)) == {ada, bob}
    for _ in range(2):
        answer = service.client.delete(f"/v1/candidates/{ada}/templates")
        assert (answer.status_code, answer.content) == (204, b"")
    assert found(service, faces) == [bob]
    base = f"/v1/verifications/{verification}"
    assert service.client.get(f"{base}/order").json()["consent"]["keep_template"] is False
    assert service.client.get(f"{base}/verdict").json() == verdict
    assert service.actions().count("templates.withdrawn") == 2


def test_a_later_stage_says_that_nothing_was_kept_to_compare_with(service: Service) -> None:
    first, candidate = with_a_template(service)
    service.client.delete(f"/v1/candidates/{candidate}/templates")
    today = service.submitted(candidate={"reference": "ada"}, stage="onboarding", **AGREED)
    with service.store.tenant(service.tenant, SYSTEM) as t:
        (capture,) = t.results.earlier_captures(UUID(today))
    assert str(capture.verification) == first
    (told,) = continuity(TEMPLATE, [capture], problems=(), where=())
    assert (told.code, told.status) == ("continuity.not_compared", Status.UNKNOWN)
    assert "No face template of the interview" in told.for_recruiter


def test_nobody_withdraws_a_strangers_consent(service: Service) -> None:
    _, candidate = with_a_template(service)
    theirs = {"Authorization": f"Bearer {service.other_key}"}
    for who, headers in ((candidate, theirs), (str(uuid4()), {})):
        answer = service.client.delete(f"/v1/candidates/{who}/templates", headers=headers)
        assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (404, "not-found")
    assert found(service, FaceIndexes(service.store)) == [candidate]
