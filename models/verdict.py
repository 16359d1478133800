"""A verdict: what follows from all findings under a policy. No verdict rejects a person."""

from enum import StrEnum

from pydantic import Field

from models.base import Model
from models.finding import Check, Strength


class Outcome(StrEnum):
    """What the service says; a person decides."""

    VERIFIED = "verified"
    """Every required check supports the claim."""
    NEEDS_INFO = "needs_info"
    """Something is missing, unreadable or explainable; the candidate is asked."""
    REVIEW = "review"
    """Evidence contradicts the claim; a person must look."""
    HOLD = "hold"
    """Strong, independent evidence of misrepresentation: grant nothing until a person decides."""

    @property
    def severity(self) -> int:
        """0 for `verified` to 3 for `hold`."""
        return list(Outcome).index(self)

    @property
    def label(self) -> str:
        """The words an ATS shows."""
        return {
            Outcome.VERIFIED: "Verified",
            Outcome.NEEDS_INFO: "More information needed",
            Outcome.REVIEW: "Review",
            Outcome.HOLD: "On hold",
        }[self]


class Reason(Model):
    """Why the outcome is what it is: one row of the decision that applied."""

    rule: str = Field(min_length=1)
    """The row of the decision table, such as `review.strong_contradiction`."""
    text: str = Field(min_length=1)
    """One sentence in plain words."""
    findings: tuple[str, ...] = ()
    """Codes of the findings it rests on."""


class CheckResult(Model):
    """How one required check came out."""

    check: Check
    asked: Strength
    """The strength the policy asks for."""
    supported: Strength | None
    """The strongest support found; `None` where nothing supports it."""

    @property
    def met(self) -> bool:
        """Whether the support is at least as strong as asked."""
        return self.supported is not None and self.supported >= self.asked


class Verdict(Model):
    """The answer to a verification, with the reasons for it."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = Field(min_length=1)
    checks: tuple[CheckResult, ...]
    policy: str
    """Name and version of the policy that was applied."""
