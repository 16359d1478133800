"""The same person over several stages, and when it became another one: who is who is made up.

A person is an axis of the space of descriptors: two people are 1.41 apart, a person and their
look-alike 0.38, which no band decides.
"""

from collections.abc import Sequence
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.finding import Check, Finding, Status, Strength
from models.person import EarlierCapture, FaceTemplate, TemplateKind
from models.policy import DEFAULT_POLICY
from models.stage import Stage
from models.verdict import Outcome
from tests.faces.conftest import a_capture
from verifiers.decision import decide
from verifiers.face_engines.dlib_weights import ENGINE
from verifiers.faces.continuity import continuity

ANNA, BERTA, CLARA = 0, 1, 2
UNDECIDED = 0.38
BETWEEN = "continuity.person_changed_between"


def a_face(
    person: int,
    kind: TemplateKind = TemplateKind.LIVE,
    *,
    apart: float = 0.0,
    axis: int = 100,
    engine: str = ENGINE,
) -> FaceTemplate:
    """A template of that person, `apart` from their usual look in a direction of its own."""
    vector = np.zeros(128)
    angle = 2 * np.arcsin(apart / 2)
    vector[person], vector[axis] = np.cos(angle), np.sin(angle)
    faces = 5 if kind is TemplateKind.LIVE else 1
    return FaceTemplate(kind=kind, engine=engine, vector=tuple(map(float, vector)), faces=faces)


def the_portrait(person: int) -> FaceTemplate:
    return a_face(person, TemplateKind.PORTRAIT)


def interview(*templates: FaceTemplate) -> EarlierCapture:
    return a_capture(templates, Stage.INTERVIEW, day=3)


def offer(*templates: FaceTemplate) -> EarlierCapture:
    return a_capture(templates, Stage.OFFER, day=20)


def compared(today: FaceTemplate | None, *earlier: EarlierCapture) -> tuple[Finding, ...]:
    return continuity(today, earlier, problems=(), where=())


def intervals(findings: Sequence[Finding]) -> list[str]:
    return [f.for_recruiter for f in findings if f.code == BETWEEN]


def codes(findings: Sequence[Finding]) -> list[tuple[str, Status]]:
    return [(f.code, f.status) for f in findings]


def outcome(findings: Sequence[Finding]) -> Outcome:
    return decide(findings, DEFAULT_POLICY, Stage.ONBOARDING, claims_given=False).outcome


# When it changed.


def test_the_same_person_over_three_stages_is_supported_by_each() -> None:
    found = compared(
        a_face(ANNA),
        interview(the_portrait(ANNA), a_face(ANNA, apart=0.1)),
        offer(a_face(ANNA, apart=0.2, axis=101)),
    )
    assert codes(found) == [
        ("continuity.id_portrait", Status.SUPPORTS),
        ("continuity.earlier_capture", Status.SUPPORTS),
        ("continuity.earlier_capture", Status.SUPPORTS),
    ]
    assert "the person on the document of the interview on 3 March 2026" in found[0].for_recruiter
    assert "the person in the footage of the offer on 20 March 2026" in found[2].for_recruiter
    verification = next(s.value for s in found[2].seen if s.what == "earlier verification")
    assert verification == str(offer().verification)


def test_whoever_agrees_with_the_offer_but_not_with_the_interview_came_between() -> None:
    found = compared(a_face(BERTA), interview(a_face(ANNA)), offer(a_face(BERTA)))
    assert intervals(found) == [
        "The person changed between the interview on 3 March 2026 and the offer on 20 March 2026."
    ]
    change = found[-1]
    assert (change.status, change.strength) == (Status.CONTRADICTS, Strength.STRONG)
    assert {s.value for s in change.seen} >= {str(interview().verification), "two people"}


def test_whoever_agrees_with_neither_came_after_the_last_that_agree_with_each_other() -> None:
    found = compared(a_face(BERTA), interview(a_face(ANNA)), offer(a_face(ANNA)))
    assert intervals(found) == ["The person changed between the offer on 20 March 2026 and today."]


