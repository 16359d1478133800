"""What lists said of candidates, for compliance alone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from service.store.tables import Base, of_tenant, of_verification


class ScreeningHit(Base):
    """An entry of a list that agrees with a party of a case, until compliance has judged it."""

    __tablename__ = "screening_hits"
    __table_args__ = (Index("ix_screening_hits_open", "tenant_id", "judged_at", "found_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = of_tenant()
    verification_id: Mapped[UUID] = of_verification()
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("subjects.id"), index=True)
    digest: Mapped[bytes]
    """Of list, entry and party, under the tenant's key: the same hit is not raised twice."""
    found_at: Mapped[datetime]
    sealed: Mapped[bytes]
    """The `Hit` (JSON), under the subject's key."""
    judged_at: Mapped[datetime | None]
    judged_by: Mapped[str | None]
    """The id of the user."""
    judgement: Mapped[str | None]
    """`another_person` or `the_same`."""
    sealed_reason: Mapped[bytes | None]
