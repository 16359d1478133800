"""Challenges for the chips of documents: made, never kept, and known to have been asked for."""

from uuid import UUID

import sqlalchemy as sa

from service.store.errors import NotFound
from service.store.scope import Scope
from service.store.tables import AuditEntry, Verification

_CHALLENGED = "chip.challenged"
_BYTES = 8
"""RND.IFD of ICAO 9303-11 §6.1."""


class Chips:
    """The challenges of one tenant's verifications."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def challenge(self, verification: UUID) -> bytes:
        """8 bytes that nobody can guess and no other verification has; that it was asked for is
        recorded.

        Raises:
            NotFound: there is no such verification.
        """
        challenge = self._made(verification)
        self._in.record(_CHALLENGED, f"verification:{verification}")
        return challenge

    def handed_out(self, verification: UUID) -> bytes | None:
        """The same, where it was asked for: nobody is held to one that they never got.

        Raises:
            NotFound: there is no such verification.
        """
        challenge = self._made(verification)
        asked = self._in.session.scalar(
            sa.select(AuditEntry.id)
            .where(
                AuditEntry.tenant_id == self._in.tenant_id,
                AuditEntry.about == f"verification:{verification}",
                AuditEntry.action == _CHALLENGED,
            )
            .limit(1)
        )
        return challenge if asked is not None else None

    def _made(self, verification: UUID) -> bytes:
        """From the candidate's key: the same after any crash, gone with the key."""
        row = self._in.session.get(Verification, verification)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("verification")
        key = self._in.subject_key(row.subject_id)
        return key.digest(str(row.id), about="chip/challenge")[:_BYTES]
