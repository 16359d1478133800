"""What rules come to for a case."""

from collections.abc import Iterable, Mapping

from models.finding import EvidenceClass
from models.rule import RuleOutcome
from service.workflow.rules import ALL_RULES
from verifiers.case import Case
from verifiers.judging import judge

SCREENING = {rule.id for rule in ALL_RULES if rule.evidence_class is EvidenceClass.SCREENING}
"""Lists are of names, so whoever is called otherwise is another entry."""


def outcomes(case: Case, but: Iterable[str] = SCREENING) -> Mapping[str, RuleOutcome]:
    """What each rule came to."""
    left_out = set(but)
    judged = judge([rule for rule in ALL_RULES if rule.id not in left_out], case)
    return {one.rule: one.outcome for one in judged.rules}


def clashing(case: Case) -> set[str]:
    """The rules that are contradicted."""
    told = outcomes(case, ())
    return {rule for rule, outcome in told.items() if outcome is RuleOutcome.CONTRADICTS}
