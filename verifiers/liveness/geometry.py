"""Is there a head behind the face? What a turn shows of depth, and what betrays a flat picture.

Two measurements, each from many pairs of frames of one clip:

- **Depth.** Between the frames at both ends of the turn, a homography is fitted through the
  landmarks that no expression moves (nose, corners of the eyes). What it leaves over, in inter-eye
  distances, is the nose's parallax against the eyes. Photographs tilted up to 40 degrees left 0.006
  to 0.029 (landmark noise), filmed heads that turned 17 degrees or more 0.064 to 0.09, rendered
  ones 0.066 to 0.13 over 21 degrees or more, but 0.03 to 0.04 over 16 to 21, in pieces that turn to
  one side: those stay undecided, which is why both sides are asked for.
- **Flatness.** `plane.fit_planes` follows skin texture. Of 455 frames with a photograph tilted by
  15 degrees or more, 99 % fit a plane within 0.0145 with at least 0.91 of the texture found; of
  81 frames of three filmed people and 201 of rendered heads, 2 did. So frames vote.

Flatness asks for its own angle, because `head_pose` reads 3 to 18 degrees from a photograph that is
turned by 40 to both sides: the nose it looks at never moves. Between the bounds nothing is said.

What this cannot see: a recording of a turning head, played back; it is taken for the head, whether
its screen is tilted or not (that takes a challenge). A photograph bent to a radius of four eye
distances is still called flat; bent as tightly as a head (1.3 of them) and turned by 30 degrees to
both sides it is undecided with 0.044, and one bent further may pass for a head.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import Landmarks, TrackedFace
from verifiers.head_pose import HeadPose, head_pose
from verifiers.liveness.plane import PlaneFit, fit_planes, landmark_tilt

FEWEST_FRAMES = 6
"""Three at each end of the turn."""
SMALLEST_EYE_DISTANCE = 24.0
"""Pixels. Landmarks are 0.3 to 0.5 pixels unsure, which is depth's whole bound on smaller faces."""
TURN_DEGREES = 15.0
"""The smallest turn, of a head or of a card, that is judged."""
DEPTH_RESIDUAL = 0.05
"""Inter-eye distances: between tightly bent photographs (0.044) and filmed heads (0.064)."""
FLAT_RESIDUAL = 0.014
FLAT_FOLLOWED = 0.85
FLAT_PAIRS = 4
"""Of a filmed person two frames in eight fitted a plane by chance, at most."""
FLAT_SHARE = 0.8
_AT_EACH_END = 3
_PAIRS_FOLLOWED = 24
"""Following a pair costs 20 ms; the frames that look most tilted are taken."""

# Nose and corners of the eyes: no expression moves them against each other.
_RIGID = [*range(27, 36), 36, 39, 42, 45]


class Shape(StrEnum):
    """What the geometry of a clip says."""

    DEPTH_SEEN = "depth seen"
    FLAT = "flat"
    NOT_ENOUGH_TURN = "not enough turn"
    UNDECIDED = "undecided"
    TOO_FEW_FRAMES = "too few frames"
    TOO_SMALL = "face too small"


@dataclass(frozen=True, eq=False)
class PosedFace:
    """A face of the clip with the pose of its head."""

    tracked: TrackedFace
    pose: HeadPose


@dataclass(frozen=True, eq=False)
class Turn:
    """The widest turn of a clip and what a plane leaves over between its two ends."""

    frontal: PosedFace
    ends: tuple[PosedFace, PosedFace]
    degrees: float
    """Between the ends: the median of nine pairs of frames."""
    residual: float
    """In inter-eye distances, the median of the same pairs."""


@dataclass(frozen=True, eq=False)
class Geometry:
    """What was measured on one clip, and what it says."""

    shape: Shape
    frames: int
    """In which the candidate's face was found."""
    eye_distance: float
    """Pixels, the median of the frames; 0 without frames."""
    turn: Turn | None = None
    """Not measured on too few frames or too small a face."""
    tilted: tuple[PlaneFit, ...] = ()
    """The frames whose texture, taken as a plane, is tilted by `TURN_DEGREES` or more."""
    flat: tuple[PlaneFit, ...] = ()
    """Those of them that a plane explains."""


