"""Turns of the head to four sides, and a nod, from the pose of the head over time."""

from itertools import pairwise

import numpy as np

from models.challenge import Act
from verifiers.liveness.challenges.measured import (
    FEWEST_FRAMES,
    StepMeasured,
    against_quiet,
    done,
    missed,
    movement,
    not_judged,
    seen,
)
from verifiers.liveness.challenges.watched import Series, Watched
from verifiers.liveness.challenges.windows import Window

_DEGREES = 12.0
"""Asked for where the challenge says nothing: an interviewer says "look left"."""
_SHARE = {Act.TURN_LEFT: 0.5, Act.TURN_RIGHT: 0.5, Act.LOOK_UP: 0.7, Act.LOOK_DOWN: 0.7}
"""Of the degrees asked for that must be measured. `head_pose` showed 0.6 to 1.5 of them in rendered
turns that went 4 to 10 degrees further, 1.3 to 1.9 looking up and 3.4 to 4.2 looking down."""
_NOD_DEGREES = 6.0
_NOD_SECONDS = 1.6
"""Down and up again; who looks down holds it for as long."""


def measure_turn(watched: Watched, window: Window) -> StepMeasured:
    """To the side asked for, as far as asked, and back; not to the other side."""
    act = window.step.act
    change = _towards(watched, window)
    moved, other = movement(watched, window, change), movement(watched, window, -change)
    if moved is None or other is None:
        return not_judged(window, "the face was not seen for long enough")
    needed = _SHARE[act] * (window.step.degrees or _DEGREES)
    face = watched.faces[moved.place]
    measured = (seen(f"turn of the head (counts from {needed:.0f})", moved.size, "degrees", face),)
    if other.size >= needed and other.size > moved.size / 2:
        return missed(window, "the head turned to the other side", measured, face)
    if moved.size < needed:
        why = f"the head turned by {max(moved.size, 0):.0f} degrees"
        return missed(window, f"{why}, and {needed:.0f} are needed", measured, face)
    if not moved.returned:
        return missed(window, "the head did not come back", measured, face)
    why = f"the head turned by {moved.size:.0f} degrees and came back"
    return done(window, why, began=moved.began, measured=measured, shown=face)


def measure_nod(watched: Watched, window: Window) -> StepMeasured:
    """Down and up again, quickly."""
    pitch = against_quiet(watched, window, watched.pitch)
    inside = np.flatnonzero(watched.within(min(window.begins, window.earliest), window.latest))
    moved = movement(watched, window, -pitch)
    if moved is None or len(inside) < FEWEST_FRAMES:
        return not_judged(window, "the face was not seen for long enough")
    turning = _turning_points(pitch[inside])
    swings = [abs(pitch[inside[b]] - pitch[inside[a]]) for a, b in pairwise(turning)]
    face = watched.faces[moved.place]
    quick = any(
        watched.times[inside[c]] - watched.times[inside[a]] <= _NOD_SECONDS
        for a, _, c in zip(turning, turning[1:], turning[2:], strict=False)
    )
    largest = max(swings, default=0.0)
    measured = (
        seen(f"swing of the head (counts from {_NOD_DEGREES:.0f})", largest, "degrees", face),
        seen("swings", len(swings), None),
    )
    if not quick:
        return missed(window, "the head did not go down and up again", measured, face)
    began = float(watched.times[inside[turning[0]]])
    return done(
        window,
        f"the head went up and down {len(swings)} times, by up to {largest:.0f} degrees",
        began=max(began, moved.began),
        measured=measured,
        shown=face,
    )


def _towards(watched: Watched, window: Window) -> Series:
    # The person's left is the right of a picture that is not mirrored.
    yaw = against_quiet(watched, window, watched.yaw)
    pitch = against_quiet(watched, window, watched.pitch)
    return {
        Act.TURN_LEFT: yaw,
        Act.TURN_RIGHT: -yaw,
        Act.LOOK_UP: pitch,
        Act.LOOK_DOWN: -pitch,
    }[window.step.act]


def _turning_points(series: Series) -> list[int]:
    """Where the series turns, with swings of `_NOD_DEGREES` at least between; its start first."""
    points, extreme, rising = [0], 0, 0
    for at in range(1, len(series)):
        if rising == 0 and abs(series[at] - series[points[0]]) >= _NOD_DEGREES:
            rising, extreme = int(np.sign(series[at] - series[points[0]])), at
        elif rising and rising * (series[at] - series[extreme]) > 0:
            extreme = at
        elif rising and rising * (series[extreme] - series[at]) >= _NOD_DEGREES:
            points.append(extreme)
            rising, extreme = -rising, at
        elif rising == 0 and abs(series[at]) < abs(series[points[0]]):
            points[0] = at
    return [*points, extreme] if rising else points
