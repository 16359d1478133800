"""What candidates answer to what a verdict asked of them, and what they show on their accounts."""

import base64
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from models.answer import CandidateAnswer
from models.request import requests_of
from models.verification import Verification as Verified
from service.store.scope import Scope
from service.store.sealed_results import verdict_place
from service.store.tables import Verdict
from service.store.verifications import Verifications

_PROOF_BYTES = 20
"""160 bits: nobody guesses it, and it is short enough to be copied by hand."""


class Answers:
    """The answers of one tenant's candidates, kept with the orders."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def replace(self, verification: UUID, answers: Sequence[CandidateAnswer]) -> None:
        """Keep these in place of those of before; they count once it is submitted again.

        Raises:
            NotFound: no such verification.
            Conflict: it is being verified, or was cancelled.
        """
        dated = tuple(
            one if one.answered_at else one.model_copy(update={"answered_at": self._in.now})
            for one in answers
        )
        Verifications(self._in).amend_order(verification, answers=dated)

    def asked(self, verification: UUID) -> frozenset[str]:
        """The codes of all that any verdict of it asked; opened for the service's own work.

        Raises:
            NotFound: no such verification.
        """
        key = self._in.subject_key(Verifications(self._in).get(verification).subject_id)
        verdicts = self._in.session.scalars(
            sa.select(Verdict).where(
                Verdict.tenant_id == self._in.tenant_id, Verdict.verification_id == verification
            )
        )
        places = ((row, verdict_place(verification, row.generation)) for row in verdicts)
        said = (key.open(row.sealed, about=place) for row, place in places)
        return frozenset(
            request.code
            for verified in map(Verified.model_validate_json, said)
            for request in requests_of(verified)
        )

    def account_proof(self, verification: UUID) -> str:
        """What the candidate puts on an account to show that it is theirs.

        A keyed digest of the verification: the same at every question, kept nowhere, and told by
        nobody who does not hold the tenant's key.

        Raises:
            NotFound: no such verification.
        """
        Verifications(self._in).get(verification)
        digest = self._in.key.digest(str(verification), about="account-proof")
        return f"bonafide-{base64.b32encode(digest[:_PROOF_BYTES]).decode().lower()}"
