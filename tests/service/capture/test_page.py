"""The camera page asks for one verification, whoever has its link, and shows nothing of it."""

from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from models.challenge import Act
from service.access import candidate_links
from service.app import create_app
from service.capture.judging import Advice, Look, MissedStep
from tests.service.api.asking import Clock, answer, ask, evidence_of, form, said
from tests.service.api.conftest import Service, a_jpeg, service

__all__ = ["service"]

NAME = "Anna Example"


class Candidate:
    """Somebody with a link and nothing else."""

    def __init__(self, service: Service, verification: str, judges: Any = None) -> None:
        made = service.client.post(f"/v1/verifications/{verification}/capture-link")
        assert made.status_code == 201, made.text
        self.path = str(made.json()["url"]).removeprefix(service.parts.settings.url)
        self.expires_at = made.json()["expires_at"]
        self.client = TestClient(create_app(service.parts, judges))

    def get(self) -> Any:
        """The page."""
        return self.client.get(self.path)

    def ask(self, *without: str) -> Any:
        """A challenge, as the page asks for one."""
        return self.client.post(f"{self.path}/challenges", json={"without": without})

    def answer(self, given: dict[str, Any]) -> Any:
        """The answer that the page sends."""
        parts = form(said(given), [a_jpeg(), a_jpeg()])
        return self.client.post(f"{self.path}/challenges/{given['id']}/answer", files=parts)


def test_a_candidate_answers_without_an_account(service: Service) -> None:
    verification = service.order(candidate={"name": NAME})
    candidate = Candidate(service, verification)
    assert candidate.get().status_code == 200
    given = candidate.ask("hands")
    assert given.status_code == 201
    assert given.json()["challenge"]["without"] == ["hands"]
    sent = candidate.answer(given.json())
    assert (sent.status_code, sent.json()) == (201, {"outcome": "not_looked_at", "missed": []})
    (file,) = evidence_of(service, verification)
    assert (file["name"], file["ready"]) == ("challenge", True)
    told = service.client.get("/v1/audit").json()["items"]
    did = {entry["action"]: entry["actor"] for entry in told}
    assert did["challenge.asked"] == did["challenge.answered"] == "candidate"
    assert did["evidence.received"] == "candidate"


def test_candidates_take_no_place_of_whoever_has_a_key(service: Service) -> None:
    verification = service.order()
    candidate = Candidate(service, verification)
    candidate.client.app.state.senders = "nobody gets one"  # type: ignore[attr-defined]
    assert candidate.answer(candidate.ask().json()).status_code == 201


def test_the_page_runs_its_own_script_alone_and_tells_nobody_of_its_address(
    service: Service,
) -> None:
    page = Candidate(service, service.order(candidate={"name": NAME})).get()
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["permissions-policy"].startswith("camera=(self), microphone=()")
    assert NAME not in page.text
    assert "<script>" not in page.text
    assert "style=" not in page.text


def test_a_link_opens_nothing_of_another_verification(service: Service) -> None:
    verification, other = service.order(), service.order()
    candidate, theirs = Candidate(service, verification), ask(service, other)
    assert candidate.answer(theirs).status_code == 404
    for path in ("/v1/verifications", f"/v1/verifications/{verification}"):
        token = candidate.path.rpartition("/")[2]
        headers = {"Authorization": f"Bearer {token}"}
        assert candidate.client.get(path, headers=headers).status_code == 401
    assert evidence_of(service, other) == []


def test_a_link_that_ended_says_so_in_words(service: Service) -> None:
    clock = service.store.clock = Clock()
    verification = service.order()
    first = Candidate(service, verification)
    second = Candidate(service, verification)
    for ended in (first, _nobodys(first)):
        page = ended.get()
        assert page.status_code == 404
        assert page.headers["content-type"].startswith("text/html")
        assert page.headers["cache-control"] == "no-store"
        assert "This link has ended" in page.text
        assert ended.ask().json()["type"] == "urn:bonafide:problem:not-found"
    assert second.get().status_code == 200
    clock.pass_by(days=7)
    assert second.get().status_code == 404
    third = Candidate(service, verification)
    service.client.post(f"/v1/verifications/{verification}/cancel")
    assert third.get().status_code == third.ask().status_code == 404


def _nobodys(candidate: Candidate) -> Candidate:
    made = object.__new__(Candidate)
    made.path, made.client = "/capture/" + "x" * 43, candidate.client
    return made


def test_while_it_is_verified_there_is_nothing_to_do(service: Service) -> None:
    verification = service.order()
    candidate = Candidate(service, verification)
    answer(service, verification, ask(service, verification))
    service.client.post(f"/v1/verifications/{verification}/submit")
    page = candidate.get()
    assert page.status_code == 200
    assert "nothing to do now" in page.text
    assert candidate.ask().status_code == 409
    refused = service.client.post(f"/v1/verifications/{verification}/capture-link")
    assert refused.json()["type"] == "urn:bonafide:problem:not-taking-evidence"


def test_a_token_is_in_no_log_and_no_audit(service: Service) -> None:
    with capture_logs() as logs:
        candidate = Candidate(service, service.order())
        candidate.get()
        candidate.answer(candidate.ask().json())
    token = candidate.path.rpartition("/")[2]
    assert len(token) > 40
    assert token not in str(logs)
    assert token not in service.client.get("/v1/audit").text
    assert "/capture/{token}" in str(logs)


def test_who_asks_too_often_is_told_to_wait(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidate_links.PER_LINK, "amount", 3)
    monkeypatch.setattr(candidate_links.PER_CLIENT, "amount", 5)
    candidate = Candidate(service, service.order())
    assert [candidate.get().status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = candidate.ask()
    assert refused.json()["type"] == "urn:bonafide:problem:too-many-requests"
    assert int(refused.headers["retry-after"]) > 0
    stranger = _nobodys(candidate)
    assert stranger.get().status_code == 429
    assert "Please wait" in stranger.get().text


class Misses:
    """Somebody who looks at answers, and never sees a nod."""

    def __init__(self) -> None:
        self.asked: list[tuple[UUID, UUID, UUID]] = []

    def judge(self, *which: UUID) -> Advice:
        """See `service.capture.judging.Judges`."""
        self.asked.append(which)  # type: ignore[arg-type]
        return Advice(outcome=Look.AGAIN, missed=(MissedStep(act=Act.NOD),))


def test_what_was_not_seen_is_told_at_once_and_the_answer_is_kept(service: Service) -> None:
    verification, judges = service.order(), Misses()
    candidate = Candidate(service, verification, judges)
    given = candidate.ask().json()
    assert candidate.answer(given).json() == {"outcome": "again", "missed": [{"act": "nod"}]}
    assert judges.asked == [(service.tenant, UUID(verification), UUID(given["id"]))]
    assert candidate.answer(candidate.ask().json()).status_code == 201
    assert len(evidence_of(service, verification)) == 2
