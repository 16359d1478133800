"""What may be relied on of every verdict, whatever was found and whatever the policy asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from models.finding import Check, EvidenceClass, Finding, Status, Strength
from models.policy import DEFAULT_POLICY, DEMO_POLICY, Policy, Requirement
from models.stage import Stage
from models.verdict import Outcome, Verdict
from tests.decision.kinds import (
    ADDRESS,
    CHIP,
    CONCLUSIVE,
    DEGREE,
    DRIFTED,
    EARLIER,
    FACE,
    GENUINE,
    ID_PORTRAIT,
    LISTED,
    PHONE,
    PRESENCE,
    PRINT,
    SEEN_BEFORE,
    STRONG,
    TIMELINE,
    UNDECIDED,
    WEAK,
    ZONE,
    Kind,
)
from verifiers.answered import ANSWERED, answered_codes
from verifiers.decision import PERSON_CHANGED, decide

HIRING = (ZONE, PRINT, CHIP, FACE, UNDECIDED, PRESENCE, TIMELINE, DEGREE)
OTHERS = (ID_PORTRAIT, EARLIER, DRIFTED, LISTED, SEEN_BEFORE, PHONE, ADDRESS)
KINDS = st.sampled_from((*HIRING, *OTHERS))
STRENGTHS = st.sampled_from(Strength)
QUESTIONS = st.none() | st.just("What would explain this?")
SUPPORTS = st.builds(Kind.supports, KINDS, STRENGTHS)
CONTRADICTS = st.builds(Kind.contradicts, KINDS, STRENGTHS, QUESTIONS)
UNKNOWNS = st.builds(Kind.unknown, KINDS) | st.builds(Kind.answered, KINDS)
# Cases near `verified` are drawn often, or nothing added to a case would ever matter.
BASES = st.sampled_from(
    (
        (),
        GENUINE,
        (*GENUINE, EARLIER.supports(STRONG)),
        *(GENUINE[:i] + GENUINE[i + 1 :] for i in range(len(GENUINE))),
    )
)
FINDINGS = st.builds(
    lambda base, more: (*base, *more),
    BASES,
    st.lists(SUPPORTS | CONTRADICTS | UNKNOWNS, max_size=4),
)
REQUIREMENTS = st.lists(
    st.builds(
        Requirement,
        check=st.sampled_from(Check),
        strength=STRENGTHS,
        only_where_claimed=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda need: need.check,
)
POLICIES = st.sampled_from((DEFAULT_POLICY, DEMO_POLICY)) | st.builds(
    Policy,
    required=st.dictionaries(st.sampled_from(Stage), REQUIREMENTS.map(tuple)),
    person_looks_at=st.frozensets(
        KINDS.map(lambda kind: kind.code) | st.just(ANSWERED), max_size=4
    ),
)


@dataclass(frozen=True)
class Question:
    """What a verdict is asked under."""

    policy: Policy
    stage: Stage
    claims_given: bool

    def verdict(self, *findings: Finding) -> Verdict:
        return decide(findings, self.policy, self.stage, claims_given=self.claims_given)

    def outcome(self, *findings: Finding) -> Outcome:
        return self.verdict(*findings).outcome


ASKED = st.builds(Question, POLICIES, st.sampled_from(Stage), st.booleans())


@given(ASKED, FINDINGS, SUPPORTS)
def test_a_supporting_finding_added_never_worsens_the_outcome(
    asked: Question, found: Sequence[Finding], more: Finding
) -> None:
    assert asked.outcome(*found, more).severity <= asked.outcome(*found).severity


@given(ASKED, FINDINGS, CONTRADICTS)
def test_a_contradicting_finding_added_never_improves_the_outcome(
    asked: Question, found: Sequence[Finding], more: Finding
) -> None:
    assert asked.outcome(*found, more).severity >= asked.outcome(*found).severity


@given(ASKED, FINDINGS, UNKNOWNS)
def test_an_unknown_added_changes_nothing_but_may_call_a_person_where_the_policy_asks_for_one(
    asked: Question, found: Sequence[Finding], more: Finding
) -> None:
    before = asked.verdict(*found)
    unsupported = {check.check for check in before.checks if check.supported is None}
    open_ = more.check in unsupported or more.check is Check.LINKAGE
    if more.code == ANSWERED:
        asked_for = {f.code for f in found if f.status is Status.CONTRADICTS and f.question}
        open_ = bool(answered_codes([more]) & asked_for)
    expected = before.outcome
    if open_ and more.code in asked.policy.person_looks_at:
        expected = max(expected, Outcome.REVIEW, key=lambda outcome: outcome.severity)
    assert asked.outcome(*found, more) is expected


@given(ASKED, FINDINGS, st.data())
def test_the_order_of_findings_and_hearing_one_twice_change_no_word_of_the_verdict(
    asked: Question, found: Sequence[Finding], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(found))
    verdict = asked.verdict(*found)
    assert asked.verdict(*shuffled) == verdict
    assert asked.verdict(*found, *shuffled) == verdict


@given(ASKED, FINDINGS)
def test_every_reason_belongs_to_the_outcome_and_cites_findings_that_exist(
    asked: Question, found: Sequence[Finding]
) -> None:
    verdict = asked.verdict(*found)
    codes = {finding.code for finding in found}
    for reason in verdict.reasons:
        assert reason.rule.split(".")[0] == verdict.outcome.value
        assert set(reason.findings) <= codes


@given(ASKED, FINDINGS)
def test_hold_is_never_reached_from_one_class_but_for_screening_and_a_changed_person(
    asked: Question, found: Sequence[Finding]
) -> None:
    against = [f for f in found if f.status is Status.CONTRADICTS]
    exempt = any(f.evidence_class is EvidenceClass.SCREENING for f in against) or (
        {f.code for f in against} >= PERSON_CHANGED
    )
    if asked.outcome(*found) is Outcome.HOLD and not exempt:
        assert len({f.evidence_class for f in against}) >= 2
        assert CONCLUSIVE in {f.strength for f in against}


@given(ASKED, FINDINGS)
def test_verified_means_that_every_required_check_is_met_and_nothing_is_open(
    asked: Question, found: Sequence[Finding]
) -> None:
    verdict = asked.verdict(*found)
    against = [f for f in found if f.status is Status.CONTRADICTS]
    nothing_open = all(f.strength is WEAK and not f.question for f in against)
    all_met = all(check.met for check in verdict.checks)
    linked = {f.code for f in found if f.check is Check.LINKAGE and f.status is Status.UNKNOWN}
    alone = linked.isdisjoint(asked.policy.person_looks_at)
    assert (verdict.outcome is Outcome.VERIFIED) == (all_met and nothing_open and alone)


@given(ASKED, FINDINGS)
def test_asking_for_more_never_improves_the_outcome(
    asked: Question, found: Sequence[Finding]
) -> None:
    needs = asked.policy.required.get(asked.stage, ())
    stricter = tuple(need.model_copy(update={"strength": CONCLUSIVE}) for need in needs)
    policy = asked.policy.model_copy(update={"required": {asked.stage: stricter}})
    strict = Question(policy, asked.stage, claims_given=True)
    assert strict.outcome(*found).severity >= asked.outcome(*found).severity
