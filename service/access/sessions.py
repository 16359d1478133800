"""Sessions of browsers: who signs in, the cookie that remembers it, and the first owner.

The cookie is `__Host-…` (RFC 6265bis §4.1.3.2): only over a trustworthy connection, for this host
alone, out of reach of scripts. Browsers take `http://127.0.0.1` for trustworthy, so it works there
as well as behind https; over plain http to another machine they refuse it, and so should we.
"""

import secrets
import threading
from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

from service.access.passwords import check_password, hash_new_password
from service.access.tenants import create_tenant
from service.access.throttle import SignInThrottle
from service.store.access import SESSION_LASTS
from service.store.actor import OPERATOR, Actor, Role
from service.store.errors import Conflict
from service.store.store import Store

SESSION_COOKIE = "__Host-bonafide"
FORM_COOKIE = "__Host-bonafide-form"
"""Ties the sign-in form to the browser it was sent to, where there is no session yet."""

FIRST_TENANT = "default"


class WrongPassword(Exception):
    """No such account, another password, or an account that was disabled: not told apart."""


class SetupOver(Exception):
    """There are users already, or the token is not the one that was printed."""


@dataclass(frozen=True)
class NewSession:
    """A browser that has just signed in."""

    token: str
    tenant: UUID
    user: UUID


def sign_in(
    store: Store, throttle: SignInThrottle, email: str, password: str, client: str
) -> NewSession:
    """Begin a session, always a new one: what the browser held before is worth nothing.

    Raises:
        TooManyAttempts: too often lately, from here or for this address.
        WrongPassword: nobody comes in with these.
    """
    throttle.attempt(email, client)
    account = store.account(email)
    checked = check_password(password, account.password_hash if account else None)
    if account is None or account.disabled or not checked.right:
        raise WrongPassword
    throttle.succeeded(email, client)
    with store.tenant(account.tenant, Actor.user(account.user, account.role)) as t:
        if checked.renewed_hash:
            t.access.renew_hash(account.user, checked.renewed_hash)
        token, _ = t.access.add_session(account.user)
    return NewSession(token, account.tenant, account.user)


class Setup:
    """The way in while there are no users: whoever reads the console becomes the owner.

    A page that makes the first owner is open to whoever finds it first, so it asks for a token
    that only the one who started the service has seen.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._token = secrets.token_urlsafe(24)
        self._once = threading.Lock()

    def url(self, base: str) -> str | None:
        """The page to open first; `None` where there are users already."""
        return None if self._store.has_users() else f"{base.rstrip('/')}/setup?token={self._token}"

    def check(self, token: str) -> None:
        """Raises `SetupOver`."""
        if not secrets.compare_digest(token.encode(), self._token.encode()):
            raise SetupOver
        if self._store.has_users():
            raise SetupOver

    def make_owner(self, token: str, email: str, password: str) -> NewSession:
        """The tenant, its owner, and a session of theirs.

        Raises:
            SetupOver: somebody was faster.
            WeakPassword: another password is needed.
        """
        self.check(token)
        hashed = hash_new_password(password, email)
        with self._once:  # Of two at once the second finds the first one's owner.
            self.check(token)
            tenant = _first_tenant(self._store)
            with self._store.tenant(tenant, OPERATOR) as t:
                digest = self._store.email_digest(email)
                user = t.access.add_user(email, digest, hashed, Role.OWNER)
        with self._store.tenant(tenant, Actor.user(user, Role.OWNER)) as t:
            session, _ = t.access.add_session(user)
        return NewSession(session, tenant, user)


def _first_tenant(store: Store) -> UUID:
    """It may be there from an earlier try, or from the command line."""
    try:
        return create_tenant(store, FIRST_TENANT)
    except Conflict:
        return store.tenants()[FIRST_TENANT]


def remember(response: Response, session: NewSession) -> None:
    """Give the browser its cookie."""
    set_cookie(response, SESSION_COOKIE, session.token, int(SESSION_LASTS.total_seconds()))


def set_cookie(response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """A cookie for this host alone, kept for so long, or until the browser closes."""
    response.set_cookie(
        name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax"
    )


def forget(response: Response) -> None:
    """Take the cookie back."""
    response.delete_cookie(SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