def test_a_stand_in_at_one_stage_is_a_change_there_and_back() -> None:
    found = compared(a_face(ANNA), interview(a_face(ANNA)), offer(a_face(BERTA)))
    assert len(intervals(found)) == 2


def test_what_cannot_be_told_in_between_leaves_the_widest_interval_that_is_certain() -> None:
    # The offer's look could be either's: it is near to both, and surely neither.
    vector = np.zeros(128)
    vector[ANNA], vector[BERTA] = np.cos(0.4), np.sin(0.4)
    other = vector.copy()
    vector[ANNA], vector[BERTA] = np.cos(0.8), np.sin(0.8)
    in_between = a_face(ANNA).model_copy(update={"vector": tuple(map(float, other))})
    today = a_face(ANNA).model_copy(update={"vector": tuple(map(float, vector))})
    found = compared(today, interview(a_face(ANNA)), offer(in_between))
    assert intervals(found) == [
        "The person changed between the interview on 3 March 2026 and today. What was kept of the "
        "offer on 20 March 2026 does not narrow this."
    ]


def test_a_beard_grown_since_both_stages_is_undecided_and_no_change() -> None:
    bearded = a_face(ANNA, apart=UNDECIDED)
    found = compared(bearded, interview(a_face(ANNA)), offer(a_face(ANNA)))
    assert codes(found) == [("continuity.undecided", Status.UNKNOWN)] * 2


def test_looks_that_drift_over_the_stages_are_not_said_to_change_at_one_of_them() -> None:
    step = 0.24  # Each the same person as the one before, the last one surely not the first.
    look = [a_face(ANNA, apart=step * stage) for stage in range(3)]
    found = compared(look[2], interview(look[0]), offer(look[1]))
    assert Status.SUPPORTS not in {f.status for f in found}
    assert intervals(found)[0].startswith(
        "The person changed between the interview on 3 March 2026 and today."
    )


def test_one_capture_says_itself_since_when() -> None:
    found = compared(a_face(BERTA), interview(a_face(ANNA)))
    assert codes(found) == [("continuity.earlier_capture", Status.CONTRADICTS)]


def test_a_borrowed_document_then_is_no_change_of_who_took_part() -> None:
    # The interview's document was Clara's, but Anna was filmed then; she has a beard since.
    bearded = a_face(ANNA, apart=UNDECIDED)
    found = compared(bearded, interview(the_portrait(CLARA), a_face(ANNA)), offer(bearded))
    assert intervals(found) == []
    assert codes(found)[0] == ("continuity.id_portrait", Status.CONTRADICTS)


def test_whoever_is_surely_the_person_of_the_offer_was_there_then() -> None:
    # The two earlier stages alone cannot be told apart; today is surely one and not the other.
    found = compared(
        a_face(ANNA, apart=0.54), interview(a_face(ANNA)), offer(a_face(ANNA, apart=UNDECIDED))
    )
    assert intervals(found) == [
        "The person changed between the interview on 3 March 2026 and the offer on 20 March 2026."
    ]


def test_agreement_with_one_of_two_that_differ_supports_nothing() -> None:
    # Today is surely the person of the offer, and could be the one of the interview.
    found = compared(
        a_face(ANNA, apart=0.2), interview(a_face(ANNA, apart=0.5)), offer(a_face(ANNA))
    )
    assert codes(found) == [
        ("continuity.undecided", Status.UNKNOWN),
        ("continuity.earlier_capture", Status.UNKNOWN),
        (BETWEEN, Status.CONTRADICTS),
    ]


def test_a_change_among_the_earlier_stages_is_told_where_today_is_undecided() -> None:
    today = a_face(ANNA, apart=UNDECIDED)
    found = compared(today, interview(a_face(BERTA)), offer(a_face(ANNA)))
    assert ("continuity.earlier_capture", Status.CONTRADICTS) in codes(found)
    assert len(intervals(found)) == 1


