"""Another's face pasted live on the person's own, and another person who takes over."""

import cv2
import numpy as np

from samples.portraits import Plane, RgbImage
from samples.presentations.take import Frames, Take, eyes

_JITTER, _KEEPS = 0.012, 0.5
"""Of where the face is thought to be: eye distances, and how much of it stays frame by frame."""
_PROFILE = 0.42
"""The nose this far from the middle of the jaw, as a share of its half: the swap loses the face."""


def face_swap(take: Take, seed: int, pasted: Take) -> Frames:
    """One frontal picture of `pasted` warped onto the face in every frame, a frame behind.

    Where the face is lost (a hand, a profile) the person's own shows, and shortly after: the
    tracker needs two frames to find it again.
    """
    random = np.random.default_rng([seed, 96_000])
    picture, source = _most_frontal(pasted)
    triangles = _triangles(source)
    made: list[RgbImage] = []
    error, lost = np.zeros((68, 2)), 0
    behind = take.face(0)
    for place, frame in enumerate(take.frames):
        seen = take.face(place)
        error = _KEEPS * error + random.normal(0, _JITTER, (68, 2)) + random.normal(0, _JITTER, 2)
        if seen is None or _aside(seen) > _PROFILE:
            lost = 2
        elif lost:
            lost -= 1
        if seen is None or lost or behind is None:
            made.append(frame)
        else:
            # Most of it follows; what moved since the last frame comes late.
            target = 0.8 * seen + 0.2 * behind + error * eyes(seen)[1]
            made.append(_pasted(frame, picture, source, target, triangles))
        behind = seen
    return tuple(made)


def person_changed(take: Take, seed: int, after: Take) -> Frames:
    """From about the middle on it is somebody else."""
    half = round(np.random.default_rng([seed, 97_000]).uniform(0.35, 0.65) * len(take.frames))
    other = [after.frames[i % len(after.frames)] for i in range(half, len(take.frames))]
    fitted = (cv2.resize(image, take.size, interpolation=cv2.INTER_AREA) for image in other)
    return take.frames[:half] + tuple(np.asarray(image, np.uint8) for image in fitted)


def _most_frontal(take: Take) -> tuple[RgbImage, Plane]:
    faces = [(place, take.face(place)) for place in range(len(take.frames))]
    found = [(_aside(points), place, points) for place, points in faces if points is not None]
    if not found:
        raise ValueError("there is no face in any of these frames")
    _, place, points = min(found, key=lambda one: one[0])
    return take.frames[place], points


def _aside(points: Plane) -> float:
    """How far the tip of the nose is from the middle of the jaw, 0 frontal to about 1."""
    left, right = points[1, 0], points[15, 0]
    return float(abs(points[30, 0] - (left + right) / 2) / max((right - left) / 2, 1))


def _triangles(points: Plane) -> list[tuple[int, int, int]]:
    """Delaunay's, as numbers of landmarks."""
    left, top = np.floor(points.min(axis=0)) - 2
    right, low = np.ceil(points.max(axis=0)) + 2
    plane = cv2.Subdiv2D((int(left), int(top), int(right - left) + 1, int(low - top) + 1))
    plane.insert([(float(x), float(y)) for x, y in points])
    corners = np.asarray(plane.getTriangleList()).reshape(-1, 3, 2)
    gaps = np.linalg.norm(corners[:, :, None] - points[None, None], axis=-1)
    near = gaps.argmin(axis=-1)[gaps.min(axis=-1).max(axis=-1) < 0.5]
    return [(int(a), int(b), int(c)) for a, b, c in near]


def _pasted(
    frame: RgbImage,
    picture: RgbImage,
    source: Plane,
    target: Plane,
    triangles: list[tuple[int, int, int]],
) -> RgbImage:
    """The picture's face on the frame's: bent triangle by triangle, its colour matched."""
    height, width = frame.shape[:2]
    low = np.clip(np.floor(target.min(axis=0)).astype(int) - 4, 0, [width, height])
    high = np.clip(np.ceil(target.max(axis=0)).astype(int) + 4, 0, [width, height])
    size = high - low
    if size.min() < 8:
        return frame
    points = target - low
    places = np.full((size[1], size[0], 2), -1, np.float32)
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    inside = np.zeros((size[1], size[0]), np.uint8)
    for corners in triangles:
        to, of = points[list(corners)], source[list(corners)]
        place = cv2.getAffineTransform(to.astype(np.float32), of.astype(np.float32))
        inside[...] = 0
        cv2.fillConvexPoly(inside, to.round().astype(np.int32), 1)
        where = inside > 0
        for axis in range(2):
            bent = place[axis, 0] * columns[where] + place[axis, 1] * rows[where] + place[axis, 2]
            places[where, axis] = bent
    face = cv2.remap(picture, places[..., 0], places[..., 1], cv2.INTER_LINEAR).astype(np.float32)
    hull = np.zeros((size[1], size[0]), np.float32)
    cv2.fillConvexPoly(hull, cv2.convexHull(points.round().astype(np.int32)), 1.0)
    hull *= places[..., 0] >= 0
    unit = eyes(target)[1]
    cover = cv2.GaussianBlur(
        cv2.erode(hull, np.ones((3, 3)), iterations=max(1, round(0.08 * unit))), (0, 0), 0.07 * unit
    )
    patch = frame[low[1] : high[1], low[0] : high[0]].astype(np.float32)
    for channel in range(3):
        own, other = patch[..., channel][hull > 0], face[..., channel][hull > 0]
        spread = float(np.clip(own.std() / max(other.std(), 1), 0.6, 1.6))
        face[..., channel] = (face[..., channel] - other.mean()) * spread + own.mean()
    result = frame.copy()
    laid = patch + (face - patch) * np.minimum(cover, hull)[..., None]
    result[low[1] : high[1], low[0] : high[0]] = np.clip(laid, 0, 255).astype(np.uint8)
    return result
