"""Straight edges about the face that move with it: the border of a card or a phone held up.

Lines are looked for in a square about the face, in eye distances from the point between the eyes
and in its own axes. A border keeps its place there while it moves on the picture; a door behind
somebody keeps its place on the picture. Whoever sits still before a door cannot be told from a
picture held still, so a face that does not move shows no border.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import TrackedFace

SIDES_FROM = 2
"""Of four. Rendered prints that were moved about kept 1 or 2, 13 pieces of genuine footage none."""
_UNIT = 24
"""Pixels of an eye distance in the square."""
_REACH = 5.0
"""Eye distances from the middle of the eyes to the square's sides."""
_SHORTEST = 2.2
"""Eye distances of a line: longer than anything straight on a head."""
_NEAREST, _FARTHEST = 1.2, 4.6
"""Eye distances between the middle of the eyes and a border."""
_UPRIGHT = 14.0
"""Degrees by which a side may lean against the face."""
_SAME_PLACE = 0.25
"""Eye distances within which a side counts as at the same place of the face."""
_FEWEST_SHARE = 0.6
_MOVED = 0.3
"""Eye distances that the face must move on the picture, between the tenth and the ninetieth
percentile: more than a side may be off its place."""
_MORE_OFTEN = 0.15
"""Share of the frames by which a side must keep its place against the face more often than on the
picture: who moves for a moment and sits still else is most of the time where a door is."""


class Side(Enum):
    """Where, seen from the eyes."""

    LEFT = "left"
    RIGHT = "right"
    ABOVE = "above"
    BELOW = "below"


_SIDES = ((Side.LEFT, 0, -1), (Side.RIGHT, 0, 1), (Side.ABOVE, 1, -1), (Side.BELOW, 1, 1))
"""Each with the axis along which it lies away from the eyes, and in which direction."""


@dataclass(frozen=True)
class Border:
    """What was seen about the face."""

    frames: int
    moved: float
    """Eye distances that the face moved on the picture; a border needs 0.3."""
    sides: dict[Side, float]
    """Each side that kept its place against the face, and its distance from the eyes."""

    @property
    def held_up(self) -> bool:
        return self.moved >= _MOVED and len(self.sides) >= SIDES_FROM


def measure_border(shown: Sequence[TrackedFace]) -> Border:
    """Over these frames of one clip, in order of time."""
    eyes = np.array([np.mean(tracked.face.eyes, axis=0) for tracked in shown])
    unit = float(np.median([tracked.face.inter_eye_distance for tracked in shown]))
    moved = float(np.ptp(np.quantile(eyes, (0.1, 0.9), axis=0), axis=0).max()) / unit
    lines = [_lines(tracked) for tracked in shown]
    shifts = (eyes - np.median(eyes, axis=0)) / unit
    sizes = [tracked.face.inter_eye_distance / unit for tracked in shown]
    sides = {}
    for side, axis, sign in _SIDES:
        on_face = [[sign * at for which, at in each if which is side] for each in lines]
        on_picture = [
            [at * size + sign * shift[axis] for at in places]
            for places, size, shift in zip(on_face, sizes, shifts, strict=True)
        ]
        at, kept = _usual(on_face)
        if kept >= _FEWEST_SHARE and kept >= _usual(on_picture)[1] + _MORE_OFTEN:
            sides[side] = at
    return Border(frames=len(shown), moved=moved, sides=sides)


def _lines(tracked: TrackedFace) -> list[tuple[Side, float]]:
    """Straight lines beside the face, and how far from the eyes, in eye distances; to the left and
    above is less than 0.
    """
    square = _about_face(tracked)
    edges = cv2.Canny(square, 40, 110)
    length = int(_SHORTEST * _UNIT)
    found = cv2.HoughLinesP(edges, 1, np.pi / 180, length * 2 // 3, None, length, _UNIT // 4)
    lines = []
    middle = _REACH * _UNIT
    for start_x, start_y, end_x, end_y in [] if found is None else found.reshape(-1, 4).tolist():
        across, down = abs(end_x - start_x), abs(end_y - start_y)
        upright = np.degrees(np.arctan2(across, down)) <= _UPRIGHT
        level = np.degrees(np.arctan2(down, across)) <= _UPRIGHT
        if not (upright or level):
            continue
        ends = (start_x, end_x) if upright else (start_y, end_y)
        along = (start_y, end_y) if upright else (start_x, end_x)
        at = (sum(ends) / 2 - middle) / _UNIT
        # Beside the face, not somewhere in its corner.
        beside = min(along) < middle + _UNIT and max(along) > middle - _UNIT
        if beside and _NEAREST <= abs(at) <= _FARTHEST:
            before, after = (Side.LEFT, Side.RIGHT) if upright else (Side.ABOVE, Side.BELOW)
            lines.append((before if at < 0 else after, at))
    return lines


def _about_face(tracked: TrackedFace) -> NDArray[np.uint8]:
    """Grey, the eyes level in the middle and `_UNIT` pixels apart."""
    left, right = tracked.face.eyes
    across = right - left
    angle = float(np.degrees(np.arctan2(across[1], across[0])))
    scale = _UNIT / max(tracked.face.inter_eye_distance, 1.0)
    centre = (left + right) / 2
    turn = np.asarray(
        cv2.getRotationMatrix2D((float(centre[0]), float(centre[1])), angle, scale), np.float64
    )
    turn[:, 2] += _REACH * _UNIT - centre
    side = int(2 * _REACH * _UNIT)
    grey = cv2.cvtColor(tracked.frame.pixels, cv2.COLOR_RGB2GRAY)
    # Shrunk before it is turned: sampled sparsely, fine patterns would make edges.
    blurred = cv2.GaussianBlur(grey, (0, 0), max(0.4, 0.4 / scale))
    # Beyond the picture nothing is known; repeated pixels draw lines outwards from it, none along.
    square = cv2.warpAffine(blurred, turn, (side, side), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(square, np.uint8)


def _usual(frames: Sequence[Sequence[float]]) -> tuple[float, float]:
    """The distance at which a line stands in most frames, and in which share of them."""
    shares = [(_share(frames, at), at) for frame in frames for at in frame]
    share, at = max(shares, default=(0.0, 0.0))
    return at, share


def _share(frames: Sequence[Sequence[float]], at: float) -> float:
    near = (any(abs(place - at) <= _SAME_PLACE for place in frame) for frame in frames)
    return sum(near) / len(frames)
