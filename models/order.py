"""An order: who is to be verified, at which stage, with which consent, and whom to tell."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from models.answer import MOST_ANSWERS, CandidateAnswer
from models.base import Model
from models.history import Claims
from models.named_face import NamedFace
from models.stage import Stage
from models.surroundings import Surroundings


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must not hold control characters")
    return text


# Stripped before it is measured: a line of spaces alone is refused, never stored as nothing.
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"\S"),
    AfterValidator(_printable),
]
"""One line of text that may be shown anywhere."""


class Candidate(Model):
    """The person to verify, as the one who orders knows them."""

    reference: Line | None = None
    """The orderer's own id of this candidate. The same reference is the same person at every stage,
    so it is what ties the first day to the interview."""
    name: Line | None = None
    email: Annotated[str, Field(max_length=320, pattern=r"^[^\s@]+@[^\s@]+$")] | None = None


class Consent(Model):
    """What the candidate agreed to, and when."""

    verification: bool
    """To this verification. Without it nothing is verified."""
    keep_template: bool = False
    """To keep a face template, so that a later stage can be compared with this one, and to search
    it among those of the company's other candidates who agreed."""
    given_at: datetime | None = None
    wording: Line | None = None
    """Which text was agreed to, such as `2026-05 en`."""


class VerificationOrder(Model):
    """What it takes to begin a verification. Evidence follows."""

    candidate: Candidate = Candidate()
    stage: Stage = Stage.INTERVIEW
    claims: Claims | None = None
    candidate_at: NamedFace | None = None
    """Who is the candidate in footage of several people; by default whoever agrees best with the
    document's portrait. It changes who is compared, never what the comparison says."""
    answers: tuple[CandidateAnswer, ...] = Field(default=(), max_length=MOST_ANSWERS)
    """What the candidate answered to what a verdict asked; empty in an order that begins one."""
    surroundings: Surroundings = Surroundings()
    """What the company's own systems see around the candidate."""
    consent: Consent
    callback: Annotated[str, Field(max_length=2000, pattern=r"^https?://")] | None = None
    """Where to send events about it; the tenant's own address where none is given."""
    follows: UUID | None = None
    """An earlier verification of the same person, where there is no reference to tell."""

    @model_validator(mode="after")
    def _agreed(self) -> Self:
        if not self.consent.verification:
            raise ValueError("consent.verification must be true: nobody is verified without it")
        return self


class State(StrEnum):
    """Where a verification is between order and verdict."""

    AWAITING_EVIDENCE = "awaiting_evidence"
    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    PARKED = "parked"
    """It could not be finished by machine; the reason is shown and a person decides what next."""
    CANCELLED = "cancelled"

    @property
    def in_work(self) -> bool:
        """Whether a worker has it, or soon will."""
        return self in (State.QUEUED, State.RUNNING)


class Choice(StrEnum):
    """What a person decides after reading a verdict."""

    PROCEED = "proceed"
    ASK_CANDIDATE = "ask_candidate"
    DO_NOT_PROCEED = "do_not_proceed"