def test_two_captures_of_one_day_are_told_apart_by_their_time() -> None:
    first = interview(a_face(ANNA))
    later = first.captured_at.replace(hour=15)
    second = first.model_copy(update={"captured_at": later, "templates": (a_face(BERTA),)})
    (change,) = intervals(compared(a_face(BERTA), second, first))
    assert "3 March 2026 at 09:30:00 and the interview on 3 March 2026 at 15:30:00" in change


# What it counts for.


def test_several_captures_of_one_kind_are_one_comparison_and_hold_nothing() -> None:
    found = compared(a_face(BERTA), interview(a_face(ANNA)), offer(a_face(ANNA)))
    assert [f.status for f in found] == [Status.CONTRADICTS] * 3
    assert outcome(found) is Outcome.REVIEW


def test_the_portrait_of_one_stage_and_the_footage_of_another_hold() -> None:
    found = compared(a_face(BERTA), interview(the_portrait(ANNA)), offer(a_face(ANNA)))
    assert outcome(found) is Outcome.HOLD


def test_when_it_changed_is_no_second_comparison() -> None:
    found = compared(a_face(BERTA), interview(the_portrait(ANNA)), offer(the_portrait(ANNA)))
    assert BETWEEN in {f.code for f in found}
    assert outcome(found) is Outcome.REVIEW


def test_agreement_with_one_capture_supports_nothing_while_another_contradicts() -> None:
    found = compared(a_face(BERTA), interview(a_face(ANNA)), offer(a_face(BERTA)))
    agrees = found[1]
    assert (agrees.code, agrees.status) == ("continuity.earlier_capture", Status.UNKNOWN)
    assert "supports nothing while another comparison shows someone else" in agrees.for_recruiter


def test_agreement_is_moderate_where_another_engine_kept_nothing_and_still_passes_by_default() -> (
    None
):
    captures = [interview(the_portrait(ANNA), a_face(ANNA))]
    found = continuity(a_face(ANNA), captures, problems=(), where=(), others=("acme-1/1",))
    assert [(f.status, f.strength) for f in found] == [(Status.SUPPORTS, Strength.MODERATE)] * 2
    for each in found:
        (told,) = (s.value for s in each.seen if s.what == "other engines")
        assert "acme-1/1" in str(told)
        assert "moderate at most" in str(told)
    assert {f.strength for f in compared(a_face(ANNA), *captures)} == {Strength.STRONG}
    verdict = decide(found, DEFAULT_POLICY, Stage.ONBOARDING, claims_given=False)
    (result,) = (check for check in verdict.checks if check.check is Check.CONTINUITY)
    assert result.met


def test_another_engine_takes_nothing_from_what_contradicts_or_is_undecided() -> None:
    for apart in (UNDECIDED, 0.6):
        today, captures = a_face(ANNA, apart=apart), [interview(a_face(ANNA))]
        with_it = continuity(today, captures, problems=(), where=(), others=("acme-1/1",))
        assert with_it == compared(today, *captures)


@pytest.mark.parametrize(("faces", "asked"), [(5, False), (3, True)])
def test_who_showed_one_view_only_is_asked_to_turn_the_head(faces: int, *, asked: bool) -> None:
    today = a_face(ANNA, apart=UNDECIDED).model_copy(update={"faces": faces})
    (only,) = compared(today, interview(a_face(ANNA)))
    assert only.code == "continuity.undecided"
    assert ("turn your head" in (only.question or "")) is asked


# What cannot be compared.


def test_a_stage_without_consent_is_unknown_and_the_other_still_supports() -> None:
    found = compared(a_face(ANNA), interview(), offer(a_face(ANNA)))
    assert codes(found) == [
        ("continuity.earlier_capture", Status.SUPPORTS),
        ("continuity.not_compared", Status.UNKNOWN),
    ]
    assert "interview on 3 March 2026 was kept: none is without" in found[1].for_recruiter


def test_another_engine_is_not_compared_with_that_capture_only() -> None:
    found = compared(a_face(ANNA), interview(a_face(ANNA, engine="other/1")), offer(a_face(ANNA)))
    assert [code for code, _ in codes(found)] == [
        "continuity.not_compared",
        "continuity.earlier_capture",
    ]


