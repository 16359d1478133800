"""docs/threats.md: every published indicator once, told as the registry and the code have it."""

import re
from pathlib import Path

import pytest

from models.rule import Fact
from service.threats import page
from service.workflow.facts import SUPPLY, Supply, supply_of
from service.workflow.rules import ALL_RULES
from tests.rules.test_three_cases import CASES
from verifiers.indicators import INDICATORS, Indicator, Use
from verifiers.rule import Rule

ROOT = Path(__file__).parents[2]
BY_ID = {indicator.id: indicator for indicator in INDICATORS}

MUST_NOT_COUNT = {
    "DPRK-DOC-11",
    "DPRK-NAME-04",
    "DPRK-RES-15",
    "DPRK-RES-16",
    "DPRK-RES-23",
    "DPRK-GIT-10",
    "DPRK-WEB-03",
    "DPRK-BEH-02",
    "DPRK-BEH-07",
}
"""What the research itself says that no product may weigh."""
IN_PART = {"DPRK-NET-10", "DPRK-PAY-06", "DPRK-GIT-08"}

_OF_RULES = {f"{rule.evaluate.__module__.replace('.', '/')}.py" for rule in ALL_RULES}
SOURCES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for folder in ("verifiers", "service")
    for path in (ROOT / folder).rglob("*.py")
}
NAMED_BY_FINDINGS = {
    id
    for file, source in SOURCES.items()
    if file not in _OF_RULES
    for id in re.findall(r'= "(DPRK-[A-Z]+-\d+)"', source)
}
NAMED_BY_RULES = {id for rule in ALL_RULES for id in rule.indicators}


def test_the_page_is_what_the_generator_writes() -> None:
    written = (ROOT / "docs/threats.md").read_text(encoding="utf-8")
    assert written == page(), "run: python -m service.threats"


def test_every_indicator_has_one_row() -> None:
    assert len(BY_ID) == len(INDICATORS) == 155
    rows = re.findall(r"^\| (DPRK-[A-Z]+-\d+) \|", page(), re.MULTILINE)
    assert sorted(rows) == sorted(BY_ID)


def test_every_rule_is_linked_to_the_file_that_holds_it() -> None:
    linked = dict(re.findall(r"\[([A-Z]+-\w+)\]\(\.\./([\w/]+\.py)\)", page()))
    assert linked.keys() == {rule.id for rule in ALL_RULES if rule.indicators}
    for id, file in linked.items():
        assert f'id="{id}"' in SOURCES[file]


def test_what_must_not_count_is_named_by_no_rule_and_no_finding() -> None:
    assert NAMED_BY_FINDINGS
    unused = {i.id for i in INDICATORS if i.use is Use.NOT_USED}
    assert unused >= MUST_NOT_COUNT
    assert not unused & (NAMED_BY_RULES | NAMED_BY_FINDINGS)


@pytest.mark.parametrize("id", sorted(IN_PART))
def test_what_may_count_in_part_says_which_part(id: str) -> None:
    assert BY_ID[id].why.startswith("In part: only")


def test_rules_and_findings_name_published_indicators_only() -> None:
    assert BY_ID.keys() >= NAMED_BY_RULES | NAMED_BY_FINDINGS


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.id)
def test_what_is_said_to_cover_an_indicator_is_there(indicator: Indicator) -> None:
    if indicator.use is Use.RULE:
        assert indicator.id in NAMED_BY_RULES
    if indicator.id in NAMED_BY_RULES:
        assert indicator.use in (Use.RULE, Use.FINDING, Use.CONTROL)
    if indicator.use is Use.FINDING:
        assert indicator.covered_by
    if indicator.id in NAMED_BY_FINDINGS:
        assert indicator.use is Use.FINDING
    if indicator.use not in (Use.RULE, Use.FINDING):
        assert indicator.why.endswith(".")
    for code in indicator.covered_by:
        text = f'"{code.removesuffix("*")}' if code.endswith(".*") else f'"{code}"'
        assert any(text in source for source in SOURCES.values()), code


def test_it_is_told_of_every_fact_whether_the_product_learns_it() -> None:
    assert SUPPLY.keys() == set(Fact)


FROM_CLAIMS_ALONE = {"HIST-22", "HIST-23", "HIST-24"}
"""What they lack, a reference's contact or an employer's site, is told where all is told."""


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_a_rule_that_needs_more_than_claims_is_known_to_need_it(rule: Rule) -> None:
    if SUPPLY[CASES[rule.id].lacking] is not Supply.TODAY and rule.id not in FROM_CLAIMS_ALONE:
        assert supply_of(rule) is not Supply.TODAY
