"""The decision table: an example of every row, and where each of them ends."""

import pytest

from models.finding import Check, Finding
from models.policy import DEFAULT_POLICY, DEMO_POLICY, Policy
from models.stage import Stage
from models.verdict import Outcome, Verdict
from tests.decision.kinds import (
    ADDRESS,
    CHIP,
    CONCLUSIVE,
    DEGREE,
    EARLIER,
    FACE,
    GENUINE,
    ID_PORTRAIT,
    LISTED,
    MODERATE,
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
from verifiers.decision import TABLE, decide


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
    "review.answered": (
        *GENUINE,
        DEGREE.contradicts(MODERATE, "Which date is right?"),
        DEGREE.answered(),
    ),
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


def test_an_answer_is_read_by_a_person_only_where_policy_wants_that() -> None:
    policy = DEFAULT_POLICY.model_copy(update={"person_looks_at": frozenset()})
    verdict = at_interview(*EXAMPLES["review.answered"], policy=policy)
    assert rules(verdict) == ["needs_info.contradiction"]


@pytest.mark.parametrize(
    "open_",
    [
        (),
        (DEGREE.contradicts(WEAK),),
        (PHONE.contradicts(MODERATE, "Whose telephone is it?"),),
    ],
    ids=["nothing", "what asks nothing", "another question"],
)
def test_an_answer_to_what_is_not_asked_any_more_calls_nobody(open_: tuple[Finding, ...]) -> None:
    verdict = at_interview(*GENUINE, *open_, DEGREE.answered())
    assert verdict.outcome is at_interview(*GENUINE, *open_).outcome


def test_an_answer_to_what_is_only_missing_leaves_it_to_the_candidate_to_send_it() -> None:
    verdict = at_interview(*GENUINE[:3], TIMELINE.unknown(), TIMELINE.answered())
    assert rules(verdict) == ["needs_info.history"]


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
    assert verdict.policy == "demo v2"
    assert [(c.check, c.supported, c.met) for c in verdict.checks][:2] == [
        (Check.DOCUMENT, MODERATE, True),
        (Check.FACE, None, False),
    ]
