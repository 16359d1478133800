"""Each timeline rule: the fraud it is for, the honest look-alike, and too few facts to judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from models.context import Context
from models.finding import Finding, Status, Strength
from models.history import Claims
from models.policy import DEFAULT_POLICY
from models.stage import Stage
from models.verdict import Outcome
from verifiers.decision import decide
from verifiers.history import RULES, HistoryResult, Rule, verify_history
from verifiers.history.rule import Fact

TODAY = date(2026, 3, 15)
BORN = date(1990, 6, 1)


def work(
    start: str = "",
    end: str = "",
    *,
    at: str = "Northwind",
    title: str = "Engineer",
    full_time: bool | None = None,
) -> dict[str, object]:
    """A position as JSON Resume writes it."""
    dates = {"startDate": start, "endDate": end}
    return {"name": at, "position": title, "fullTime": full_time, **dates}


def course(
    start: str = "", end: str = "", *, kind: str = "Bachelor", area: str = "Physics"
) -> dict[str, object]:
    """A course as JSON Resume writes it."""
    dates = {"startDate": start, "endDate": end}
    return {"institution": "Utopia State", "studyType": kind, "area": area, **dates}


def full(start: str = "", end: str = "", *, at: str = "Northwind") -> dict[str, object]:
    """A position declared full-time."""
    return work(start, end, at=at, full_time=True)


def judge(*entries: dict[str, object], born: date | None = BORN) -> HistoryResult:
    """The entries' findings on the day of these tests."""
    claims = Claims.model_validate(
        {
            "work": [e for e in entries if "position" in e],
            "education": [e for e in entries if "institution" in e],
        }
    )
    return verify_history(claims, Context(stage=Stage.INTERVIEW, today=TODAY), born)


def contradicted(result: HistoryResult) -> set[str]:
    """Codes of the rules that are contradicted."""
    return {f.code for f in result.findings if f.status is Status.CONTRADICTS}


def finding(result: HistoryResult, code: str) -> Finding:
    """The one finding of that code."""
    (found,) = (f for f in result.findings if f.code == code)
    return found


Entries = Sequence[dict[str, object]]


@dataclass(frozen=True)
class Unknown:
    """Entries that leave out the fact a rule needs."""

    entries: Entries
    fact: Fact
    born: date | None = BORN


@dataclass(frozen=True)
class Cases:
    """What every rule must show."""

    fraud: Entries
    honest: Mapping[str, Entries]
    """Lives that look the same, by what makes them honest."""
    unknown: Unknown


CASES: dict[str, Cases] = {
    "overlapping_full_time": Cases(
        fraud=(full("2019-01-01", "2020-12-31"), full("2019-06-01", "2021-06-30", at="Contoso")),
        honest={
            "a notice period of sixty days": (
                full("2019-01-01", "2020-03-01"),
                full("2020-01-01", "2021-01-01", at="Contoso"),
            ),
            "years that only touch": (full("2018", "2019"), full("2019", "2020", at="Contoso")),
            "a start that may lie late in its year": (
                full("2018", "2020-12"),
                full("2020", "2022", at="Contoso"),
            ),
            "a part-time position beside it": (
                full("2019-01", "2020-12"),
                work("2019-06", "2021-06", at="Contoso", full_time=False),
            ),
            "an employer listed as a whole and by role": (
                full("2015-01", "2020-12"),
                work("2015-01", "2017-12", at=" northwind ", title="Lead", full_time=True),
            ),
            "a full-time degree in parallel": (
                full("2015-01", "2018-12"),
                course("2015-01", "2018-12"),
            ),
        },
        unknown=Unknown(
            (work("2019-01", "2020-12"), full("2019-06", "2021-06", at="Contoso")), Fact.HOURS
        ),
    ),
    "many_open_full_time": Cases(
        fraud=(full("2021"), full("2022", at="Contoso"), full("2023", at="Fabrikam")),
        honest={
            "two board seats beside the job": (
                full("2021"),
                work("2022", at="Contoso", full_time=False),
                work("2023", at="Fabrikam", full_time=False),
            ),
            "an accepted offer that has not begun": (
                full("2021"),
                full("2022", at="Contoso"),
                full("2026-09", at="Fabrikam"),
            ),
        },
        unknown=Unknown(
            (full("2021"), work("2022", at="Contoso"), work("2023", at="Fabrikam")), Fact.HOURS
        ),
    ),
    "employed_before_fourteen": Cases(
        fraud=(work("2003-06", "2008-05"),),
        honest={
            "a start in the year of the birthday": (work("2004", "2008"),),
            "a typical first job": (work("2006-07", "2006-08"),),
            "school at that age": (course("1996", "2008", kind="School", area="General"),),
        },
        unknown=Unknown((work("2003-06", "2008-05"),), Fact.BIRTH_DATE, born=None),
    ),
    "degree_before_seventeen": Cases(
        fraud=(course("2003-09", "2006-06"),),
        honest={
            "a degree in the year of the birthday": (course("2004", "2007"),),
            "a school certificate": (course("2001", "2006", kind="High school diploma"),),
            "a master class as a child": (course("2001", "2002", kind="Master class"),),
            "a degree that has not ended": (course("2006-09", ""),),
        },
        unknown=Unknown((course("2003-09", "2006-06"),), Fact.BIRTH_DATE, born=None),
    ),
    "end_before_start": Cases(
        fraud=(work("2018-05", "2015-02"),),
        honest={
            "one day": (work("2018-05-02", "2018-05-02"),),
            "a month within the year it ended": (work("2018-11", "2018"),),
            "a job that goes on": (work("2018-05", ""),),
        },
        unknown=Unknown((work("", "2015-02"),), Fact.DATES),
    ),
    "bachelor_in_under_a_year": Cases(
        fraud=(course("2012-09", "2013-03", kind="B.Sc."),),
        honest={
            "years only, which may be a whole one": (course("2012", "2012"),),
            "exactly twelve months": (course("2012-09-01", "2013-08-31"),),
            "an honours year": (course("2012-02", "2012-11", kind="Bachelor (Honours)"),),
            "an exchange": (course("2012-09", "2013-02", area="Physics, exchange"),),
            "a master's": (course("2012-09", "2013-06", kind="MSc"),),
        },
        unknown=Unknown((course("", "2013-03", kind="B.Sc."),), Fact.DATES),
    ),
    "before_birth": Cases(
        fraud=(work("1988-01", "2012-01"),),
        honest={"a year that holds the birthday": (course("1990", "1994", kind="Nursery"),)},
        unknown=Unknown((work("1988-01", "2012-01"),), Fact.BIRTH_DATE, born=None),
    ),
    "ended_before_it_could_begin": Cases(
        fraud=(work("2027-01", "2029-12"),),
        honest={
            "an accepted offer": (work("2026-09", ""),),
            "a fixed-term contract under way": (work("2025-01", "2027-12"),),
            "a start within the running month": (work("2026-03", "2027-01"),),
            "a course with an expected graduation": (course("2026-09", "2029-06"),),
        },
        unknown=Unknown((work("", "2029-12"),), Fact.DATES),
    ),
    "told_twice_differently": Cases(
        fraud=(work("2015-01", "2016-03"), work("2015-01", "2020-06")),
        honest={
            "the same entry twice": (work("2015-01", "2016-03"), work("2015-01", "2016-03")),
            "a year and the month in it": (work("2015-01", "2016-03"), work("2015", "2016")),
            "dates rounded to the season": (work("2015-01", "2016-03"), work("2015-01", "2016-09")),
            "years of two projects": (work("2015", "2016"), work("2015", "2018")),
            "a promotion": (work("2015-01", "2016-03"), work("2015-01", "2020-06", title="Lead")),
            "a second stint": (work("2015-01", "2016-03"), work("2018-01", "2020-06")),
        },
        unknown=Unknown((work("2015-01", ""), work("2015-01", "2020-06")), Fact.DATES),
    ),
}

