"""Who may come in: users with passwords, programs with API keys, browsers with sessions.

Secrets are hashed: passwords elsewhere with Argon2 (they can be guessed), API keys and session
tokens here with SHA-256 (they are 256 random bits, which cannot).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID, uuid4

import sqlalchemy as sa

from models.policy import DEFAULT_POLICY, Policy
from service.store.actor import Role
from service.store.errors import Conflict, NotFound
from service.store.scope import Scope, to_json
from service.store.tables import ApiKey, Session, Tenant, User

SESSION_LASTS = timedelta(hours=12)
KEY_PREFIX = "bonafide_"


@dataclass(frozen=True)
class Hooks:
    """A tenant's webhooks: what signs those that come in and those that go out, and where to."""

    incoming: tuple[str, ...] = ()
    """`whsec_…`; two while one is being replaced."""
    outgoing: tuple[str, ...] = ()
    url: str | None = None
    """Where events go whose order names no callback."""


@dataclass(frozen=True)
class Person:
    """A user, the e-mail address opened."""

    id: UUID
    email: str
    role: Role
    disabled: bool


@dataclass(frozen=True)
class SignedIn:
    """A browser's session that is good."""

    tenant: UUID
    user: UUID
    role: Role
    csrf: str


@dataclass(frozen=True)
class Account:
    """What a sign-in is judged by."""

    tenant: UUID
    user: UUID
    password_hash: str
    role: Role
    disabled: bool


def hash_secret(secret: str) -> bytes:
    """What is stored of an API key or session token."""
    return hashlib.sha256(secret.encode()).digest()


