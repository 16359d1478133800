"""Ordering: what is taken, what is refused, and that the same order twice is one verification."""

import json
from typing import Any

import pytest

from tests.service.api.conftest import Service, an_order, the_order_of

CLAIMS = {
    "identity": {"fullName": "Anna Example", "birthDate": "1990-04-17"},
    "work": [{"name": "Example AG", "position": "Engineer", "startDate": "2019-04"}],
}


def _post(service: Service, body: bytes | str, **headers: str) -> Any:
    sent = {"Content-Type": "application/json"} | headers
    return service.client.post("/v1/verifications", content=body, headers=sent)


def _type(answer: Any) -> str:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["type"]).removeprefix("urn:bonafide:problem:")


def test_an_order_is_stored_sealed_and_waits_for_evidence(service: Service) -> None:
    order = an_order(candidate={"reference": "a-1", "name": "Anna Example"}, claims=CLAIMS)
    answer = service.client.post("/v1/verifications", json=order)
    assert answer.status_code == 201
    told = answer.json()
    assert told["state"] == "awaiting_evidence"
    assert answer.headers["location"] == f"/v1/verifications/{told['id']}"
    assert the_order_of(service, told["id"]).candidate.name == "Anna Example"
    database = (service.parts.settings.home / "bonafide.sqlite").read_bytes()
    log = service.parts.settings.home / "bonafide.sqlite-wal"
    assert b"Anna Example" not in database + (log.read_bytes() if log.exists() else b"")


def test_the_answer_to_an_order_holds_nothing_personal(service: Service) -> None:
    order = an_order(candidate={"reference": "a-1", "name": "Anna", "email": "anna@example.org"})
    answer = service.client.post("/v1/verifications", json=order)
    assert not {"Anna", "a-1", "anna@example.org"} & set(str(answer.json()).split("'"))


def test_the_same_order_under_the_same_key_is_one_verification(service: Service) -> None:
    answers = [
        service.client.post("/v1/verifications", json=an_order(), headers={"Idempotency-Key": "k"})
        for _ in range(3)
    ]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert len(service.client.get("/v1/verifications").json()["items"]) == 1


def test_another_order_under_the_same_key_is_refused(service: Service) -> None:
    key = {"Idempotency-Key": "k"}
    service.client.post("/v1/verifications", json=an_order(), headers=key)
    answer = service.client.post("/v1/verifications", json=an_order(stage="offer"), headers=key)
    assert answer.status_code == 409
    assert _type(answer) == "idempotency-key-reused"


def test_the_same_key_of_another_tenant_is_another_order(service: Service) -> None:
    theirs = {"Authorization": f"Bearer {service.other_key}"}
    for headers in ({}, theirs):
        answer = service.client.post(
            "/v1/verifications", json=an_order(), headers={"Idempotency-Key": "k"} | headers
        )
        assert answer.status_code == 201


@pytest.mark.parametrize("key", ["x" * 201, "tab\tbed", "ümlaut".encode()])
def test_an_idempotency_key_that_is_no_short_text_is_refused(
    service: Service, key: str | bytes
) -> None:
    headers: Any = {"Idempotency-Key": key}
    answer = service.client.post("/v1/verifications", json=an_order(), headers=headers)
    assert answer.status_code == 422


def test_the_same_reference_is_the_same_candidate_at_every_stage(service: Service) -> None:
    told = [
        service.client.post(
            "/v1/verifications", json=an_order(stage=stage, candidate={"reference": "a-1"})
        ).json()
        for stage in ("interview", "onboarding")
    ]
    assert told[0]["candidate_id"] == told[1]["candidate_id"]


def test_an_order_may_follow_an_earlier_one_but_none_of_another_tenant(service: Service) -> None:
    earlier = service.order()
    assert service.client.get(f"/v1/verifications/{service.order(follows=earlier)}").is_success
    theirs = service.client.post(
        "/v1/verifications",
        json=an_order(follows=earlier),
        headers={"Authorization": f"Bearer {service.other_key}"},
    )
    assert theirs.status_code == 404


def test_nobody_is_verified_without_consent(service: Service) -> None:
    answer = service.client.post("/v1/verifications", json={"consent": {"verification": False}})
    assert answer.status_code == 422
    assert "nobody is verified without it" in answer.json()["detail"]


