"""Who may do what: not shown where one may not, and refused where one tries all the same."""

from uuid import UUID, uuid4

import pytest

from models.verdict import Outcome
from service.store.actor import SYSTEM, Role
from tests.service.portal.conftest import Portal

EVERYBODY = set(Role)
EVE = {"name": "Eve", "consent": "yes"}
READERS = EVERYBODY - {Role.AUDITOR}


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/", EVERYBODY),
        ("/verifications/new", {Role.OWNER, Role.RECRUITER}),
        ("/verifications/{id}", READERS),
        ("/verifications/{id}/report", READERS),
        ("/verifications/{id}/progress", READERS),
        ("/evidence/{file}", READERS),
        ("/verifications/{id}/delete", {Role.OWNER}),
        ("/audit", {Role.OWNER, Role.COMPLIANCE, Role.AUDITOR}),
    ],
)
def test_pages_are_shown_to_those_with_the_right(
    portal: Portal, address: str, allowed: set[Role]
) -> None:
    id = portal.decided(Outcome.REVIEW)
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        file = t.evidence.list(id)[0].id
    for role in Role:
        answer = portal.signed_in(role).get(address.format(id=id, file=file))
        assert (role, answer.status_code != 403) == (role, role in allowed)
        assert answer.status_code in (200, 303, 403)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/verifications/{id}/submit", {Role.OWNER, Role.RECRUITER}),
        ("/verifications/{id}/cancel", {Role.OWNER, Role.RECRUITER}),
        ("/verifications/{id}/delete", {Role.OWNER}),
        ("/verifications/{id}/decisions", READERS),
        ("/decisions/{id}/approve", {Role.OWNER, Role.REVIEWER, Role.COMPLIANCE}),
        ("/evidence/{id}/remove", {Role.OWNER, Role.RECRUITER}),
        ("/verifications/{id}/capture-link", {Role.OWNER, Role.RECRUITER}),
        ("/verifications/{id}/deliveries/{id}/replay", {Role.OWNER}),
    ],
)
def test_forms_are_taken_from_those_with_the_right(
    portal: Portal, address: str, allowed: set[Role]
) -> None:
    # Nothing of this id is there, so whoever may try hears that, and nothing changes.
    asked = address.format(id=uuid4())
    fields = {"choice": "proceed", "reason": "Seen."}
    answers = {role: portal.signed_in(role).post(asked, **fields).status_code for role in Role}
    assert answers == {role: 404 if role in allowed else 403 for role in Role}


def test_forms_with_files_are_taken_from_those_with_the_right(portal: Portal) -> None:
    for address in ("/verifications/new", f"/verifications/{uuid4()}/evidence"):
        for role in (Role.REVIEWER, Role.COMPLIANCE, Role.AUDITOR):
            assert portal.signed_in(role).send(address).status_code == 403


def test_what_one_may_not_do_is_not_offered(portal: Portal) -> None:
    id = portal.decided(Outcome.REVIEW)
    owner = portal.signed_in(Role.OWNER).get(f"/verifications/{id}").text
    recruiter = portal.signed_in(Role.RECRUITER).get(f"/verifications/{id}").text
    reviewer = portal.signed_in(Role.REVIEWER).get(f"/verifications/{id}").text
    for offered, to_owner, to_recruiter, to_reviewer in (
        ("Delete this verification", True, False, False),
        ("Who saw or did what", True, False, False),
        ("Send more evidence", True, True, False),
        ("Verify again", True, True, False),
        ("Camera check link", True, True, False),
        ("Record the decision", True, True, True),
    ):
        seen = (offered in owner, offered in recruiter, offered in reviewer)
        assert (offered, seen) == (offered, (to_owner, to_recruiter, to_reviewer))


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/verifications/{id}"),
        ("GET", "/verifications/{id}/progress"),
        ("GET", "/verifications/{id}/report"),
        ("GET", "/verifications/{id}/delete"),
        ("GET", "/verifications/new?follows={id}"),
        ("GET", "/?after={id}"),
        ("GET", "/evidence/{file}"),
        ("POST", "/verifications/{id}/submit"),
        ("POST", "/verifications/{id}/cancel"),
        ("POST", "/verifications/{id}/delete"),
        ("POST", "/verifications/{id}/decisions"),
        ("POST", "/evidence/{file}/remove"),
    ],
)
def test_another_tenants_ids_are_as_unknown_as_any(
    portal: Portal, method: str, address: str
) -> None:
    theirs = portal.store.add_tenant("another")
    id = portal.order(tenant=theirs)
    file = portal.add_file(id, b"theirs", theirs)
    browser = portal.signed_in(Role.OWNER)
    asked = address.format(id=id, file=file)
    fields = {"choice": "proceed", "reason": "Seen."}
    answer = browser.get(asked) if method == "GET" else browser.post(asked, **fields)
    assert answer.status_code == 404
    assert "nothing here" in answer.text
    assert browser.send(f"/verifications/{id}/evidence").status_code == 404


