"""Each rule of the registry: the fraud it is for, the honest look-alike, and too few facts."""

import importlib
import pkgutil

import pytest

import tests.rules
from models.finding import Status, Strength
from models.rule import RuleOutcome
from service.workflow.rules import ALL_RULES
from tests.rules.building import ThreeCases
from verifiers.judging import judge
from verifiers.rule import Rule

CASES: dict[str, ThreeCases] = {}
"""By the rule's id, from every module here whose name begins with `cases_`."""
for _found in pkgutil.iter_modules(tests.rules.__path__):
    if _found.name.startswith("cases_"):
        CASES |= importlib.import_module(f"tests.rules.{_found.name}").CASES

HONEST = [(rule, why) for rule in ALL_RULES for why in CASES[rule.id].honest]


def _id(value: Rule | str) -> str:
    return value if isinstance(value, str) else value.id


def test_every_rule_has_its_cases_and_no_case_is_without_a_rule() -> None:
    assert CASES.keys() == {rule.id for rule in ALL_RULES}
    assert all(cases.honest for cases in CASES.values())


@pytest.mark.parametrize("rule", ALL_RULES, ids=_id)
def test_the_fraud_is_contradicted_and_explained(rule: Rule) -> None:
    (found,) = judge([rule], CASES[rule.id].fraud).contradictions
    assert (found.code, found.status, found.strength) == (
        rule.code,
        Status.CONTRADICTS,
        rule.strength,
    )
    assert found.seen
    assert found.innocent_explanation == rule.benign


@pytest.mark.parametrize(("rule", "why"), HONEST, ids=_id)
def test_the_honest_life_that_looks_the_same_is_left_alone(rule: Rule, why: str) -> None:
    judged = judge([rule], CASES[rule.id].honest[why])
    assert judged.contradictions == []
    assert judged.rules[0].outcome is RuleOutcome.NOTHING


@pytest.mark.parametrize("rule", ALL_RULES, ids=_id)
def test_too_few_facts_are_unknown_and_weigh_nothing(rule: Rule) -> None:
    cases = CASES[rule.id]
    judged = judge([rule], cases.unknown)
    assert judged.contradictions == []
    assert judged.rules[0].outcome is RuleOutcome.UNKNOWN
    assert cases.lacking in judged.rules[0].lacking


def test_ids_and_names_are_unique_and_each_rule_explains_itself() -> None:
    assert len({r.id for r in ALL_RULES}) == len({r.code for r in ALL_RULES}) == len(ALL_RULES)
    for rule in ALL_RULES:
        assert rule.summary.endswith("."), rule.id
        assert rule.benign.endswith("."), rule.id
        assert rule.question is None or rule.question.endswith("?"), rule.id
        assert rule.strength is not Strength.CONCLUSIVE, rule.id
