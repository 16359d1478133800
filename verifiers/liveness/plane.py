"""Does the face move as one plane? Skin texture followed between frames, and a homography fitted.

Two views of a flat picture are related by a homography, exactly, whatever the angle (Hartley and
Zisserman, Multiple View Geometry, §13.1). A head is not flat: when it turns, the nose shifts
against the cheeks, and no homography explains both. Texture is followed by pyramidal Lucas-Kanade,
after the frame was brought near the reference by its landmarks, so that only small shifts are left
to measure. On photographs tilted by 15 to 40 degrees the homography leaves 0.004 to 0.017 of the
inter-eye distance (median 0.007), on heads 0.012 to 0.17 (median 0.04).

Eyelids, mouth and jaw are masked, so that a blink or speech is not taken for depth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import Landmarks, TrackedFace
from verifiers.picture import Pixels

# The rim of the jaw, the nose, and the corners of the eyes: enough to bring two frames together.
_OUTLINE = [*range(1, 16), *range(27, 36), 36, 39, 42, 45]
_LEFT_EYE, _RIGHT_EYE, _MOUTH = slice(36, 42), slice(42, 48), slice(48, 60)

_WORKING_EYE_DISTANCE = 48.0
"""Pixels; larger faces are shrunk to it, which also averages sensor noise away."""
_MARGIN = 0.8
"""Eye distances kept around the landmarks: the forehead, and what evening the light looks at."""
_MOST_POINTS = 120
_FEWEST_POINTS = 12
"""A homography takes 4; twelve leave 16 equations to check it with."""
_WINDOW = (11, 11)
_RETURN_ERROR = 0.5
"""Pixels by which a point may miss itself when followed to the frame and back."""

Points = NDArray[np.float32]
Gray = NDArray[np.uint8]


@dataclass(frozen=True)
class PlaneFit:
    """How well a plane explains what changed on the face between the reference and one frame."""

    seconds: float
    """Of the frame, in its clip."""
    tilt_degrees: float
    """Angle of the plane to the reference, were the reference seen straight on."""
    residual: float
    """Root mean square of what the homography leaves, in inter-eye distances."""
    followed: float
    """Share of the reference's texture points that could be followed, 0 to 1."""


def fit_planes(reference: TrackedFace, others: Sequence[TrackedFace]) -> tuple[PlaneFit, ...]:
    """One fit for each of the frames in which enough of the reference's texture was found again.

    A frame that could not be followed (another exposure, motion blur, a face turned far) has no
    fit: it says neither flat nor deep.
    """
    base = _working_size(reference)
    points = _texture_points(base.gray, base.landmarks)
    if len(points) < _FEWEST_POINTS:
        return ()
    fits = (_fit(base, points, other) for other in others if other is not reference)
    return tuple(fit for fit in fits if fit is not None)


def landmark_tilt(reference: TrackedFace, other: TrackedFace) -> float:
    """Degrees that a plane through the landmarks would be tilted: rough (5 degrees), and cheap."""
    height, width = other.frame.pixels.shape[:2]
    return _tilt(reference.face.landmarks[_OUTLINE], other.face.landmarks[_OUTLINE], width, height)


@dataclass(frozen=True, eq=False)
class _Working:
    """The face cut out of its frame, evenly lit, at working size."""

    gray: Gray
    landmarks: Landmarks
    """In pixels of the cut."""
    start: NDArray[np.float64]
    """Where the cut begins in the whole frame of this size: left, top."""
    size: tuple[float, float]
    """Of that frame: width, height."""


def _working_size(tracked: TrackedFace) -> _Working:
    eyes = tracked.face.inter_eye_distance
    scale = min(1.0, _WORKING_EYE_DISTANCE / eyes)
    height, width = tracked.frame.pixels.shape[:2]
    landmarks = tracked.face.landmarks
    margin = _MARGIN * eyes
    left, top = np.clip(landmarks.min(axis=0) - margin, 0, (width - 1, height - 1)).astype(int)
    right, low = np.clip(landmarks.max(axis=0) + margin, (left + 1, top + 1), (width, height))
    pixels: Pixels = tracked.frame.pixels[top : int(low), left : int(right)]
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if scale < 1:
        gray = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    start = np.array([left, top], np.float64)
    return _Working(
        _evenly_lit(gray, 0.15 * min(_WORKING_EYE_DISTANCE, eyes)),
        (landmarks - start) * scale,
        start * scale,
        (width * scale, height * scale),
    )


def _evenly_lit(gray: NDArray[Any], reach: float) -> Gray:
    """Each place against its surroundings: Lucas-Kanade takes brightness as constant, and the sheen
    on a screen that is tilted, or a lamp beside a head that turns, is not.
    """
    bright = gray.astype(np.float32)
    around = bright - cv2.GaussianBlur(bright, (0, 0), reach)
    contrast = np.sqrt(cv2.GaussianBlur(around**2, (0, 0), 2 * reach))
    # 4 grey levels: below it is the sensor's noise, which is not to be blown up to texture.
    return np.asarray(np.clip(128 + 48 * around / (contrast + 4), 0, 255), dtype=np.uint8)