class Access:
    """The users, keys, sessions, webhooks and policy of one tenant."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def add_user(self, email: str, email_digest: bytes, password_hash: str, role: Role) -> UUID:
        """Add somebody. Raises `Conflict` where the address is taken."""
        if self._in.session.scalar(sa.select(User.id).where(User.email_digest == email_digest)):
            raise Conflict("email-taken", "There is a user with this e-mail address already.")
        user = uuid4()
        self._in.session.add(
            User(
                id=user,
                tenant_id=self._in.tenant_id,
                email_digest=email_digest,
                sealed_email=self._in.key.seal(email.encode(), about=f"user/{user}"),
                password_hash=password_hash,
                role=role.value,
                created_at=self._in.now,
            )
        )
        self._in.record("user.added", f"user:{user}", role=role.value)
        return user

    def users(self) -> list[Person]:
        """Everybody of this tenant."""
        rows = self._in.session.scalars(
            sa.select(User).where(User.tenant_id == self._in.tenant_id).order_by(User.created_at)
        )
        return [self._person(row) for row in rows]

    def person(self, user: UUID) -> Person:
        """One user. Raises `NotFound`."""
        return self._person(self._user(user))

    def set_password(self, user: UUID, password_hash: str) -> None:
        """Change a password and sign the user out everywhere."""
        self._user(user).password_hash = password_hash
        self._end_sessions(user)
        self._in.record("user.password_changed", f"user:{user}")

    def renew_hash(self, user: UUID, password_hash: str) -> None:
        """Store the same password hashed with today's parameters."""
        self._user(user).password_hash = password_hash

    def set_disabled(self, user: UUID, *, disabled: bool) -> None:
        """Let a user in no longer, or again. Raises `Conflict` for the last owner."""
        row = self._user(user)
        if disabled and row.role == Role.OWNER and not self._another_owner(user):
            raise Conflict("last-owner", "The last owner cannot be disabled.")
        row.disabled_at = self._in.now if disabled else None
        self._end_sessions(user)
        self._in.record("user.disabled" if disabled else "user.enabled", f"user:{user}")

    def add_session(self, user: UUID) -> tuple[str, str]:
        """Sign a user in: the token for the browser, and the CSRF token of its forms."""
        token, csrf = token_urlsafe(32), token_urlsafe(32)
        self._in.session.add(
            Session(
                token_hash=hash_secret(token),
                tenant_id=self._in.tenant_id,
                user_id=self._user(user).id,
                csrf=csrf,
                created_at=self._in.now,
                seen_at=self._in.now,
                expires_at=self._in.now + SESSION_LASTS,
            )
        )
        self._in.record("user.signed_in", f"user:{user}")
        return token, csrf

    def end_session(self, token: str) -> None:
        """Sign a browser out."""
        self._in.session.execute(
            sa.delete(Session).where(
                Session.tenant_id == self._in.tenant_id, Session.token_hash == hash_secret(token)
            )
        )

    def add_key(self, name: str) -> tuple[UUID, str]:
        """A new API key: its id, and the secret that is shown this once."""
        key, secret = uuid4(), KEY_PREFIX + token_urlsafe(32)
        self._in.session.add(
            ApiKey(
                id=key,
                tenant_id=self._in.tenant_id,
                name=name,
                secret_hash=hash_secret(secret),
                created_at=self._in.now,
            )
        )
        self._in.record("key.added", f"key:{key}")
        return key, secret

    def keys(self) -> Sequence[ApiKey]:
        """All API keys, without their secrets."""
        return self._in.session.scalars(
            sa.select(ApiKey)
            .where(ApiKey.tenant_id == self._in.tenant_id)
            .order_by(ApiKey.created_at)
        ).all()

    def revoke_key(self, key: UUID) -> None:
        """Let a key in no longer. Raises `NotFound`."""
        row = self._in.session.get(ApiKey, key)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("key")
        row.revoked_at = row.revoked_at or self._in.now
        self._in.record("key.revoked", f"key:{key}")

    def hooks(self) -> Hooks:
        """The webhooks, their secrets opened."""
        sealed = self._in.session.get_one(Tenant, self._in.tenant_id).sealed_hooks
        if sealed is None:
            return Hooks()
        said = json.loads(self._in.key.open(sealed, about="hooks"))
        return Hooks(tuple(said["incoming"]), tuple(said["outgoing"]), said["url"])

    def view_hooks(self) -> Hooks:
        """The webhooks, to show their secrets to somebody; the view is recorded."""
        self._in.record("hooks.viewed", f"tenant:{self._in.tenant_id}")
        return self.hooks()

    def set_hooks(self, hooks: Hooks) -> None:
        """Replace the webhooks."""
        row = self._in.session.get_one(Tenant, self._in.tenant_id)
        row.sealed_hooks = self._in.key.seal(to_json(asdict(hooks)), about="hooks")
        self._in.record("hooks.changed", f"tenant:{self._in.tenant_id}")

    def policy(self) -> Policy:
        """What this tenant asks for."""
        said = self._in.session.get_one(Tenant, self._in.tenant_id).policy
        return Policy.model_validate(said) if said else DEFAULT_POLICY

    def set_policy(self, policy: Policy) -> None:
        """Ask for something else from now on."""
        row = self._in.session.get_one(Tenant, self._in.tenant_id)
        row.policy = policy.model_dump(mode="json")
        self._in.record("policy.changed", f"tenant:{self._in.tenant_id}", policy=policy.label)

    def _user(self, user: UUID) -> User:
        row = self._in.session.get(User, user)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("user")
        return row

    def _person(self, row: User) -> Person:
        email = self._in.key.open(row.sealed_email, about=f"user/{row.id}").decode()
        return Person(row.id, email, Role(row.role), row.disabled_at is not None)

    def _another_owner(self, user: UUID) -> bool:
        return bool(
            self._in.session.scalar(
                sa.select(User.id).where(
                    User.tenant_id == self._in.tenant_id,
                    User.id != user,
                    User.role == Role.OWNER.value,
                    User.disabled_at.is_(None),
                )
            )
        )

    def _end_sessions(self, user: UUID) -> None:
        self._in.session.execute(
            sa.delete(Session).where(
                Session.tenant_id == self._in.tenant_id, Session.user_id == user
            )
        )
