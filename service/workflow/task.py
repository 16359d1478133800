"""What a step of a stored case needs to know, read from the store in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.order import VerificationOrder
from models.person import EarlierCapture
from models.policy import Policy
from models.stage import Stage
from service.store.challenges import Answered
from service.store.evidence import File
from service.store.results import Work
from service.store.store import OfTenant
from service.workflow.pipeline import Step, StepResult

_RETURNING = (Stage.ONBOARDING, Stage.PERIODIC)


@dataclass(frozen=True)
class Task:
    """One submission, as it stands before a step."""

    subject: UUID
    order: VerificationOrder
    submitted_at: datetime
    files: tuple[File, ...]
    earlier: tuple[EarlierCapture, ...]
    policy: Policy
    chip_challenge: bytes | None
    asked: tuple[Answered, ...]
    """Of the person in front of the camera."""
    account_proof: str
    """What the candidate was asked to show on an account of theirs."""
    found: dict[str, bytes]

    def before(self, step: Step) -> list[StepResult]:
        """The results of the steps before this one."""
        steps = list(Step)[: list(Step).index(step)]
        return [StepResult.model_validate_json(self.found[s.value]) for s in steps]

    def needed(self, step: Step) -> list[StepResult]:
        """The results that a step cannot be taken without, in the order of `Step.needs`."""
        return [StepResult.model_validate_json(self.found[s.value]) for s in step.needs]

    @property
    def compared_with(self) -> tuple[EarlierCapture, ...] | None:
        """The earlier captures; before the first day, only where they hold something."""
        if self.order.stage in _RETURNING:
            return self.earlier
        return tuple(c for c in self.earlier if c.templates) or None


def work_of(case: str) -> Work:
    """The submission that the engine calls `<verification>/<generation>`."""
    verification, _, generation = case.partition("/")
    return Work(UUID(verification), int(generation))


def task_of(t: OfTenant, work: Work) -> Task:
    """Read it."""
    row = t.verifications.get(work.verification)
    return Task(
        subject=row.subject_id,
        order=t.verifications.order_of(row),
        submitted_at=row.submitted_at or row.created_at,
        files=tuple(file for file in t.evidence.list(row.id) if file.ready),
        earlier=t.results.earlier_captures(row.id),
        policy=t.verifications.policy_of(row),
        chip_challenge=t.chips.handed_out(row.id),
        asked=tuple(t.challenges.answered(row.id)),
        account_proof=t.answers.account_proof(row.id),
        found=t.results.found(work),
    )
