"""The tables of what candidates are asked to do before a camera, and of the link to do it by."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables import Base, of_tenant, of_verification


class GivenChallenge(Base):
    """A challenge that was given out once and is answered once, or never."""

    __tablename__ = "challenges"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = of_tenant()
    verification_id: Mapped[UUID] = of_verification()
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    """When the answer began to arrive."""
    evidence_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("evidence.id", ondelete="SET NULL"), index=True
    )
    """The recording of the answer; nothing where it was taken back, and answered it stays."""
    sealed: Mapped[bytes]
    sealed_answer: Mapped[bytes | None]
    """It goes with the recording."""


class Prompts(Base):
    """What an interviewer asked for in one recording."""

    __tablename__ = "prompts"

    evidence_id: Mapped[UUID] = mapped_column(
        ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True
    )
    tenant_id: Mapped[UUID] = of_tenant()
    verification_id: Mapped[UUID] = of_verification()
    sealed: Mapped[bytes]


class CaptureLink(Base):
    """A candidate's way in; the token itself is known to whoever was given the link alone."""

    __tablename__ = "capture_links"

    verification_id: Mapped[UUID] = mapped_column(
        ForeignKey("verifications.id", ondelete="CASCADE"), primary_key=True
    )
    tenant_id: Mapped[UUID] = of_tenant()
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
