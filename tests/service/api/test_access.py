"""Who comes in, and what an answer never tells."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from models.verdict import Outcome
from service.app import create_app
from service.store.actor import Actor
from tests.service.api.asking import ask
from tests.service.api.conftest import Queue, Service, a_jpeg, an_order

TUS = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Upload-Length": "5"}
BODIES: dict[str, dict[str, Any]] = {
    "claims": {"json": {}},
    "answers": {"json": {"items": []}},
    "surroundings": {"json": {}},
    "inventories": {"json": {}},
    "candidate-at": {"json": {"file": "a.mp4", "seconds": 1}},
    "decisions": {"json": {"choice": "ask_candidate", "reason": "x"}},
    "documents": {"files": [("files", ("a.jpg", b"x"))]},
    "footage": {"files": [("files", ("a.mp4", b"x"))]},
    "chip": {"files": [("files", ("a.mp4", b"x"))]},
    "frames": {"data": {"times": "[0]"}, "files": [("frames", ("a.jpg", a_jpeg()))]},
    "challenges": {"json": {}},
    "answer": {"files": [("answer", (None, "{}"))]},
    "judgement": {"json": {"judgement": "the_same", "reason": "x"}},
    "prompts": {"json": {"recording": "a.mp4", "prompts": []}},
}

FOR_PEOPLE = ("/v1/screening/{hit}", "/v1/screening/{hit}/judgement")
"""No key opens these, whoever's the id is: `test_screening` asks them as people."""


def _operations(service: Service) -> list[tuple[str, str]]:
    """Those that a key opens; webhooks are signed instead."""
    document = TestClient(create_app(service.parts)).get("/openapi.json").json()
    return [
        (method, path)
        for path, item in document["paths"].items()
        for method in item
        if path.startswith("/v1/") and method != "options" and "/hooks/" not in path
    ]


def _ask(service: Service, method: str, path: str, **more: Any) -> Any:
    said = dict(BODIES.get(path.rpartition("/")[2], {}))
    if path == "/v1/verifications" and method == "post":
        said = {"json": an_order()}
    headers = TUS | more.pop("headers", {})
    if method == "patch":
        headers |= {"Content-Type": "application/offset+octet-stream"}
        said = {"content": b"12345"}
    return service.client.request(method, path, headers=headers, **said, **more)


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer bonafide_wrong",
        "Bearer " + "x" * 5000,
        "Basic dXNlcjpwYXNz",
        "Bearer bonafide_\xff",
    ],
)
def test_no_route_answers_without_a_good_key(service: Service, authorization: str) -> None:
    operations = _operations(service)
    assert len(operations) > 20
    for method, path in operations:
        path = re.sub(r"{\w+}", str(uuid4()), path)
        headers = {"Authorization": authorization.encode("latin-1")}
        answer = _ask(service, method, path, headers=headers)
        assert answer.status_code == 401, (method, path, answer.text)
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_revoked_key_lets_nobody_in(service: Service) -> None:
    with service.store.tenant(service.tenant, Actor("test")) as t:
        t.access.revoke_key(t.access.keys()[0].id)
    assert service.client.get("/v1/verifications").status_code == 401


def test_another_tenants_ids_are_answered_as_ids_that_nobody_has(service: Service) -> None:
    verification = service.completed(Outcome.HOLD)
    told = service.client.get(f"/v1/verifications/{verification}").json()
    evidence = service.client.get(f"/v1/verifications/{verification}/evidence").json()
    upload = service.client.post(f"/v1/verifications/{verification}/uploads", headers=TUS).headers[
        "location"
    ]
    ours = {
        "verification": verification,
        "candidate": told["candidate_id"],
        "evidence": evidence["items"][0]["id"],
        "upload": upload.rpartition("/")[2],
        "delivery": _a_delivery(service, verification),
        "name": "presence-1",
    }
    ours["challenge"] = ask(service, verification)["id"]
    service.client.headers["Authorization"] = f"Bearer {service.other_key}"
    asked = 0
    for method, path in _operations(service):
        if "{" not in path or path in FOR_PEOPLE:
            continue
        theirs = _ask(service, method, path.format(**ours))
        unknown = {name: str(uuid4()) for name in ours}
        nobodys = _ask(service, method, path.format(**unknown))
        assert theirs.status_code == nobodys.status_code == 404, (method, path, theirs.text)
        assert theirs.content == nobodys.content
        asked += 1
    assert asked > 18


def _a_delivery(service: Service, verification: str) -> str:
    with service.store.tenant(service.tenant, Actor("test")) as t:
        return str(t.deliveries.add(UUID(verification), "x", "https://a.example", b"{}").id)


def test_a_program_may_carry_the_audit_to_where_a_company_collects_such(service: Service) -> None:
    service.order()
    answer = service.client.get("/v1/audit")
    assert answer.status_code == 200
    assert answer.json()["items"][0]["action"] == "verification.ordered"


def test_every_answer_carries_the_headers_that_keep_browsers_from_guessing(
    service: Service,
) -> None:
    for path in ("/livez", "/v1/verifications", "/v1/nothing", "/docs"):
        headers = service.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert service.client.get("/v1/verifications").headers["cache-control"] == "no-store"


def test_a_defect_of_ours_is_answered_and_logged_without_what_it_was_about(
    service: Service,
) -> None:
    class Failing(Queue):
        def enqueue(self, case: str) -> None:
            raise RuntimeError(f"Anna Example /secret/path {case}")

    object.__setattr__(service.parts, "engine", Failing())
    verification = service.order(claims={"basics": {"name": "Anna Example"}})
    with capture_logs() as logs:
        answer = service.client.post(f"/v1/verifications/{verification}/submit")
    assert answer.status_code == 500
    assert answer.json()["type"] == "urn:bonafide:problem:internal"
    for secret in ("Anna", "secret", "Traceback", ".py", "RuntimeError"):
        assert secret not in answer.text
    defect = next(line for line in logs if line["event"] == "defect")
    assert defect["error"] == "RuntimeError"
    assert any("verifications.py" in place for place in defect["where"])
    assert "Anna" not in str(logs)
    assert verification not in str(logs)


def test_a_request_is_logged_by_its_route_without_ids_or_query(service: Service) -> None:
    verification = service.order(candidate={"reference": "anna-1"})
    with capture_logs() as logs:
        service.client.get(f"/v1/verifications/{verification}")
        service.client.get("/v1/verifications", params={"reference": "anna-1"})
    assert [line["route"] for line in logs] == [
        "/v1/verifications/{verification}",
        "/v1/verifications",
    ]
    assert all(line["status"] == 200 for line in logs)
    assert "anna-1" not in str(logs)
    assert verification not in str(logs)


def test_a_method_that_is_not_there_says_which_are(service: Service) -> None:
    answer = service.client.patch("/v1/verifications")
    assert answer.status_code == 405
    assert {m.strip() for m in answer.headers["allow"].split(",")} >= {"GET", "POST"}


def test_the_documentation_names_every_route_and_its_problems(service: Service) -> None:
    document = service.client.get("/openapi.json").json()
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert operation["summary"], (method, path)
            if path.startswith("/v1/") and method != "options":
                assert operation["description"], (method, path)
                assert {"401", "422"} <= set(operation["responses"])
    assert "HTTPValidationError" not in document["components"]["schemas"]
