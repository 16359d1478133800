"""The decision table: an example of every row, and the promises it keeps over all findings."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.finding import Check, EvidenceClass, Finding, Status, Strength
from models.policy import DEFAULT_POLICY, DEMO_POLICY, Policy, Requirement
from models.stage import Stage
from models.verdict import Outcome, Verdict
from verifiers.decision import PERSON_CHANGED, TABLE, decide

WEAK, MODERATE, STRONG, CONCLUSIVE = Strength


@dataclass(frozen=True)
class Kind:
    """A code with the check and the class that findings of it belong to."""

    code: str
    check: Check
    evidence_class: EvidenceClass

    def supports(self, strength: Strength = MODERATE) -> Finding:
        return self._finding(Status.SUPPORTS, strength)

    def contradicts(self, strength: Strength, question: str | None = None) -> Finding:
        return self._finding(Status.CONTRADICTS, strength, question)

    def unknown(self) -> Finding:
        return self._finding(Status.UNKNOWN, None)

    def _finding(
        self, status: Status, strength: Strength | None, question: str | None = None
    ) -> Finding:
        return Finding(
            code=self.code,
            check=self.check,
            status=status,
            strength=strength,
            evidence_class=self.evidence_class,
            for_recruiter="What was seen.",
            for_candidate="What was seen.",
            innocent_explanation="A slip." if status is Status.CONTRADICTS else None,
            question=question,
        )


ZONE = Kind("document.mrz.read", Check.DOCUMENT, EvidenceClass.DOCUMENT)
PRINT = Kind("document.print_agrees", Check.DOCUMENT, EvidenceClass.DOCUMENT)
CHIP = Kind("document.chip.signature", Check.DOCUMENT, EvidenceClass.DOCUMENT)
FACE = Kind("face.match", Check.FACE, EvidenceClass.BIOMETRIC)
UNDECIDED = Kind("face.match.undecided", Check.FACE, EvidenceClass.BIOMETRIC)
PRESENCE = Kind("presence.geometry", Check.PRESENCE, EvidenceClass.PRESENCE)
TIMELINE = Kind("history.timeline.consistent", Check.HISTORY, EvidenceClass.HISTORY)
DEGREE = Kind("history.end_before_start", Check.HISTORY, EvidenceClass.HISTORY)
ID_PORTRAIT = Kind("continuity.id_portrait", Check.CONTINUITY, EvidenceClass.BIOMETRIC)
EARLIER = Kind("continuity.earlier_capture", Check.CONTINUITY, EvidenceClass.BIOMETRIC)
DRIFTED = Kind("continuity.undecided", Check.CONTINUITY, EvidenceClass.BIOMETRIC)
LISTED = Kind("screening.ofac.hit", Check.SCREENING, EvidenceClass.SCREENING)
SEEN_BEFORE = Kind("linkage.face_seen_before", Check.LINKAGE, EvidenceClass.LINKAGE)
PHONE = Kind("contact.phone.shared", Check.LINKAGE, EvidenceClass.LINKAGE)
ADDRESS = Kind("environment.anonymised_ip", Check.ENVIRONMENT, EvidenceClass.NETWORK)

GENUINE = (ZONE.supports(), FACE.supports(), PRESENCE.supports(), TIMELINE.supports(WEAK))


def at_interview(*findings: Finding, policy: Policy = DEFAULT_POLICY) -> Verdict:
    """The verdict on a candidate who told a history."""
    return decide(findings, policy, Stage.INTERVIEW, claims_given=True)


def rules(verdict: Verdict) -> list[str]:
    """The rows that a verdict names."""
    return [reason.rule for reason in verdict.reasons]


EXAMPLES: dict[str, tuple[Finding, ...]] = {
    "hold.independent_and_conclusive": (
        *GENUINE,
        CHIP.contradicts(CONCLUSIVE),
        FACE.contradicts(STRONG),
    ),
    "hold.screening": (*GENUINE, LISTED.contradicts(STRONG)),
    "hold.person_changed": (
        *GENUINE,
        ID_PORTRAIT.contradicts(STRONG),
        EARLIER.contradicts(STRONG),
    ),
    "review.strong_contradiction": (*GENUINE, PRINT.contradicts(STRONG)),
    "review.two_classes": (*GENUINE, DEGREE.contradicts(MODERATE), PHONE.contradicts(MODERATE)),
    "review.undecided": (
        ZONE.supports(),
        UNDECIDED.unknown(),
        PRESENCE.supports(),
        TIMELINE.supports(WEAK),
    ),
    "review.another_candidate": (*GENUINE, SEEN_BEFORE.unknown()),
    "needs_info.contradiction": (*GENUINE, DEGREE.contradicts(MODERATE)),
    "needs_info.question": (*GENUINE, DEGREE.contradicts(WEAK, "Which date is right?")),
    "needs_info.document": GENUINE[1:],
    "needs_info.presence": (*GENUINE[:2], PRESENCE.supports(WEAK), GENUINE[3]),
    "verified": GENUINE,
}


@pytest.mark.parametrize("row", EXAMPLES)
def test_the_example_of_a_row_ends_in_that_row(row: str) -> None:
    verdict = at_interview(*EXAMPLES[row])
    assert verdict.outcome.value == row.split(".")[0]
    assert row in rules(verdict)


def test_every_row_of_the_table_has_an_example_and_graver_rows_come_first() -> None:
    assert {rule for _, rule, _, _ in TABLE} <= EXAMPLES.keys()
    severities = [outcome.severity for outcome, *_ in TABLE]
    assert severities == sorted(severities, reverse=True)


def test_no_outcome_rejects() -> None:
    assert [outcome.value for outcome in Outcome] == ["verified", "needs_info", "review", "hold"]


def test_two_strong_classes_without_anything_conclusive_go_to_a_person_and_hold_nothing() -> None:
    verdict = at_interview(*GENUINE, ZONE.contradicts(STRONG), FACE.contradicts(STRONG))
    assert verdict.outcome is Outcome.REVIEW


def test_something_conclusive_in_one_class_alone_is_reviewed() -> None:
    verdict = at_interview(*GENUINE, CHIP.contradicts(CONCLUSIVE), PRINT.contradicts(STRONG))
    assert verdict.outcome is Outcome.REVIEW


@pytest.mark.parametrize("kind", [ID_PORTRAIT, EARLIER])
def test_one_comparison_alone_does_not_say_that_the_person_changed(kind: Kind) -> None:
    verdict = at_interview(*GENUINE, kind.contradicts(STRONG), kind.contradicts(CONCLUSIVE))
    assert verdict.outcome is Outcome.REVIEW


def test_a_screening_hit_without_a_hard_identifier_holds_nothing() -> None:
    assert at_interview(*GENUINE, LISTED.contradicts(MODERATE)).outcome is Outcome.NEEDS_INFO


def test_a_weak_contradiction_without_a_question_asks_nobody() -> None:
    assert at_interview(*GENUINE, ADDRESS.contradicts(WEAK)).outcome is Outcome.VERIFIED


def test_many_moderate_contradictions_of_one_class_ask_the_candidate() -> None:
    verdict = at_interview(*GENUINE, *[DEGREE.contradicts(MODERATE)] * 5)
    assert verdict.outcome is Outcome.NEEDS_INFO


def test_an_undecided_face_is_only_asked_for_again_where_policy_wants_no_person() -> None:
    policy = DEFAULT_POLICY.model_copy(update={"person_looks_at": frozenset()})
    verdict = at_interview(*EXAMPLES["review.undecided"], policy=policy)
    assert rules(verdict) == ["needs_info.face"]


def test_an_undecided_face_that_another_picture_supports_needs_no_person() -> None:
    assert at_interview(*GENUINE, UNDECIDED.unknown()).outcome is Outcome.VERIFIED


def test_a_face_seen_before_is_only_told_where_policy_wants_no_person() -> None:
    policy = DEFAULT_POLICY.model_copy(update={"person_looks_at": frozenset()})
    seen = (*GENUINE, SEEN_BEFORE.unknown())
    assert at_interview(*seen, policy=policy).outcome is Outcome.VERIFIED


def test_a_weakly_supported_check_is_asked_for_again_and_needs_no_person() -> None:
    weak = (*EXAMPLES["review.undecided"], FACE.supports(WEAK))
    assert rules(at_interview(*weak)) == ["needs_info.face"]


def test_a_weak_contradiction_is_no_support_for_its_own_check() -> None:
    verdict = at_interview(*GENUINE[:3], DEGREE.contradicts(WEAK))
    assert rules(verdict) == ["needs_info.history"]


def test_no_findings_at_all_ask_for_everything_that_is_required_at_once() -> None:
    assert rules(at_interview()) == [
        "needs_info.document",
        "needs_info.face",
        "needs_info.presence",
        "needs_info.history",
    ]


def test_a_history_is_required_only_of_those_who_told_one() -> None:
    verdict = decide(GENUINE[:3], DEFAULT_POLICY, Stage.OFFER, claims_given=False)
    assert verdict.outcome is Outcome.VERIFIED
    assert Check.HISTORY not in {check.check for check in verdict.checks}


@pytest.mark.parametrize("stage", [Stage.ONBOARDING, Stage.PERIODIC])
def test_a_returning_person_is_compared_with_before_and_shows_no_document_again(
    stage: Stage,
) -> None:
    same = (PRESENCE.supports(), EARLIER.supports())
    assert decide(same, DEFAULT_POLICY, stage, claims_given=False).outcome is Outcome.VERIFIED
    unsame = decide(same[:1], DEFAULT_POLICY, stage, claims_given=False)
    assert rules(unsame) == ["needs_info.continuity"]


def test_a_verdict_quotes_its_policy_and_how_each_required_check_came_out() -> None:
    verdict = at_interview(*GENUINE[:1], policy=DEMO_POLICY)
    assert verdict.policy == "demo v1"
    assert [(c.check, c.supported, c.met) for c in verdict.checks][:2] == [
        (Check.DOCUMENT, MODERATE, True),
        (Check.FACE, None, False),
    ]


# Promises over all findings.

HIRING = (ZONE, PRINT, CHIP, FACE, UNDECIDED, PRESENCE, TIMELINE, DEGREE)
OTHERS = (ID_PORTRAIT, EARLIER, DRIFTED, LISTED, SEEN_BEFORE, PHONE, ADDRESS)
KINDS = st.sampled_from((*HIRING, *OTHERS))
STRENGTHS = st.sampled_from(Strength)
QUESTIONS = st.none() | st.just("What would explain this?")
SUPPORTS = st.builds(Kind.supports, KINDS, STRENGTHS)
CONTRADICTS = st.builds(Kind.contradicts, KINDS, STRENGTHS, QUESTIONS)
UNKNOWNS = st.builds(Kind.unknown, KINDS)
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
    person_looks_at=st.frozensets(KINDS.map(lambda kind: kind.code), max_size=4),
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
