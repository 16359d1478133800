"""Generated lives judged as the product judges them, at every stage, beside a naive baseline.

Document, face, presence and continuity are given clean supports of the strength that the policy
asks for: what is measured is what history, contacts, surroundings and links add to that.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from models.context import Context
from models.finding import Check, EvidenceClass, Finding, Status
from models.history import Claims
from models.policy import DEFAULT_POLICY
from models.stage import Stage
from models.verdict import Outcome
from samples.careers.observed import STAGES
from samples.careers.population import Evidence, SampleLife
from service.workflow.rules import ALL_RULES
from verifiers.case import Case
from verifiers.decision import decide
from verifiers.history import verify_history

_ID_BY_CODE = {rule.code: rule.id for rule in ALL_RULES}

_CLASSES = {
    Check.DOCUMENT: EvidenceClass.DOCUMENT,
    Check.FACE: EvidenceClass.BIOMETRIC,
    Check.PRESENCE: EvidenceClass.PRESENCE,
    Check.CONTINUITY: EvidenceClass.BIOMETRIC,
}


@dataclass(frozen=True)
class AtStage:
    """What a life came to at one stage."""

    outcome: Outcome
    rules: frozenset[str]
    """Ids of those contradicted."""
    because: frozenset[str]
    """Of them, those that the outcome rests on."""
    row: str
    """Of the decision: the first of those that the outcome rests on."""
    milliseconds: float


@dataclass(frozen=True)
class JudgedLife:
    """A life, and what it came to at each stage."""

    kind: str
    honest: bool
    origin: str
    stages: dict[Stage, AtStage]
    naive: bool
    """Whether the baseline finds fault with it."""
    naive_milliseconds: float

    @property
    def worst(self) -> AtStage:
        """The gravest of its stages, the earliest of these."""
        return max(self.stages.values(), key=lambda at: at.outcome.severity)

    @property
    def contradicted(self) -> frozenset[str]:
        """Rules contradicted at any stage."""
        return frozenset().union(*(at.rules for at in self.stages.values()))

    def reaches(self, *outcomes: Outcome) -> Stage | None:
        """The first stage with one of these outcomes."""
        return next((s for s, at in self.stages.items() if at.outcome in outcomes), None)


def judge_all(lives: Iterable[SampleLife]) -> list[JudgedLife]:
    """Each life at every stage."""
    return [judge_life(life) for life in lives]


def judge_life(life: SampleLife) -> JudgedLife:
    """One life at every stage."""
    began = time.perf_counter()
    fault = naive_fault(life.claims)
    spent = (time.perf_counter() - began) * 1000
    return JudgedLife(
        life.kind,
        life.honest,
        life.origin,
        {stage: judge_at(life.at(stage)) for stage in STAGES},
        fault,
        spent,
    )


def naive_fault(claims: Claims) -> bool:
    """The baseline: does any position overlap another, or end before it begins, as written?

    What a few lines of a script do with a résumé: dates are taken for days, a missing end for
    today's, and nothing else is asked.
    """
    spans = []
    for work in claims.work:
        if work.start is not None:
            end = work.end.earliest if work.end else None
            spans.append((work.start.earliest, end))
    backwards = any(end is not None and end < start for start, end in spans)
    return backwards or any(
        (e1 is None or s2 < e1) and (e2 is None or s1 < e2)
        for (s1, e1), (s2, e2) in combinations(spans, 2)
    )


def judge_at(evidence: Evidence) -> AtStage:
    """One life with what is known of it at one stage."""
    case = Case(
        evidence.claims,
        Context(stage=evidence.stage, today=evidence.today),
        evidence.document_birth_date,
        evidence.outside,
        evidence.seen,
    )
    began = time.perf_counter()
    found = verify_history(case, ALL_RULES).findings
    spent = (time.perf_counter() - began) * 1000
    verdict = decide(
        (*found, *_clean(evidence.stage)),
        DEFAULT_POLICY,
        evidence.stage,
        claims_given=evidence.claims.tells_history,
    )
    rested_on = {code for reason in verdict.reasons for code in reason.findings}
    return AtStage(
        verdict.outcome,
        frozenset(_ID_BY_CODE[f.code] for f in found if f.status is Status.CONTRADICTS),
        frozenset(_ID_BY_CODE[code] for code in rested_on if code in _ID_BY_CODE),
        verdict.reasons[0].rule,
        spent,
    )


def _clean(stage: Stage) -> list[Finding]:
    return [
        Finding(
            code=f"{need.check}.given",
            check=need.check,
            status=Status.SUPPORTS,
            strength=need.strength,
            evidence_class=_CLASSES[need.check],
            for_recruiter="Given, for measuring the history alone.",
            for_candidate="Given, for measuring the history alone.",
        )
        for need in DEFAULT_POLICY.required[stage]
        if need.check in _CLASSES
    ]
