"""Candidates: found again by their reference, forgotten by destroying their key."""

from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from models.order import Choice, State
from models.verdict import Outcome
from service.store.errors import Conflict, NotFound
from service.store.faces import forget_faces
from service.store.keys import Key
from service.store.scope import Scope
from service.store.tables import (
    Decision,
    DoomedBlob,
    Evidence,
    Subject,
    Verdict,
    Verification,
)


class Subjects:
    """The subjects of one tenant."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def find_or_add(self, reference: str | None) -> UUID:
        """The subject with this reference, or a new one."""
        if reference and (known := self.with_reference(reference)):
            return known
        subject = uuid4()
        row = Subject(
            id=subject,
            tenant_id=self._in.tenant_id,
            reference_digest=self._digest(reference) if reference else None,
            wrapped_key=self._in.key.wrap(Key.new(), about=f"subject/{subject}"),
            created_at=self._in.now,
        )
        try:
            with self._in.session.begin_nested():
                self._in.session.add(row)
        except IntegrityError:
            # Another order for the same candidate came at the same moment, and was first.
            known = self.with_reference(reference) if reference else None
            if known is None:
                raise
            return known
        return subject

    def adopt(self, subject: UUID, reference: str) -> None:
        """Find this subject by a reference from now on, where it had none.

        Raises:
            NotFound: no such subject.
            Conflict: it has another reference. With two, one person would become two later.
        """
        row = self._in.session.get(Subject, subject)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("candidate")
        digest = self._digest(reference)
        if row.reference_digest not in (None, digest):
            raise Conflict(
                "follows-somebody-else",
                "The candidate of the verification that this follows has another reference.",
            )
        row.reference_digest = digest

    def with_reference(self, reference: str) -> UUID | None:
        """The subject with this reference, to filter by."""
        return self._in.session.scalar(
            sa.select(Subject.id).where(
                Subject.tenant_id == self._in.tenant_id,
                Subject.reference_digest == self._digest(reference),
            )
        )

    def was_stopped(self, subject: UUID) -> bool:
        """Whether a person decided not to go on with this candidate, on a verdict of `hold`.

        After any other verdict they may have decided so for reasons that have nothing to do with
        who the candidate is.
        """
        return bool(
            self._in.session.scalar(
                sa.select(Decision.id)
                .join(Verification, Verification.id == Decision.verification_id)
                .join(
                    Verdict,
                    (Verdict.verification_id == Decision.verification_id)
                    & (Verdict.generation == Decision.generation),
                )
                .where(
                    Decision.tenant_id == self._in.tenant_id,
                    Verification.subject_id == subject,
                    Verification.choice == Choice.DO_NOT_PROCEED.value,
                    Decision.choice == Choice.DO_NOT_PROCEED.value,
                    Decision.generation == Verification.generation,
                    Decision.decided_by.startswith("user:"),
                    Verdict.outcome == Outcome.HOLD.value,
                )
                .limit(1)
            )
        )

    def forget(self, subject: UUID) -> int:
        """Destroy the key of a candidate and all that is stored of them.

        Returns how many verifications went. Audit rows stay: they hold ids only.

        Raises:
            NotFound: there is no such candidate.
            Conflict: a verification of theirs is in work; cancel it first.
        """
        self._in.hold_tenant()  # First, as a conclusion does: the other way they wait in a ring.
        row = self._in.session.get(Subject, subject)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("candidate")
        theirs = self._in.session.scalars(
            sa.select(Verification)
            .where(Verification.tenant_id == self._in.tenant_id, Verification.subject_id == subject)
            .order_by(Verification.id)
            # Held, so that none is submitted or sent a file between this look and the deletion.
            .with_for_update()
        ).all()
        if any(State(v.state).in_work for v in theirs):
            raise Conflict(
                "in-work", "A verification of this candidate is in work; cancel it first."
            )
        doom_blobs(self._in, [v.id for v in theirs])
        forget_faces(self._in, [v.id for v in theirs])
        for verification in theirs:
            self._in.session.delete(verification)
        self._in.session.flush()
        self._in.session.delete(row)
        self._in.forget_key(subject)
        self._in.record("candidate.forgotten", f"candidate:{subject}", verifications=len(theirs))
        return len(theirs)

    def _digest(self, reference: str) -> bytes:
        return self._in.key.digest(reference, about="subject/reference")


def doom_blobs(scope: Scope, verifications: list[UUID]) -> None:
    """Note the blobs of these verifications for removal once the transaction is through."""
    scope.erased = True
    for blob in scope.session.scalars(
        sa.select(Evidence.id).where(
            Evidence.tenant_id == scope.tenant_id, Evidence.verification_id.in_(verifications)
        )
    ):
        scope.session.add(DoomedBlob(id=blob))
