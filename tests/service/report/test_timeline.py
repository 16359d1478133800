"""The picture of a claimed life: what was claimed above, what sources said below, and clashes."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.answer import CandidateAnswer
from models.finding import Finding, Seen, Strength
from models.outside import (
    Company,
    Confirmation,
    DomainRegistration,
    EmploymentConfirmation,
    GithubAccount,
    Institution,
    Outside,
    Repository,
)
from models.policy import DEFAULT_POLICY
from models.rule import Fact
from models.stage import Stage
from models.verification import Verification
from service.report.page import render
from service.report.rules_shown import WANTED
from service.report.shown import Shown
from service.report.timeline import lay_out
from service.report.timeline_shown import TIMELINE_WIDTH, Lane, Timeline
from tests.rules.building import FETCHED, TODAY, a_case, absent, down, found
from verifiers.answered import answers_beside
from verifiers.case import Case
from verifiers.decision import decide
from verifiers.history.timeline import HistoryResult
from verifiers.history.verify import verify_history
from verifiers.rule import Clash, Judgement, Registry

ACME, ZENITH = "Acme Works Ltd", "University of Zenith"
CLAIMS: Mapping[str, Any] = {
    "basics": {"profiles": [{"network": "GitHub", "username": "alex"}]},
    "work": [
        {
            "name": ACME,
            "countryCode": "US",
            "position": "Engineer",
            "url": "https://www.example.com/jobs",
            "startDate": "2012-09",
            "endDate": "2016-02",
        },
        {"name": "Kestrel Maps", "position": "Lead", "startDate": "2016-05"},
        {"name": "A place without dates", "position": "Clerk"},
    ],
    "education": [{"institution": ZENITH, "startDate": "2008-09", "endDate": "2012-06"}],
}

CODE = "history.began_before_the_company"
_registry = Registry()


@_registry.rule(
    id="TEST-01",
    version=1,
    strength=Strength.MODERATE,
    indicators=(),
    benign="It traded under another name.",
    question="Under which name did it trade then?",
)
def began_before_the_company(case: Case) -> Judgement:
    """A position begins before its employer was created."""
    for answer in case.outside.companies:
        for entry in case.life.entries:
            created = answer.value[0].created_on if answer.value else None
            same = entry.place == answer.question.casefold()
            if created and same and entry.start and entry.start.latest < created:
                seen = Seen(what="created", value=str(created), source=answer.source)
                yield Clash("It begins before the employer was there.", (seen,), (entry,))


def a_company(
    created: date | None, dissolved: date | None = None, source: str = "A registry"
) -> Any:
    """A registry's answer about the first employer."""
    company = Company(
        country_code="US", name=ACME, number="1", created_on=created, dissolved_on=dissolved
    )
    return found(ACME, (company,), source)


def judged(outside: Outside, claims: Mapping[str, Any] = CLAIMS) -> tuple[Case, HistoryResult]:
    case = a_case(claims, outside)
    return case, verify_history(case, _registry.rules)


def drawn(outside: Outside, claims: Mapping[str, Any] = CLAIMS) -> Timeline:
    case, history = judged(outside, claims)
    return lay_out(history, outside, TODAY, case.claims)


def page(
    outside: Outside, extra: tuple[Finding, ...] = (), timeline: Timeline | None = None
) -> str:
    case, history = judged(outside)
    findings = (*history.findings, *extra)
    verification = Verification(
        id=UUID(int=1),
        stage=Stage.APPLICATION,
        created_at=FETCHED,
        software="bonafide",
        evidence=(),
        claims=case.claims,
        findings=findings,
        verdict=decide(findings, DEFAULT_POLICY, Stage.APPLICATION, claims_given=True),
    )
    return render(verification, Shown(timeline=timeline or drawn(outside)))


def the_lane(outside: Outside) -> Lane:
    (lane,) = drawn(outside).lanes
    return lane


def test_claims_are_numbered_those_without_dates_after_the_others() -> None:
    timeline = drawn(Outside())
    labels = [f"Engineer at {ACME}", "Lead at Kestrel Maps", ZENITH]
    assert [bar.label for bar in timeline.bars] == labels
    assert timeline.undated == ("Clerk at A place without dates",)
    assert "4&nbsp;Clerk at A place without dates" in page(Outside())


