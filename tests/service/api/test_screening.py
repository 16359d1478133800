"""What sanctions lists say: a queue for compliance, and nothing of it for anybody else."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from fastapi.testclient import TestClient

from models.finding import Check, EvidenceClass, Finding, Status, Strength
from models.order import State
from models.sanctions import Hit
from models.verdict import Outcome
from service.access.screening import WITH_COMPLIANCE
from service.access.sessions import SESSION_COOKIE
from service.store.actor import SYSTEM, Role
from tests.service.api.conftest import Service
from tests.service.hits import ENTRY, LIST_NAME, MATCHED, SECRETS, a_hit, raised, screened

CALLBACK = "https://93.184.215.14/hook"
ANOTHER = {"judgement": "another_person", "reason": "Born in another town, seen in the passport."}
SAME = {"judgement": "the_same", "reason": "The passport's number is the listed one."}
KEPT_APART = ("/v1/screening", "/v1/screening/{hit}")


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in, asking the API as our pages in their browser would."""

    client: TestClient

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(path, params=query)

    def judge(self, hit: str, said: dict[str, str], **headers: str) -> Any:
        return self.client.post(f"/v1/screening/{hit}/judgement", json=said, headers=headers)

    def open(self) -> list[dict[str, Any]]:
        """The queue."""
        items: list[dict[str, Any]] = self.get("/v1/screening").json()["items"]
        return items


def signed_in(service: Service, role: Role, tenant: UUID | None = None) -> Person:
    email = f"{uuid4().hex}@acme.example"
    with service.store.tenant(tenant or service.tenant, SYSTEM) as t:
        user = t.access.add_user(email, service.store.email_digest(email), "hash", role)
        token, _ = t.access.add_session(user)
    cookie = {"cookie": f"{SESSION_COOKIE}={token}"}
    return Person(TestClient(service.client.app, headers=cookie))


def held(service: Service, *hits: Hit, beside: tuple[Finding, ...] = (), **more: Any) -> str:
    """A case that came to its verdict with these hits."""
    verification = service.submitted(callback=CALLBACK, **more)
    again(service, verification, *(hits or (a_hit(),)), beside=beside)
    return verification


def again(
    service: Service, verification: str, *hits: Hit, beside: tuple[Finding, ...] = ()
) -> None:
    """The submission that waits comes to its verdict."""
    screened(
        service.store,
        service.tenant,
        UUID(verification),
        *hits,
        settings=service.parts.settings,
        beside=beside,
    )


def bodies_of_deliveries(service: Service, verification: str) -> list[bytes]:
    with service.store.tenant(service.tenant, SYSTEM) as t:
        rows = t.deliveries.list(verification=UUID(verification))
        return [t.deliveries.open(row.id).body for row in rows]


def a_false_chip() -> Finding:
    return Finding(
        code="document.chip.signature",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.CONCLUSIVE,
        evidence_class=EvidenceClass.DOCUMENT,
        for_recruiter="The chip's signature does not hold.",
        for_candidate="The chip could not be confirmed.",
        innocent_explanation="A damaged chip.",
    )


def test_a_hit_holds_the_case_and_a_program_reads_one_neutral_sentence(service: Service) -> None:
    verification = held(service)
    told = service.client.get(f"/v1/verifications/{verification}/verdict").json()
    assert told["verdict"]["outcome"] == "hold"
    (reason,) = told["verdict"]["reasons"]
    assert (reason["text"], reason["findings"]) == (WITH_COMPLIANCE.text, [])
    (event,) = (json.loads(body) for body in bodies_of_deliveries(service, verification))
    assert (event["data"]["outcome"], event["data"]["reasons"]) == ("hold", [WITH_COMPLIANCE.text])


def test_no_exit_of_the_api_tells_a_program_what_a_list_says(service: Service) -> None:
    verification = held(service)
    compliance = signed_in(service, Role.COMPLIANCE)
    hit = compliance.open()[0]["id"]
    assert compliance.judge(hit, SAME).status_code == 201
    told = service.client.get(f"/v1/verifications/{verification}").json()
    delivery = service.client.get("/v1/deliveries").json()["items"][0]["id"]
    ids = {
        "verification": verification,
        "candidate": told["candidate_id"],
        "delivery": delivery,
        "hit": hit,
        "name": "presence-1",
    }
    for kind in ("evidence", "challenge", "upload"):
        ids[kind] = str(uuid4())
    asked = 0
    for path, item in service.client.get("/openapi.json").json()["paths"].items():
        if "get" not in item or not path.startswith("/v1/"):
            continue
        answer = service.client.get(path.format(**ids))
        assert (answer.status_code == 403) == (path in KEPT_APART), path
        _silent(path, answer.content)
        asked += answer.status_code == 200
    assert asked > 12
    for body in bodies_of_deliveries(service, verification):
        _silent("delivery", body)


def _silent(place: str, body: bytes) -> None:
    said = body.decode(errors="replace").casefold()
    assert [secret for secret in SECRETS if secret.casefold() in said] == [], place


