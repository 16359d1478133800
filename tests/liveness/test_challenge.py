"""What a challenge's answer is worth: done as asked, and in every way in which it is not."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.challenge import Act, Challenge, ChallengeAnswer, ChallengeStep, Need, StepOutcome
from models.finding import Finding, Status, Strength
from samples.presentations.injections import cuts_to_answer, spliced
from samples.presentations.take import Take
from tests.liveness.answers import (
    FPS,
    NOW,
    Answer,
    a_challenge,
    a_nod_and_closer,
    prompts,
    rendered,
    reordered,
)
from tests.liveness.conftest import Recording
from verifiers.face_engine import TrackedFace
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.liveness.challenge import ChallengeResult, verify_challenge
from verifiers.picture import Frame

HEAD = frozenset({Need.HEAD})


@pytest.fixture(scope="session")
def right(engine: OnnxEngine) -> Answer:
    """Both turns and three other acts, done as asked."""
    return rendered(engine, a_challenge(5), seed=5)


@pytest.fixture(scope="session")
def sitting(engine: OnnxEngine) -> Answer:
    """The answer of somebody who does not move the head: light, a hand, eyes or digits."""
    return rendered(engine, a_challenge(4, HEAD), seed=4)


@pytest.fixture(scope="session")
def others(engine: OnnxEngine) -> Answer:
    return rendered(engine, a_nod_and_closer(), seed=6)


def found(result: ChallengeResult) -> Finding:
    (only,) = result.findings
    return only


def outcomes(result: ChallengeResult) -> dict[Act, StepOutcome]:
    return {step.step.act: step.outcome for step in result.steps}


def test_what_was_asked_and_done_supports_strongly(right: Answer) -> None:
    result = right.judged()
    finding = found(result)
    assert (finding.code, finding.strength) == ("presence.challenge.answered", Strength.STRONG)
    assert set(outcomes(result).values()) == {StepOutcome.DONE}
    assert any(words.startswith("depth") for words in result.volume)
    assert "cannot exclude software" in finding.for_recruiter


def test_every_act_has_its_frame_and_the_time_a_person_takes(right: Answer) -> None:
    for step in right.judged().steps:
        assert step.shown is not None
        assert step.responded_after is not None
        assert 0.12 <= step.responded_after < step.step.seconds


def test_who_does_not_move_the_head_reaches_the_same_strength(sitting: Answer) -> None:
    result = sitting.judged()
    finding = found(result)
    assert (finding.code, finding.strength) == ("presence.challenge.answered", Strength.STRONG)
    assert result.volume == ("light that falls off from the middle of the face to its rim",)


def test_done_as_asked_but_without_a_sign_of_depth_it_is_not_strong(others: Answer) -> None:
    result = others.judged()
    assert outcomes(result) == {Act.NOD: StepOutcome.DONE, Act.MOVE_CLOSER: StepOutcome.DONE}
    assert found(result).code == "presence.challenge.no_volume"
    assert found(result).status is Status.UNKNOWN


@pytest.mark.parametrize("missing", [0, 2, 4])
def test_who_misses_one_act_is_asked_for_it_again_by_name(right: Answer, missing: int) -> None:
    acts = [step.act for step in right.challenge.steps if step.act is not Act.LOOK]
    act = acts[missing]
    result = right.without(act).judged()
    finding = found(result)
    assert (finding.code, finding.status) == ("presence.challenge.missed", Status.UNKNOWN)
    assert [
        each for each, outcome in outcomes(result).items() if outcome is StepOutcome.MISSED
    ] == [act]
    wanted = {
        Act.TURN_LEFT: "turn your head to the left",
        Act.TURN_RIGHT: "turn your head to the right",
        Act.HAND_ACROSS: "move a hand slowly across your face",
        Act.READ_DIGITS: "read the digits aloud",
        Act.BLINK_TWICE: "close your eyes for a moment, twice",
        Act.COLOURS: "keep still while the screen changes its colour",
        Act.MOVE_CLOSER: "move closer to the camera and back",
        Act.NOD: "nod",
        Act.LOOK_UP: "look up",
        Act.LOOK_DOWN: "look down",
    }[act]
    assert finding.question
    assert wanted in finding.question
    assert "in person" in finding.question


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(1000, 10**9), moves=st.booleans())
def test_a_recorded_answer_to_another_challenge_never_supports(
    right: Answer, sitting: Answer, seed: int, moves: bool
) -> None:
    # The page is in the attacker's hands: it repeats the new nonce and times.
    recorded, needs = (right, frozenset()) if moves else (sitting, HEAD)
    result = recorded.to(a_challenge(seed, needs)).judged()
    assert found(result).status is not Status.SUPPORTS


def _in_another_order(challenge: Challenge, places: list[int]) -> Challenge:
    acts = [step for step in challenge.steps if step.act is not Act.LOOK]
    looks = [step for step in challenge.steps if step.act is Act.LOOK]
    steps, begins = [], 0.0
    for n, look in enumerate(looks):
        for step in (look, *([acts[places[n]]] if n < len(acts) else [])):
            steps.append(step.model_copy(update={"begins": begins}))
            begins = steps[-1].ends
    return challenge.model_copy(update={"steps": tuple(steps)})


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(list(range(5))))
def test_the_same_acts_in_another_order_never_support(right: Answer, order: list[int]) -> None:
    result = right.to(_in_another_order(right.challenge, order)).judged()
    supports = found(result).status is Status.SUPPORTS
    assert supports == (order == sorted(order))


@pytest.mark.parametrize("seconds", [-2.0, -0.9, 2.0, 3.5])
def test_right_acts_at_another_time_never_support(right: Answer, seconds: float) -> None:
    # Earlier: a recording made before, whose acts come before they are asked for.
    assert found(right.moved(seconds).judged()).code == "presence.challenge.missed"


@pytest.mark.parametrize("seconds", [0.5, 0.9])
def test_a_page_that_claims_to_have_shown_all_early_is_not_believed(
    right: Answer, seconds: float
) -> None:
    prepared = right.moved(-seconds).shown(-seconds)
    assert found(prepared.judged()).code == "presence.challenge.not_judged"


@pytest.mark.parametrize("seconds", [0.5, 0.9])
def test_a_page_that_was_slow_and_says_so_is_judged_by_what_it_showed(
    right: Answer, seconds: float
) -> None:
    assert found(right.moved(seconds).shown(seconds).judged()).status is Status.SUPPORTS


def test_acts_that_began_before_a_slow_page_showed_them_are_missed(right: Answer) -> None:
    assert found(right.shown(0.9).judged()).code == "presence.challenge.missed"


def test_acts_that_were_recorded_and_cut_as_asked_support_so_far(right: Answer) -> None:
    # A known limit: the page knows the whole challenge when it begins.
    asked = _in_another_order(right.challenge, [3, 1, 4, 0, 2])
    pictures = tuple(frame.pixels for frame in right.recording.clip.frames)
    take = Take(pictures, FPS, cuts=cuts_to_answer(asked, right.challenge))
    places = {id(picture): place for place, picture in enumerate(pictures)}
    order = [places[id(picture)] for picture in spliced(take, 1)]
    cut_together = replace(right.to(asked), recording=reordered(right.recording, order))
    assert found(cut_together.judged()).status is Status.SUPPORTS


def test_an_answer_that_arrives_before_it_can_have_been_filmed_is_none(right: Answer) -> None:
    seconds = right.challenge.seconds
    for after in (-86_400, 0, seconds - 1.1):
        finding = found(right.received(after).judged())
        assert (finding.code, finding.status) == ("presence.challenge.too_soon", Status.UNKNOWN)
        assert finding.question
    # A recording may lack the last second.
    assert found(right.received(seconds - 0.9).judged()).status is Status.SUPPORTS


def test_an_answer_after_the_challenge_expired_is_none(right: Answer) -> None:
    late = NOW + timedelta(minutes=3, seconds=1)
    for received in (late, None):
        answered = right.answered.model_copy(update={"received_at": received})
        assert found(replace(right, answered=answered).judged()).code == (
            "presence.challenge.too_late"
        )


def test_an_answer_to_another_nonce_or_none_is_none(right: Answer) -> None:
    other = ChallengeAnswer(nonce="0" * 32, shown=())
    for answer in (other, None):
        answered = right.answered.model_copy(update={"answer": answer})
        assert found(replace(right, answered=answered).judged()).code == (
            "presence.challenge.another"
        )


@pytest.mark.parametrize("moved", [1.5, -1.2])
def test_a_page_that_showed_another_schedule_is_not_judged(right: Answer, moved: float) -> None:
    assert right.answered.answer
    shown = list(right.answered.answer.shown)
    shown[3] = max(0.0, shown[3] + moved)
    answer = right.answered.answer.model_copy(update={"shown": tuple(shown)})
    answered = right.answered.model_copy(update={"answer": answer})
    finding = found(replace(right, answered=answered).judged())
    assert (finding.code, finding.status) == ("presence.challenge.not_judged", Status.UNKNOWN)


def test_a_recording_cut_short_is_not_judged(right: Answer) -> None:
    short = replace(right, recording=right.recording.part(0, 60))
    assert found(short.judged()).code == "presence.challenge.not_judged"


@pytest.mark.parametrize("same_person", [None, False])
def test_without_one_person_throughout_it_never_supports(
    right: Answer, same_person: bool | None
) -> None:
    assert found(right.judged(same_person=same_person)).code == "presence.challenge.not_judged"


def test_what_other_checks_contradict_never_supports(right: Answer) -> None:
    assert found(right.judged(contradicted=True)).status is Status.UNKNOWN


def test_without_any_face_it_is_not_judged(right: Answer) -> None:
    result = verify_challenge(
        right.recording.clip, (), right.answered, same_person=True, contradicted=False
    )
    assert found(result).code == "presence.challenge.not_judged"


def test_an_interviewers_prompts_support_moderately(right: Answer) -> None:
    asked = replace(right, answered=prompts(right.challenge))
    finding = found(asked.judged())
    assert (finding.code, finding.strength) == ("presence.challenge.answered", Strength.MODERATE)
    assert found(asked.without(Act.TURN_LEFT).judged()).code == "presence.challenge.missed"


def _brightly_lit(recording: Recording) -> Recording:
    """A lamp so bright that the screen adds nothing to it: every frame as in a quiet moment."""
    first = recording.faces[0]
    random = np.random.default_rng(1)
    frames = {}
    for frame in recording.clip.frames:
        noise = 2 * random.standard_normal(first.frame.pixels.shape, dtype=np.float32)
        pixels = np.clip(first.frame.pixels + noise, 0, 255).astype(np.uint8)
        frames[id(frame)] = Frame(frame.seconds, pixels)
    faces = tuple(
        TrackedFace(each.file, frames[id(each.frame)], first.face) for each in recording.faces
    )
    return Recording(replace(recording.clip, frames=tuple(frames.values())), faces)


def test_light_that_does_not_show_on_the_face_is_beyond_judging_not_missed(
    sitting: Answer,
) -> None:
    bright = replace(sitting, recording=_brightly_lit(sitting.recording))
    light = [step for step in bright.judged().steps if step.step.act is Act.COLOURS]
    assert light
    assert {step.outcome for step in light} == {StepOutcome.NOT_JUDGED}
    assert {step.why for step in light} == {"the screen's light hardly shows on the face"}


def test_a_recording_under_other_colours_is_missed(sitting: Answer) -> None:
    other = a_challenge(9, HEAD)
    colours = iter([step.colours for step in other.steps if step.colours])
    steps = tuple(
        step.model_copy(update={"colours": next(colours)[: len(step.colours)]})
        if step.colours
        else step
        for step in sitting.challenge.steps
    )
    result = sitting.to(sitting.challenge.model_copy(update={"steps": steps})).judged()
    light = [step for step in result.steps if step.step.act is Act.COLOURS]
    assert StepOutcome.DONE not in {step.outcome for step in light}
    assert "the light on the face is of other colours" in {step.why for step in light}


def _hidden(answer: Answer, *steps: ChallengeStep) -> Answer:
    """No face is found while these are asked for."""
    seen = tuple(
        face
        for face in answer.recording.faces
        if not any(step.begins <= face.frame.seconds <= step.ends + 0.5 for step in steps)
    )
    return replace(answer, recording=Recording(answer.recording.clip, seen))


def test_who_hides_the_face_during_an_act_is_asked_for_it_again(right: Answer) -> None:
    turn = next(step for step in right.challenge.steps if step.act is Act.TURN_LEFT)
    result = _hidden(right, turn).judged()
    assert outcomes(result)[Act.TURN_LEFT] is StepOutcome.NOT_JUDGED
    assert StepOutcome.MISSED not in outcomes(result).values()
    assert found(result).code == "presence.challenge.not_judged"
    assert "turn your head to the left: the face was not seen" in found(result).for_recruiter


def test_only_colours_may_be_beyond_judging_and_only_once(sitting: Answer) -> None:
    first, second = (step for step in sitting.challenge.steps if step.act is Act.COLOURS)
    assert found(_hidden(sitting, first).judged()).status is Status.SUPPORTS
    both = found(_hidden(sitting, first, second).judged())
    assert (both.code, both.status) == ("presence.challenge.not_judged", Status.UNKNOWN)
