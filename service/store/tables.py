"""The tables. Whatever is personal is a column of sealed bytes; an operator may read the rest.

Every row but a tenant's own carries its `tenant_id`, and every query of a repository asks for it.
Those by which one candidate is found under another are in `linkage_tables`. Migrations are in
`migrations/`; a test holds the two together.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from models.order import State


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the zone of a time; this gives it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment has a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """What the tables share."""

    type_annotation_map: ClassVar = {datetime: Moment, bytes: LargeBinary, dict[str, Any]: JSON}


def of_tenant() -> Mapped[UUID]:
    return mapped_column(ForeignKey("tenants.id"), index=True)


def of_verification() -> Mapped[UUID]:
    return mapped_column(ForeignKey("verifications.id", ondelete="CASCADE"), index=True)


def counted() -> Mapped[int]:
    # SQLite counts up by itself only where a column is called INTEGER; it holds 64 bits there.
    return mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )


class Tenant(Base):
    """A company that verifies, with the key that wraps those of its candidates."""

    __tablename__ = "tenants"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    wrapped_key: Mapped[bytes]
    sealed_hooks: Mapped[bytes | None]
    """Secrets and address of webhooks in and out."""
    policy: Mapped[dict[str, Any] | None]
    """A `models.policy.Policy`; the default one where none is set."""


class User(Base):
    """Somebody who signs in."""

    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = of_tenant()
    email_digest: Mapped[bytes] = mapped_column(unique=True)
    sealed_email: Mapped[bytes]
    password_hash: Mapped[str]
    role: Mapped[str]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class Session(Base):
    """A browser that is signed in; the token itself is known to the browser alone."""

    __tablename__ = "sessions"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = of_tenant()
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ApiKey(Base):
    """A program's way in; the secret itself is shown once and stored as a hash."""

    __tablename__ = "api_keys"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = of_tenant()
    name: Mapped[str]
    secret_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Subject(Base):
    """One candidate. Deleting the row deletes the only key to all that is sealed about them."""

    __tablename__ = "subjects"
    __table_args__ = (UniqueConstraint("tenant_id", "reference_digest"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = of_tenant()
    reference_digest: Mapped[bytes | None]
    wrapped_key: Mapped[bytes]
    created_at: Mapped[datetime]


class Verification(Base):
    """One verification of one subject."""

    __tablename__ = "verifications"
    __table_args__ = (
        Index("ix_verifications_listed", "tenant_id", "created_at", "id"),
        Index("ix_verifications_state", "state", "updated_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenants.id"))
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("subjects.id"), index=True)
    stage: Mapped[str]
    state: Mapped[str]
    generation: Mapped[int]
    """How often it was submitted; each submission is verified and decided once."""
    step: Mapped[str | None]
    """What is being done now, for whoever watches."""
    outcome: Mapped[str | None]
    """Of the latest verdict."""
    policy: Mapped[str | None]
    submitted_policy: Mapped[dict[str, Any] | None]
    """The tenant's policy when it was submitted: the one it is verified and decided under."""
    problem: Mapped[str | None]
    """Why it is parked."""
    choice: Mapped[str | None]
    """The human decision that stands."""
    ordered_by: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    sealed_order: Mapped[bytes]

    @property
    def present_outcome(self) -> str | None:
        """The outcome, but only where it is that of the latest submission."""
        return self.outcome if self.state == State.COMPLETED else None


class Evidence(Base):
    """One file that was sent; its bytes are the blob of the same id."""

    __tablename__ = "evidence"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = of_tenant()
    verification_id: Mapped[UUID] = of_verification()
    position: Mapped[int]
    """The order in which files arrived."""
    kind: Mapped[str]
    ready: Mapped[bool]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    """As announced, and checked when it is whole."""
    created_at: Mapped[datetime]
    sealed_name: Mapped[bytes]


class DoomedBlob(Base):
    """A blob whose row is gone, until its bytes are gone too: a crash between the two is mended."""

    __tablename__ = "doomed_blobs"

    id: Mapped[UUID] = mapped_column(primary_key=True)


class StepResult(Base):
    """What one step of one submission found, and how often it was begun."""

    __tablename__ = "step_results"

    verification_id: Mapped[UUID] = mapped_column(
        ForeignKey("verifications.id", ondelete="CASCADE"), primary_key=True
    )
    generation: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = of_tenant()
    attempts: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    sealed: Mapped[bytes | None]


class Verdict(Base):
    """What one submission came to: written once, and what it says is never changed."""

    __tablename__ = "verdicts"

    verification_id: Mapped[UUID] = mapped_column(
        ForeignKey("verifications.id", ondelete="CASCADE"), primary_key=True
    )
    generation: Mapped[int] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = of_tenant()
    outcome: Mapped[str]
    decided_at: Mapped[datetime]
    sealed: Mapped[bytes]
    bare: Mapped[bool]
    """It holds no face templates, as those may from before they had a table."""


class Decision(Base):
    """What a person decided; one that overrides a hold stands only once a second person agrees."""

    __tablename__ = "decisions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = of_tenant()
    verification_id: Mapped[UUID] = of_verification()
    generation: Mapped[int]
    choice: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime]
    sealed_reason: Mapped[bytes]
    needs_approval: Mapped[bool]
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]


class Delivery(Base):
    """One event on its way to a receiver."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_due", "state", "next_attempt_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = of_tenant()
    verification_id: Mapped[UUID] = of_verification()
    webhook_id: Mapped[str] = mapped_column(unique=True)
    event: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int]
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    sealed: Mapped[bytes]
    """The address and the body."""


class DeliveryAttempt(Base):
    """One try to deliver."""

    __tablename__ = "delivery_attempts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = of_tenant()
    delivery_id: Mapped[UUID] = mapped_column(
        ForeignKey("deliveries.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    status: Mapped[int | None]
    problem: Mapped[str | None]
    milliseconds: Mapped[int]


class Idempotency(Base):
    """A request that was answered, so that its repetition gets the same answer."""

    __tablename__ = "idempotency"

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    key_digest: Mapped[bytes] = mapped_column(primary_key=True)
    request_digest: Mapped[bytes]
    verification_id: Mapped[UUID]
    created_at: Mapped[datetime]


class AuditEntry(Base):
    """Who saw or did what. Triggers refuse to change or delete a row; nothing personal is in it."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_about", "tenant_id", "about"),)

    id: Mapped[int] = counted()
    tenant_id: Mapped[UUID] = of_tenant()
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    about: Mapped[str]
    details: Mapped[dict[str, Any]]
