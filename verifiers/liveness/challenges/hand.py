"""A hand across the face: what it covers moves from one side to the other, and then is gone.

The face is held still by where it was before and after; between, under the hand, nobody can say
where its landmarks are. Cells that no longer look as they do in quiet moments are covered. A hand
covers one third of the face after the other, a turn of the head changes all at once, and what is
pasted over a face loses hold of it, which is left for others to see (`swap_signals`).
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import TrackedFace, Transform, cut
from verifiers.liveness.challenges.measured import (
    FEWEST_FRAMES,
    StepMeasured,
    done,
    missed,
    not_judged,
    seen,
)
from verifiers.liveness.challenges.watched import Series, Watched
from verifiers.liveness.challenges.windows import Window
from verifiers.picture import Clip, Frame

_SIDE, _CELLS = 54, 9
_WIDTH = 2.4
"""Eye distances that are looked at, from ear to ear."""
_DOWN = 0.45
"""Of them, from the eyes down to the middle of what is looked at."""
_LEVELS = 12.0
"""Grey levels by which a covered cell differs, and more where it wanders in quiet moments."""
_WANDERS = 3.0
_THIRD = 0.45
"""Of a third of the face that must be covered at some moment."""
_FREE = 0.15
"""Of the whole face, up to which nothing is before it."""
_APART = 0.25
"""Seconds from the middle of one side's covering to the other's: nobody wipes faster when asked to
do it slowly, and a shadow or a turn comes everywhere at once."""
_NEAREST = 8


def measure_hand(clip: Clip, watched: Watched, window: Window) -> StepMeasured:
    """Both sides and the middle of the face covered in turn, and free again."""
    quiet = np.flatnonzero(watched.quiet)
    frames = [f for f in clip.frames if window.begins - 0.5 <= f.seconds <= window.rest + 0.5]
    before = quiet[watched.times[quiet] < window.begins][-_NEAREST:]
    after = quiet[watched.times[quiet] > window.ends][:_NEAREST]
    if len(frames) < FEWEST_FRAMES or not len(before) or not len(after):
        return not_judged(window, "the face was not seen before or after it")
    chosen = [watched.faces[place] for place in (*before, *after)]
    usual = np.array([_chip(face.frame, _placing(face)) for face in chosen])
    times = np.array([frame.seconds for frame in frames])
    covered = _covered(_chips(watched, frames, chosen, usual), usual)
    share = covered.mean(axis=(1, 2))
    in_time = (times >= window.begins) & (times <= window.latest)
    most = int(np.argmax(np.where(in_time, share, -1)))
    thirds = [covered[:, :, part : part + _CELLS // 3] for part in range(0, _CELLS, _CELLS // 3)]
    shares = np.array([third.mean(axis=(1, 2)) for third in thirds]) * in_time
    # What is hardly covered is a cell that looks otherwise for another reason.
    weights = np.maximum(shares - _THIRD, 0)
    nearest = min(chosen, key=lambda face: abs(face.frame.seconds - times[most]))
    # The frame may have no face that was found: where the last one was is where it must be.
    shown = TrackedFace(clip.file, frames[most], nearest.face)
    measured = (
        seen("share of the face covered, at most", share[most], None, shown),
        *(
            seen(f"share of its {name} covered, at most", shares[n].max(), None)
            for n, name in enumerate(("left on the picture", "middle", "right on the picture"))
        ),
    )
    if (weights.max(axis=1) <= 0).any():
        return missed(window, "nothing moved across the whole face", measured, shown)
    left, middle, right = (float((each * times).sum() / each.sum()) for each in weights)
    measured += (seen("from one side of the face to the other", abs(right - left), "s"),)
    in_turn = min(left, right) < middle < max(left, right)
    if not in_turn or abs(right - left) < _APART:
        return missed(window, "the face was covered, but not from one side on", measured, shown)
    free = (times > times[most]) & (share <= _FREE)
    if not free.any():
        return missed(window, "the face did not come back from behind the hand", measured, shown)
    return done(
        window,
        "a hand moved across the face, which was the same behind it",
        began=_began(times, share, most),
        measured=measured,
        shown=shown,
    )


def _began(times: Series, share: Series, most: int) -> float:
    first = most
    while first > 0 and share[first - 1] > share[most] / 3:
        first -= 1
    # Between this frame and the one before.
    return float((times[first] + times[max(first - 1, 0)]) / 2)


def _chips(
    watched: Watched,
    frames: Sequence[Frame],
    chosen: Sequence[TrackedFace],
    usual: NDArray[np.float32],
) -> NDArray[np.float32]:
    """The face of every frame as it lies best on its usual look.

    It is where it was before and after, or in the frame before, or where it was found: landmarks
    jump, and under a hand they are anywhere.
    """
    found = {id(face.frame): _placing(face) for face in watched.faces}
    stops = np.array([face.frame.seconds for face in chosen])
    places = np.array([_placing(face).ravel() for face in chosen])
    middle = np.median(usual, axis=0)
    last, chips = _between(frames[0].seconds, stops, places), []
    for frame in frames:
        tried = [_between(frame.seconds, stops, places), last]
        if id(frame) in found:
            tried.append(found[id(frame)])
        laid = [_chip(frame, placing) for placing in tried]
        best = int(np.argmin([np.median(np.abs(chip - middle)) for chip in laid]))
        last = tried[best]
        chips.append(laid[best])
    return np.array(chips)


def _covered(chips: NDArray[np.float32], usual: NDArray[np.float32]) -> NDArray[np.bool_]:
    """`(frames, cells down, cells across)`: what does not look as it does in quiet moments."""
    middle = np.median(usual, axis=0)
    wander = np.median(_cells(np.abs(usual - middle)), axis=0)
    return np.asarray(_cells(np.abs(chips - middle)) > np.maximum(_LEVELS, _WANDERS * wander))


def _cells(chips: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean of each cell, over its pixels and colours."""
    side = _SIDE // _CELLS
    return np.asarray(chips.reshape(-1, _CELLS, side, _CELLS, side, 3).mean(axis=(2, 4, 5)))


def _chip(frame: Frame, placing: Transform) -> NDArray[np.float32]:
    chip = cut(frame.pixels, placing.reshape(2, 3), _SIDE, beyond=cv2.BORDER_REPLICATE)
    # A pixel or two of sway is no covering.
    return cv2.GaussianBlur(chip, (0, 0), 1.5).astype(np.float32)


def _placing(tracked: TrackedFace) -> Transform:
    """From the frame to a chip on which the eyes stand in the same place."""
    left, right = tracked.face.eyes
    distance = max(tracked.face.inter_eye_distance, 1.0)
    cos, sin = (right - left) / distance * _SIDE / (_WIDTH * distance)
    turn = np.array([[cos, sin, 0.0], [-sin, cos, 0.0]])
    middle = (left + right) / 2
    turn[:, 2] = np.array([0.5, 0.5 - _DOWN / _WIDTH]) * _SIDE - turn[:, :2] @ middle
    return turn


def _between(seconds: float, stops: Series, places: NDArray[np.float64]) -> Transform:
    """The placing at a moment, on the way from the last one seen before it to the next."""
    parts = [np.interp(seconds, stops, places[:, n]) for n in range(places.shape[1])]
    return np.array(parts).reshape(2, 3)
