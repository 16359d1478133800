"""Links by which candidates come to the camera page, without an account: one a verification.

The token is 256 random bits and stored as a hash, like that of a session. It opens one verification
and nothing else of it than being asked and answering.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session as Transaction

from models.order import Choice, State
from service.store.access import hash_secret
from service.store.challenge_tables import CaptureLink
from service.store.errors import Conflict
from service.store.evidence import taking_evidence
from service.store.scope import Scope
from service.store.tables import Verification

LASTS = timedelta(days=7)
_OVER = (Choice.PROCEED.value, Choice.DO_NOT_PROCEED.value)


@dataclass(frozen=True)
class NewLink:
    """A link that was just made; its token is told this once."""

    token: str
    expires_at: datetime


class CandidateLinks:
    """The links of one tenant's verifications."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def make(self, verification: UUID) -> NewLink:
        """A new link; the one before ends.

        Raises:
            NotFound: no such verification.
            Conflict: it takes no evidence now, or a person has decided.
        """
        row = taking_evidence(self._in, verification)
        if row.choice in _OVER:
            raise Conflict(
                "already-decided", "A person has decided; order a new verification instead."
            )
        token, until = token_urlsafe(32), self._in.now + LASTS
        self._in.session.execute(
            sa.delete(CaptureLink).where(CaptureLink.verification_id == row.id)
        )
        self._in.session.add(
            CaptureLink(
                verification_id=row.id,
                tenant_id=self._in.tenant_id,
                token_hash=hash_secret(token),
                created_at=self._in.now,
                expires_at=until,
            )
        )
        self._in.record("capture_link.made", f"verification:{row.id}")
        return NewLink(token, until)

    def good_until(self, verification: UUID) -> datetime | None:
        """When the link that is out there ends; `None` where none is good."""
        return self._in.session.scalar(
            sa.select(CaptureLink.expires_at)
            .join(Verification, Verification.id == CaptureLink.verification_id)
            .where(
                CaptureLink.tenant_id == self._in.tenant_id,
                CaptureLink.verification_id == verification,
                _good(self._in.now),
            )
        )


def holder(session: Transaction, token: str, now: datetime) -> tuple[UUID, UUID] | None:
    """The tenant and the verification that a token opens; `None` where it opens none any more."""
    found = session.execute(
        sa.select(CaptureLink.tenant_id, CaptureLink.verification_id)
        .join(Verification, Verification.id == CaptureLink.verification_id)
        .where(CaptureLink.token_hash == hash_secret(token), _good(now))
    ).first()
    return (found.tenant_id, found.verification_id) if found else None


def _good(now: datetime) -> sa.ColumnElement[bool]:
    """It has neither expired, nor is there anything left to show."""
    return sa.and_(
        CaptureLink.expires_at > now,
        Verification.state != State.CANCELLED.value,
        sa.or_(Verification.choice.is_(None), Verification.choice.not_in(_OVER)),
    )
