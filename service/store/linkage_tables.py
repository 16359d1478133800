"""The tables by which one candidate is found under another, pictures first, then faces."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables import Base, counted, of_verification


class PictureKey(Base):
    """By what the same picture is found again under another candidate: a digest, never the print.

    A picture has some dozens; the prints themselves are sealed with the result of their step.
    """

    __tablename__ = "picture_keys"
    __table_args__ = (Index("ix_picture_keys_found", "tenant_id", "digest"),)

    verification_id: Mapped[UUID] = mapped_column(
        ForeignKey("verifications.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[bytes] = mapped_column(primary_key=True)
    """Under the tenant's key."""
    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenants.id"))
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("subjects.id"))


class KeptFace(Base):
    """A face template that the candidate agreed to have kept."""

    __tablename__ = "kept_faces"
    __table_args__ = (
        # The engine first: SQLite, which does not count, takes an index that begins with the tenant
        # for more telling than the numbers of ten templates, and reads all of the tenant's.
        Index("ix_kept_faces_found", "engine", "tenant_id", "id"),
        # Or SQLite gives the number of a deleted row to the next one.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = counted()
    """Grows with every template: who knows one number knows which are new."""
    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenants.id"))
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("subjects.id"), index=True)
    verification_id: Mapped[UUID] = of_verification()
    engine: Mapped[str]
    kind: Mapped[str]
    sealed: Mapped[bytes]
    """The vector, under the subject's key."""
    sealed_rest: Mapped[bytes]
    """What else the template says of itself (JSON), under the subject's key."""
    sealed_code: Mapped[bytes]
    """A coarser one under the tenant's key: opened by the hundred thousand to search among."""


class ForgottenFace(Base):
    """The number of a template that was deleted, for whoever holds it in memory."""

    __tablename__ = "forgotten_faces"
    __table_args__ = (
        Index("ix_forgotten_faces_found", "tenant_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = counted()
    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenants.id"))
    face_id: Mapped[int] = mapped_column(BigInteger())
    forgotten_at: Mapped[datetime]


class IdentifierKey(Base):
    """What a candidate has, by which others who have it are found: a digest, never the thing."""

    __tablename__ = "identifier_keys"
    __table_args__ = (
        # All that a look-up needs lies in the index itself, the newest verification last.
        Index(
            "ix_identifier_keys_found",
            "tenant_id",
            "digest",
            "seen_at",
            "subject_id",
            "verification_id",
        ),
        # By which the tenant's candidates are counted.
        Index("ix_identifier_keys_subject", "tenant_id", "subject_id"),
    )

    verification_id: Mapped[UUID] = mapped_column(
        ForeignKey("verifications.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[bytes] = mapped_column(primary_key=True)
    """Of the kind and the canonical form, under the tenant's key."""
    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenants.id"))
    subject_id: Mapped[UUID]
    """Of the verification, with which the row goes: so the candidate's deletion, which goes through
    their verifications, has nothing to look for here."""
    seen_at: Mapped[datetime]
