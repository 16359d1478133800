"""A candidate is sent to the camera page from the page of their verification."""

import re
from datetime import timedelta
from uuid import UUID

from models.verdict import Outcome
from service.store.actor import CANDIDATE, SYSTEM, Role
from tests.service.portal.conftest import Browser, Portal
from tests.service.store.building import a_challenge, an_answer


def _link(browser: Browser, id: UUID) -> str:
    page = browser.post(f"/verifications/{id}/capture-link")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    found = re.search(r'<input id="link" type="text" value="([^"]+)" readonly>', page.text)
    assert found
    return found[1]


def test_a_button_makes_a_link_that_is_shown_once(portal: Portal) -> None:
    recruiter, id = portal.signed_in(Role.RECRUITER), portal.order()
    assert "Camera check link" in recruiter.get(f"/verifications/{id}").text
    link = _link(recruiter, id)
    assert link.startswith("https://portal.test/capture/")
    assert portal.browser().get(link).status_code == 200
    again = recruiter.get(f"/verifications/{id}").text
    assert link not in again
    assert "A link is out there" in again
    another = _link(recruiter, id)
    assert portal.browser().get(link).status_code == 404
    assert portal.browser().get(another).status_code == 200
    assert portal.audited(f"verification:{id}").count("capture_link.made") == 2


def test_a_link_is_offered_again_where_more_is_needed(portal: Portal) -> None:
    recruiter, id = portal.signed_in(Role.RECRUITER), portal.decided(Outcome.NEEDS_INFO)
    assert portal.browser().get(_link(recruiter, id)).status_code == 200
    recruiter.post(f"/verifications/{id}/submit")
    page = recruiter.get(f"/verifications/{id}").text
    assert "Camera check link" not in page
    assert recruiter.post(f"/verifications/{id}/capture-link").status_code == 409


def test_the_page_tells_what_became_of_every_challenge(portal: Portal) -> None:
    recruiter, id = portal.signed_in(Role.RECRUITER), portal.order()
    with portal.store.tenant(portal.tenant, CANDIDATE) as t:
        answered = t.challenges.give(id, a_challenge(t.now)).id
        t.challenges.give(id, a_challenge(t.now - timedelta(hours=1)))
        t.challenges.give(id, a_challenge(t.now))
        evidence = t.evidence.list(id)[0].id
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        t.challenges.answer(answered, an_answer(), evidence=evidence, received_at=t.now)
    page = recruiter.get(f"/verifications/{id}").text
    for state in ("Answered", "Being answered", "Not answered in time"):
        assert page.count(f">{state}<") == 1
    owner = portal.signed_in(Role.OWNER).get(f"/verifications/{id}").text
    assert "the candidate, by their link" in owner
