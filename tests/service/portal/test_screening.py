"""The page of compliance, and that no other page tells anybody else what is on it."""

import re
from uuid import UUID, uuid4

import pytest

from models.verdict import Outcome
from service.access.screening import WITH_COMPLIANCE
from service.settings import Settings
from service.store.actor import SYSTEM, Role
from tests.service.hits import ALIAS, ENTRY, LIST_NAME, MATCHED, SECRETS, a_hit, screened
from tests.service.portal.conftest import Browser, Portal

WHY = "Another passport, and another place of birth."
OTHERS = sorted(set(Role) - {Role.COMPLIANCE})


def held(portal: Portal) -> UUID:
    """A case that one hit holds."""
    id = portal.order()
    _submit(portal, id)
    _verify(portal, id)
    return id


def _submit(portal: Portal, id: UUID) -> None:
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        t.verifications.submit(id)


def _verify(portal: Portal, id: UUID) -> None:
    settings = Settings(folder=portal.home, url="https://portal.test")
    screened(portal.store, portal.tenant, id, a_hit(), settings=settings)


def hit_of(compliance: Browser) -> str:
    """The address of the first hit in the queue."""
    found = re.search(r'href="(/screening/[0-9a-f-]{36})"', compliance.get("/screening").text)
    assert found
    return found[1]


def test_compliance_finds_the_queue_in_the_navigation_and_nobody_else_does(portal: Portal) -> None:
    for role in Role:
        browser = portal.signed_in(role)
        offered = 'href="/screening"' in browser.get("/audit").text + browser.get("/").text
        assert (role, offered) == (role, role is Role.COMPLIANCE)


def test_a_hit_shows_the_party_beside_the_entry_and_why_they_agree(portal: Portal) -> None:
    id = held(portal)
    compliance = portal.signed_in(Role.COMPLIANCE)
    assert "Ilmar Korvax" in compliance.get("/screening").text
    shown = compliance.get(hit_of(compliance)).text
    for told in (MATCHED, ALIAS, ENTRY, LIST_NAME, "3 Feb 1980", "1980", "birth date", str(id)[:8]):
        assert told in shown
    assert "another order" in shown


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_tells_any_other_role_what_a_list_says(portal: Portal, role: Role) -> None:
    id = held(portal)
    compliance = portal.signed_in(Role.COMPLIANCE)
    address = hit_of(compliance)
    compliance.post(f"{address}/judgement", judgement="the_same", reason=WHY)
    browser = portal.signed_in(role)
    pages = [
        "/",
        "/audit",
        "/screening",
        address,
        f"/verifications/{id}",
        f"/verifications/{id}/report",
        f"/verifications/{id}/progress",
        f"/verifications/{id}/delete",
        f"/verifications/new?follows={id}",
    ]
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code in (200, 303, 403)
        said = answer.text.casefold()
        assert [s for s in (*SECRETS, WHY) if s.casefold() in said] == [], page
        assert answer.status_code == 403 or not page.startswith("/screening")


def test_compliance_reads_in_the_report_what_others_read_one_sentence_of(portal: Portal) -> None:
    id = held(portal)
    theirs = portal.signed_in(Role.COMPLIANCE).get(f"/verifications/{id}/report").text
    assert LIST_NAME in theirs
    assert ENTRY in theirs
    assert WITH_COMPLIANCE.text not in theirs
    others = portal.signed_in(Role.REVIEWER).get(f"/verifications/{id}/report").text
    assert WITH_COMPLIANCE.text in others


def test_a_case_that_no_list_speaks_of_says_nothing_of_compliance(portal: Portal) -> None:
    id = portal.decided(Outcome.HOLD)
    assert (
        WITH_COMPLIANCE.text
        not in portal.signed_in(Role.OWNER).get(f"/verifications/{id}/report").text
    )


def test_a_judgement_as_another_person_has_the_case_verified_anew(portal: Portal) -> None:
    id = held(portal)
    compliance = portal.signed_in(Role.COMPLIANCE)
    address = hit_of(compliance)
    answer = compliance.post(f"{address}/judgement", judgement="another_person", reason=WHY)
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    assert portal.engine.queued == [f"{id}/2"]
    assert "Nothing waits for you" in compliance.get("/screening").text
    assert MATCHED in compliance.get("/screening?judged=true").text
    assert WHY in compliance.get(address).text
    _verify(portal, id)
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        assert t.verifications.get(id).outcome != Outcome.HOLD


def test_a_judgement_without_a_reason_is_asked_for_again(portal: Portal) -> None:
    held(portal)
    compliance = portal.signed_in(Role.COMPLIANCE)
    address = hit_of(compliance)
    answer = compliance.post(f"{address}/judgement", judgement="the_same", reason="  ")
    assert answer.status_code == 422
    assert "Write why" in answer.text
    assert re.search(r'value="the_same"[^>]*checked', answer.text)
    assert compliance.post(f"{address}/judgement", reason=WHY).status_code == 422


def test_a_judgement_needs_the_form_of_the_session(portal: Portal) -> None:
    held(portal)
    compliance = portal.signed_in(Role.COMPLIANCE)
    address = hit_of(compliance)
    fields = {"judgement": "the_same", "reason": WHY}
    assert compliance.post(f"{address}/judgement", csrf="made-up", **fields).status_code == 403
    other = portal.signed_in(Role.OWNER).post(f"{address}/judgement", **fields)
    assert other.status_code == 403
    assert compliance.post(f"/screening/{uuid4()}/judgement", **fields).status_code == 404
    assert compliance.post(f"{address}/judgement", **fields).status_code == 303
    assert compliance.post(f"{address}/judgement", **fields).status_code == 409


@pytest.mark.parametrize("decider", [Role.RECRUITER, Role.COMPLIANCE])
def test_nobody_goes_on_against_what_a_list_says_without_compliance(
    portal: Portal, decider: Role
) -> None:
    id = held(portal)
    said = {"choice": "proceed", "reason": "The name is a common one."}
    assert (
        portal.signed_in(decider).post(f"/verifications/{id}/decisions", **said).status_code == 303
    )
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        (decision,) = t.decisions.list(id)
    approve = f"/decisions/{decision.id}/approve"
    refused = portal.signed_in(Role.REVIEWER).post(approve)
    assert refused.status_code == (303 if decider is Role.COMPLIANCE else 409)
    if decider is not Role.COMPLIANCE:
        assert portal.signed_in(Role.COMPLIANCE).post(approve).status_code == 303
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        assert t.verifications.get(id).choice == "proceed"


def test_the_page_of_the_audit_tells_compliance_alone_who_looked_at_hits(portal: Portal) -> None:
    id = held(portal)
    portal.signed_in(Role.COMPLIANCE).get("/screening")
    for role in (Role.OWNER, Role.AUDITOR, Role.COMPLIANCE):
        told = "creening queue viewed" in portal.signed_in(role).get("/audit").text
        assert (role, told) == (role, role is Role.COMPLIANCE)
    page = portal.signed_in(Role.OWNER).get(f"/verifications/{id}").text
    assert "erification decided" in page
    assert "creening" not in page
