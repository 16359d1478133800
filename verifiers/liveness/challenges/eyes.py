"""Two deliberate blinks, told by the likeness of a patch around each eye to its usual look.

The opening between the lids' landmarks (eye aspect ratio) counts where it closes, and is not
enough: on one of two faces the landmarks stayed where they were over closed eyes. The likeness fell
from 0.98 to 0.70-0.89 on both.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import Face, TrackedFace, cut
from verifiers.liveness.challenges.measured import (
    FEWEST_FRAMES,
    StepMeasured,
    against_quiet,
    done,
    missed,
    not_judged,
    seen,
)
from verifiers.liveness.challenges.watched import Chosen, Series, Watched
from verifiers.liveness.challenges.windows import Window

_SIDE, _MARGIN = 44, 8
"""Of a patch, pixels, and of them what the landmarks may be wrong by to each side."""
_WIDTH = 0.7
"""Eye distances that a patch shows, from lid to lid and corner to corner."""
_ROWS = slice(12, 32)
"""Of the patch: the eye without the brow."""
_UNLIKE = 0.06
"""Below the usual likeness: an eye that looks so unlike itself is shut."""
_SHUT = 0.65
"""Of the usual opening: what the landmarks show, where they show it."""
_FEWEST_QUIET = 6
_YAW, _PITCH = 8.0, 15.0
"""Degrees; pitch is the less sure of the two."""
_LONG = 2
"""Frames, of one of the two: a blink that nobody asked for is over in a fifth of a second."""
_MOST = 4
"""With one long blink among them; more are none: the landmarks jump, or the light flickers."""


def measure_blinks(watched: Watched, window: Window) -> StepMeasured:
    """Both eyes shut for a moment, open, shut and open again."""
    inside = watched.within(min(window.begins, window.earliest), window.latest)
    quiet = watched.quiet_around(window)
    if inside.sum() < FEWEST_FRAMES or quiet.sum() < _FEWEST_QUIET:
        return not_judged(window, "the face was not seen for long enough")
    likeness = _likeness(watched, quiet, inside)
    usual = float(np.median(likeness[quiet]))
    shut = inside & ((likeness < usual - _UNLIKE) | (watched.eyes <= _SHUT))
    # Eyes that are turned away or down look otherwise too.
    shut &= np.abs(against_quiet(watched, window, watched.yaw)) <= _YAW
    shut &= np.abs(against_quiet(watched, window, watched.pitch)) <= _PITCH
    # A blink that nobody asked for may just have begun when it was shown.
    runs = [run for run in _runs(shut) if _begins(watched, run[0]) >= window.earliest]
    least = int(np.argmin(np.where(inside, likeness, np.inf)))
    face = watched.faces[least]
    measured = (
        seen("times the eyes were shut", len(runs), None, face),
        seen("likeness of the eyes to open ones, at least", likeness[least], None, face),
        seen("likeness as usual", usual, None),
    )
    if usual < 1 - 4 * _UNLIKE:
        return not_judged(window, "the eyes could not be seen clearly", measured)
    if len(runs) < 2:
        return missed(window, f"the eyes were shut {_times(len(runs))}, not twice", measured, face)
    long = sum(end - start >= _LONG for start, end in runs)
    if long == 0 or (long == 1 and len(runs) > _MOST):
        return missed(window, "the eyes were not shut for a moment, twice", measured, face)
    return done(
        window,
        "the eyes were shut and opened twice",
        began=_begins(watched, runs[0][0]),
        measured=measured,
        shown=face,
    )


def _times(count: int) -> str:
    return "once" if count == 1 else "never"


def _begins(watched: Watched, place: int) -> float:
    """Seconds, between the frame in which the eyes are first shut and the one before."""
    return float(watched.times[max(0, place - 1) : place + 1].mean())


def _runs(shut: Chosen) -> list[tuple[int, int]]:
    """Stretches of shut eyes, as first face and the one after the last.

    One that goes on to the end of the window counts: somebody was slow with the second.
    """
    edges = np.diff(np.concatenate([[False], shut, [False]]).astype(int))
    return list(
        zip(np.flatnonzero(edges > 0).tolist(), np.flatnonzero(edges < 0).tolist(), strict=True)
    )


def _likeness(watched: Watched, quiet: Chosen, inside: Chosen) -> Series:
    """Of both eyes to their median in quiet moments: correlation, -1 to 1; NaN where not asked."""
    wanted = np.flatnonzero(inside | quiet)
    patches = np.array([_patches(watched.faces[place]) for place in wanted])
    at_rest = quiet[wanted]
    likeness = np.full(len(watched.faces), np.nan)
    both = np.zeros(len(wanted))
    for eye in (0, 1):
        usual = np.median(patches[at_rest, eye], axis=0).astype(np.float32)
        usual = np.ascontiguousarray(usual[_ROWS, _MARGIN:-_MARGIN])
        both += [
            cv2.matchTemplate(patch, usual, cv2.TM_CCOEFF_NORMED).max() / 2
            for patch in patches[:, eye]
        ]
    likeness[wanted] = both
    return likeness


def _patches(tracked: TrackedFace) -> NDArray[np.float32]:
    """Grey patches around both eyes, upright by the line between them, `(2, side, side)`."""
    face = tracked.face
    return np.array([_patch(tracked, face, slice(36, 42)), _patch(tracked, face, slice(42, 48))])


def _patch(tracked: TrackedFace, face: Face, eye: slice) -> NDArray[np.float32]:
    left, right = face.eyes
    scale = _SIDE / (_WIDTH * max(face.inter_eye_distance, 1.0))
    cos, sin = (right - left) / max(face.inter_eye_distance, 1.0) * scale
    # Corners, which lids do not move.
    corners = face.landmarks[eye][[0, 3]].mean(axis=0)
    turn = np.array([[cos, sin, 0.0], [-sin, cos, 0.0]])
    turn[:, 2] = _SIDE / 2 - turn[:, :2] @ corners
    patch = cut(tracked.frame.pixels, turn, _SIDE, beyond=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.cvtColor(patch, cv2.COLOR_RGB2GRAY), dtype=np.float32)
