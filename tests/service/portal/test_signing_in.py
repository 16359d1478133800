"""Signing in: who comes in, who does not, and what the browser keeps of it."""

import threading

import pytest

from service.access.passwords import WeakPassword, check_password, hash_new_password
from service.access.sessions import SESSION_COOKIE, SetupOver
from service.access.throttle import (
    PER_ADDRESS,
    PER_CLIENT,
    PER_PERSON,
    SignInThrottle,
    TooManyAttempts,
)
from service.store.actor import SYSTEM, Role
from tests.service.portal.conftest import PASSWORD, Browser, Portal, hidden_fields


def test_the_right_password_opens_the_list(portal: Portal) -> None:
    browser = portal.browser()
    answer = browser.sign_in(portal.add_user(Role.RECRUITER))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser.get("/").status_code == 200


def test_the_session_cookie_is_secure_and_out_of_reach_of_scripts(portal: Portal) -> None:
    answer = portal.browser().sign_in(portal.add_user(Role.RECRUITER))
    cookie = next(c for c in answer.headers.get_list("set-cookie") if SESSION_COOKIE in c).lower()
    assert cookie.startswith("__host-")
    for attribute in ("secure", "httponly", "samesite=lax", "path=/"):
        assert attribute in cookie
    assert "domain" not in cookie


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(portal: Portal) -> None:
    email = portal.add_user(Role.RECRUITER)
    wrong = portal.browser().sign_in(email, "not my password at all")
    unknown = portal.browser().sign_in("nobody@example.com", PASSWORD)
    assert wrong.status_code == unknown.status_code == 401
    strip = hidden_fields(wrong.text)["csrf"], hidden_fields(unknown.text)["csrf"]
    assert wrong.text.replace(email, "").replace(strip[0], "") == unknown.text.replace(
        "nobody@example.com", ""
    ).replace(strip[1], "")


def test_a_disabled_user_does_not_come_in_and_is_out_at_once(portal: Portal) -> None:
    browser = portal.signed_in(Role.RECRUITER)
    account = portal.store.account(browser.email)
    assert account
    assert browser.get("/").status_code == 200
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        t.access.set_disabled(account.user, disabled=True)
    assert browser.get("/").headers["location"] == "/sign-in"
    assert portal.browser().sign_in(browser.email).status_code == 401


def test_a_page_asked_for_while_signed_out_comes_after_signing_in(portal: Portal) -> None:
    browser, email = portal.browser(), portal.add_user(Role.OWNER)
    answer = browser.get("/audit")
    assert answer.headers["location"] == "/sign-in?next=/audit"
    form = hidden_fields(browser.get("/sign-in?next=/audit").text)
    answer = browser.client.post("/sign-in", data={**form, "email": email, "password": PASSWORD})
    assert answer.headers["location"] == "/audit"


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "/\\evil.example", "/a?b", "/%0d%0ax"]
)
def test_signing_in_never_leads_to_another_site(portal: Portal, address: str) -> None:
    browser, email = portal.browser(), portal.add_user(Role.RECRUITER)
    form = hidden_fields(browser.get("/sign-in").text) | {"next": address}
    answer = browser.client.post("/sign-in", data={**form, "email": email, "password": PASSWORD})
    assert answer.headers["location"] == "/"


def test_signing_in_makes_a_new_session_and_ends_the_one_before(portal: Portal) -> None:
    browser = portal.browser()
    browser.sign_in(portal.add_user(Role.RECRUITER))
    first = browser.client.cookies[SESSION_COOKIE]
    browser.sign_in(portal.add_user(Role.RECRUITER))
    assert browser.client.cookies[SESSION_COOKIE] != first
    assert portal.store.signed_in(first) is None


def test_signing_out_ends_the_session_itself_not_only_the_cookie(portal: Portal) -> None:
    browser = portal.signed_in(Role.RECRUITER)
    token = browser.client.cookies[SESSION_COOKIE]
    assert browser.post("/sign-out").headers["location"] == "/sign-in"
    assert portal.store.signed_in(token) is None


def test_a_sign_in_form_from_another_browser_is_refused_with_the_reason(portal: Portal) -> None:
    form = hidden_fields(portal.browser().get("/sign-in").text)
    fields = {**form, "email": portal.add_user(Role.OWNER), "password": PASSWORD}
    answer = portal.browser().client.post("/sign-in", data=fields)
    assert answer.status_code == 403
    assert "did not send our cookie back" in answer.text


def test_a_few_typing_mistakes_are_forgiven(portal: Portal) -> None:
    browser, email = portal.browser(), portal.add_user(Role.RECRUITER)
    for _ in range(3):
        assert browser.sign_in(email, "a tidy row of wrods").status_code == 401
    assert browser.sign_in(email).status_code == 303


def test_guessing_is_stopped_and_told_how_long_to_wait(portal: Portal) -> None:
    browser, email = portal.browser(), portal.add_user(Role.RECRUITER)
    throttle: SignInThrottle = portal.pages.state.throttle
    for _ in range(PER_PERSON.amount):
        throttle.attempt(email.upper(), "testclient")
    answer = browser.sign_in(email)
    assert answer.status_code == 429
    assert "Please try again in 15 minutes." in answer.text
    assert 0 < int(answer.headers["retry-after"]) <= 900
    assert SESSION_COOKIE not in browser.client.cookies


