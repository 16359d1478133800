"""What compliance judged of a hit binds every stage of the candidate, and no other role is told."""

from uuid import UUID, uuid4

import pytest

from models.order import Choice, State
from service.store.actor import SYSTEM, Actor, Role
from service.store.errors import Conflict
from tests.service.api.conftest import Service
from tests.service.api.test_screening import ANOTHER, SAME, again, held, signed_in
from tests.service.hits import a_hit

MORE = ("birth date", "document number")


def two_stages(service: Service, judged: dict[str, str]) -> tuple[str, str]:
    """Two verifications of one candidate, the second ordered once the hit was judged."""
    one = held(service, candidate={"reference": "c-1"})
    compliance = signed_in(service, Role.COMPLIANCE)
    compliance.judge(compliance.open()[0]["id"], judged)
    return one, held(service, candidate={"reference": "c-1"}, stage="onboarding")


def proceeds(service: Service, verification: str, first: Role, second: Role) -> bool:
    """Whether it stands that these two go on."""
    with service.store.tenant(service.tenant, SYSTEM) as t:
        users = [
            t.access.add_user(email, service.store.email_digest(email), "hash", role)
            for role in (first, second)
            for email in [f"{uuid4().hex}@acme.example"]
        ]
    with service.store.tenant(service.tenant, Actor.user(users[0], first)) as t:
        decision = t.decisions.add(UUID(verification), Choice.PROCEED, "They sent papers.")
    with service.store.tenant(service.tenant, Actor.user(users[1], second)) as t:
        return t.decisions.approve(decision.id).stands


def outcome(service: Service, verification: str) -> str:
    return str(service.client.get(f"/v1/verifications/{verification}").json()["outcome"])


def delete(service: Service, verification: str) -> None:
    assert service.client.delete(f"/v1/verifications/{verification}").status_code == 204


@pytest.mark.parametrize("first_stage_is_deleted", [False, True])
def test_whoever_is_the_same_goes_on_at_a_later_stage_only_with_compliance(
    service: Service, first_stage_is_deleted: bool
) -> None:
    one, two = two_stages(service, SAME)
    if first_stage_is_deleted:
        delete(service, one)
        service.client.post(f"/v1/verifications/{two}/submit")
        again(service, two, a_hit())
    compliance = signed_in(service, Role.COMPLIANCE)
    assert (outcome(service, two), compliance.open()) == ("hold", [])
    with pytest.raises(Conflict) as refused:
        proceeds(service, two, Role.RECRUITER, Role.REVIEWER)
    assert refused.value.name == "compliance-needed"
    assert proceeds(service, two, Role.RECRUITER, Role.COMPLIANCE)
    judged = compliance.get("/v1/screening", judged=True).json()["items"]
    said = {one["verification"]: one["judged"]["reason"] for one in judged}
    assert said == dict.fromkeys([two] if first_stage_is_deleted else [one, two], SAME["reason"])


def test_another_person_stays_another_when_the_stage_that_was_judged_is_deleted(
    service: Service,
) -> None:
    one, two = two_stages(service, ANOTHER)
    again(service, one, a_hit())  # It was submitted again by the judgement.
    delete(service, one)
    service.client.post(f"/v1/verifications/{two}/submit")
    again(service, two, a_hit())
    assert outcome(service, two) != "hold"
    assert signed_in(service, Role.COMPLIANCE).open() == []


def test_of_two_judgements_the_last_one_counts_however_little_agrees_the_next_time(
    service: Service,
) -> None:
    _, two = two_stages(service, ANOTHER)
    service.client.post(f"/v1/verifications/{two}/submit")
    again(service, two, a_hit(agrees_in=MORE))
    compliance = signed_in(service, Role.COMPLIANCE)
    compliance.judge(compliance.open()[0]["id"], SAME)
    three = held(service, candidate={"reference": "c-1"}, stage="offer")
    assert outcome(service, three) == "hold"
    with service.store.tenant(service.tenant, SYSTEM) as t:
        assert not t.screening.cleared(UUID(three))


def test_a_case_of_which_another_hit_is_the_same_is_not_verified_anew(service: Service) -> None:
    _, two = two_stages(service, SAME)
    service.client.post(f"/v1/verifications/{two}/submit")
    again(service, two, a_hit(), a_hit("TMR-2"))
    compliance = signed_in(service, Role.COMPLIANCE)
    assert compliance.judge(compliance.open()[0]["id"], ANOTHER).json()["verified_anew"] == []
    assert service.client.get(f"/v1/verifications/{two}").json()["state"] == State.COMPLETED


def test_the_audit_tells_no_key_that_anything_was_judged_and_no_person_as_who_submits_again(
    service: Service,
) -> None:
    verification = held(service)
    compliance = signed_in(service, Role.COMPLIANCE)
    hit = compliance.open()[0]["id"]
    assert compliance.judge(hit, ANOTHER).json()["verified_anew"] == [verification]
    entries = service.client.get("/v1/audit").json()["items"]
    assert [e for e in entries if "screening" in e["action"] + e["about"]] == []
    about = service.client.get("/v1/audit", params={"about": f"screening:{hit}"}).json()
    assert about["items"] == []
    anew = next(e for e in entries if e["action"] == "verification.submitted")
    assert (anew["actor"], anew["details"]) == ("system", {"generation": 2})
    with service.store.tenant(service.tenant, SYSTEM) as t:
        told = [e.action for e in t.audit.list(screening=True)]
    assert "screening.judged" in told
