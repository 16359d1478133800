"""The people who may sign in, from the machine's own command line."""

from pathlib import Path

import pytest

from service.access.passwords import check_password
from service.runtime import open_store
from service.settings import Settings
from service.store.actor import Role
from tests.service.commands.conftest import PASSWORD, default_tenant
from tests.service.conftest import Bonafide


def _account_hash(email: str) -> str:
    store = open_store(Settings())
    account = store.account(email)
    store.close()
    assert account
    return account.password_hash


def test_the_first_owner_makes_the_tenant_and_may_sign_in(folder: Path, bonafide: Bonafide) -> None:
    ran = bonafide(
        "users", "add", "Anna@Example.com", "--role", "owner", "--password-stdin", stdin=PASSWORD
    )
    assert ran.status == 0, ran.err
    assert "Tenant default is new" in ran.out
    assert check_password(PASSWORD, _account_hash("anna@example.com")).right
    assert PASSWORD not in ran.out + ran.err
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("folder")
def test_nobody_but_an_owner_begins_a_tenant(bonafide: Bonafide) -> None:
    ran = bonafide(
        "users", "add", "a@example.com", "--role", "recruiter", "--password-stdin", stdin=PASSWORD
    )
    assert ran.status == 2
    assert "first user must be an owner" in ran.err
    store = open_store(Settings())
    assert store.tenants() == {}
    store.close()


def test_an_address_is_taken_once_in_all_tenants(operator: Bonafide) -> None:
    ran = operator(
        *("users", "add", "OWNER@example.com", "--role", "owner", "--tenant", "other"),
        "--password-stdin",
        stdin=PASSWORD,
    )
    assert ran.status == 2
    assert "already" in ran.err
    store = open_store(Settings())
    assert set(store.tenants()) == {"default"}
    store.close()


def test_users_are_listed_with_role_and_state(operator: Bonafide) -> None:
    added = operator(
        "users", "add", "r@example.com", "--role", "recruiter", "--password-stdin", stdin=PASSWORD
    )
    assert added.status == 0, added.err
    assert operator("users", "disable", "r@example.com").status == 0
    listed = operator("users", "list").out.splitlines()
    assert listed == ["owner@example.com  owner", "r@example.com  recruiter  disabled"]
    assert operator("users", "enable", "r@example.com").status == 0
    with default_tenant() as t:
        assert not any(person.disabled for person in t.access.users())


def test_the_last_owner_cannot_be_locked_out(operator: Bonafide) -> None:
    ran = operator("users", "disable", "owner@example.com")
    assert ran.status == 2
    assert "last owner" in ran.err


def test_a_new_password_replaces_the_old_one(operator: Bonafide) -> None:
    ran = operator(
        "users", "password", "owner@example.com", "--password-stdin", stdin="another long secret\n"
    )
    assert ran.status == 0, ran.err
    stored = _account_hash("owner@example.com")
    assert check_password("another long secret", stored).right
    assert not check_password(PASSWORD, stored).right


def test_a_weak_password_is_refused_and_nothing_is_made(folder: Path, bonafide: Bonafide) -> None:
    ran = bonafide(
        "users", "add", "a@example.com", "--role", "owner", "--password-stdin", stdin="short"
    )
    assert ran.status == 2
    assert "at least 12 characters" in ran.err
    assert not folder.exists()


def test_a_password_is_not_taken_from_a_pipe_unasked(operator: Bonafide) -> None:
    ran = operator("users", "add", "a@example.com", "--role", "reviewer", stdin=PASSWORD)
    assert ran.status == 2
    assert "--password-stdin" in ran.err


def test_an_unknown_user_is_told_plainly(operator: Bonafide) -> None:
    ran = operator("users", "disable", "nobody@example.com")
    assert ran.status == 2
    assert ran.err.strip() == "There is no user nobody@example.com."


def test_what_is_done_here_is_on_record_without_an_address(operator: Bonafide) -> None:
    ran = operator(
        "users", "add", "r@example.com", "--role", "auditor", "--password-stdin", stdin=PASSWORD
    )
    assert ran.status == 0, ran.err
    with default_tenant() as t:
        entry = t.audit.list()[0]
        assert (entry.actor, entry.action) == ("operator", "user.added")
        assert entry.details == {"role": Role.AUDITOR.value}
