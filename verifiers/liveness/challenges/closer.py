"""Moving closer: the face grows and the room behind it does not.

That shows a face before a camera, not a recording that is enlarged; it does not show that the face
is no picture. The nose should grow more than the ears (the dolly zoom), but the landmarks do not
follow: of eight rendered heads that came 40 % nearer they showed -1.0 to 0.5 of that, with a spread
of 0.2 to 1.2 at rest; and one plane left 0.006 to 0.015 eye distances of skin texture unexplained,
as little as of a photograph.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.finding import Seen
from verifiers.face_engine import TrackedFace
from verifiers.liveness.challenges.measured import (
    StepMeasured,
    done,
    missed,
    movement,
    not_judged,
    seen,
)
from verifiers.liveness.challenges.watched import Watched
from verifiers.liveness.challenges.windows import Window

_GROWTH = 0.18
"""Of the distance of the eyes on the picture: from 0.6 m to 0.5 m."""
_ROOM_SHARE = 0.5
"""Of the face's growth: where the room grows by more, somebody enlarged the picture."""
_FEWEST_ROOM_POINTS = 12


def measure_closer(watched: Watched, window: Window) -> StepMeasured:
    """Grown by `_GROWTH` and back, before a room that stayed as it was."""
    quiet = watched.quiet_around(window)
    usual = float(np.median(watched.eye_distance[quiet]))
    growth = watched.eye_distance / usual - 1
    moved = movement(watched, window, growth)
    if moved is None:
        return not_judged(window, "the face was not seen for long enough")
    face = watched.faces[moved.place]
    measured: tuple[Seen, ...] = (
        seen(f"growth of the face (counts from {_GROWTH:g})", moved.size, None, face),
    )
    if moved.size < _GROWTH:
        why = f"the face grew by {100 * max(moved.size, 0):.0f} %, and "
        return missed(window, why + f"{100 * _GROWTH:.0f} % are needed", measured, face)
    if not moved.returned:
        return missed(window, "the face did not go back to where it was", measured, face)
    room = _room_growth(watched.faces[int(np.flatnonzero(quiet)[0])], face)
    if room is not None:
        measured += (seen("growth of the room behind", room, None, face),)
        if room > _ROOM_SHARE * moved.size:
            return missed(window, "the whole picture grew, not the face alone", measured, face)
    return done(
        window,
        f"the face grew by {100 * moved.size:.0f} % and went back",
        began=moved.began,
        measured=measured,
        shown=face,
    )


def _room_growth(quiet: TrackedFace, near: TrackedFace) -> float | None:
    """By what share the picture around the person grew; `None` where nothing can be followed."""
    one, two = (_small(each) for each in (quiet, near))
    mask = np.full(one.shape, 255, np.uint8)
    for each in (quiet, near):
        scale = one.shape[1] / each.frame.pixels.shape[1]
        face = each.face
        left, top, right = (round(scale * side) for side in (face.left, face.top, face.right))
        width = right - left
        # The head with its hair, and the body below it.
        mask[max(0, top - width) :, max(0, left - width) : right + width] = 0
    points = cv2.goodFeaturesToTrack(one, 80, 0.01, 6, mask=mask)
    if points is None or len(points) < _FEWEST_ROOM_POINTS:
        return None
    there, found, _ = cv2.calcOpticalFlowPyrLK(one, two, points, points.copy(), maxLevel=3)
    kept = found[:, 0] > 0
    if kept.sum() < _FEWEST_ROOM_POINTS:
        return None
    turn, same = cv2.estimateAffinePartial2D(points[kept], there[kept], method=cv2.RANSAC)
    if turn is None or same.sum() < max(_FEWEST_ROOM_POINTS, 0.4 * kept.sum()):
        return None
    return float(np.hypot(turn[0, 0], turn[1, 0])) - 1


def _small(tracked: TrackedFace) -> NDArray[np.uint8]:
    pixels = tracked.frame.pixels
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, 480 / pixels.shape[1])
    return np.asarray(cv2.resize(gray, None, fx=scale, fy=scale), np.uint8)
