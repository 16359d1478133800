"""The challenge: acts that the server chose, or an interviewer asked for, held against a recording.

A server's challenge supports `strong` only if every act was seen in its time (of four or more,
colours may once be beyond judging, since they depend on the light of the room), the nonce is that
of the challenge, the answer arrived while it was valid and not before it can have been filmed, one
person was seen throughout, nothing else contradicts the recording, and something showed volume:
depth at a turn, or light that falls off towards the rim of the face. An interviewer's prompts, two
or more and none of them missed, support `moderate`. All else is unknown, and asked again by name.
That an answer was not handed in before, and answers one challenge only once, is the store's to see.

Whoever has recorded each act, and cuts them together as the page asks for them, is supported: on 5
of 5 rendered sequences without colours, and on 1 of 2 with other colours, of which two of five
differed. The cuts do not give them away. Landmarks moved by 0.01 to 0.03 eye distances there, and
by up to 0.28 between other neighbouring frames; the room behind changed three times as much as
usual at 59 % of cuts and never elsewhere, but only as the rendered camera is held by hand, and it
did so in 3 to 5 % of the neighbouring frames of two real recordings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from models.challenge import Act, AnsweredChallenge, Challenge, Origin, StepOutcome
from models.finding import Finding
from verifiers.face_engine import TrackedFace
from verifiers.liveness.challenges import findings as say
from verifiers.liveness.challenges.closer import measure_closer
from verifiers.liveness.challenges.eyes import measure_blinks
from verifiers.liveness.challenges.hand import measure_hand
from verifiers.liveness.challenges.light import measure_colours
from verifiers.liveness.challenges.making import NothingToAsk, new_challenge
from verifiers.liveness.challenges.measured import StepMeasured, not_judged
from verifiers.liveness.challenges.mouth import measure_digits
from verifiers.liveness.challenges.turning import measure_nod, measure_turn
from verifiers.liveness.challenges.watched import Watched, watch
from verifiers.liveness.challenges.windows import Window, windows_of
from verifiers.liveness.geometry import Geometry, Shape, measure_geometry
from verifiers.picture import Clip

__all__ = ["ChallengeResult", "NothingToAsk", "StepMeasured", "new_challenge", "verify_challenge"]

FEWEST_PER_SECOND = 3.0
"""Frames: a blink that was asked for takes half a second."""
_MISSING_END = 1.0
"""Seconds of the last look that a recording may lack, or of the first."""
_FEWEST_QUIET = 6
"""Frames in which nothing was asked for: every act is measured against them."""
_AT_A_TURN, _AT_REST = 6, 4
"""Frames that depth is measured on: each more costs 0.03 s."""
_FEWEST_ANSWERED = 2
"""Prompts of an interviewer's: one thing done when asked may be chance."""
_LIGHT_BEYOND_JUDGING = 4
"""Acts, from which on colours may once be beyond judging. No other act may: whoever hides the face
while it is asked for would have done it."""

_TURNS = (Act.TURN_LEFT, Act.TURN_RIGHT, Act.LOOK_UP, Act.LOOK_DOWN)


@dataclass(frozen=True, eq=False)
class ChallengeResult:
    """How far the recording answers the challenge."""

    findings: tuple[Finding, ...]
    steps: tuple[StepMeasured, ...] = ()
    """The acts in their order, without the looks between; empty where nothing was measured."""
    volume: tuple[str, ...] = ()
    """What proved that there is more than a flat picture, in words."""


def verify_challenge(
    clip: Clip,
    faces: Sequence[TrackedFace],
    answered: AnsweredChallenge,
    *,
    same_person: bool | None,
    contradicted: bool,
) -> ChallengeResult:
    """Every act measured, and one finding.

    `faces` are the candidate's in as many frames of the clip as they were found in
    (`faces.following.every_face`). `same_person`: whether they are one person throughout
    (`faces.identity.one_person`), `None` where that could not be told; `contradicted`: some other
    check contradicts this recording (a loop, a freeze, a flat picture).
    """
    challenge = answered.challenge
    if challenge.origin is Origin.SERVER:
        if answered.answer is None or answered.answer.nonce != challenge.nonce:
            return ChallengeResult((say.another(answered),))
        if out_of_time := _out_of_time(answered):
            return ChallengeResult((out_of_time,))
    windows = windows_of(answered)
    if windows is None:
        why = "the page did not show the steps at the times that were given"
        return ChallengeResult((say.not_judged(answered, (), why),))
    watched = watch(faces, windows)
    if unusable := _unusable(clip, watched, challenge):
        return ChallengeResult((say.not_judged(answered, (), unusable),))
    steps = tuple(
        _measure(clip, watched, window) for window in windows if window.step.act is not Act.LOOK
    )
    if any(step.outcome is StepOutcome.MISSED for step in steps):
        return ChallengeResult((say.missed(answered, steps),), steps)
    geometry = _geometry(watched, windows, steps)
    volume = tuple(_volume(geometry, steps))
    flat = geometry is not None and geometry.shape is Shape.FLAT
    if why_not := _why_not(challenge.origin, steps, same_person, contradicted or flat):
        found = say.not_judged(answered, steps, why_not)
    elif challenge.origin is Origin.SERVER and not volume:
        found = say.no_volume(answered, steps)
    else:
        found = say.answered_as_asked(answered, steps, volume)
    return ChallengeResult((found,), steps, volume)


