"""What the candidate answers is kept with the order, told as it was said, and judged by nobody."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from models.finding import Check, EvidenceClass, Finding, Status, Strength
from models.policy import DEFAULT_POLICY
from models.stage import Stage
from models.verdict import Outcome
from service.store.actor import SYSTEM
from service.store.results import Work
from service.workflow.conclusion import conclude
from service.workflow.pipeline import Step, StepResult
from tests.service.api.conftest import NOW, Service

OVERLAP = "history.overlapping_full_time"
SHARED = "contact.phone_shared"
SAID = {"code": OVERLAP, "text": "One of them was a day a week.\nMy contract says so."}
CLAIMS = {"work": [{"name": "Mill Ltd", "startDate": "2019-04"}]}


def asks(code: str, strength: Strength = Strength.MODERATE) -> Finding:
    """A contradiction with a question."""
    return Finding(
        code=code,
        check=Check.HISTORY,
        status=Status.CONTRADICTS,
        strength=strength,
        evidence_class=EvidenceClass.HISTORY,
        for_recruiter="Two positions overlap.",
        for_candidate="Two positions overlap.",
        innocent_explanation="One of them was part-time.",
        question="How many hours was each?",
    )


def decide(service: Service, verification: str, *findings: Finding) -> Outcome:
    """Submit it, and reach the verdict that these findings come to."""
    assert service.client.post(f"/v1/verifications/{verification}/submit").status_code == 202
    with service.store.tenant(service.tenant, SYSTEM) as t:
        row = t.verifications.get(UUID(verification))
        verified = conclude(
            [
                StepResult(step=step, findings=findings if step is Step.HISTORY else ())
                for step in Step
            ],
            id=row.id,
            now=NOW,
            stage=Stage.APPLICATION,
            policy=DEFAULT_POLICY,
            answers=t.verifications.order_of(row).answers,
        )
        assert t.results.conclude(Work(row.id, row.generation), verified)
    return verified.verdict.outcome


def asked(service: Service, *codes: str) -> str:
    """The id of a verification whose verdict asks about these."""
    verification = service.order(stage="application", claims=CLAIMS)
    assert decide(service, verification, *map(asks, codes)) is Outcome.NEEDS_INFO
    return verification


def put(service: Service, verification: str, *items: Any) -> Any:
    return service.client.put(f"/v1/verifications/{verification}/answers", json={"items": items})


def read(service: Service, verification: str) -> list[dict[str, Any]]:
    answer = service.client.get(f"/v1/verifications/{verification}/answers")
    assert answer.status_code == 200
    return list(answer.json()["items"])


def test_an_answer_is_told_as_it_was_said_and_a_person_reads_it_beside_the_finding(
    service: Service,
) -> None:
    verification = asked(service, OVERLAP)
    told = put(service, verification, SAID | {"answered_at": "2026-05-04T08:00:00Z"})
    assert told.status_code == 200
    assert read(service, verification) == told.json()["items"]
    assert decide(service, verification, asks(OVERLAP)) is Outcome.REVIEW
    verdict = service.client.get(f"/v1/verifications/{verification}/verdict").json()
    (answered,) = (f for f in verdict["findings"] if f["code"] == "history.answered")
    assert (answered["status"], answered["strength"]) == ("unknown", None)
    seen = {one["what"]: one for one in answered["seen"]}
    assert seen["finding that asked"]["value"] == OVERLAP
    assert seen["question"]["value"] == "How many hours was each?"
    words = seen["answer, in the candidate's own words"]
    assert (words["value"], words["fetched_at"]) == (SAID["text"], "2026-05-04T08:00:00Z")
    assert [reason["rule"] for reason in verdict["verdict"]["reasons"]] == ["review.answered"]


def test_once_nothing_is_asked_any_more_an_answer_changes_nothing(service: Service) -> None:
    verification = asked(service, OVERLAP)
    put(service, verification, SAID)
    agrees = asks(OVERLAP).model_copy(
        update={"status": Status.SUPPORTS, "strength": Strength.WEAK, "question": None}
    )
    assert decide(service, verification, agrees) is Outcome.VERIFIED


def test_answers_replace_those_of_before_and_are_dated_where_nobody_says_when(
    service: Service,
) -> None:
    verification = asked(service, OVERLAP, SHARED)
    before = datetime.now(UTC)
    put(service, verification, SAID, {"code": SHARED, "text": "It is my partner's."})
    put(service, verification, SAID | {"text": "Half days."}, SAID)
    kept = read(service, verification)
    assert [one["text"] for one in kept] == ["Half days.", SAID["text"]]
    assert all(datetime.fromisoformat(one["answered_at"]) >= before for one in kept)
    assert put(service, verification).json() == {"items": []}
    assert service.actions().count("order.amended") == 3


def test_only_what_a_verdict_asked_can_be_answered(service: Service) -> None:
    verification = asked(service, OVERLAP)
    refused = put(service, verification, SAID, {"code": SHARED, "text": "It is mine."})
    assert refused.status_code == 422
    assert refused.json()["type"] == "urn:bonafide:problem:not-asked"
    assert SHARED in refused.json()["detail"]
    assert OVERLAP not in refused.json()["detail"]
    assert read(service, verification) == []


def test_what_an_earlier_verdict_asked_may_still_be_answered(service: Service) -> None:
    verification = asked(service, OVERLAP)
    decide(service, verification, asks(SHARED))
    assert put(service, verification, SAID).status_code == 200


def test_nobody_is_asked_anything_before_a_verdict(service: Service) -> None:
    verification = service.order()
    assert put(service, verification, SAID).json()["type"] == "urn:bonafide:problem:not-asked"
    begun = {"consent": {"verification": True}, "answers": [SAID]}
    refused = service.client.post("/v1/verifications", json=begun)
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:bonafide:problem:nothing-asked"


def test_answers_stay_as_they_are_while_it_is_verified(service: Service) -> None:
    verification = asked(service, OVERLAP)
    put(service, verification, SAID)
    service.client.post(f"/v1/verifications/{verification}/submit")
    refused = put(service, verification)
    assert refused.json()["type"] == "urn:bonafide:problem:in-work"
    assert len(read(service, verification)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " \n "},
        {"text": "x" * 2001},
        {"text": "\x00"},
        {"code": "Not a code"},
        {"answered_at": "2026-05-04"},
        {"why": "no such field"},
    ],
)
def test_an_answer_that_is_none_is_refused_and_not_quoted(
    service: Service, wrong: dict[str, str]
) -> None:
    verification = asked(service, OVERLAP)
    refused = put(service, verification, SAID | wrong)
    assert refused.status_code == 422
    assert refused.json()["type"] == "urn:bonafide:problem:invalid"
    assert "x" * 50 not in refused.text


def test_another_script_an_emoji_and_line_ends_of_windows_are_all_text(service: Service) -> None:
    verification = asked(service, OVERLAP)
    text = "می‌خواهم\r\n가나다 👩‍💻"
    put(service, verification, SAID | {"text": text})
    assert read(service, verification)[0]["text"] == text.replace("\r\n", "\n")


def test_nobody_else_reads_or_sends_answers(service: Service) -> None:
    verification = asked(service, OVERLAP)
    put(service, verification, SAID)
    other = {"Authorization": f"Bearer {service.other_key}"}
    for address in ("answers", "account-proofs"):
        path = f"/v1/verifications/{verification}/{address}"
        assert service.client.get(path, headers=other).status_code == 404
    path = f"/v1/verifications/{verification}/answers"
    assert service.client.put(path, headers=other, json={"items": []}).status_code == 404
    assert len(read(service, verification)) == 1


def proofs(service: Service, verification: str) -> list[dict[str, str]]:
    answer = service.client.get(f"/v1/verifications/{verification}/account-proofs")
    assert answer.status_code == 200
    return list(answer.json()["items"])


def test_each_claimed_github_account_has_a_text_that_shows_control_of_it(service: Service) -> None:
    github = [
        {"network": "GitHub", "username": "ann-example"},
        {"url": "https://github.com/ann-at-work"},
        {"network": "LinkedIn", "username": "ann"},
    ]
    verification = service.order(claims={"accounts": github})
    told = proofs(service, verification)
    assert [one["username"] for one in told] == ["ann-example", "ann-at-work"]
    (text,) = {one["text"] for one in told}
    assert text.startswith("bonafide-")
    assert proofs(service, verification) == told, "the same at every question"
    (other, *_) = proofs(service, service.order(claims={"accounts": github}))
    assert other["text"] != text
    assert service.actions().count("order.viewed") == 3


def test_whoever_claims_no_account_has_none_to_show(service: Service) -> None:
    assert proofs(service, service.order()) == []