def test_a_hold_for_other_reasons_is_told_as_ever(service: Service) -> None:
    verification = service.completed(Outcome.HOLD)
    said = service.client.get(f"/v1/verifications/{verification}/verdict").json()["verdict"]
    (reason,) = said["reasons"]
    assert reason["rule"] == "hold.independent_and_conclusive"
    assert set(reason["findings"]) == {"document.chip.signature", "face.match"}


def test_a_reason_that_needs_the_list_for_its_second_kind_of_evidence_does_not_betray_it(
    service: Service,
) -> None:
    verification = held(service, beside=(a_false_chip(),))
    told = service.client.get(f"/v1/verifications/{verification}/verdict").json()
    assert [reason["rule"] for reason in told["verdict"]["reasons"]] == [WITH_COMPLIANCE.rule]
    assert "document.chip.signature" in {finding["code"] for finding in told["findings"]}


def test_compliance_reads_the_queue_the_oldest_first_and_the_whole_hit(service: Service) -> None:
    first, second = held(service), held(service, a_hit("TMR-2"))
    compliance = signed_in(service, Role.COMPLIANCE)
    assert [one["verification"] for one in compliance.open()] == [first, second]
    page = compliance.get("/v1/screening", limit=1).json()
    assert len(page["items"]) == 1
    rest = compliance.get("/v1/screening", limit=1, after=page["next"]).json()
    assert ([one["verification"] for one in rest["items"]], rest["next"]) == ([second], None)

    said = compliance.get(f"/v1/screening/{page['items'][0]['id']}").json()
    assert said["summary"]["verification"] == first
    assert (said["entry"]["id"], said["entry"]["list_name"]) == (ENTRY, LIST_NAME)
    assert said["summary"]["matched_name"] == MATCHED
    assert said["summary"]["agrees_in"] == ["birth date"]
    assert said["party"]["names"] == ["Ilmar Korvax"]
    assert said["list_published_on"] == "2026-04-01"
    assert said["explanation"] == a_hit().explanation


def test_no_other_role_opens_or_judges_a_hit(service: Service) -> None:
    held(service)
    hit = signed_in(service, Role.COMPLIANCE).open()[0]["id"]
    for role in set(Role) - {Role.COMPLIANCE}:
        person = signed_in(service, role)
        for answer in (
            person.get("/v1/screening"),
            person.get(f"/v1/screening/{hit}"),
            person.judge(hit, ANOTHER),
        ):
            assert answer.status_code == 403
            _silent(role, answer.content)


def test_no_key_and_nobody_without_a_session_opens_a_hit(service: Service) -> None:
    held(service)
    hit = signed_in(service, Role.COMPLIANCE).open()[0]["id"]
    assert service.client.get(f"/v1/screening/{hit}").status_code == 403
    nobody = TestClient(service.client.app)
    assert nobody.get(f"/v1/screening/{hit}").status_code == 401
    nobody.headers["cookie"] = f"{SESSION_COOKIE}=made-up"
    assert nobody.get(f"/v1/screening/{hit}").status_code == 401


def test_a_session_opens_nothing_else_of_the_api(service: Service) -> None:
    compliance = signed_in(service, Role.COMPLIANCE)
    assert compliance.get("/v1/verifications").status_code == 401


def test_another_tenants_hit_is_answered_as_one_that_nobody_has(service: Service) -> None:
    held(service)
    hit = signed_in(service, Role.COMPLIANCE).open()[0]["id"]
    stranger = signed_in(service, Role.COMPLIANCE, service.store.tenants()["another"])
    assert stranger.open() == []
    for id in (hit, str(uuid4())):
        assert stranger.get(f"/v1/screening/{id}").status_code == 404
        assert stranger.judge(id, ANOTHER).status_code == 404
        assert stranger.get("/v1/screening", after=id).status_code == 404


def test_another_site_cannot_judge_with_the_cookie_of_whoever_visits_it(service: Service) -> None:
    held(service)
    compliance = signed_in(service, Role.COMPLIANCE)
    hit = compliance.open()[0]["id"]
    foreign = {"sec-fetch-site": "cross-site", "origin": "https://elsewhere.example"}
    assert compliance.judge(hit, ANOTHER, **foreign).status_code == 403
    assert len(compliance.open()) == 1


def test_whoever_turns_out_to_be_another_person_gets_a_verdict_without_the_hit(
    service: Service,
) -> None:
    verification = held(service)
    compliance = signed_in(service, Role.COMPLIANCE)
    answer = compliance.judge(compliance.open()[0]["id"], ANOTHER)
    assert (answer.status_code, answer.json()["verified_anew"]) == (201, [verification])
    assert service.parts.engine.names[-1] == f"{verification}/2"

    again(service, verification, a_hit())  # The lists still have the entry.
    told = service.client.get(f"/v1/verifications/{verification}").json()
    assert told["outcome"] != "hold"
    assert compliance.open() == []
    verdict = service.client.get(f"/v1/verifications/{verification}/verdict").json()
    assert WITH_COMPLIANCE.text not in str(verdict)


