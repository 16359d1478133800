"""What a real-time face swap may leave: figures only, since no rate is known that would carry more.

Three measures over neighbouring frames: how far landmarks stray from where the skin's texture went
(a pasted face is placed anew in every frame), how much the rim of the face flickers against its
middle (the seam is blended anew), and what is lost of the face where it turns to profile. Poor
light and strong compression raise all three, so nothing is said of anybody by them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from models.finding import Seen
from verifiers.face_engine import Landmarks, TrackedFace, aligned_chip
from verifiers.head_pose import head_pose
from verifiers.liveness.signs import Signs
from verifiers.picture import Clip

MOST_PAIRS = 24
NEIGHBOURS_SECONDS = 0.35
PROFILE_DEGREES = 30.0
_UNIT = 48.0
"""Pixels between the eyes, to which frames are shrunk before texture is followed."""
_RETURN_ERROR = 0.5
_FEWEST_POINTS = 8
_SIDE = 96
"""Pixels of an aligned face."""
_STEADY = [*range(27, 36), 36, 39, 42, 45]


@dataclass(frozen=True)
class SwapSignals:
    """The figures of one clip; each 0 where it was not measured."""

    pairs: int
    """Neighbouring frames compared."""
    jitter: float
    """Median distance of a landmark from where the texture under it went, in eye distances."""
    rim_flicker: float
    """Median change of the face's rim from frame to frame, over that of its middle."""
    profile_frames: int
    """Turned by 30 degrees or more."""
    lost: float
    """Share of the frames without a face, of those within half a second of such a turn."""


def measure_swap_signals(clip: Clip, faces: Sequence[TrackedFace]) -> SwapSignals:
    """`faces` are the candidate's in the clip, of every frame searched, in order of time."""
    near = [
        (one, other)
        for one, other in pairwise(faces)
        if other.frame.seconds - one.frame.seconds <= NEIGHBOURS_SECONDS
    ]
    at = np.unique(np.linspace(0, max(len(near) - 1, 0), MOST_PAIRS).round().astype(int))
    pairs = [near[i] for i in at] if near else []
    jitters = [value for pair in pairs if (value := _jitter(*pair)) is not None]
    flickers = [_rim_over_middle(*pair) for pair in pairs]
    turned = [tracked for tracked in faces if _yaw(tracked) >= PROFILE_DEGREES]
    return SwapSignals(
        pairs=len(pairs),
        jitter=float(np.median(jitters)) if jitters else 0.0,
        rim_flicker=float(np.median(flickers)) if flickers else 0.0,
        profile_frames=len(turned),
        lost=_lost_about(clip, faces, turned),
    )


def swap_signals(clip: Clip, faces: Sequence[TrackedFace]) -> Signs:
    """The figures, and no finding."""
    found = measure_swap_signals(clip, faces)
    told = (
        ("pairs of frames compared for a pasted face", found.pairs),
        ("landmarks off the texture under them, eye distances", round(found.jitter, 4)),
        ("flicker of the face's rim over its middle", round(found.rim_flicker, 3)),
        ("frames turned by 30 degrees or more", found.profile_frames),
        ("share of the frames about them without a face", round(found.lost, 2)),
    )
    return Signs((), tuple(Seen(what=what, value=value, file=clip.file) for what, value in told))


def _jitter(one: TrackedFace, other: TrackedFace) -> float | None:
    scale = min(1.0, _UNIT / one.face.inter_eye_distance)
    first, second = (_grey(tracked, scale) for tracked in (one, other))
    here, there = (
        np.asarray(tracked.face.landmarks[_STEADY] * scale, np.float32)[:, None]
        for tracked in (one, other)
    )
    went, found, _ = cv2.calcOpticalFlowPyrLK(first, second, here, there.copy(), winSize=(15, 15))
    back, returned, _ = cv2.calcOpticalFlowPyrLK(second, first, went, here.copy(), winSize=(15, 15))
    sure = (found[:, 0] > 0) & (returned[:, 0] > 0)
    sure &= np.abs(back - here).max(axis=(1, 2)) < _RETURN_ERROR
    if sure.sum() < _FEWEST_POINTS:
        return None
    strayed = np.linalg.norm((went - there)[sure, 0], axis=1)
    return float(np.median(strayed)) / (one.face.inter_eye_distance * scale)


def _rim_over_middle(one: TrackedFace, other: TrackedFace) -> float:
    chips = [
        cv2.cvtColor(aligned_chip(tracked.frame.pixels, tracked.face, _SIDE), cv2.COLOR_RGB2GRAY)
        for tracked in (one, other)
    ]
    change = cv2.absdiff(*(cv2.GaussianBlur(chip, (0, 0), 1.0) for chip in chips))
    rim, middle = _rim_and_middle(_on_chip(one.face.landmarks, one))
    return float(change[rim].mean() + 1) / float(change[middle].mean() + 1)


def _on_chip(landmarks: Landmarks, tracked: TrackedFace) -> Landmarks:
    """As `aligned_chip` places them: eyes level at 42 % of the height, 35 % of the side apart."""
    left, right = tracked.face.eyes
    across = right - left
    angle, apart = np.arctan2(across[1], across[0]), max(tracked.face.inter_eye_distance, 1.0)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    centred = (landmarks - (left + right) / 2) @ turn.T * (0.35 * _SIDE / apart)
    return np.asarray(centred + np.array([_SIDE / 2, 0.42 * _SIDE]), np.float64)


def _rim_and_middle(points: Landmarks) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """A band along the jaw's outline, and the face well within it without eyes and mouth."""
    hull = cv2.convexHull(points.astype(np.float32)).astype(np.int32)
    face = np.zeros((_SIDE, _SIDE), np.uint8)
    cv2.fillConvexPoly(face, hull, 255)
    wide, narrow = np.ones((13, 13), np.uint8), np.ones((5, 5), np.uint8)
    inside = np.asarray(cv2.erode(face, wide), np.uint8)
    for part in (slice(36, 42), slice(42, 48), slice(48, 68)):
        moving = cv2.convexHull(points[part].astype(np.float32)).astype(np.int32)
        cv2.fillConvexPoly(inside, moving, 0)
    rim = (cv2.dilate(face, narrow) > 0) & (cv2.erode(face, narrow) == 0)
    # A face cut off by the picture's edge may have no middle left: then all of it is.
    return rim, inside > 0 if inside.any() else face > 0


def _grey(tracked: TrackedFace, scale: float) -> NDArray[np.uint8]:
    grey = cv2.cvtColor(tracked.frame.pixels, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _yaw(tracked: TrackedFace) -> float:
    height, width = tracked.frame.pixels.shape[:2]
    return abs(head_pose(tracked.face.landmarks, width, height).yaw)


def _lost_about(clip: Clip, faces: Sequence[TrackedFace], turned: Sequence[TrackedFace]) -> float:
    seen = {tracked.frame.seconds for tracked in faces}
    about = [
        frame.seconds
        for frame in clip.frames
        if any(abs(frame.seconds - tracked.frame.seconds) <= 0.5 for tracked in turned)
    ]
    return sum(seconds not in seen for seconds in about) / len(about) if about else 0.0
