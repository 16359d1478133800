"""What people decide beside the verdict. To proceed against a `hold` takes two of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa

from models.order import Choice, State
from models.verdict import Outcome
from service.store.actor import Role
from service.store.errors import Conflict, NotFound
from service.store.keys import Key
from service.store.scope import Scope
from service.store.screening import Screening
from service.store.tables import Decision, User, Verdict, Verification


@dataclass(frozen=True)
class Decided:
    """One decision, its reason opened."""

    id: UUID
    generation: int
    choice: Choice
    reason: str
    decided_by: str
    decided_at: datetime
    needs_approval: bool
    approved_by: str | None
    approved_at: datetime | None

    @property
    def stands(self) -> bool:
        """Whether it is in force."""
        return not self.needs_approval or self.approved_by is not None


class Decisions:
    """The decisions of one tenant."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def add(self, verification: UUID, choice: Choice, reason: str) -> Decided:
        """Record a decision of this actor. The last one that stands is in force.

        Raises:
            NotFound: no such verification.
            Conflict: there is nothing to decide yet.
        """
        row = self._held(verification)
        if row.state not in (State.COMPLETED, State.PARKED):
            raise Conflict("no-verdict-yet", "A decision is taken on a verdict; there is none yet.")
        overrides = choice is Choice.PROCEED and self._was_on_hold(row.id)
        decision = Decision(
            id=uuid4(),
            tenant_id=self._in.tenant_id,
            verification_id=row.id,
            generation=row.generation,
            choice=choice.value,
            decided_by=self._in.actor.label,
            decided_at=self._in.now,
            sealed_reason=b"",
            needs_approval=overrides,
        )
        key = self._in.subject_key(row.subject_id)
        decision.sealed_reason = key.seal(reason.encode(), about=f"decision/{decision.id}")
        self._in.session.add(decision)
        if not overrides:
            row.choice, row.updated_at = choice.value, self._in.now
        self._in.record(
            "decision.recorded",
            f"verification:{row.id}",
            choice=choice.value,
            needs_approval=overrides,
        )
        self._in.session.flush()
        return _opened(decision, key)

    def approve(self, decision: UUID) -> Decided:
        """Agree, as a second person, to a decision that overrides a hold.

        Raises:
            NotFound: no such decision.
            Conflict: it needs no approval, the two are not two people, neither is of compliance
                where lists said something that stands, or a newer verdict overtook it.
        """
        found = self._in.session.get(Decision, decision)
        if found is None or found.tenant_id != self._in.tenant_id:
            raise NotFound("decision")
        row = self._held(found.verification_id)
        self._in.session.refresh(found)
        if not found.needs_approval or found.approved_by:
            raise Conflict("no-approval-needed", "This decision needs no approval, or has it.")
        if self._in.actor.role is None or not found.decided_by.startswith("user:"):
            raise Conflict(
                "people-needed", "Overriding a hold takes two people; no program is one."
            )
        if found.decided_by == self._in.actor.label:
            raise Conflict("second-person-needed", "Somebody else has to approve this decision.")
        if not self._compliance_agrees(found):
            raise Conflict(
                "compliance-needed",
                "The case is with compliance: one of the two who go on has to be of theirs.",
            )
        if found.generation != row.generation or row.state not in (State.COMPLETED, State.PARKED):
            raise Conflict("overtaken", "A newer verdict came since; decide on that one.")
        if self._decided_since(found):
            raise Conflict("overtaken", "Somebody decided anew since; that decision counts.")
        found.approved_by, found.approved_at = self._in.actor.label, self._in.now
        row.choice, row.updated_at = found.choice, self._in.now
        self._in.record("decision.approved", f"verification:{row.id}", choice=found.choice)
        return _opened(found, self._in.subject_key(row.subject_id))

    def list(self, verification: UUID) -> list[Decided]:
        """All decisions on a verification, the first one first; the view is recorded."""
        row = self._in.session.get(Verification, verification)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("verification")
        key = self._in.subject_key(row.subject_id)
        found = self._in.session.scalars(
            sa.select(Decision)
            .where(
                Decision.tenant_id == self._in.tenant_id, Decision.verification_id == verification
            )
            .order_by(Decision.decided_at, Decision.id)
        )
        decided = [_opened(decision, key) for decision in found]
        if decided:
            self._in.record("decisions.viewed", f"verification:{verification}")
        return decided

    def verification_of(self, decision: UUID) -> UUID:
        """Which verification a decision is about. Raises `NotFound`."""
        found = self._in.session.get(Decision, decision)
        if found is None or found.tenant_id != self._in.tenant_id:
            raise NotFound("decision")
        return found.verification_id

    def _was_on_hold(self, verification: UUID) -> bool:
        """Whether any verdict was `hold`: another submission is no way around the second person."""
        return bool(
            self._in.session.scalar(
                sa.select(Verdict.generation)
                .where(
                    Verdict.tenant_id == self._in.tenant_id,
                    Verdict.verification_id == verification,
                    Verdict.outcome == Outcome.HOLD.value,
                )
                .limit(1)
            )
        )

    def _compliance_agrees(self, decision: Decision) -> bool:
        """Whether one of the two has seen why, where what lists said still stands."""
        if Screening(self._in).cleared(decision.verification_id):
            return True
        decider = self._in.session.get(User, UUID(decision.decided_by.removeprefix("user:")))
        return Role.COMPLIANCE in (self._in.actor.role, decider.role if decider else None)

    def _decided_since(self, decision: Decision) -> bool:
        return bool(
            self._in.session.scalar(
                sa.select(Decision.id)
                .where(
                    Decision.tenant_id == self._in.tenant_id,
                    Decision.verification_id == decision.verification_id,
                    Decision.decided_at > decision.decided_at,
                )
                .limit(1)
            )
        )

    def _held(self, verification: UUID) -> Verification:
        row = self._in.session.scalar(
            sa.select(Verification)
            .where(Verification.tenant_id == self._in.tenant_id, Verification.id == verification)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if row is None:
            raise NotFound("verification")
        return row


def _opened(decision: Decision, key: Key) -> Decided:
    return Decided(
        id=decision.id,
        generation=decision.generation,
        choice=Choice(decision.choice),
        reason=key.open(decision.sealed_reason, about=f"decision/{decision.id}").decode(),
        decided_by=decision.decided_by,
        decided_at=decision.decided_at,
        needs_approval=decision.needs_approval,
        approved_by=decision.approved_by,
        approved_at=decision.approved_at,
    )
