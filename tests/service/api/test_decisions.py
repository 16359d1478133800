"""Decisions by programs: recorded and announced, and never against a hold."""

from typing import Any
from uuid import UUID

import pytest

from models.verdict import Outcome
from service.store.actor import SYSTEM
from tests.service.api.conftest import Service

CALLBACK: Any = {"callback": "https://93.184.215.14/hook"}


def _decide(service: Service, verification: str, **said: Any) -> Any:
    said = {"choice": "do_not_proceed", "reason": "It is somebody else."} | said
    return service.client.post(f"/v1/verifications/{verification}/decisions", json=said)


def _type(answer: Any) -> str:
    return str(answer.json()["type"]).removeprefix("urn:bonafide:problem:")


def _deliveries(service: Service) -> list[dict[str, Any]]:
    return list(service.client.get("/v1/deliveries").json()["items"])


def test_a_decision_is_recorded_with_its_reason_and_announced(service: Service) -> None:
    verification = service.completed(**CALLBACK)
    answer = _decide(service, verification, choice="proceed")
    assert answer.status_code == 201
    told = answer.json()
    assert (told["choice"], told["stands"], told["generation"]) == ("proceed", True, 1)
    listed = service.client.get(f"/v1/verifications/{verification}/decisions").json()["items"]
    assert listed == [told]
    assert service.client.get(f"/v1/verifications/{verification}").json()["decision"] == "proceed"
    assert [d["event"] for d in _deliveries(service)] == ["verification.updated"]


def test_a_program_never_proceeds_against_a_hold(service: Service) -> None:
    verification = service.completed(Outcome.HOLD, **CALLBACK)
    before = service.actions()
    answer = _decide(service, verification, choice="proceed")
    assert answer.status_code == 403
    assert _type(answer) == "second-person-needed"
    assert "page" in answer.json()["detail"]
    assert service.actions() == before
    assert _deliveries(service) == []
    assert service.client.get(f"/v1/verifications/{verification}/decisions").json()["items"] == []


@pytest.mark.parametrize("choice", ["ask_candidate", "do_not_proceed"])
def test_a_program_may_hold_on_to_a_hold(service: Service, choice: str) -> None:
    assert _decide(service, service.completed(Outcome.HOLD), choice=choice).status_code == 201


def test_there_is_nothing_to_decide_before_a_verdict(service: Service) -> None:
    answer = _decide(service, service.submitted())
    assert answer.status_code == 409
    assert _type(answer) == "no-verdict-yet"


def test_a_parked_one_can_be_decided(service: Service) -> None:
    verification = service.submitted()
    service.park(verification)
    assert _decide(service, verification).status_code == 201


@pytest.mark.parametrize(
    "said",
    [{"reason": ""}, {"reason": "x" * 2001}, {"choice": "reject"}, {"reason": None}, {"by": "me"}],
)
def test_a_decision_that_says_too_little_or_too_much_is_refused(
    service: Service, said: dict[str, Any]
) -> None:
    assert _decide(service, service.completed(), **said).status_code == 422


def test_a_reason_may_hold_any_text(service: Service) -> None:
    reason = "Zeile 1\nZeile 2 \x00 \u202e 名前 🙂"
    verification = service.completed()
    assert _decide(service, verification, reason=reason).json()["reason"] == reason


def _a_delivery(service: Service) -> str:
    verification = service.completed(**CALLBACK)
    _decide(service, verification)
    return str(_deliveries(service)[0]["id"])


def test_a_delivery_is_shown_with_every_try(service: Service) -> None:
    delivery = _a_delivery(service)
    with service.store.tenant(service.tenant, SYSTEM) as t:
        t.deliveries.record(UUID(delivery), status=500, problem="answered 500", milliseconds=7)
    told = service.client.get(f"/v1/deliveries/{delivery}").json()
    assert told["attempts"] == 1
    assert told["tries"][0] | {"at": None} == {
        "at": None,
        "status": 500,
        "problem": "answered 500",
        "milliseconds": 7,
    }
    assert "93.184" not in str(told)


def test_a_delivery_is_replayed_under_the_same_id(service: Service) -> None:
    delivery = _a_delivery(service)
    answer = service.client.post(f"/v1/deliveries/{delivery}/replay")
    assert answer.status_code == 409
    assert _type(answer) == "still-pending"
    with service.store.tenant(service.tenant, SYSTEM) as t:
        t.deliveries.record(UUID(delivery), status=200, problem=None, milliseconds=7)
    before = service.client.get(f"/v1/deliveries/{delivery}").json()
    answer = service.client.post(f"/v1/deliveries/{delivery}/replay")
    assert answer.status_code == 202
    assert (answer.json()["state"], before["state"]) == ("pending", "delivered")
    assert answer.json()["webhook_id"] == before["webhook_id"]


def test_deliveries_are_filtered_and_paged(service: Service) -> None:
    made = [_a_delivery(service) for _ in range(3)]
    page = service.client.get("/v1/deliveries", params={"limit": 2}).json()
    rest = service.client.get("/v1/deliveries", params={"after": page["next"]}).json()
    assert [d["id"] for d in page["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None
    none = service.client.get("/v1/deliveries", params={"state": "given_up"}).json()
    assert none["items"] == []