HONEST = [(rule, why) for rule in RULES for why in CASES[rule.name].honest]


def _name(value: object) -> str:
    return value.name if isinstance(value, Rule) else str(value)


def test_every_rule_has_a_fraud_an_honest_look_alike_and_an_unknown() -> None:
    assert list(CASES) == [rule.name for rule in RULES]
    for name, cases in CASES.items():
        assert cases.fraud, name
        assert cases.honest, name
        assert cases.unknown.entries, name


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_the_fraud_is_contradicted_and_the_candidate_is_asked(rule: Rule) -> None:
    result = judge(*CASES[rule.name].fraud)
    found = finding(result, rule.code)
    assert contradicted(result) == {rule.code}
    assert found.strength is rule.strength
    assert found.innocent_explanation == rule.benign
    assert found.question == rule.question
    stated = {str(e[key]) for e in CASES[rule.name].fraud for key in ("startDate", "endDate")}
    assert stated - {""} <= {str(seen.value) for seen in found.seen}
    assert "history.timeline.consistent" not in {f.code for f in result.findings}


@pytest.mark.parametrize(("rule", "why"), HONEST, ids=_name)
def test_the_honest_life_that_looks_the_same_is_supported(rule: Rule, why: str) -> None:
    result = judge(*CASES[rule.name].honest[why])
    assert contradicted(result) == set()
    assert finding(result, "history.timeline.consistent").strength is Strength.WEAK


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_what_was_not_stated_is_unknown_and_asked_for(rule: Rule) -> None:
    case = CASES[rule.name].unknown
    result = judge(*case.entries, born=case.born)
    assert rule.code not in contradicted(result)
    asked = finding(result, case.fact.code)
    assert asked.status is Status.UNKNOWN
    assert asked.question


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_a_contradiction_alone_asks_the_candidate_and_nobody_else(rule: Rule) -> None:
    findings = judge(*CASES[rule.name].fraud).findings
    verdict = decide(findings, DEFAULT_POLICY, Stage.APPLICATION, claims_given=True)
    assert verdict.outcome is Outcome.NEEDS_INFO


@pytest.mark.parametrize("turned", [False, True])
def test_a_position_declared_part_time_leaves_nothing_to_ask(turned: bool) -> None:
    main, side = (
        full("2019-01", "2020-12"),
        work("2019-06", "2021-06", at="Contoso", full_time=False),
    )
    result = judge(*((side, main) if turned else (main, side)))
    assert [f.code for f in result.findings] == ["history.timeline.consistent"]


def test_ids_and_names_of_rules_are_unique_and_each_explains_itself() -> None:
    assert len({rule.id for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.summary.endswith("."), rule.name
        assert rule.benign.endswith("."), rule.name
        assert rule.question.endswith("?"), rule.name
        assert rule.version >= 1, rule.name