def measure_geometry(faces: Sequence[TrackedFace]) -> Geometry:
    """What the candidate's faces in one clip, in order of time, say about depth."""
    distances = [tracked.face.inter_eye_distance for tracked in faces]
    size = float(np.median(distances)) if distances else 0.0
    if len(faces) < FEWEST_FRAMES:
        return Geometry(Shape.TOO_FEW_FRAMES, len(faces), size)
    if size < SMALLEST_EYE_DISTANCE:
        return Geometry(Shape.TOO_SMALL, len(faces), size)
    posed = [PosedFace(tracked, _pose(tracked)) for tracked in faces]
    turn = _measure_turn(posed)
    fits = _follow_texture(posed)
    fitting = [fit for fit in fits if _is_flat(fit)]
    tilted = tuple(fit for fit in fits if fit.tilt_degrees >= TURN_DEGREES)
    flat = tuple(fit for fit in fitting if fit.tilt_degrees >= TURN_DEGREES)
    one_plane = bool(fits) and len(fitting) >= len(fits) / 2
    if len(flat) >= FLAT_PAIRS and len(flat) >= FLAT_SHARE * len(tilted):
        shape = Shape.FLAT
    elif turn.degrees < TURN_DEGREES:
        shape = Shape.NOT_ENOUGH_TURN
    elif turn.residual >= DEPTH_RESIDUAL and not one_plane:
        # Not where most frames fit a plane: landmarks may be led astray, by a hand before a photo.
        shape = Shape.DEPTH_SEEN
    else:
        shape = Shape.UNDECIDED
    return Geometry(shape, len(faces), size, turn, tilted, flat)


def _is_flat(fit: PlaneFit) -> bool:
    return fit.residual <= FLAT_RESIDUAL and fit.followed >= FLAT_FOLLOWED


def _pose(tracked: TrackedFace) -> HeadPose:
    height, width = tracked.frame.pixels.shape[:2]
    return head_pose(tracked.face.landmarks, width, height)


def _measure_turn(posed: Sequence[PosedFace]) -> Turn:
    """The turn along the axis on which the pose varies most: left and right, a nod, or between.

    Three frames at each end, so that one face whose landmarks slipped makes no turn.
    """
    angles = np.array([(face.pose.yaw, face.pose.pitch) for face in posed])
    centred = angles - np.median(angles, axis=0)
    axis = np.linalg.svd(centred, full_matrices=False)[2][0]
    order = np.argsort(centred @ axis)
    low = [posed[i] for i in order[:_AT_EACH_END]]
    high = [posed[i] for i in order[-_AT_EACH_END:]]
    pairs = list(product(low, high))
    return Turn(
        frontal=min(posed, key=lambda face: face.pose.from_frontal),
        ends=(low[1], high[1]),
        degrees=float(np.median([_angle_between(a.pose, b.pose) for a, b in pairs])),
        residual=float(np.median([_plane_residual(a.tracked, b.tracked) for a, b in pairs])),
    )


def _angle_between(one: HeadPose, other: HeadPose) -> float:
    cosine = float(_nose_direction(one) @ _nose_direction(other))
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def _nose_direction(pose: HeadPose) -> NDArray[np.float64]:
    yaw, pitch = np.radians([pose.yaw, pose.pitch])
    return np.array([np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)])


def _plane_residual(one: TrackedFace, other: TrackedFace) -> float:
    here: Landmarks = one.face.landmarks[_RIGID]
    there: Landmarks = other.face.landmarks[_RIGID]
    plane, _ = cv2.findHomography(here, there, 0)
    if plane is None:
        return 0.0  # Landmarks on one line: no depth can be claimed from them.
    left_over = cv2.perspectiveTransform(here[None], plane)[0] - there
    return float(np.sqrt((left_over**2).sum(axis=1).mean()) / other.face.inter_eye_distance)


def _follow_texture(posed: Sequence[PosedFace]) -> tuple[PlaneFit, ...]:
    """From the frame of the usual pose to those that look most tilted against it."""
    angles = np.array([(face.pose.yaw, face.pose.pitch) for face in posed])
    usual = int(np.argmin(np.linalg.norm(angles - np.median(angles, axis=0), axis=1)))
    reference = posed[usual].tracked
    others = [face.tracked for i, face in enumerate(posed) if i != usual]
    most_tilted = sorted(others, key=lambda other: -landmark_tilt(reference, other))
    return fit_planes(reference, most_tilted[:_PAIRS_FOLLOWED])
