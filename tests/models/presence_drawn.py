"""Challenges, their answers, and how much of a recording could be judged, drawn at random."""

from datetime import UTC
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from models.challenge import (
    Act,
    AnsweredChallenge,
    CameraReport,
    Challenge,
    ChallengeAnswer,
    ChallengeJudged,
    ChallengeStep,
    Colour,
    Need,
    Origin,
    Prompt,
    StepJudged,
    StepOutcome,
)
from models.presence import Aspect, AspectJudged

_WORDS = st.text(min_size=1, max_size=20)
_MOMENT = st.datetimes(timezones=st.just(UTC))
_NONCE = st.integers(0, 2**128 - 1).map("{:032x}".format)
_SECONDS = st.floats(0, 100)


@st.composite
def steps(draw: st.DrawFn) -> ChallengeStep:
    """A step of any act, with what belongs to that act."""
    act = draw(st.sampled_from(Act))
    return ChallengeStep(
        act=act,
        begins=draw(_SECONDS),
        seconds=draw(st.floats(1, 10)),
        degrees=draw(st.none() | st.floats(1, 60)),
        digits=draw(st.from_regex(r"[0-9]{3}", fullmatch=True)) if act is Act.READ_DIGITS else None,
        colours=tuple(draw(st.lists(st.sampled_from(Colour), min_size=1, max_size=3)))
        if act is Act.COLOURS
        else (),
    )


@st.composite
def challenges(draw: st.DrawFn) -> Challenge:
    """One of the service's, its steps one after the other, or an interviewer's."""
    drawn, at = [], 0.0
    for step in draw(st.lists(steps(), min_size=1, max_size=4)):
        drawn.append(step.model_copy(update={"begins": at}))
        at = drawn[-1].ends
    if draw(st.booleans()):
        return Challenge(origin=Origin.INTERVIEWER, steps=tuple(drawn))
    return Challenge(
        nonce=draw(_NONCE),
        issued_at=draw(_MOMENT),
        expires_at=draw(_MOMENT),
        without=frozenset(draw(st.lists(st.sampled_from(Need), max_size=3))),
        steps=tuple(drawn),
    )


CAMERA = st.builds(
    CameraReport,
    label=st.none() | _WORDS,
    width=st.none() | st.integers(1, 20_000),
    height=st.none() | st.integers(1, 20_000),
    frame_rate=st.none() | st.floats(0.1, 1000),
    facing=st.none() | _WORDS,
)
ANSWER = st.builds(
    ChallengeAnswer,
    nonce=_NONCE,
    shown=st.lists(_SECONDS, max_size=4).map(tuple),
    camera=st.none() | CAMERA,
)
ANSWERED = st.builds(
    AnsweredChallenge,
    file=_WORDS,
    challenge=challenges(),
    answer=st.none() | ANSWER,
    received_at=st.none() | _MOMENT,
)
JUDGED = st.builds(
    AspectJudged,
    file=_WORDS,
    aspect=st.sampled_from(Aspect),
    judged=st.booleans(),
    said=_WORDS,
)


def presence_strategies(
    seen: st.SearchStrategy[Any],
) -> dict[type[BaseModel], st.SearchStrategy[Any]]:
    """Each model of presence, with the strategy for what was seen."""
    step = st.builds(
        StepJudged,
        step=steps(),
        outcome=st.sampled_from(StepOutcome),
        why=_WORDS,
        measured=st.lists(seen, max_size=2).map(tuple),
        responded_after=st.none() | st.floats(-10, 10),
    )
    return {
        ChallengeStep: steps(),
        Challenge: challenges(),
        Prompt: st.builds(
            Prompt,
            act=st.sampled_from([a for a in Act if a not in (Act.COLOURS, Act.READ_DIGITS)]),
            seconds=_SECONDS,
        )
        | st.builds(
            Prompt,
            act=st.just(Act.READ_DIGITS),
            seconds=_SECONDS,
            digits=st.from_regex(r"[0-9]{3}", fullmatch=True),
        ),
        CameraReport: CAMERA,
        ChallengeAnswer: ANSWER,
        AnsweredChallenge: ANSWERED,
        StepJudged: step,
        ChallengeJudged: st.builds(
            ChallengeJudged,
            file=_WORDS,
            origin=st.sampled_from(Origin),
            steps=st.lists(step, max_size=3).map(tuple),
            supports=st.booleans(),
        ),
        AspectJudged: JUDGED,
    }
