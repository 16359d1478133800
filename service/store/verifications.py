"""Verifications: ordered, submitted, listed, cancelled, deleted. Every change of state is here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session as Transaction

from models.answer import CandidateAnswer
from models.history import Claims
from models.named_face import NamedFace
from models.order import State, VerificationOrder
from models.policy import DEFAULT_POLICY, Policy
from models.stage import Stage
from models.surroundings import Surroundings
from models.verdict import Outcome
from service.store.actor import SYSTEM
from service.store.errors import Conflict, NotFound
from service.store.faces import forget_faces
from service.store.repeated_orders import noted, request_digest, what_was_said
from service.store.scope import Scope
from service.store.sealed_results import clear_steps
from service.store.subjects import Subjects, doom_blobs
from service.store.tables import Evidence, Idempotency, Subject, Tenant, Verification

LARGEST_PAGE = 200


@dataclass(frozen=True)
class Filter:
    """Which verifications to list; everything left out matches all."""

    state: State | None = None
    outcome: Outcome | None = None
    stage: Stage | None = None
    reference: str | None = None
    subject: UUID | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None


class Verifications:
    """The verifications of one tenant."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def order(
        self, order: VerificationOrder, *, idempotency_key: str | None = None
    ) -> tuple[Verification, bool]:
        """Begin a verification; `False` beside it where this key had ordered it already.

        Raises:
            Conflict: the key was used for another order, `follows` names somebody else, or it
                brings answers although nothing was asked yet.
            NotFound: `follows` names no verification of this tenant.
        """
        if order.answers:
            raise Conflict(
                "nothing-asked",
                "Nothing was asked yet; send `answers` once a verdict has asked the candidate.",
            )
        # One order of a tenant at a time: two that come at once with the same key, or for the same
        # new candidate, would both find nothing and both begin.
        self._in.hold_tenant()
        said = what_was_said(order)
        verification = uuid4()
        first = None
        if idempotency_key:
            first, is_new = noted(self._in, idempotency_key, verification)
            if not is_new:
                return self._repeated(first, said), False
        row = Verification(
            id=verification,
            tenant_id=self._in.tenant_id,
            subject_id=self._subject_of(order),
            stage=order.stage.value,
            state=State.AWAITING_EVIDENCE.value,
            generation=0,
            ordered_by=self._in.actor.label,
            created_at=self._in.now,
            updated_at=self._in.now,
            sealed_order=b"",
        )
        key = self._in.subject_key(row.subject_id)
        row.sealed_order = key.seal(said.encode(), about=f"order/{row.id}")
        self._in.session.add(row)
        if first:
            first.request_digest = request_digest(key, said)
        self._in.record("verification.ordered", f"verification:{row.id}", stage=row.stage)
        self._in.session.flush()
        return row, True

    def _repeated(self, earlier: Idempotency, said: str) -> Verification:
        try:
            row = self.get(earlier.verification_id)
        except NotFound:
            raise Conflict(
                "order-deleted",
                "What was ordered under this Idempotency-Key was deleted; use a new key.",
            ) from None
        digest = request_digest(self._in.subject_key(row.subject_id), said)
        # Claims gain fields from time to time: an order digested before an upgrade reads otherwise
        # today, so what is stored is read again as today's orders are.
        if earlier.request_digest != digest and said != what_was_said(self.order_of(row)):
            raise Conflict(
                "idempotency-key-reused",
                "This Idempotency-Key came with another order before; use a new key for a new one.",
            )
        return row

    def _subject_of(self, order: VerificationOrder) -> UUID:
        reference = order.candidate.reference
        if order.follows is None:
            return Subjects(self._in).find_or_add(reference)
        subject = self.get(order.follows).subject_id
        if reference:
            known = Subjects(self._in).with_reference(reference)
            if known not in (None, subject):
                raise Conflict(
                    "follows-somebody-else",
                    "`follows` and `candidate.reference` name two different candidates.",
                )
            Subjects(self._in).adopt(subject, reference)
        return subject

    def get(self, verification: UUID) -> Verification:
        """One verification, nothing personal opened. Raises `NotFound`."""
        row = self._in.session.get(Verification, verification)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("verification")
        return row

    def open_order(self, verification: UUID) -> VerificationOrder:
        """What was ordered, with the candidate's data; the view is recorded."""
        row = self.get(verification)
        self._in.record("order.viewed", f"verification:{verification}")
        return self.order_of(row)

    def order_of(self, row: Verification) -> VerificationOrder:
        """The order of a row, for the service's own work."""
        key = self._in.subject_key(row.subject_id)
        return VerificationOrder.model_validate_json(
            key.open(row.sealed_order, about=f"order/{row.id}")
        )

    def orders_of(self, rows: Sequence[Verification]) -> dict[UUID, VerificationOrder]:
        """The orders of a list that somebody is shown, by id; one record for the whole list."""
        self._in.record("list.viewed", f"tenant:{self._in.tenant_id}", count=len(rows))
        return {row.id: self.order_of(row) for row in rows}

    def policy_of(self, row: Verification) -> Policy:
        """What was asked for when it was submitted."""
        said = row.submitted_policy
        return Policy.model_validate(said) if said else DEFAULT_POLICY

    def hold(self, verification: UUID) -> Verification:
        """One verification that nobody else changes until the end of the transaction.

        For whoever makes a change from what they read. Raises `NotFound`.
        """
        return self._locked(verification)

    def amend_order(
        self,
        verification: UUID,
        **changes: Claims | NamedFace | Surroundings | tuple[CandidateAnswer, ...] | None,
    ) -> None:
        """Replace `claims`, `candidate_at`, `answers` or `surroundings`, while no worker has it.

        The rest stays as it is by then: another part, or consent, may change at the same moment.

        Raises:
            Conflict: a worker has it, or it was cancelled.
            ValidationError: with these it would be no order; nothing is changed.
        """
        row = self._locked(verification)
        _refuse_in(row, State.QUEUED, State.RUNNING, State.CANCELLED)
        said = self.order_of(row).model_copy(update=changes).model_dump_json()
        VerificationOrder.model_validate_json(said)  # What could not be read again is never sealed.
        key = self._in.subject_key(row.subject_id)
        row.sealed_order = key.seal(said.encode(), about=f"order/{row.id}")
        row.updated_at = self._in.now
        self._in.record("order.amended", f"verification:{verification}")

    def list(
        self, which: Filter, *, after: UUID | None = None, limit: int = 50
    ) -> Sequence[Verification]:
        """The newest first, those after the one that ended the page before."""
        query = sa.select(Verification).where(Verification.tenant_id == self._in.tenant_id)
        for column, wanted in (
            (Verification.state, which.state),
            (Verification.outcome, which.outcome),
            (Verification.stage, which.stage),
        ):
            if wanted is not None:
                query = query.where(column == wanted.value)
        if which.outcome is not None:  # That of an earlier submission does not count.
            query = query.where(Verification.state == State.COMPLETED.value)
        if which.reference is not None:
            query = query.where(
                Verification.subject_id == Subjects(self._in).with_reference(which.reference)
            )
        if which.subject is not None:
            query = query.where(Verification.subject_id == which.subject)
        if which.created_from:
            query = query.where(Verification.created_at >= which.created_from)
        if which.created_before:
            query = query.where(Verification.created_at < which.created_before)
        if after:
            last = self.get(after)
            query = query.where(
                sa.tuple_(Verification.created_at, Verification.id) < (last.created_at, last.id)
            )
        newest = (Verification.created_at.desc(), Verification.id.desc())
        return self._in.session.scalars(
            query.order_by(*newest).limit(min(limit, LARGEST_PAGE))
        ).all()

    def submit(self, verification: UUID) -> Verification:
        """Ask for a verdict on the evidence there is: the next generation is queued.

        Raises:
            Conflict: it is in work or cancelled, nothing was sent, or a file is half sent.
        """
        row = self._locked(verification)
        _refuse_in(row, State.QUEUED, State.RUNNING, State.CANCELLED)
        files = self._in.session.scalars(
            sa.select(Evidence.ready).where(
                Evidence.tenant_id == self._in.tenant_id, Evidence.verification_id == row.id
            )
        ).all()
        if not all(files):
            raise Conflict(
                "upload-unfinished",
                "A file is half sent; finish its upload or remove it, then submit.",
            )
        if not files and self._tells_nothing(row):
            raise Conflict(
                "no-evidence", "There is nothing to verify yet; send documents, footage or claims."
            )
        row.generation += 1
        row.state = State.QUEUED.value
        row.step = row.problem = row.choice = row.finished_at = None
        row.submitted_at = row.updated_at = self._in.now
        row.submitted_policy = self._in.session.get_one(Tenant, self._in.tenant_id).policy
        self._in.record(
            "verification.submitted", f"verification:{row.id}", generation=row.generation
        )
        return row

    def submit_for_itself(self, verification: UUID) -> Verification:
        """The same, asked for by the service and not by whoever made it do so."""
        return Verifications(replace(self._in, actor=SYSTEM)).submit(verification)

    def cancel(self, verification: UUID) -> Verification:
        """Stop: a verification in work ends after the step that it is in.

        Raises:
            Conflict: it is completed already.
        """
        row = self._locked(verification)
        _refuse_in(row, State.COMPLETED)
        if row.state != State.CANCELLED:
            clear_steps(self._in, [row.id])
            row.state = State.CANCELLED.value
            row.step = None
            row.finished_at = row.updated_at = self._in.now
            self._in.record("verification.cancelled", f"verification:{row.id}")
        return row

    def delete(self, verification: UUID) -> None:
        """Remove it with its evidence; the candidate's key goes with their last verification.

        Raises:
            Conflict: it is in work; cancel it first.
        """
        self._in.hold_tenant()  # First, as a conclusion does: the other way they wait in a ring.
        row = self._locked(verification)
        _refuse_in(row, State.QUEUED, State.RUNNING)
        # Held, or the last two, deleted at once, would each leave the key to the other.
        self._in.session.execute(
            sa.select(Subject.id).where(Subject.id == row.subject_id).with_for_update()
        )
        others = self._in.session.scalar(
            sa.select(sa.func.count())
            .select_from(Verification)
            .where(
                Verification.tenant_id == self._in.tenant_id,
                Verification.subject_id == row.subject_id,
                Verification.id != row.id,
            )
        )
        doom_blobs(self._in, [row.id])
        forget_faces(self._in, [row.id])
        self._in.session.delete(row)
        self._in.session.flush()
        if not others:
            self._in.session.execute(
                sa.delete(Subject).where(
                    Subject.tenant_id == self._in.tenant_id, Subject.id == row.subject_id
                )
            )
            self._in.forget_key(row.subject_id)
        self._in.record(
            "verification.deleted", f"verification:{verification}", key_destroyed=not others
        )

    def _tells_nothing(self, row: Verification) -> bool:
        order = self.order_of(row)
        return order.claims is None and order.surroundings == Surroundings()

    def _locked(self, verification: UUID) -> Verification:
        """The row, held until the end of the transaction so that two changes come one by one."""
        self.get(verification)
        return self._in.session.execute(
            sa.select(Verification)
            .where(Verification.tenant_id == self._in.tenant_id, Verification.id == verification)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).scalar_one()


_WHY_NOT = {
    State.QUEUED: ("in-work", "It is being verified; wait for the verdict or cancel it."),
    State.RUNNING: ("in-work", "It is being verified; wait for the verdict or cancel it."),
    State.CANCELLED: ("cancelled", "It was cancelled; order a new verification."),
    State.COMPLETED: (
        "completed",
        "It is completed; its verdict stands until it is submitted anew.",
    ),
}


def _refuse_in(row: Verification, *states: State) -> None:
    if row.state in states:
        raise Conflict(*_WHY_NOT[State(row.state)])


def queued_work(session: Transaction) -> list[tuple[UUID, int]]:
    """Submissions of all tenants that wait for a worker or are with one, the oldest first."""
    rows = session.execute(
        sa.select(Verification.id, Verification.generation)
        .where(Verification.state.in_([State.QUEUED.value, State.RUNNING.value]))
        .order_by(Verification.submitted_at)
    )
    return [(verification, generation) for verification, generation in rows]
