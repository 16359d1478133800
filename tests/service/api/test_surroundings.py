"""What a company's own systems see is kept with the order, part by part, and told to who may."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from standardwebhooks.webhooks import Webhook

from models.verdict import Outcome
from service.access.tenants import rotate
from tests.service.api.conftest import Service

AT_HOME = {"at": "2026-05-04T09:00:00Z", "ip": "198.51.100.7", "time_zone": "Europe/Berlin"}
ABROAD = {"at": "2026-05-04T09:30:00Z", "ip": "2001:db8::7"}
LAPTOP = {"serial": "C02EXAMPLE", "dispatched_on": "2026-05-20"}
REPORT = {
    "source": "our agent",
    "reported_at": "2026-05-24T09:00:00Z",
    "serial": "C02EXAMPLE",
    "software": [{"name": "AnyDesk", "file": "anydesk.exe"}],
}


def put(service: Service, verification: str, **parts: Any) -> Any:
    return service.client.put(f"/v1/verifications/{verification}/surroundings", json=parts)


def read(service: Service, verification: str) -> dict[str, Any]:
    answer = service.client.get(f"/v1/verifications/{verification}/surroundings")
    assert answer.status_code == 200
    return dict(answer.json())


def tell(service: Service, webhook_id: str = "msg_1", **data: Any) -> Any:
    """Send a signed event of what was seen."""
    event = {"type": "surroundings.seen", "timestamp": "2026-05-24T09:30:00Z", "data": data}
    body = json.dumps(event)
    secret = rotate(service.store, service.tenant, "incoming")
    now = datetime.now(UTC)
    headers = {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(webhook_id, now, body),
    }
    return service.client.post(
        f"/v1/hooks/{service.tenant}/surroundings", content=body, headers=headers
    )


def test_a_part_that_is_sent_replaces_its_own_and_leaves_the_others(service: Service) -> None:
    verification = service.order()
    assert put(service, verification, visits=[AT_HOME], work_country="DE").status_code == 200
    assert put(service, verification, visits=[ABROAD], dispatches=[LAPTOP]).status_code == 200
    told = read(service, verification)
    assert [visit["ip"] for visit in told["visits"]] == ["2001:db8::7"]
    assert told["dispatches"][0]["serial"] == "C02EXAMPLE"
    assert told["work_country"] == "DE"
    assert {"order.amended", "order.viewed"} <= set(service.actions())


def test_what_is_no_address_is_refused_by_its_place_and_a_language_is_not_taken(
    service: Service,
) -> None:
    verification = service.order()
    wrong = put(service, verification, visits=[AT_HOME | {"ip": "198.51.100.700"}])
    assert wrong.status_code == 422
    assert "visits" in wrong.text
    language = put(service, verification, visits=[AT_HOME | {"language": "ko-KR"}])
    assert language.status_code == 422
    assert read(service, verification)["visits"] == []


def test_an_inventory_is_added_to_those_of_before_and_once_only(service: Service) -> None:
    verification = service.order()
    place = f"/v1/verifications/{verification}/inventories"
    later = REPORT | {"reported_at": "2026-05-25T09:00:00Z"}
    for report in (REPORT, later, REPORT):
        assert service.client.post(place, json=report).status_code == 200
    seen = read(service, verification)["inventories"]
    assert [one["reported_at"][:10] for one in seen] == ["2026-05-24", "2026-05-25"]
    assert seen[0]["software"][0]["name"] == "AnyDesk"


def test_what_is_no_inventory_is_refused_in_words(service: Service) -> None:
    verification = service.order()
    place = f"/v1/verifications/{verification}/inventories"
    answer = service.client.post(place, content=b"<inventory/>")
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("unreadable-inventory")
    assert read(service, verification)["inventories"] == []


def test_a_signed_event_adds_what_was_seen_and_asks_for_a_verdict_anew_once(
    service: Service,
) -> None:
    verification = service.completed(Outcome.NEEDS_INFO, candidate={"reference": "applicant-1"})
    said: dict[str, Any] = {
        "reference": "applicant-1",
        "surroundings": {"visits": [AT_HOME]},
        "submit": True,
    }
    first = tell(service, **said)
    assert first.status_code == 202, first.text
    assert first.json() == {"verification": verification, "state": "queued", "new": True}
    in_work = tell(service, "msg_2", **(said | {"surroundings": {"visits": [ABROAD]}}))
    assert in_work.status_code == 409
    service.conclude(verification, Outcome.NEEDS_INFO)
    again = tell(service, **said)
    assert again.json() == {"verification": verification, "state": "completed", "new": False}
    more = tell(service, "msg_3", verification=verification, surroundings={"visits": [ABROAD]})
    assert more.json()["state"] == "completed"
    assert len(read(service, verification)["visits"]) == 2


def test_an_event_without_a_good_signature_or_about_nobody_changes_nothing(
    service: Service,
) -> None:
    verification = service.order(candidate={"reference": "applicant-1"})
    unsigned = service.client.post(f"/v1/hooks/{service.tenant}/surroundings", content=b"{}")
    assert unsigned.status_code == 401
    stranger = tell(service, reference="applicant-2", surroundings={"visits": [AT_HOME]})
    assert stranger.status_code == 404
    both = tell(
        service,
        reference="applicant-1",
        verification=str(UUID(int=1)),
        surroundings={"visits": [AT_HOME]},
    )
    assert both.status_code == 422
    assert read(service, verification)["visits"] == []


def test_surroundings_alone_are_something_to_verify(service: Service) -> None:
    verification = service.order(stage="periodic")
    submit = f"/v1/verifications/{verification}/submit"
    assert service.client.post(submit).status_code == 409
    put(service, verification, visits=[AT_HOME])
    assert service.client.post(submit).status_code == 202
