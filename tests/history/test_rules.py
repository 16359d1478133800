"""What the rules of claimed history come to in a whole verdict, beside their three cases."""

from datetime import date

import pytest

from models.circumstances import Circumstances
from models.finding import EvidenceClass, Status, Strength
from models.outside import Answer, DomainRegistration, Institution, Outside
from models.policy import DEFAULT_POLICY
from models.rule import CANDIDATE_CAN_STATE
from models.stage import Stage
from models.verdict import Outcome
from tests.rules.building import ThreeCases, a_case, course, down, found, full, history, told, work
from tests.rules.cases_history_claims import CASES as CLAIMS
from tests.rules.cases_history_education import CASES as EDUCATION
from tests.rules.cases_history_employers import CASES as EMPLOYERS
from tests.rules.cases_history_timeline import CASES as TIMELINE
from verifiers.case import Case
from verifiers.decision import decide
from verifiers.history import RULES, HistoryResult, verify_history
from verifiers.rule import Rule

CASES: dict[str, ThreeCases] = {**TIMELINE, **EMPLOYERS, **EDUCATION, **CLAIMS}
OURS = [rule for rule in RULES if rule.id in CASES]
HONEST = [(rule, why) for rule in OURS for why in CASES[rule.id].honest]


def contradicted(result: HistoryResult) -> set[str]:
    """Codes of the rules that are contradicted."""
    return {f.code for f in result.findings if f.status is Status.CONTRADICTS}


def registered(domain: str, day: date) -> Answer[DomainRegistration]:
    """A registry's answer with the day on which a domain was registered."""
    return found(domain, DomainRegistration(domain=domain, registered_on=day))


def verdict(case: Case, stage: Stage = Stage.APPLICATION) -> Outcome:
    """What is decided where nothing but this is known."""
    findings = verify_history(case).findings
    return decide(findings, DEFAULT_POLICY, stage, claims_given=True).outcome


def _id(value: Rule | str) -> str:
    return value if isinstance(value, str) else value.id


@pytest.mark.parametrize("rule", OURS, ids=_id)
def test_a_fraud_of_the_history_is_not_called_consistent(rule: Rule) -> None:
    codes = {f.code for f in verify_history(CASES[rule.id].fraud).findings}
    assert rule.code in codes
    if rule.evidence_class is EvidenceClass.HISTORY and rule.question:
        assert "history.timeline.consistent" not in codes


@pytest.mark.parametrize(("rule", "why"), HONEST, ids=_id)
def test_an_honest_look_alike_of_one_rule_breaks_no_other(rule: Rule, why: str) -> None:
    assert contradicted(verify_history(CASES[rule.id].honest[why], OURS)) == set()


@pytest.mark.parametrize("rule", [r for r in OURS if r.strength is Strength.MODERATE], ids=_id)
def test_a_moderate_contradiction_alone_asks_the_candidate_and_nobody_else(rule: Rule) -> None:
    assert rule.question
    assert verdict(CASES[rule.id].fraud) is Outcome.NEEDS_INFO


@pytest.mark.parametrize("rule", [r for r in OURS if r.strength is Strength.STRONG], ids=_id)
def test_an_imitated_domain_alone_is_looked_at_by_a_person(rule: Rule) -> None:
    assert verdict(CASES[rule.id].fraud) is Outcome.REVIEW


@pytest.mark.parametrize(
    "rule", [r for r in OURS if CASES[r.id].lacking in CANDIDATE_CAN_STATE], ids=_id
)
def test_what_a_candidate_could_state_is_asked_for(rule: Rule) -> None:
    fact = CASES[rule.id].lacking
    findings = {f.code: f for f in verify_history(CASES[rule.id].unknown).findings}
    asked = findings[f"history.{fact}.not_stated"]
    assert asked.status is Status.UNKNOWN
    assert asked.question


@pytest.mark.parametrize("turned", [False, True])
def test_a_position_declared_part_time_leaves_nothing_to_ask(turned: bool) -> None:
    main, side = (
        full("2019-01", "2020-12"),
        work("2019-06", "2021-06", at="Contoso", full_time=False),
    )
    result = verify_history(told(*((side, main) if turned else (main, side))))
    assert [f.code for f in result.findings] == ["history.timeline.consistent"]


def test_what_a_source_said_carries_its_name_and_when_it_was_asked() -> None:
    for id in ("HIST-01", "HIST-02", "HIST-03", "HIST-04", "HIST-05", "HIST-12", "HIST-60"):
        (found,) = (
            f for f in verify_history(CASES[id].fraud).findings if f.status is Status.CONTRADICTS
        )
        assert any(seen.source and seen.fetched_at for seen in found.seen), id


@pytest.mark.parametrize(
    ("registry", "contradicts"),
    [
        (registered("utopiastateuniversity.edu", date(2026, 1, 2)), True),
        (registered("utopiastateuniversity.edu", date(2009, 1, 2)), False),
        (down("utopiastateuniversity.edu"), False),
    ],
)
def test_a_contact_that_is_not_the_schools_counts_only_where_a_registry_says_that_it_is_new(
    registry: Answer[DomainRegistration], contradicts: bool
) -> None:
    school = Institution(name="Utopia State University", domains=("utopia.ac.uk",))
    contact = "office@utopiastateuniversity.edu"
    case = a_case(
        history(course("2008", "2011", at=school.name, contactEmail=contact)),
        Outside(institutions=(found(school.name, (school,)),), domains=(registry,)),
    )
    assert ("contact.contact_not_the_schools" in contradicted(verify_history(case))) == contradicts


def test_a_reference_who_names_no_employer_is_compared_with_the_claimed_ones() -> None:
    claims = {
        **history(work("2015-01", "2019-03")),
        "references": [{"name": "Maria Lopez", "email": "maria@nortwhind.com"}],
    }
    seen = Circumstances(official_domains=(("Northwind", "northwind.com"),))
    new = Outside(domains=(registered("nortwhind.com", date(2026, 1, 2)),))
    assert contradicted(verify_history(a_case(claims, new, seen), OURS)) == {
        "contact.domain_like_the_employers"
    }
