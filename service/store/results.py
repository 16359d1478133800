"""What workers write: steps begun and finished, the verdict, or why there is none.

A step is counted before it begins, in a transaction of its own: a process that dies in it has left
its mark, so a case that kills its process again and again is found out. A verdict is written once
per submission, whoever comes second finds it there. Face templates never stay in either: they are
kept beside them, and only while the candidate agrees (`templates`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from models.order import Choice, State
from models.person import EarlierCapture, FaceTemplate
from models.stage import Stage
from models.verdict import Outcome
from models.verification import Verification as Verified
from service.store.errors import NotFound
from service.store.faces import Faces
from service.store.keys import Key
from service.store.scope import Scope
from service.store.sealed_results import (
    clear_steps,
    step_place,
    verdict_place,
    without_templates,
)
from service.store.tables import StepResult, Verdict, Verification
from service.store.verifications import Verifications


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
        """Store what a step found (JSON). The first result stands.

        Without its templates, where the candidate does not agree to them any more.
        """
        row = self._working_on(work)
        result = self._result(work, step)
        if row is None or result is None or result.sealed is not None:
            return
        bare, templates = without_templates(found)
        if templates and not self._may_keep(row):
            found = bare
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

    def may_search(self, verification: UUID) -> bool:
        """Whether the candidate agrees to have their face kept, and so to have it searched for.

        Opened for the service's own work: nobody is shown the order, and the audit has no row.
        The tenant is held until the end of the transaction: nobody withdraws consent meanwhile, and
        two that are concluded at once would otherwise each be blind to the other.

        Raises:
            NotFound: there is no such verification.
        """
        self._in.hold_tenant()
        return self._may_keep(self._get(verification))

    def conclude(self, work: Work, verified: Verified) -> bool:
        """Write the verdict; `False` where this submission has one, or is no longer worked on.

        The templates are kept in place of an earlier verdict's, where the candidate agrees.
        """
        self._in.hold_tenant()  # First, as a deletion does: the other way they wait in a ring.
        row = self._working_on(work)
        if row is None or self._verdict(work):
            return False
        Faces(self._in).remember(row.id, verified.templates if self._may_keep(row) else ())
        clear_steps(self._in, [row.id])
        said = verified.model_copy(update={"templates": ()}).model_dump_json()
        key = self._in.subject_key(row.subject_id)
        self._in.session.add(
            Verdict(
                verification_id=work.verification,
                generation=work.generation,
                tenant_id=self._in.tenant_id,
                outcome=verified.verdict.outcome.value,
                decided_at=self._in.now,
                sealed=key.seal(said.encode(), about=_verdict_place(work)),
                bare=True,
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
        clear_steps(self._in, [row.id])  # A new submission takes all its steps anew.
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
        others = self._in.session.execute(
            self._completed()
            .where(
                Verification.subject_id == row.subject_id,
                Verification.id != verification,
                Verification.created_at <= row.created_at,
            )
            .order_by(Verification.submitted_at)
        ).all()
        kept = self._kept(others)
        return tuple(
            EarlierCapture(
                verification=other.id,
                stage=Stage(other.stage),
                captured_at=other.submitted_at or other.created_at,
                templates=kept[other.id],
            )
            for other, _ in others
        )

    def faces_to_proceed(self, limit: int) -> list[tuple[UUID, tuple[FaceTemplate, ...]]]:
        """The candidate and the kept templates of the newest cases with which to proceed.

        Only cases where a person decided so, and only templates that were kept with consent; the
        view is recorded.
        """
        rows = self._in.session.execute(
            self._completed()
            .where(Verification.choice == Choice.PROCEED.value)
            .order_by(Verification.submitted_at.desc())
            .limit(limit)
        ).all()
        kept = self._kept(rows)
        found = [(row.subject_id, kept[row.id]) for row, _ in rows if kept[row.id]]
        self._in.record("faces.calibrated", f"tenant:{self._in.tenant_id}", cases=len(found))
        return found

    def _completed(self) -> sa.Select[Verification, Verdict]:
        """The tenant's verifications that came to a verdict, each with the latest one."""
        latest = (Verdict.verification_id == Verification.id) & (
            Verdict.generation == Verification.generation
        )
        return (
            sa.select(Verification, Verdict)
            .join(Verdict, latest)
            .where(
                Verification.tenant_id == self._in.tenant_id,
                Verification.state == State.COMPLETED.value,
            )
        )

    def _kept(
        self, rows: Sequence[sa.Row[Verification, Verdict]]
    ) -> dict[UUID, tuple[FaceTemplate, ...]]:
        """The kept templates of each; those in a verdict of before, where it was not taken over."""
        kept = Faces(self._in).kept([row.id for row, _ in rows])
        for row, verdict in rows:
            if row.id not in kept and not verdict.bare:
                place = verdict_place(row.id, verdict.generation)
                said = self._in.subject_key(row.subject_id).open(verdict.sealed, about=place)
                kept[row.id] = without_templates(said)[1]
        return {row.id: kept.get(row.id, ()) for row, _ in rows}

    def _may_keep(self, row: Verification) -> bool:
        """Whether the candidate agrees now; `row` is held, as by whoever withdraws it."""
        return Verifications(self._in).order_of(row).consent.keep_template

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
    return step_place(work.verification, work.generation, step)


def _verdict_place(work: Work) -> str:
    return verdict_place(work.verification, work.generation)
