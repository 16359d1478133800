"""A recruiter hands in what the company's systems see, as files, and reads what was taken."""

import json

import pytest

from service.store.actor import SYSTEM, Role
from service.store.verifications import Filter
from tests.service.portal.conftest import Browser, Portal, Sent

VISITS = {"visits": [{"at": "2026-05-04T09:00:00Z", "ip": "198.51.100.7"}], "work_country": "DE"}
OSQUERY = {
    "system_info": [{"hardware_vendor": "Lenovo", "hardware_serial": "PF-1", "uuid": "7f-01"}],
    "programs": [{"name": "AnyDesk", "version": "7"}],
}


@pytest.fixture
def recruiter(portal: Portal) -> Browser:
    """A recruiter's browser."""
    return portal.signed_in(Role.RECRUITER)


def _file(name: str, said: object) -> Sent:
    return ("surroundings", (name, json.dumps(said).encode()))


def test_visits_and_an_inventory_are_added_and_counted_on_the_page(
    portal: Portal, recruiter: Browser
) -> None:
    id = portal.order()
    files = [_file("visits.json", VISITS), _file("laptop.json", OSQUERY)]
    assert recruiter.send(f"/verifications/{id}/evidence", {}, files).status_code == 303
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        told = t.verifications.order_of(t.verifications.get(id)).surroundings
    assert (told.visits[0].ip, told.work_country) == ("198.51.100.7", "DE")
    assert told.inventories[0].serial == "PF-1"
    page = recruiter.get(f"/verifications/{id}").text
    assert "1 visit<" in page
    assert "1 inventory<" in page
    assert "198.51.100.7" not in page


def test_a_file_that_is_none_of_it_is_refused_by_its_name_and_nothing_is_kept(
    portal: Portal, recruiter: Browser
) -> None:
    id = portal.order()
    wrong = VISITS | {"visits": [{"at": "2026-05-04T09:00:00Z", "ip": "not an address"}]}
    files = [_file("visits.json", VISITS), _file("wrong.json", wrong)]
    answer = recruiter.send(f"/verifications/{id}/evidence", {}, files)
    assert answer.status_code == 422
    assert "wrong.json" in answer.text
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        assert not t.verifications.order_of(t.verifications.get(id)).surroundings.visits


def test_what_is_seen_may_come_with_the_order(portal: Portal, recruiter: Browser) -> None:
    said = {"name": "Ada Example", "stage": "onboarding", "consent": "yes"}
    files = [_file("visits.json", VISITS), ("documents", ("passport.jpg", b"a picture"))]
    answer = recruiter.send("/verifications/new", said, files)
    assert answer.status_code == 303, answer.text
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        (row,) = t.verifications.list(Filter())
        assert t.verifications.order_of(row).surroundings.work_country == "DE"