@pytest.mark.parametrize(
    ("outside", "about", "kind"),
    [
        (Outside(companies=(a_company(date(2001, 5, 1)),)), (1,), "company"),
        (
            Outside(
                domains=(
                    found(
                        "example.com",
                        DomainRegistration(domain="example.com", registered_on=date(2009, 1, 1)),
                    ),
                )
            ),
            (1,),
            "domain",
        ),
        (
            Outside(institutions=(found(ZENITH, (Institution(name=ZENITH, established=1990),)),)),
            (3,),
            "institution",
        ),
        (
            Outside(github=(found("alex", GithubAccount(login="alex", id=1, created_on=TODAY)),)),
            (),
            "account",
        ),
        (
            Outside(
                employments=(
                    found(
                        ACME,
                        EmploymentConfirmation(employer=ACME, confirmation=Confirmation.CONFIRMED),
                    ),
                )
            ),
            (1,),
            "employment",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_source_found_is_a_line_with_the_number_of_its_claim(
    outside: Outside, about: tuple[int, ...], kind: str
) -> None:
    lane = the_lane(outside)
    assert (lane.about, lane.kind, lane.troubled, lane.gaps) == (about, kind, False, ())


def test_a_company_lasts_from_its_creation_to_its_end_or_to_today() -> None:
    timeline = drawn(Outside(companies=(a_company(date(2010, 1, 1)),)))
    (lane,), today = timeline.lanes, timeline.today
    assert today is not None
    assert not lane.ends
    assert lane.left + lane.width == pytest.approx(today)
    gone = the_lane(Outside(companies=(a_company(date(2010, 1, 1), date(2018, 1, 1)),)))
    assert gone.ends
    assert gone.left + gone.width < today
    assert gone.dates == "2010-01-01 to 2018-01-01"


def test_of_several_companies_of_a_name_only_what_surely_holds_is_drawn() -> None:
    one = Company(
        country_code="US",
        name=ACME,
        number="1",
        created_on=date(2001, 1, 1),
        dissolved_on=date(2005, 1, 1),
    )
    two = Company(country_code="US", name=ACME, number="2", created_on=date(2010, 1, 1))
    lane = the_lane(Outside(companies=(found(ACME, (one, two)),)))
    assert (lane.label, lane.dates) == (f"2 companies named {ACME}", "since 2001-01-01")
    unknown = two.model_copy(update={"created_on": None})
    assert not the_lane(Outside(companies=(found(ACME, (one, unknown)),))).begins


def test_companies_that_a_search_finds_beside_the_employer_are_neither_drawn_nor_counted() -> None:
    holding = Company(
        country_code="US", name="Acme Works Holding", number="2", created_on=date(1950, 1, 1)
    )
    employer = Company(
        country_code="US", name="ACME WORKS LIMITED", number="1", created_on=date(2001, 5, 1)
    )
    lane = the_lane(Outside(companies=(found(ACME, (holding, employer)),)))
    assert (lane.label, lane.dates) == ("ACME WORKS LIMITED", "since 2001-05-01")
    only_others = Outside(companies=(found(ACME, (holding,)),))
    assert drawn(only_others).lanes == ()
    assert "Only others, of a name like it." in page(only_others)


def test_an_account_shows_the_first_commits_of_its_own_repositories() -> None:
    repositories = tuple(
        Repository(
            name=f"alex/{name}",
            fork=name == "fork",
            created_on=TODAY,
            first_authored_on=date(2015, 1, 1),
        )
        for name in ("own", "fork")
    )
    account = GithubAccount(
        login="alex", id=1, created_on=date(2011, 1, 1), repositories=repositories
    )
    lane = the_lane(Outside(github=(found("alex", account),)))
    assert len(lane.marks) == 1
    assert lane.dates == "since 2011-01-01, 1 repository"


def test_a_clash_is_marked_on_the_claim_on_the_source_and_between_them() -> None:
    outside = Outside(companies=(a_company(date(2015, 6, 2)),))
    timeline = drawn(outside)
    (lane,) = timeline.lanes
    (gap,) = lane.gaps
    assert [bar.troubled for bar in timeline.bars] == [True, False, False]
    assert lane.troubled
    assert (gap.claim, gap.words) == (1, "begins 2 years 8 months earlier")
    bar = timeline.bars[0]
    assert bar.left <= gap.left <= bar.left + bar.open_start + 0.2
    assert gap.left + gap.width == pytest.approx(lane.left, abs=0.2)
    told = page(outside)
    assert "claim 1 begins 2 years 8 months earlier" in told
    assert f"Claim 1 begins 2 years 8 months earlier than what A registry says of {ACME}." in told


def test_the_same_dates_without_a_finding_mark_nothing() -> None:
    # Which differences count is for rules to say, not for the picture.
    outside = Outside(companies=(a_company(date(2015, 6, 2)),))
    case = a_case(CLAIMS, outside)
    history = verify_history(case, ())
    (lane,) = lay_out(history, outside, TODAY, case.claims).lanes
    assert not lane.troubled
    assert lane.gaps == ()


def test_another_source_that_knows_better_is_not_drawn_as_a_clash() -> None:
    outside = Outside(
        companies=(
            a_company(date(2015, 6, 2), source="One registry"),
            a_company(date(1999, 1, 1), source="Another registry"),
        )
    )
    troubled = {lane.source: lane.troubled for lane in drawn(outside).lanes}
    assert troubled == {"One registry": True, "Another registry": False}


def test_what_was_not_found_or_not_answered_is_told_in_words_and_never_drawn() -> None:
    outside = Outside(companies=(absent(ACME, "One registry"), down("Kestrel Maps", "Another")))
    timeline = drawn(outside)
    assert timeline.lanes == ()
    assert timeline.asked is not None
    assert [(one.result, one.tone) for one in timeline.asked] == [
        ("not found", "plain"),
        ("no answer", "unknown"),
    ]
    told = page(outside)
    assert "2 questions: 1 not found, 1 no answer" in told
    assert "Did not answer in time." in told
    assert "weighs nothing by itself" in told
    assert "What sources outside said" not in told


def test_that_nobody_was_asked_is_said_but_not_of_reports_that_never_kept_it() -> None:
    assert "Nobody outside was asked" in page(Outside())
    bar = drawn(Outside()).bars[0].model_dump()
    before = Timeline.model_validate({"bars": [bar], "years": [[2012, 1.0]], "undated": ["x"]})
    assert "Nobody outside was asked" not in page(Outside(), timeline=before)


def test_the_rules_looked_at_are_counted_and_told_in_words() -> None:
    told = page(Outside(companies=(a_company(date(2015, 6, 2)),)))
    assert "1 rules looked at" not in told
    assert "1 rule looked at: 1 does not fit" in told
    assert "TEST-01" in told


def test_every_fact_that_a_rule_may_lack_has_its_words() -> None:
    assert WANTED.keys() == set(Fact)


def test_an_answer_of_the_candidate_stands_under_the_finding_that_asked() -> None:
    outside = Outside(companies=(a_company(date(2015, 6, 2)),))
    findings = judged(outside)[1].findings
    text = "It was a partnership <until> 2015."
    answer = CandidateAnswer(
        code="history.began_before_the_company", text=text, answered_at=FETCHED
    )
    told = page(outside, answers_beside(findings, [answer]))
    asked = told.index("Under which name did it trade then?", told.index('id="findings"'))
    quoted = told.index("<blockquote><p>It was a partnership &lt;until&gt; 2015.</p>")
    assert 0 < quoted - asked < 120
    assert "answer, 15 March 2026" in told


def test_every_figure_is_told_in_a_table_too_and_nothing_is_unescaped() -> None:
    claims = {"work": [{"name": "<b>Bold</b>", "startDate": "2012", "endDate": "2014"}]}
    case, history = judged(Outside(), claims)
    told = page(Outside(), timeline=lay_out(history, Outside(), TODAY, case.claims))
    assert 'aria-labelledby="timeline-title timeline-desc"' in told
    assert "The same as a table" in told
    assert "<b>Bold</b>" not in told
    assert told.count("&lt;b&gt;Bold&lt;/b&gt;") >= 2


_YEARS = st.one_of(st.none(), st.integers(1, 9998).map("{:04}".format))


@settings(max_examples=40, deadline=None)
@given(
    entries=st.lists(st.tuples(_YEARS, _YEARS), max_size=40),
    created=st.dates(),
    lasted=st.one_of(st.none(), st.dates()),
)
def test_whatever_is_claimed_or_said_stays_inside_the_picture(
    entries: list[tuple[str | None, str | None]], created: date, lasted: date | None
) -> None:
    claims = {
        "work": [
            {"name": ACME, "countryCode": "US", "startDate": a, "endDate": b} for a, b in entries
        ]
    }
    timeline = drawn(Outside(companies=(a_company(created, lasted),)), claims)
    assert len(timeline.bars) + len(timeline.undated) == len(entries)
    spans = [(bar.left, bar.width) for bar in timeline.bars]
    spans += [(lane.left, lane.width) for lane in timeline.lanes]
    spans += [(gap.left, gap.width) for lane in timeline.lanes for gap in lane.gaps]
    for left, width in spans:
        assert 0 <= left <= TIMELINE_WIDTH
        assert left + width <= TIMELINE_WIDTH + 3
    places = [x for _, x in timeline.years]
    assert places == sorted(places)
    assert len(places) <= 10
    tops = [timeline.claim_y(n) for n in range(1, len(timeline.bars) + 1)]
    tops += [timeline.lane_y(n) for n in range(len(timeline.lanes))]
    assert all(y + 36 <= timeline.height for y in tops)