def test_a_callback_that_no_event_would_be_sent_to_is_refused(service: Service) -> None:
    answer = service.client.post(
        "/v1/verifications", json=an_order(callback="https://169.254.169.254/latest/meta-data")
    )
    assert answer.status_code == 422
    assert _type(answer) == "callback-refused"


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "",
        "not json",
        '{"consent": {"verification": true}',
        b"\xff\xfe\x00",
        "[" * 200_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        '{"consent": {"verification": true}, "candidate": {"name": "\\ud800"}}',
        '{"consent": {"verification": ' + "9" * 10_000 + "}}",
    ],
    ids=[
        "cut",
        "empty",
        "text",
        "unclosed",
        "bytes",
        "nested",
        "nested objects",
        "surrogate",
        "huge number",
    ],
)
def test_malformed_json_is_a_problem_and_no_error_of_ours(
    service: Service, body: bytes | str
) -> None:
    answer = _post(service, body)
    assert answer.status_code == 400
    assert _type(answer) == "malformed-json"


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "null",
        '"text"',
        "NaN",
        '{"consent": {"verification": NaN}}',
        '{"consent": {"verification": "true"}}',
        '{"consent": {"verification": 1}}',
        '{"consent": {"verification": true}, "stage": "INTERVIEW"}',
        '{"consent": {"verification": true}, "candidate": {"name": "\\u0000"}}',
        '{"consent": {"verification": true}, "candidate": {"reference": ""}}',
        '{"consent": {"verification": true, "given_at": "soon"}}',
        '{"consent": {"verification": true}, "callback": "ftp://example.org"}',
        '{"consent": {"verification": true}, "follows": "1"}',
    ],
)
def test_json_of_the_wrong_shape_or_type_is_refused_strictly(service: Service, body: str) -> None:
    answer = _post(service, body)
    assert answer.status_code == 422
    assert _type(answer) == "invalid"


def test_an_unknown_field_is_refused_and_named_safely(service: Service) -> None:
    answer = _post(service, json.dumps(an_order() | {"consentt\u202e\x00" + "x" * 1000: 1}))
    assert answer.status_code == 422
    assert "body.consentt" in answer.json()["detail"]
    assert len(answer.json()["detail"]) < 200


def test_what_is_refused_is_never_quoted(service: Service) -> None:
    secret = "Anna-Secret"
    order = an_order(
        claims={"work": [{"startDate": secret}], "identity": {"birthDate": secret}},
        candidate={"email": secret, "name": secret + "\x07"},
        callback=secret,
        stage=secret,
    )
    answer = service.client.post("/v1/verifications", json=order)
    assert answer.status_code == 422
    assert secret not in answer.text


def test_a_body_above_its_bound_is_refused(service: Service) -> None:
    answer = _post(service, json.dumps(an_order(candidate={"name": "x" * 1_000_000})))
    assert answer.status_code == 413
    assert _type(answer) == "too-large"


def test_a_body_above_its_bound_that_announces_no_length_is_refused(service: Service) -> None:
    def pieces() -> Any:
        for _ in range(200):
            yield b" " * 10_000

    answer = service.client.post(
        "/v1/verifications", content=pieces(), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413


def test_another_media_type_is_refused(service: Service) -> None:
    answer = _post(service, json.dumps(an_order()), **{"Content-Type": "text/plain"})
    assert answer.status_code == 415


def test_claims_can_be_sent_later_and_replaced(service: Service) -> None:
    verification = service.order(candidate={"name": "Anna"})
    for name in ("Anna Example", "Anna Example-Smith"):
        claims = CLAIMS | {"identity": {"fullName": name}}
        answer = service.client.put(f"/v1/verifications/{verification}/claims", json=claims)
        assert answer.status_code == 200
    order = service.client.get(f"/v1/verifications/{verification}/order").json()
    assert order["claims"]["identity"]["fullName"] == "Anna Example-Smith"
    assert order["claims"]["work"][0]["startDate"] == "2019-04"
    assert order["candidate"]["name"] == "Anna"


def test_claims_are_not_changed_under_a_worker(service: Service) -> None:
    verification = service.submitted()
    answer = service.client.put(f"/v1/verifications/{verification}/claims", json=CLAIMS)
    assert answer.status_code == 409
    assert _type(answer) == "in-work"


def test_to_see_the_order_is_recorded(service: Service) -> None:
    verification = service.order()
    service.client.get(f"/v1/verifications/{verification}/order")
    assert service.actions()[-1] == "order.viewed"
