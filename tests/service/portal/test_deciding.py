"""What people decide beside the verdict, and what is sent out about it."""

from uuid import UUID

import pytest

from models.verdict import Outcome
from service.store.actor import SYSTEM, Role
from tests.service.portal.conftest import Browser, Portal


def _choice(portal: Portal, id: UUID) -> str | None:
    """The decision that stands."""
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        return t.verifications.get(id).choice


@pytest.fixture
def recruiter(portal: Portal) -> Browser:
    """A recruiter's browser."""
    return portal.signed_in(Role.RECRUITER)


def test_a_decision_needs_a_reason_and_what_was_typed_stays(
    portal: Portal, recruiter: Browser
) -> None:
    id = portal.decided(Outcome.REVIEW)
    address = f"/verifications/{id}/decisions"
    answer = recruiter.post(address, choice="ask_candidate", reason="  ")
    assert answer.status_code == 422
    assert "Write why" in answer.text
    assert 'value="ask_candidate" required checked' in answer.text
    answer = recruiter.post(address, choice="reject", reason="No.")
    assert "Choose what is to happen." in answer.text
    assert _choice(portal, id) is None
    assert recruiter.post(address, choice="ask_candidate", reason="Page 2?").status_code == 303
    assert _choice(portal, id) == "ask_candidate"


def test_going_on_against_a_hold_stands_only_once_another_person_agrees(portal: Portal) -> None:
    id = portal.decided(Outcome.HOLD)
    first, second = portal.signed_in(Role.OWNER), portal.signed_in(Role.REVIEWER)
    recruiter = portal.signed_in(Role.RECRUITER)
    first.post(f"/verifications/{id}/decisions", choice="proceed", reason="We met in person.")
    page = first.get(f"/verifications/{id}").text
    assert "Waiting for approval" in page
    assert "/approve" not in page
    assert "/approve" not in recruiter.get(f"/verifications/{id}").text
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        decision = t.decisions.list(id)[0].id
    assert first.post(f"/decisions/{decision}/approve").status_code == 409
    assert _choice(portal, id) is None
    assert f"/decisions/{decision}/approve" in second.get(f"/verifications/{id}").text
    assert second.post(f"/decisions/{decision}/approve").status_code == 303
    assert _choice(portal, id) == "proceed"
    assert second.post(f"/decisions/{decision}/approve").status_code == 409


def test_not_going_on_after_a_hold_needs_one_person(portal: Portal, recruiter: Browser) -> None:
    id = portal.decided(Outcome.HOLD)
    recruiter.post(f"/verifications/{id}/decisions", choice="do_not_proceed", reason="Agreed.")
    assert _choice(portal, id) == "do_not_proceed"


def test_deliveries_are_listed_and_sent_again_for_those_with_the_right(portal: Portal) -> None:
    id = portal.decided(Outcome.VERIFIED)
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        sent = t.deliveries.add(id, "verification.completed", "https://ats.example", b"{}").id
        t.deliveries.record(sent, status=200, problem=None, milliseconds=3)
    owner = portal.signed_in(Role.OWNER)
    page = owner.get(f"/verifications/{id}").text
    assert "verification.completed" in page
    assert "verification.completed" not in portal.signed_in(Role.REVIEWER).get(
        f"/verifications/{id}"
    ).text.replace("Verified", "")
    other = portal.order()
    assert owner.post(f"/verifications/{other}/deliveries/{sent}/replay").status_code == 404
    assert owner.post(f"/verifications/{id}/deliveries/{sent}/replay").status_code == 303
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        assert t.deliveries.list(verification=id)[0].state == "pending"
