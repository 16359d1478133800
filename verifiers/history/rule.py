"""What a history rule is: what it weighs, the honest life that looks the same, and one function.

The function is pure. It yields a `Clash` where no moment of the claimed intervals fits, a `Missing`
where the facts to judge by were not stated, and nothing where all fits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from models.finding import EvidenceClass, IndicatorId, Seen, Strength
from verifiers.history.timeline import Entry, Life


@dataclass(frozen=True)
class Clash:
    """Claims that cannot all be true, whatever moments of their intervals are meant."""

    entries: tuple[Entry, ...]
    sentence: str
    """What does not fit, in words that both recruiter and candidate may read."""
    seen: tuple[Seen, ...]


class Fact(StrEnum):
    """What a candidate may not have stated, and a rule needs."""

    DATES = "dates"
    BIRTH_DATE = "birth_date"
    HOURS = "hours"

    @property
    def code(self) -> str:
        """The code of the finding that it was not stated."""
        return f"history.{self}.not_stated"


@dataclass(frozen=True)
class Missing:
    """A rule could not be judged, because this was not stated of these entries."""

    fact: Fact
    entries: tuple[Entry, ...] = ()


Judgement = Iterator[Clash | Missing]
Evaluate = Callable[[Life], Judgement]


@dataclass(frozen=True)
class Rule:
    """One way in which a life may not fit together."""

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
    question: str
    evaluate: Evaluate

    @property
    def code(self) -> str:
        """The code of its finding."""
        return f"history.{self.name}"


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
        question: str,
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