def test_the_list_shows_nothing_of_another_tenant(portal: Portal) -> None:
    portal.order(tenant=portal.store.add_tenant("another"))
    assert "Ada Example" not in portal.signed_in(Role.OWNER).get("/").text


@pytest.mark.parametrize(
    "address", ["/", "/audit", "/verifications/new", f"/evidence/{UUID(int=1)}"]
)
def test_nobody_signed_in_is_led_to_the_sign_in_page(portal: Portal, address: str) -> None:
    answer = portal.browser().get(address)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


def test_a_page_that_watches_is_led_to_the_sign_in_page_and_back_to_itself(portal: Portal) -> None:
    id = portal.order()
    headers = {"hx-request": "true", "hx-current-url": f"https://portal.test/verifications/{id}"}
    answer = portal.browser().client.get(f"/verifications/{id}/progress", headers=headers)
    assert answer.headers["hx-redirect"] == f"/sign-in?next=/verifications/{id}"


def test_a_form_without_the_sessions_token_changes_nothing(portal: Portal) -> None:
    id = portal.order()
    browser = portal.signed_in(Role.OWNER)
    another = portal.signed_in(Role.OWNER)
    for csrf in ("", "guessed", another.csrf):
        assert browser.post(f"/verifications/{id}/cancel", csrf=csrf).status_code == 403
        browser.csrf, kept = csrf, browser.csrf
        answer = browser.send("/verifications/new", EVE)
        browser.csrf = kept
        assert answer.status_code == 403
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        assert t.verifications.get(id).state == "awaiting_evidence"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_a_form_sent_by_another_site_is_refused_even_with_the_token(
    portal: Portal, headers: dict[str, str]
) -> None:
    id = portal.order()
    browser = portal.signed_in(Role.OWNER)
    fields = {"csrf": browser.csrf}
    answer = browser.client.post(f"/verifications/{id}/cancel", data=fields, headers=headers)
    assert answer.status_code == 403
    answer = browser.send("/verifications/new", EVE, headers=headers)
    assert answer.status_code == 403
    assert browser.post(f"/verifications/{id}/cancel").status_code == 303


def test_nothing_changes_by_get(portal: Portal) -> None:
    id = portal.order()
    browser = portal.signed_in(Role.OWNER)
    for action in ("submit", "cancel", "decisions", "evidence"):
        assert browser.get(f"/verifications/{id}/{action}").status_code in (404, 405)
    assert browser.get("/sign-out").status_code == 405
    assert browser.get("/").status_code == 200


def test_errors_of_pages_are_pages_and_those_of_the_api_are_problems(portal: Portal) -> None:
    browser = portal.signed_in(Role.OWNER)
    page = browser.get("/nothing/here")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    problem = browser.get("/v1/nothing-here")
    assert problem.headers["content-type"] == "application/problem+json"
    not_allowed = browser.client.delete("/v1/verifications")
    assert (not_allowed.status_code, not_allowed.headers["content-type"]) == (
        405,
        "application/problem+json",
    )


def test_a_form_that_is_too_large_is_refused(portal: Portal) -> None:
    id = portal.decided(Outcome.REVIEW)
    browser = portal.signed_in(Role.OWNER)
    address = f"/verifications/{id}/decisions"
    assert browser.post(address, choice="proceed", reason="x" * 600_000).status_code == 413
    answer = browser.client.post(address, content=b"{}", headers={"content-type": "text/plain"})
    assert answer.status_code == 400


def test_pages_may_load_and_run_nothing_from_elsewhere(portal: Portal) -> None:
    answer = portal.signed_in(Role.OWNER).get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert "<script>" not in answer.text
    assert "style=" not in answer.text
    assert "//" not in answer.text.replace("https://portal.test", "")