def _texture_points(gray: Gray, landmarks: Landmarks) -> Points:
    """Corners on the still part of the face, `(n, 1, 2)`."""
    eyes = _eye_distance(landmarks)
    mask = np.zeros(gray.shape, dtype=np.uint8)
    forehead = landmarks[17:27] - (0, 0.25 * eyes)
    hull = cv2.convexHull(np.vstack([landmarks[:17], forehead]).astype(np.float32))
    cv2.fillConvexPoly(mask, hull.astype(np.int32), 255)
    mask = np.asarray(cv2.erode(mask, _square(0.12 * eyes)), dtype=np.uint8)
    for part, margin in ((_LEFT_EYE, 0.08), (_RIGHT_EYE, 0.08), (_MOUTH, 0.15)):
        moving = np.zeros_like(mask)
        outline = cv2.convexHull(landmarks[part].astype(np.float32)).astype(np.int32)
        cv2.fillConvexPoly(moving, outline, 255)
        mask[cv2.dilate(moving, _square(margin * eyes)) > 0] = 0
    mask[max(0, int(landmarks[_MOUTH, 1].min())) :] = 0
    found = cv2.goodFeaturesToTrack(
        gray, _MOST_POINTS, 0.01, minDistance=0.06 * eyes, mask=mask, blockSize=5
    )
    return np.zeros((0, 1, 2), np.float32) if found is None else np.asarray(found, np.float32)


def _fit(base: _Working, points: Points, other: TrackedFace) -> PlaneFit | None:
    frame = _working_size(other)
    seen, known = frame.landmarks[_OUTLINE], base.landmarks[_OUTLINE]
    near, _ = cv2.estimateAffine2D(seen, known, method=cv2.LMEDS)
    if near is None:
        return None
    to_base = np.vstack([near, [0.0, 0.0, 1.0]])
    # Twice: what the first pass finds brings the frame close enough for the second to be exact.
    for _ in range(2):
        found, kept = _follow(base.gray, frame.gray, to_base, points)
        if kept.sum() < _FEWEST_POINTS:
            return None
        refined, _ = cv2.findHomography(found[kept], points[kept], cv2.LMEDS)
        if refined is None:
            return None
        to_base = refined
    here = points[kept, 0].astype(np.float64)
    there = found[kept, 0].astype(np.float64)
    plane, _ = cv2.findHomography(here, there, 0)
    if plane is None:
        return None
    left_over = cv2.perspectiveTransform(here[None], plane)[0] - there
    return PlaneFit(
        seconds=other.frame.seconds,
        tilt_degrees=_tilt(here, there + frame.start, *frame.size),
        residual=float(np.sqrt((left_over**2).sum(axis=1).mean()) / _eye_distance(frame.landmarks)),
        followed=float(kept.mean()),
    )


def _follow(
    base: Gray, frame: Gray, to_base: NDArray[np.float64], points: Points
) -> tuple[Points, NDArray[np.bool_]]:
    """Where the points of the base lie in the frame, `(n, 1, 2)`, and which were found surely."""
    warped = cv2.warpPerspective(frame, to_base, (base.shape[1], base.shape[0]))
    there, _found, _ = cv2.calcOpticalFlowPyrLK(
        base, warped, points, points.copy(), winSize=_WINDOW, maxLevel=2
    )
    back, _returned, _ = cv2.calcOpticalFlowPyrLK(
        warped, base, there, there.copy(), winSize=_WINDOW, maxLevel=2
    )
    kept = (
        (_found[:, 0] > 0)
        & (_returned[:, 0] > 0)
        & (np.abs(back - points).max(axis=(1, 2)) < _RETURN_ERROR)
    )
    in_frame = cv2.perspectiveTransform(there, np.linalg.inv(to_base))
    return np.asarray(in_frame, np.float32), np.asarray(kept, np.bool_)


def _tilt(
    here: NDArray[np.float64], there: NDArray[np.float64], width: float, height: float
) -> float:
    """Degrees between the plane of `here`, seen straight on, and the same plane seen as `there`.

    The camera is taken to have a focal length of its longer side, as in `head_pose`.
    """
    flat = (here - here.mean(axis=0)) / np.ptp(here[:, 0])
    flat = np.column_stack([flat, np.zeros(len(flat))])
    focal = float(max(width, height))
    camera = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1]])
    _, turn, shift = cv2.solvePnP(flat, there, camera, None, flags=cv2.SOLVEPNP_IPPE)
    turn, _ = cv2.solvePnPRefineLM(flat, there, camera, None, turn, shift)
    rotation, _ = cv2.Rodrigues(turn)
    return float(np.degrees(np.arccos(np.clip(rotation[2, 2], -1, 1))))


def _eye_distance(landmarks: Landmarks) -> float:
    return float(
        np.linalg.norm(landmarks[_LEFT_EYE].mean(axis=0) - landmarks[_RIGHT_EYE].mean(axis=0))
    )


def _square(radius: float) -> NDArray[np.uint8]:
    side = 2 * int(radius) + 1
    return np.ones((side, side), np.uint8)
