"""Face against background: does what lies around the face move with it, as on one picture?

Points around the head are followed from one frame to a later one, and the share is told that went
where the face's own movement (turn, size and shift of its landmarks) would have taken them. A room
stays behind; a picture held up takes its background along. Told as a figure only: a phone held in
the hand moves face and room alike, and a virtual background may follow the head.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import TrackedFace

LEAST_SHIFT = 0.12
"""Eye distances that the face must have moved between two frames; less is noise of landmarks."""
_WORKING = 24.0
"""Pixels between the eyes, to which frames are shrunk."""
_RIGID = [*range(27, 36), 36, 39, 42, 45]
_FOLLOWS = 0.3
"""Of the face's shift, by which a point may miss where the face would have taken it."""
_FEWEST_POINTS = 12


@dataclass(frozen=True)
class Surroundings:
    """How the picture around the face moved."""

    pairs: int
    """Of frames between which the face moved and enough around it could be followed."""
    along: float
    """Median share of the points around that moved with the face; 0 without pairs."""
    growth: float
    """The largest distance between the eyes over the smallest, of the middle nine tenths."""


def measure_surroundings(shown: Sequence[TrackedFace]) -> Surroundings:
    """Over these frames of one clip, in order of time."""
    shares = [share for a, b in pairwise(shown) if (share := _share_along(a, b)) is not None]
    distances = [tracked.face.inter_eye_distance for tracked in shown]
    small, large = np.quantile(distances, (0.05, 0.95))
    return Surroundings(
        pairs=len(shares),
        along=float(np.median(shares)) if shares else 0.0,
        growth=float(large / max(small, 1.0)),
    )


def _share_along(one: TrackedFace, other: TrackedFace) -> float | None:
    scale = min(1.0, _WORKING / one.face.inter_eye_distance)
    here, there = (tracked.face.landmarks[_RIGID] * scale for tracked in (one, other))
    motion, _ = cv2.estimateAffinePartial2D(here, there, method=cv2.LMEDS)
    if motion is None:
        return None
    first, second = (_small(tracked, scale) for tracked in (one, other))
    points = cv2.goodFeaturesToTrack(
        first, 80, 0.02, 4, mask=_around(first.shape[:2], one.face.landmarks * scale)
    )
    if points is None or len(points) < _FEWEST_POINTS:
        return None
    points = np.asarray(points, np.float32)
    went, found, _ = cv2.calcOpticalFlowPyrLK(
        first, second, points, points.copy(), winSize=(13, 13), maxLevel=3
    )
    taken = cv2.transform(points, motion)
    shift = np.linalg.norm(taken - points, axis=2)[:, 0]
    sure = (found[:, 0] > 0) & (shift >= LEAST_SHIFT * _WORKING)
    if sure.sum() < _FEWEST_POINTS:
        return None
    missed = np.linalg.norm(went - taken, axis=2)[:, 0]
    return float((missed[sure] <= _FOLLOWS * shift[sure]).mean())


def _small(tracked: TrackedFace, scale: float) -> NDArray[np.uint8]:
    grey = cv2.cvtColor(tracked.frame.pixels, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _around(size: tuple[int, ...], landmarks: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Beside and above the head, up to four eye distances away; not the body below it."""
    mask = np.zeros(size, np.uint8)
    middle = landmarks[36:48].mean(axis=0)
    chin = float(landmarks[8, 1])
    x, y = round(float(middle[0])), round(float(middle[1]))
    reach = round(4 * _WORKING)
    cv2.rectangle(mask, (x - reach, max(0, y - reach)), (x + reach, round(chin)), 255, -1)
    head = round(1.7 * _WORKING), round(2.4 * _WORKING)
    cv2.ellipse(mask, (x, y), head, 0, 0, 360, 0, -1)
    return mask
