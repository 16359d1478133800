"""The whole claimed history: what supports, what stays unknown, and promises over any life."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.context import Context
from models.finding import Status, Strength
from models.history import Claims
from models.stage import Stage
from verifiers.case import Case
from verifiers.history import HistoryResult, verify_history
from verifiers.life import birthday

CONTEXT = Context(stage=Stage.INTERVIEW, today=date(2026, 3, 15))
BORN = date(1990, 6, 1)


def judge(claims: dict[str, Any] | None, born: date | None = BORN) -> HistoryResult:
    """The findings about a JSON Resume."""
    return verify_history(Case(Claims.model_validate(claims or {}), CONTEXT, born))


def contradicted(result: HistoryResult) -> set[str]:
    """Codes of the rules that are contradicted."""
    return {f.code for f in result.findings if f.status is Status.CONTRADICTS}


def test_a_dated_career_with_gaps_supports_weakly_and_nothing_else_is_said() -> None:
    result = judge(
        {
            "work": [
                {"name": "Northwind", "startDate": "2012-01", "endDate": "2013-05"},
                {"name": "Contoso", "startDate": "2021-09"},
            ],
            "education": [{"institution": "Utopia State", "startDate": "2008", "endDate": "2011"}],
        }
    )
    (found,) = result.findings
    assert (found.code, found.strength) == ("history.timeline.consistent", Strength.WEAK)
    assert [entry.label for entry in result.timeline] == [
        "Northwind",
        "Contoso",
        "Utopia State",
    ]
    assert [entry.ongoing for entry in result.timeline] == [False, True, False]


@pytest.mark.parametrize("claims", [None, {}, {"basics": {"name": "Anna Eriksson"}}])
def test_no_history_told_is_unknown_with_what_to_send(claims: dict[str, Any] | None) -> None:
    result = judge(claims)
    (found,) = result.findings
    assert found.status is Status.UNKNOWN
    assert found.question
    assert result.timeline == ()


def test_a_history_without_dates_is_unknown_and_supports_nothing() -> None:
    result = judge({"work": [{"name": "Northwind"}], "education": [{"institution": "Utopia"}]})
    assert [(f.code, f.status) for f in result.findings] == [
        ("history.dates.not_stated", Status.UNKNOWN)
    ]
    assert all(entry.codes == ("history.dates.not_stated",) for entry in result.timeline)


def test_the_timeline_marks_only_the_entries_that_a_finding_is_about() -> None:
    result = judge(
        {
            "work": [
                {"name": "Northwind", "startDate": "2012-01", "endDate": "2013-05"},
                {"name": "Contoso", "startDate": "2020-01", "endDate": "2019-01"},
            ]
        }
    )
    assert [entry.codes for entry in result.timeline] == [(), ("history.end_before_start",)]


def test_the_claimed_birth_date_is_used_where_no_document_tells_one() -> None:
    claims = {
        "identity": {"birthDate": "1990-06-01"},
        "work": [{"name": "Northwind", "startDate": "1985", "endDate": "2010"}],
    }
    assert contradicted(judge(claims, born=None)) == {"history.before_birth"}
    assert contradicted(judge(claims, born=date(1960, 1, 1))) == set()


def test_a_rule_that_is_broken_many_times_is_one_finding_that_says_how_often() -> None:
    career = [{"name": f"Firm {n}", "startDate": "2020", "endDate": "2019"} for n in range(200)]
    (found,) = judge({"work": career}).findings
    assert "200 times" in found.for_recruiter
    assert len(found.seen) == 10


def test_an_endless_label_is_cut_in_sentences_and_pictures() -> None:
    result = judge({"work": [{"name": "N" * 2000, "startDate": "2020", "endDate": "2019"}]})
    assert len(result.timeline[0].label) == 80
    assert len(result.findings[0].for_candidate) < 200


def test_a_leap_day_birthday_is_reached_on_the_28th_of_a_common_year() -> None:
    assert birthday(date(2000, 2, 29), 14) == date(2014, 2, 28)
    assert birthday(date(2000, 2, 29), 16) == date(2016, 2, 29)


DAYS = st.dates(date.min, date.max) | st.dates(date(1985, 1, 1), date(2030, 12, 31))
DATES = st.builds(lambda day, size: day.isoformat()[:size], DAYS, st.sampled_from((4, 7, 10)))
BOUNDS = {"startDate": st.none() | DATES, "endDate": st.none() | DATES}
PLACES = st.sampled_from(("Northwind", "Contoso", "Fabrikam", None))
WORK = st.fixed_dictionaries(
    {
        "name": PLACES,
        "position": st.sampled_from(("Engineer", "Lead", None)),
        "fullTime": st.sampled_from((True, True, False, None)),
        **BOUNDS,
    }
)
COURSE = st.fixed_dictionaries(
    {
        "institution": PLACES,
        "studyType": st.sampled_from(("Bachelor", "MSc", "School", None)),
        **BOUNDS,
    }
)
LIVES = st.fixed_dictionaries(
    {"work": st.lists(WORK, max_size=5), "education": st.lists(COURSE, max_size=3)}
)
BIRTHS = st.none() | st.dates(date(1900, 1, 1), CONTEXT.today)


@given(LIVES, BIRTHS)
def test_any_life_is_judged_and_every_entry_is_drawn(
    life: dict[str, Any], born: date | None
) -> None:
    result = judge(life, born)
    assert len(result.timeline) == len(life["work"]) + len(life["education"])
    codes = {finding.code for finding in result.findings}
    assert len(codes) == len(result.findings)
    assert {code for entry in result.timeline for code in entry.codes} <= codes
    assert {f.strength for f in result.findings} <= {None, Strength.WEAK, Strength.MODERATE}
    supported = any(f.status is Status.SUPPORTS for f in result.findings)
    dated = any(entry.start or entry.end for entry in result.timeline)
    assert supported == (dated and not contradicted(result))


@given(LIVES, BIRTHS, st.data())
def test_stating_dates_only_to_the_year_never_adds_a_contradiction(
    life: dict[str, Any], born: date | None, data: st.DataObject
) -> None:
    coarser = {
        part: [
            {
                key: value[:4]
                if key.endswith("Date") and value and data.draw(st.booleans())
                else value
                for key, value in entry.items()
            }
            for entry in entries
        ]
        for part, entries in life.items()
    }
    assert _kinds(judge(coarser, born)) <= _kinds(judge(life, born))


_TOO_EARLY = {
    "history.before_birth",
    "history.employed_before_fourteen",
    "history.degree_before_seventeen",
}


def _kinds(result: HistoryResult) -> set[str]:
    """What is contradicted; what lay before the birth may, in years only, lie in the childhood."""
    return {"too early" if code in _TOO_EARLY else code for code in contradicted(result)}


@given(LIVES, BIRTHS, st.data())
def test_leaving_an_entry_out_never_adds_a_contradiction(
    life: dict[str, Any], born: date | None, data: st.DataObject
) -> None:
    shorter = {part: [e for e in told if data.draw(st.booleans())] for part, told in life.items()}
    assert contradicted(judge(shorter, born)) <= contradicted(judge(life, born))


@given(LIVES, BIRTHS, st.permutations(("Kim Chol", "Åsa Öberg", "Иван Петров", "Ngozi Okafor")))
def test_whose_names_stand_on_the_resume_changes_nothing(
    life: dict[str, Any], born: date | None, names: list[str]
) -> None:
    renamed = dict(zip(("Northwind", "Contoso", "Fabrikam"), names, strict=False))
    swapped = {
        "basics": {"name": names[3]},
        "identity": {"fullName": names[3]},
        **{
            part: [
                {
                    key: renamed.get(value, value) if key in ("name", "institution") else value
                    for key, value in entry.items()
                }
                for entry in entries
            ]
            for part, entries in life.items()
        },
    }
    before, after = judge(life, born), judge(swapped, born)
    assert [f.code for f in after.findings] == [f.code for f in before.findings]
    assert [e.codes for e in after.timeline] == [e.codes for e in before.timeline]


def test_a_position_held_today_is_not_asked_for_its_end_by_one_that_ended_before_it() -> None:
    claims = Claims.model_validate(
        {
            "work": [
                {"name": "A", "startDate": "2010", "endDate": "2015", "fullTime": True},
                {"name": "B", "startDate": "2016-02", "fullTime": True},
            ]
        }
    )
    result = verify_history(Case(claims, CONTEXT))
    assert "history.dates.not_stated" not in {finding.code for finding in result.findings}
