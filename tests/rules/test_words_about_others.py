"""What is about others, or for compliance alone, is told to nobody else."""

import re

import pytest

from models.circumstances import Circumstances, Shared, SharedKind
from models.finding import Finding
from models.rule import RuleOutcome
from tests.rules import cases_linkage, cases_screening
from tests.rules.building import a_case
from verifiers import linkage, screening
from verifiers.judging import judge
from verifiers.rule import Rule

CANDIDATE_MUST_NOT_READ = re.compile(
    r"\d|other (people|candidates|name)|another|fraud|shared|seen under|alike", re.IGNORECASE
)


def _found(rule: Rule) -> Finding:
    cases = cases_linkage.CASES | cases_screening.CASES
    (found,) = judge([rule], cases[rule.id].fraud).contradictions
    return found


@pytest.mark.parametrize("rule", linkage.RULES, ids=lambda rule: rule.id)
def test_a_candidate_never_reads_who_else_or_how_many(rule: Rule) -> None:
    assert not CANDIDATE_MUST_NOT_READ.search(_found(rule).for_candidate)


@pytest.mark.parametrize("rule", screening.RULES, ids=lambda rule: rule.id)
def test_no_sentence_tells_what_a_list_holds(rule: Rule) -> None:
    found = _found(rule)
    told = "Compliance is looking at a question about this case."
    assert found.for_recruiter == found.for_candidate == told
    assert found.question is None


@pytest.mark.parametrize(
    "kind", [SharedKind.PHONE, SharedKind.EMAIL, SharedKind.DOCUMENT_NUMBER, SharedKind.FACE]
)
def test_each_thing_under_another_name_is_found(kind: SharedKind) -> None:
    seen = Circumstances(shared=(Shared(kind=kind, others=1),))
    judged = judge(linkage.RULES, a_case(seen=seen))
    assert judged.contradictions


def test_what_was_not_compared_is_not_known() -> None:
    texts = Shared(kind=SharedKind.RESUME_TEXT, others=1)
    (resume,) = (rule for rule in linkage.RULES if rule.id == "HIST-59")
    judged = judge([resume], a_case(seen=Circumstances(shared=(texts,))))
    assert judged.rules[0].outcome is RuleOutcome.UNKNOWN