def test_guesses_from_elsewhere_do_not_keep_the_owner_of_an_address_out(portal: Portal) -> None:
    browser, email = portal.browser(), portal.add_user(Role.RECRUITER)
    throttle: SignInThrottle = portal.pages.state.throttle
    for _ in range(PER_PERSON.amount):
        throttle.attempt(email, "192.0.2.1")
    with pytest.raises(TooManyAttempts):
        throttle.attempt(email, "192.0.2.1")
    assert browser.sign_in(email).status_code == 303


def test_many_machines_together_guess_no_faster() -> None:
    throttle = SignInThrottle()
    for n in range(PER_ADDRESS.amount):
        throttle.attempt("a@example.com", f"2001:db8:{n:x}::1")
    with pytest.raises(TooManyAttempts):
        throttle.attempt("a@example.com", "2001:db8:ffff::1")


def test_one_machine_cannot_try_many_addresses_and_its_neighbours_are_not_stopped() -> None:
    throttle = SignInThrottle()
    for n in range(PER_CLIENT.amount):
        throttle.attempt(f"{n}@example.com", f"2001:db8::{n:x}")
    with pytest.raises(TooManyAttempts):
        throttle.attempt("somebody@example.com", "2001:db8::ffff:1")
    throttle.attempt("somebody@example.com", "2001:db8:0:1::1")


def test_an_account_of_ones_own_buys_no_guesses_at_others() -> None:
    throttle = SignInThrottle()
    for _ in range(PER_CLIENT.amount):
        throttle.attempt("mine@example.com", "192.0.2.1")
        throttle.succeeded("mine@example.com", "192.0.2.1")
    with pytest.raises(TooManyAttempts):
        throttle.attempt("another@example.com", "192.0.2.1")


def test_a_password_is_argon2id_and_nothing_else_is_stored() -> None:
    stored = hash_new_password(PASSWORD, "a@example.com")
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert check_password(PASSWORD, stored).right
    assert not check_password(PASSWORD + " ", stored).right


def test_the_same_letters_from_another_keyboard_are_the_same_password() -> None:
    stored = hash_new_password("cr\u00e8me br\u00fbl\u00e9e", "a@example.com")
    assert check_password("cre\u0300me bru\u0302le\u0301e", stored).right


def test_a_hash_of_weaker_parameters_is_renewed_at_the_next_sign_in(portal: Portal) -> None:
    from argon2 import PasswordHasher

    email = portal.add_user(Role.RECRUITER)
    account = portal.store.account(email)
    assert account
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        t.access.renew_hash(account.user, weak)
    assert portal.browser().sign_in(email).status_code == 303
    renewed = portal.store.account(email)
    assert renewed
    assert "m=65536" in renewed.password_hash
    assert portal.browser().sign_in(email).status_code == 303


@pytest.mark.parametrize(
    "password", ["short one", "aaaaaaaaaaaaaaaa", "anna@example.com", "ANNA@example.com", "x" * 257]
)
def test_a_password_that_others_would_guess_is_not_taken(password: str) -> None:
    with pytest.raises(WeakPassword):
        hash_new_password(password, "anna@example.com")


@pytest.mark.parametrize(
    "password", ["correct horse", "пароль из слов", "123456789abc", "word " * 20]
)
def test_no_digits_signs_or_capitals_are_asked_for(password: str) -> None:
    assert hash_new_password(password, "anna@example.com")


def _set_up(browser: Browser, portal: Portal, password: str = PASSWORD) -> int:
    url = portal.setup.url("https://portal.test")
    assert url
    form = hidden_fields(browser.get(url).text)
    fields = {**form, "email": "first@example.com", "password": password, "again": password}
    return int(browser.client.post("/setup", data=fields).status_code)


def test_the_first_run_makes_the_owner_and_signs_in(empty_portal: Portal) -> None:
    browser = empty_portal.browser()
    assert _set_up(browser, empty_portal) == 303
    assert "first@example.com" in browser.get("/").text
    account = empty_portal.store.account("first@example.com")
    assert account
    assert account.role is Role.OWNER
    assert empty_portal.store.tenants() == {"default": account.tenant}


def test_set_up_asks_for_a_better_password_and_keeps_the_address(empty_portal: Portal) -> None:
    browser = empty_portal.browser()
    assert _set_up(browser, empty_portal, "short") == 422
    assert not empty_portal.store.has_users()
    assert _set_up(browser, empty_portal) == 303


def test_without_the_printed_token_there_is_no_set_up(empty_portal: Portal) -> None:
    browser = empty_portal.browser()
    assert browser.get("/setup").status_code == 404
    assert browser.get("/setup?token=guessed").status_code == 404
    assert browser.client.post("/setup", data={"token": "guessed"}).status_code == 404


def test_set_up_is_over_once_there_are_users(empty_portal: Portal) -> None:
    url = empty_portal.setup.url("https://portal.test")
    assert url
    _set_up(empty_portal.browser(), empty_portal)
    assert empty_portal.setup.url("https://portal.test") is None
    assert empty_portal.browser().get(url).status_code == 404


def test_of_two_who_set_up_at_once_one_becomes_the_owner(empty_portal: Portal) -> None:
    setup = empty_portal.setup
    url = setup.url("")
    assert url
    token = url.partition("token=")[2]
    ready, done = threading.Barrier(2), []

    def one(email: str) -> None:
        ready.wait()
        try:
            setup.make_owner(token, email, PASSWORD)
            done.append("owner")
        except SetupOver:
            done.append("too late")

    threads = [threading.Thread(target=one, args=(f"{n}@example.com",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["owner", "too late"]


def test_before_set_up_the_sign_in_page_says_where_to_begin(empty_portal: Portal) -> None:
    text = empty_portal.browser().get("/sign-in").text
    assert "Nobody can sign in yet" in text
    assert "token=" not in text
