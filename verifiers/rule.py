"""What a rule is: what it weighs, the honest life that looks the same, and one small function.

The function is pure. It yields a `Clash` where no reading of the facts fits the claim, a `Missing`
where the facts to judge by are not known, and nothing where all fits or nothing is claimed. The
registry of each room is a tuple of these; `judging` makes findings of what they say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.finding import Check, EvidenceClass, IndicatorId, Seen, Strength
from models.rule import Fact
from verifiers.case import Case
from verifiers.life import Entry

_CHECKS = {
    EvidenceClass.DOCUMENT: Check.DOCUMENT,
    EvidenceClass.BIOMETRIC: Check.FACE,
    EvidenceClass.PRESENCE: Check.PRESENCE,
    EvidenceClass.HISTORY: Check.HISTORY,
    EvidenceClass.CONTACT: Check.CONTACT,
    EvidenceClass.NETWORK: Check.ENVIRONMENT,
    EvidenceClass.DEVICE: Check.ENVIRONMENT,
    EvidenceClass.LOGISTICS: Check.ENVIRONMENT,
    EvidenceClass.PAYMENT: Check.ENVIRONMENT,
    EvidenceClass.LINKAGE: Check.LINKAGE,
    EvidenceClass.SCREENING: Check.SCREENING,
}


@dataclass(frozen=True)
class Clash:
    """Something that does not fit, whatever moments of the claimed intervals are meant."""

    sentence: str
    """What does not fit, in words that both recruiter and candidate may read."""
    seen: tuple[Seen, ...]
    entries: tuple[Entry, ...] = ()
    """The positions and courses that it concerns."""
    for_candidate: str | None = None
    """Where the candidate must read less, as where it is about others."""


@dataclass(frozen=True)
class Missing:
    """A rule could not be judged for want of this, about these entries."""

    fact: Fact
    entries: tuple[Entry, ...] = ()


Judgement = Iterator[Clash | Missing]
Evaluate = Callable[[Case], Judgement]


@dataclass(frozen=True)
class Rule:
    """One way in which claims and facts may not fit together."""

    id: str
    version: int
    name: str
    summary: str
    """What it contradicts, in one sentence."""
    evidence_class: EvidenceClass
    strength: Strength
    """Severity 1 of the published rule is weak, 2 and 3 moderate, 4 and 5 strong."""
    indicators: tuple[IndicatorId, ...]
    benign: str
    """The honest life that looks the same: the innocent explanation."""
    question: str | None
    """What the candidate is asked; `None` where it is information only, and asks nothing."""
    evaluate: Evaluate

    @property
    def code(self) -> str:
        """The code of its finding."""
        return f"{self.evidence_class}.{self.name}"

    @property
    def check(self) -> Check:
        """The question of a policy that its finding belongs to."""
        return _CHECKS[self.evidence_class]


class Registry:
    """Collects rules as they are defined; a rule's name and summary are its function's."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule so far, in the order of the file."""
        return tuple(self._rules)

    def rule(
        self,
        *,
        id: str,
        version: int,
        strength: Strength,
        indicators: tuple[IndicatorId, ...],
        benign: str,
        question: str | None,
        evidence_class: EvidenceClass = EvidenceClass.HISTORY,
    ) -> Callable[[Evaluate], Evaluate]:
        """Register the function below as a rule."""

        def register(evaluate: Evaluate) -> Evaluate:
            self._rules.append(
                Rule(
                    id=id,
                    version=version,
                    name=evaluate.__name__,
                    summary=(evaluate.__doc__ or "").strip(),
                    evidence_class=evidence_class,
                    strength=strength,
                    indicators=indicators,
                    benign=benign,
                    question=question,
                    evaluate=evaluate,
                )
            )
            return evaluate

        return register