def _why_not(
    origin: Origin, steps: Sequence[StepMeasured], same_person: bool | None, contradicted: bool
) -> str | None:
    """Why nothing can be said although nothing was missed."""
    beyond = [step for step in steps if step.outcome is StepOutcome.NOT_JUDGED]
    if origin is Origin.SERVER:
        light = sum(step.step.act is Act.COLOURS for step in beyond)
        spared = min(light, 1) if len(steps) >= _LIGHT_BEYOND_JUDGING else 0
        too_little = len(beyond) > spared
    else:
        too_little = len(steps) - len(beyond) < _FEWEST_ANSWERED
    if contradicted:
        return "other checks speak against this recording"
    if too_little:
        return "; ".join(f"{say.ASKED[each.step.act]}: {each.why}" for each in beyond) or (
            "too little was asked for"
        )
    if same_person is None:
        return "it could not be seen that it shows one person throughout"
    return None if same_person else "it does not show one person throughout"


def _out_of_time(answered: AnsweredChallenge) -> Finding | None:
    """What is said of an answer to the server that came when it cannot have been made for it."""
    received, challenge = answered.received_at, answered.challenge
    issued, expires = challenge.issued_at, challenge.expires_at
    if received is None or issued is None or expires is None or received > expires:
        return say.too_late(answered)
    filmed = timedelta(seconds=challenge.seconds - _MISSING_END)
    return say.too_soon(answered) if received < issued + filmed else None


def _unusable(clip: Clip, watched: Watched, challenge: Challenge) -> str | None:
    """Why the recording shows too little to measure anything."""
    starts, ends = clip.frames[0].seconds, clip.frames[-1].seconds
    if ends < challenge.seconds - _MISSING_END:
        return f"it ends after {ends:.0f} of {challenge.seconds:.0f} seconds"
    if starts > challenge.steps[0].begins + _MISSING_END:
        return "it begins after the first step"
    if (rate := _pictures_a_second(clip, challenge)) < FEWEST_PER_SECOND:
        return f"it has {rate:.1f} pictures a second where something was asked, too few"
    if watched.quiet.sum() < _FEWEST_QUIET:
        return "the face was not seen while nothing was asked for"
    return None


def _pictures_a_second(clip: Clip, challenge: Challenge) -> float:
    """Of the whole answer; of a call, read closely about prompts only, the fewest about one."""
    times = np.array([frame.seconds for frame in clip.frames])
    spans = [(float(times[0]), float(times[-1]))]
    if challenge.origin is Origin.INTERVIEWER:
        spans = [(step.begins, min(step.ends, float(times[-1]))) for step in challenge.steps]
    return min(
        float(((start <= times) & (times <= end)).sum()) / max(end - start, 1e-6)
        for start, end in spans
    )


def _measure(clip: Clip, watched: Watched, window: Window) -> StepMeasured:
    match window.step.act:
        case Act.TURN_LEFT | Act.TURN_RIGHT | Act.LOOK_UP | Act.LOOK_DOWN:
            return measure_turn(watched, window)
        case Act.NOD:
            return measure_nod(watched, window)
        case Act.BLINK_TWICE:
            return measure_blinks(watched, window)
        case Act.MOVE_CLOSER:
            return measure_closer(watched, window)
        case Act.HAND_ACROSS:
            return measure_hand(clip, watched, window)
        case Act.READ_DIGITS:
            return measure_digits(watched, window)
        case Act.COLOURS:
            return measure_colours(watched, window)
    return not_judged(window, "it asks for nothing")


def _geometry(
    watched: Watched, windows: Sequence[Window], steps: Sequence[StepMeasured]
) -> Geometry | None:
    """Depth over the turns that were seen: nods, hands and speech would only blur it."""
    done = {id(step.step) for step in steps if step.outcome is StepOutcome.DONE}
    turns = [window for window in windows if window.step.act in _TURNS and id(window.step) in done]
    if not turns:
        return None
    rest = np.flatnonzero(watched.quiet)
    chosen = set(rest[np.linspace(0, len(rest) - 1, _AT_REST).astype(int)].tolist())
    turned = np.hypot(
        *(series - np.median(series[rest]) for series in (watched.yaw, watched.pitch))
    )
    for window in turns:
        inside = np.flatnonzero(watched.within(window.begins, window.latest))
        chosen.update(inside[np.argsort(-turned[inside])][:_AT_A_TURN].tolist())
    return measure_geometry([watched.faces[place] for place in sorted(chosen)])


def _volume(geometry: Geometry | None, steps: Sequence[StepMeasured]) -> list[str]:
    found = [step.proves_volume for step in steps if step.proves_volume]
    if geometry and geometry.turn and geometry.shape is Shape.DEPTH_SEEN:
        found.insert(0, f"depth over a turn of {geometry.turn.degrees:.0f} degrees")
    return list(dict.fromkeys(found))