def test_it_is_not_raised_again_for_the_same_candidate_at_a_later_stage(service: Service) -> None:
    held(service, candidate={"reference": "c-1"})
    compliance = signed_in(service, Role.COMPLIANCE)
    compliance.judge(compliance.open()[0]["id"], ANOTHER)
    later = service.submitted(candidate={"reference": "c-1"}, stage="onboarding")
    assert raised(service.store, service.tenant, UUID(later), a_hit()) == ()
    somebody = service.submitted(candidate={"reference": "c-2"})
    assert raised(service.store, service.tenant, UUID(somebody), a_hit()) == (a_hit(),)
    assert [one["verification"] for one in compliance.open()] == [somebody]


def test_a_judged_hit_that_agrees_in_more_by_now_is_raised_again(service: Service) -> None:
    verification = held(service)
    compliance = signed_in(service, Role.COMPLIANCE)
    compliance.judge(compliance.open()[0]["id"], ANOTHER)
    more = a_hit(agrees_in=("birth date", "document number"))
    again(service, verification, more)
    assert service.client.get(f"/v1/verifications/{verification}").json()["outcome"] == "hold"
    assert [one["agrees_in"] for one in compliance.open()] == [["birth date", "document number"]]


def test_the_same_stays_on_hold_and_is_not_queued_a_second_time(service: Service) -> None:
    verification = held(service)
    compliance = signed_in(service, Role.COMPLIANCE)
    answer = compliance.judge(compliance.open()[0]["id"], SAME)
    assert answer.json()["verified_anew"] == []
    assert service.client.post(f"/v1/verifications/{verification}/submit").status_code == 202
    again(service, verification, a_hit())
    assert service.client.get(f"/v1/verifications/{verification}").json()["outcome"] == "hold"
    assert compliance.open() == []


def test_a_judgement_stands(service: Service) -> None:
    held(service)
    compliance = signed_in(service, Role.COMPLIANCE)
    hit = compliance.open()[0]["id"]
    assert compliance.judge(hit, ANOTHER).status_code == 201
    other = signed_in(service, Role.COMPLIANCE).judge(hit, SAME)
    assert (other.status_code, other.json()["type"].rpartition(":")[2]) == (409, "already-judged")
    said = compliance.get(f"/v1/screening/{hit}").json()["summary"]["judged"]
    assert (said["judgement"], said["reason"]) == ("another_person", ANOTHER["reason"])
    judged = compliance.get("/v1/screening", judged=True).json()["items"]
    assert [one["id"] for one in judged] == [hit]


def test_while_any_hit_of_a_case_waits_it_is_not_verified_anew(service: Service) -> None:
    verification = held(service, a_hit(), a_hit("TMR-2", role="employer", name="Korvax Trading"))
    compliance = signed_in(service, Role.COMPLIANCE)
    first, second = (one["id"] for one in compliance.open())
    assert compliance.judge(first, ANOTHER).json()["verified_anew"] == []
    assert compliance.judge(second, ANOTHER).json()["verified_anew"] == [verification]


def test_one_judgement_is_for_every_stage_at_which_the_same_hit_waits(service: Service) -> None:
    one = held(service, candidate={"reference": "c-1"})
    two = held(service, candidate={"reference": "c-1"}, stage="onboarding")
    compliance = signed_in(service, Role.COMPLIANCE)
    assert len(compliance.open()) == 2
    answer = compliance.judge(compliance.open()[0]["id"], ANOTHER).json()
    assert set(answer["verified_anew"]) == {one, two}
    assert compliance.open() == []


def test_a_case_that_people_decided_is_left_as_they_decided_it(service: Service) -> None:
    verification = held(service)
    decision = {"choice": "do_not_proceed", "reason": "The position was filled."}
    service.client.post(f"/v1/verifications/{verification}/decisions", json=decision)
    compliance = signed_in(service, Role.COMPLIANCE)
    assert compliance.judge(compliance.open()[0]["id"], ANOTHER).json()["verified_anew"] == []
    told = service.client.get(f"/v1/verifications/{verification}").json()
    assert (told["state"], told["generation"]) == (State.COMPLETED, 1)


def test_a_case_that_is_being_verified_is_judged_once_it_has_its_verdict(service: Service) -> None:
    verification = service.submitted()
    raised(service.store, service.tenant, UUID(verification), a_hit())
    compliance = signed_in(service, Role.COMPLIANCE)
    answer = compliance.judge(compliance.open()[0]["id"], ANOTHER)
    assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (409, "in-work")


def test_every_look_and_every_judgement_is_on_record_without_what_was_seen(
    service: Service,
) -> None:
    held(service)
    compliance = signed_in(service, Role.COMPLIANCE)
    hit = compliance.open()[0]["id"]
    compliance.get(f"/v1/screening/{hit}")
    compliance.judge(hit, SAME)
    with service.store.tenant(service.tenant, SYSTEM, reads_only=True) as t:
        rows = t.audit.list(screening=True)
    entries = [e for e in rows if e.action.startswith("screening.")]
    assert [entry.action for entry in entries] == [
        "screening.judged",
        "screening.viewed",
        "screening.queue_viewed",
    ]
    assert all(entry.actor.startswith("user:") for entry in entries)
    assert {str(entry.details) for entry in entries} == {"{}"}
