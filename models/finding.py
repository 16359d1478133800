"""A finding: one thing seen, where, how sure, and what would explain it innocently.

Findings are evidence, not suspicion. `unknown` is what a verifier says when it could not judge; it
is never held against the candidate.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from models.base import Model


class Status(StrEnum):
    """What a finding says about the claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    UNKNOWN = "unknown"


class Strength(StrEnum):
    """How much a finding weighs, by the table of docs/decision.md; ordered, weak to conclusive."""

    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"
    CONCLUSIVE = "conclusive"

    @property
    def rank(self) -> int:
        """0 for `weak` to 3 for `conclusive`."""
        return list(Strength).index(self)

    # A str would order alphabetically ("strong" < "weak"), so every comparison is spelt out, and
    # one with a plain string raises.
    def __lt__(self, other: str) -> bool:
        return self.rank < _rank(other)

    def __gt__(self, other: str) -> bool:
        return self.rank > _rank(other)

    def __le__(self, other: str) -> bool:
        return self.rank <= _rank(other)

    def __ge__(self, other: str) -> bool:
        return self.rank >= _rank(other)


def _rank(strength: str) -> int:
    if not isinstance(strength, Strength):
        raise TypeError(f"a strength is ordered among strengths only, not against {strength!r}")
    return strength.rank


class EvidenceClass(StrEnum):
    """Kinds of evidence that fail independently of each other; the decision counts classes."""

    DOCUMENT = "document"
    BIOMETRIC = "biometric"
    PRESENCE = "presence"
    HISTORY = "history"
    CONTACT = "contact"
    NETWORK = "network"
    DEVICE = "device"
    LOGISTICS = "logistics"
    PAYMENT = "payment"
    LINKAGE = "linkage"
    SCREENING = "screening"


class Check(StrEnum):
    """A question that a policy may require an answer to. Every finding belongs to one."""

    DOCUMENT = "document"
    """Is the document whole, unexpired, and in agreement with itself and with the claims?"""
    FACE = "face"
    """Is the person in the footage the one on the document?"""
    PRESENCE = "presence"
    """Is that a live person in front of a camera?"""
    CONTINUITY = "continuity"
    """Is it the same person as at an earlier stage?"""
    HISTORY = "history"
    """Does the claimed history fit together?"""
    CONTACT = "contact"
    ENVIRONMENT = "environment"
    LINKAGE = "linkage"
    SCREENING = "screening"


Point = tuple[float, float]


class Region(Model):
    """A quadrilateral in pixels of the upright picture, clockwise from the top left."""

    corners: tuple[Point, Point, Point, Point]

    @classmethod
    def box(cls, left: float, top: float, right: float, bottom: float) -> Self:
        """An upright rectangle."""
        return cls(corners=((left, top), (right, top), (right, bottom), (left, bottom)))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the enclosing upright rectangle."""
        xs, ys = zip(*self.corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


class Seen(Model):
    """One value that was seen, and where: the evidence under a finding."""

    what: str = Field(min_length=1)
    """What the value is, in plain words ("birth date, printed")."""
    value: str | float | int | bool
    unit: str | None = None
    file: str | None = None
    """The name of the evidence file, as the sender named it (no path)."""
    page: int | None = Field(default=None, ge=1)
    region: Region | None = None
    frame_seconds: float | None = Field(default=None, ge=0)
    source: str | None = None
    """An outside source (a registry, a list) and the moment it was asked."""
    fetched_at: datetime | None = None


Code = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")]
IndicatorId = Annotated[str, Field(pattern=r"^[A-Z]+-[A-Z]+-\d+$")]


class Finding(Model):
    """One thing seen that speaks for or against a claim, or the reason why nothing can be said.

    A contradiction cannot be made without its innocent explanation, and an `unknown` carries no
    strength: it weighs nothing.
    """

    code: Code
    """Stable dotted name, such as `document.mrz.check_digit`."""
    check: Check
    status: Status
    strength: Strength | None = None
    evidence_class: EvidenceClass
    seen: tuple[Seen, ...] = ()
    indicators: tuple[IndicatorId, ...] = ()
    """Ids of the published threat indicators that this speaks to, such as `DPRK-ID-02`."""
    for_recruiter: str = Field(min_length=1)
    """One sentence that says what was seen."""
    for_candidate: str = Field(min_length=1)
    """One sentence that the candidate may read."""
    innocent_explanation: str | None = None
    """What would explain a contradiction innocently."""
    question: str | None = None
    """What the candidate is asked to send or explain, where that would resolve it."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.strength is None) != (self.status is Status.UNKNOWN):
            raise ValueError("a finding has a strength exactly when it is not unknown")
        if self.status is Status.CONTRADICTS and not self.innocent_explanation:
            raise ValueError("a contradiction names what would explain it innocently")
        return self