def test_nobody_seen_today_is_said_once_with_a_request() -> None:
    found = compared(None, interview(a_face(ANNA)), offer(a_face(BERTA)))
    assert [code for code, _ in codes(found)] == ["continuity.not_compared"]
    assert "Please record yourself again" in found[0].for_candidate


def test_no_earlier_verification_is_unknown() -> None:
    (only,) = compared(a_face(ANNA))
    assert "There is no earlier verification" in only.for_recruiter


# Whoever is who.

KEPT = st.sampled_from(["nothing", "portrait", "live", "both"])
STAGES = st.lists(st.tuples(st.integers(0, 3), KEPT), min_size=1, max_size=5)


def captured(stages: Sequence[tuple[int, str]]) -> list[EarlierCapture]:
    made = []
    for day, (person, kept) in enumerate(stages, start=1):
        live = [a_face(person, apart=0.1, axis=50 + day)] if kept in ("live", "both") else []
        portrait = [the_portrait(person)] if kept in ("portrait", "both") else []
        made.append(a_capture([*portrait, *live], day=day))
    return made


@given(STAGES, st.integers(0, 3))
def test_every_change_between_two_stages_that_kept_something_is_found_where_it_is(
    stages: list[tuple[int, str]], today: int
) -> None:
    found = compared(a_face(today), *captured(stages))
    known = [
        (person, f"the interview on {day} March 2026")
        for day, (person, kept) in enumerate(stages, start=1)
        if kept != "nothing"
    ]
    there = [
        f"The person changed between {before} and {after}."
        for (one, before), (other, after) in pairwise([*known, (today, "today")])
        if one != other and len(known) > 1
    ]
    assert intervals(found) == there


@st.composite
def look_alikes(draw: st.DrawFn) -> tuple[list[int], list[FaceTemplate]]:
    """Two families of two who look alike, each filmed as usual or with their beard."""
    people = draw(st.lists(st.integers(0, 3), min_size=3, max_size=6))
    faces = []
    for person in people:
        family, second = divmod(person, 2)
        looks = a_face(family, apart=UNDECIDED if second else 0.0, axis=100 + family)
        vector = np.array(looks.vector)
        if draw(st.booleans()):
            angle = 2 * np.arcsin(UNDECIDED / 2)
            vector = np.cos(angle) * vector
            vector[50] = np.sin(angle)
        faces.append(looks.model_copy(update={"vector": tuple(map(float, vector))}))
    return people, faces


@given(look_alikes())
def test_no_interval_is_told_in_which_nobody_changed(
    seen: tuple[list[int], list[FaceTemplate]],
) -> None:
    people, faces = seen
    captures = [a_capture([face], day=day) for day, face in enumerate(faces[:-1], start=1)]
    names = {f"the interview on {day} March 2026": day - 1 for day in range(1, len(faces))}
    names["today"] = len(faces) - 1
    for told in intervals(compared(faces[-1], *captures)):
        before, after = (
            told.split(".")[0].removeprefix("The person changed between ").split(" and ")
        )
        assert people[names[before]] != people[names[after]]


@given(STAGES, st.integers(0, 3), st.randoms(use_true_random=False))
def test_nothing_supports_where_something_contradicts_in_whatever_order(
    stages: list[tuple[int, str]], today: int, chance: Random
) -> None:
    captures = captured(stages)
    found = compared(a_face(today), *captures)
    assert {Status.SUPPORTS, Status.CONTRADICTS} - {f.status for f in found}
    chance.shuffle(captures)
    assert compared(a_face(today), *captures) == found


@pytest.mark.parametrize("problem", ["Too dark; add light.", "Too far; come closer."])
def test_a_poor_recording_today_contradicts_nobody(problem: str) -> None:
    found = continuity(a_face(BERTA), [interview(a_face(ANNA))], problems=(problem,), where=())
    assert [f.status for f in found] == [Status.UNKNOWN]
    assert problem in found[0].for_candidate
