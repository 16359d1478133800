"""What workers write: steps begun and finished, the verdict, or why there is none.

A step is counted before it begins, in a transaction of its own: a process that dies in it has left
its mark, so a case that kills its process again and again is found out. A verdict is written once
per submission, whoever comes second finds it there.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from models.order import State
from models.person import EarlierCapture
from models.stage import Stage
from models.verdict import Outcome
from models.verification import Verification as Verified
from service.store.errors import NotFound
from service.store.keys import Key
from service.store.scope import Scope
from service.store.tables import StepResult, Verdict, Verification


@dataclass(frozen=True)
class Work:
    """One submission in work."""

    verification: UUID
    generation: int


@dataclass(frozen=True)
class Begun:
    """A step that may be done: whose key opens its evidence, and how often it was begun."""

    key: Key
    attempt: int
    """1 for the first; this one included."""
    done: bool
    """Its result is stored already."""


class Results:
    """The results of one tenant's verifications."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def begin(self, work: Work, step: str) -> Begun | None:
        """Count an attempt at a step; `None` where this submission is no longer to be worked on."""
        row = self._working_on(work)
        if row is None:
            return None
        key = self._in.subject_key(row.subject_id)
        result = self._result(work, step)
        if result is None:
            result = StepResult(
                verification_id=work.verification,
                generation=work.generation,
                step=step,
                tenant_id=self._in.tenant_id,
                attempts=0,
                started_at=self._in.now,
            )
            self._in.session.add(result)
        if result.sealed is not None:
            return Begun(key, result.attempts, done=True)
        result.attempts += 1
        row.state, row.step, row.updated_at = State.RUNNING.value, step, self._in.now
        return Begun(key, result.attempts, done=False)

    def give_back(self, work: Work, step: str) -> None:
        """A step was interrupted by an orderly stop, which is no fault of the case."""
        result = self._result(work, step)
        if result and result.sealed is None and result.attempts:
            result.attempts -= 1

    def finish(self, work: Work, step: str, found: bytes) -> None:
        """Store what a step found (JSON). The first result stands."""
        row = self._working_on(work)
        result = self._result(work, step)
        if row is None or result is None or result.sealed is not None:
            return
        key = self._in.subject_key(row.subject_id)
        result.sealed = key.seal(found, about=_step_place(work, step))
        result.finished_at = self._in.now

    def found(self, work: Work) -> dict[str, bytes]:
        """The stored results of a submission by step, opened."""
        row = self._get(work.verification)
        key = self._in.subject_key(row.subject_id)
        results = self._in.session.scalars(
            sa.select(StepResult).where(
                StepResult.tenant_id == self._in.tenant_id,
                StepResult.verification_id == work.verification,
                StepResult.generation == work.generation,
                StepResult.sealed.is_not(None),
            )
        )
        return {
            r.step: key.open(r.sealed, about=_step_place(work, r.step)) for r in results if r.sealed
        }

    def result_of(self, verification: UUID, generation: int, step: str) -> bytes | None:
        """The stored result of one step, opened; `None` where it was not taken."""
        work = Work(verification, generation)
        row, result = self._get(verification), self._result(work, step)
        if result is None or result.sealed is None:
            return None
        return self._in.subject_key(row.subject_id).open(
            result.sealed, about=_step_place(work, step)
        )

    def conclude(self, work: Work, verified: Verified) -> bool:
        """Write the verdict; `False` where this submission has one, or is no longer worked on."""
        row = self._working_on(work)
        if row is None or self._verdict(work):
            return False
        key = self._in.subject_key(row.subject_id)
        self._in.session.add(
            Verdict(
                verification_id=work.verification,
                generation=work.generation,
                tenant_id=self._in.tenant_id,
                outcome=verified.verdict.outcome.value,
                decided_at=self._in.now,
                sealed=key.seal(verified.model_dump_json().encode(), about=_verdict_place(work)),
            )
        )
        row.state, row.step = State.COMPLETED.value, None
        row.outcome, row.policy = verified.verdict.outcome.value, verified.verdict.policy
        row.finished_at = row.updated_at = self._in.now
        self._in.record(
            "verification.decided",
            f"verification:{row.id}",
            generation=work.generation,
            outcome=row.outcome,
        )
        return True

    def park(self, work: Work, problem: str) -> bool:
        """Leave it to a person, who reads the problem; `False` where it is no longer worked on."""
        row = self._working_on(work)
        if row is None:
            return False
        row.state, row.step, row.problem = State.PARKED.value, None, problem
        row.finished_at = row.updated_at = self._in.now
        self._in.record("verification.parked", f"verification:{row.id}", problem=problem)
        return True

    def verified(self, verification: UUID, generation: int | None = None) -> Verified:
        """The verification with its verdict, for somebody to read; the view is recorded.

        Raises:
            NotFound: there is no such verification, or no verdict of it yet.
        """
        row = self._get(verification)
        work = Work(verification, generation or self._latest_decided(row))
        verdict = self._verdict(work)
        if verdict is None:
            raise NotFound("verdict")
        self._in.record(
            "verdict.viewed", f"verification:{verification}", generation=work.generation
        )
        key = self._in.subject_key(row.subject_id)
        return Verified.model_validate_json(key.open(verdict.sealed, about=_verdict_place(work)))

    def decided(self, verification: UUID) -> list[tuple[int, Outcome, datetime]]:
        """Generation, outcome and moment of every verdict there was, the first one first."""
        rows = self._in.session.scalars(
            sa.select(Verdict)
            .where(Verdict.tenant_id == self._in.tenant_id, Verdict.verification_id == verification)
            .order_by(Verdict.generation)
        )
        return [(row.generation, Outcome(row.outcome), row.decided_at) for row in rows]

    def earlier_captures(self, verification: UUID) -> tuple[EarlierCapture, ...]:
        """What was kept of this person at their other verifications, the oldest first."""
        row = self._get(verification)
        key = self._in.subject_key(row.subject_id)
        others = self._in.session.execute(
            sa.select(Verification, Verdict)
            .join(
                Verdict,
                (Verdict.verification_id == Verification.id)
                & (Verdict.generation == Verification.generation),
            )
            .where(
                Verification.tenant_id == self._in.tenant_id,
                Verification.subject_id == row.subject_id,
                Verification.id != verification,
                Verification.state == State.COMPLETED.value,
                Verification.created_at <= row.created_at,
            )
            .order_by(Verification.submitted_at)
        )
        captures = []
        for other, verdict in others:
            work = Work(other.id, verdict.generation)
            said = Verified.model_validate_json(
                key.open(verdict.sealed, about=_verdict_place(work))
            )
            captures.append(
                EarlierCapture(
                    verification=other.id,
                    stage=Stage(other.stage),
                    captured_at=other.submitted_at or other.created_at,
                    templates=said.templates,
                )
            )
        return tuple(captures)

    def _get(self, verification: UUID) -> Verification:
        row = self._in.session.get(Verification, verification)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("verification")
        return row

    def _working_on(self, work: Work) -> Verification | None:
        """The verification, held, where this submission of it is still to be worked on."""
        row = self._in.session.scalar(
            sa.select(Verification)
            .where(
                Verification.tenant_id == self._in.tenant_id, Verification.id == work.verification
            )
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if row is None or row.generation != work.generation or not State(row.state).in_work:
            return None
        return row

    def _result(self, work: Work, step: str) -> StepResult | None:
        found = self._in.session.get(StepResult, (work.verification, work.generation, step))
        return found if found and found.tenant_id == self._in.tenant_id else None

    def _verdict(self, work: Work) -> Verdict | None:
        found = self._in.session.get(Verdict, (work.verification, work.generation))
        return found if found and found.tenant_id == self._in.tenant_id else None

    def _latest_decided(self, row: Verification) -> int:
        latest = self._in.session.scalar(
            sa.select(sa.func.max(Verdict.generation)).where(
                Verdict.tenant_id == self._in.tenant_id, Verdict.verification_id == row.id
            )
        )
        if latest is None:
            raise NotFound("verdict")
        return latest


def _step_place(work: Work, step: str) -> str:
    return f"step/{work.verification}/{work.generation}/{step}"


def _verdict_place(work: Work) -> str:
    return f"verdict/{work.verification}/{work.generation}"
