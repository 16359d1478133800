"""A laptop farm as one company sees it, from orders and inventories to verdicts: API and worker."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from standardwebhooks.webhooks import Webhook

from service.access.tenants import create_tenant, rotate
from service.app import create_app
from service.runtime import running
from service.settings import Settings
from service.store.actor import OPERATOR

PATIENCE_SECONDS = 120
FARM = {
    "address": "88 Orchard Lane",
    "city": "Litchfield Park",
    "region": "AZ",
    "postalCode": "85340",
    "countryCode": "US",
}
HOME = {
    "address": "5 Elm Row",
    "city": "Dayton",
    "region": "OH",
    "postalCode": "45402",
    "countryCode": "US",
}
BEHIND_ONE_DOOR = "linkage.ship_to_of_others"
PIKVM = {"vendor_id": "1d6b", "product_id": "0104", "vendor": "PiKVM", "product": "PiKVM Composite"}


@dataclass(frozen=True)
class Company:
    """One tenant: its key, its signed events, and the worker behind the API."""

    client: TestClient
    tenant: str
    secret: str

    def hired(self, name: str, home: dict[str, str], **more: Any) -> str:
        """The id of the first-day verification of somebody who lives there."""
        order = {
            "candidate": {"reference": name, "name": name},
            "consent": {"verification": True},
            "stage": "onboarding",
            "claims": {"basics": {"name": name, "location": home}, "shipTo": [home], **more},
        }
        answer = self.client.post("/v1/verifications", json=order)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def tells(self, name: str, **seen: Any) -> None:
        """What the company's own systems saw, as a signed event."""
        event = {
            "type": "surroundings.seen",
            "timestamp": "2026-05-24T09:30:00Z",
            "data": {"reference": name, "surroundings": seen},
        }
        now, body, webhook_id = datetime.now(UTC), json.dumps(event), name.replace(" ", "-")
        headers = {
            "webhook-id": webhook_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(self.secret).sign(webhook_id, now, body),
        }
        address = f"/v1/hooks/{self.tenant}/surroundings"
        answer = self.client.post(address, content=body, headers=headers)
        assert answer.status_code == 202, answer.text

    def verdict(self, verification: str) -> dict[str, Any]:
        """Submit it, wait for the verdict, and read it whole."""
        address = f"/v1/verifications/{verification}"
        assert self.client.post(f"{address}/submit").status_code == 202
        until = time.monotonic() + PATIENCE_SECONDS
        while (told := self.client.get(address).json())["state"] in ("queued", "running"):
            assert time.monotonic() < until, told
            time.sleep(0.05)
        assert told["state"] == "completed", told
        return dict(self.client.get(f"{address}/verdict").json())

    def links(self, verification: str) -> list[dict[str, Any]]:
        """Who has something in common with it, as it stands now."""
        answer = self.client.get(f"/v1/verifications/{verification}/links")
        assert answer.status_code == 200, answer.text
        return list(answer.json()["links"])


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    settings = Settings(folder=tmp_path_factory.mktemp("farm"), concurrency=1)
    with running(settings, verifies=True, delivers=False) as runtime:
        tenant = create_tenant(runtime.store, "Example Inc.")
        secret = rotate(runtime.store, tenant, "incoming")
        with runtime.store.tenant(tenant, OPERATOR) as t:
            key = t.access.add_key("test")[1]
        client = TestClient(create_app(runtime), headers={"Authorization": f"Bearer {key}"})
        yield Company(client, str(tenant), secret)


def laptop(serial: str, *, kvm: bool = False) -> dict[str, Any]:
    """What the agent of a company's laptop reports."""
    programs = [{"name": "Slack"}, {"name": "Visual Studio Code"}]
    return {
        "source": "our agent",
        "reported_at": "2026-05-24T09:00:00Z",
        "first_seen_at": "2026-05-24T08:00:00Z",
        "vendor": "Lenovo",
        "model": "T14",
        "serial": serial,
        "software": programs + ([{"name": "AnyDesk", "file": "AnyDesk.exe"}] if kvm else []),
        "usb": [PIKVM] if kvm else [],
    }


def codes(verdict: dict[str, Any]) -> set[str]:
    """Of what contradicts."""
    return {f["code"] for f in verdict["findings"] if f["status"] == "contradicts"}


def test_laptops_behind_one_door_are_seen_and_a_couple_is_left_alone(company: Company) -> None:
    account = {"holder": "Household", "account": "Prairie Bank 40732819"}
    farm = {}
    for number, name in enumerate(("Dale Hart", "Priya Nolan", "Marco Weiss"), start=1):
        farm[name] = company.hired(name, FARM)
        company.tells(
            name,
            dispatches=[{"to": FARM, "serial": f"LT-{number}", "dispatched_on": "2026-05-20"}],
            inventories=[laptop(f"LT-{number}", kvm=True)],
            payroll=account,
            visits=[{"at": "2026-05-24T08:00:00Z", "ip": "8.8.4.4"}],
        )
    verdicts = {name: company.verdict(id) for name, id in farm.items()}
    first, _, third = verdicts.values()
    # Each laptop by itself shows what is plugged into it; the third shows the door as well.
    assert BEHIND_ONE_DOOR not in codes(first)
    assert BEHIND_ONE_DOOR in codes(third)
    assert any(code.startswith("device.") for code in codes(first))
    assert third["verdict"]["outcome"] in ("review", "hold")
    for finding in third["findings"]:
        if finding["status"] == "contradicts":
            assert finding["innocent_explanation"]
    # Whoever came first is linked now as well, and to whom is said by number alone.
    others = {link["verification"] for link in company.links(farm["Dale Hart"])}
    assert others == {farm["Priya Nolan"], farm["Marco Weiss"]}
    told = json.dumps(company.links(farm["Marco Weiss"]))
    assert "Dale Hart" not in told
    assert "40732819" not in told

    couple = {}
    for number, name in enumerate(("Ana Reyes", "Jon Reyes"), start=1):
        phones = [{"number": "+1 937 555 0123"}]
        couple[name] = company.hired(name, HOME, phones=phones)
        company.tells(
            name,
            dispatches=[{"to": HOME, "serial": f"HM-{number}", "dispatched_on": "2026-05-20"}],
            inventories=[laptop(f"HM-{number}")],
            visits=[{"at": "2026-05-24T08:00:00Z", "ip": "9.9.9.9"}],
        )
    for name, verification in couple.items():
        verdict = company.verdict(verification)
        assert not [code for code in codes(verdict) if code.startswith(("linkage.", "device."))]
        # Nobody has filmed them yet, so there is something to ask for, and no more.
        assert verdict["verdict"]["outcome"] == "needs_info", name
        assert company.links(verification) == []
