"""Finding and describing faces: the one engine that faces, liveness and later linkage share.

The engine is passed in as a `FaceEngine`, so that no verifier depends on which is installed;
`face_engines` has them.
"""

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.picture import Frame, Pixels

Landmarks = NDArray[np.float64]
Descriptors = NDArray[np.float64]
Transform = NDArray[np.float64]
"""`(2, 3)`: from a picture's pixels to a chip's."""


@dataclass(frozen=True, eq=False)
class Face:
    """A face on a picture, in pixels of that picture."""

    left: float
    top: float
    right: float
    bottom: float
    landmarks: Landmarks
    """`(68, 2)`: the iBUG 300-W points; 0-16 are the jaw, 27-35 the nose, 36-47 the eyes."""
    score: float = 1.0
    """How sure the detector is that this is an upright face: 0 hardly, from 0.5 on sure."""

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def eyes(self) -> tuple[Landmarks, Landmarks]:
        """The centres of both eyes, the left one on the picture first."""
        return self.landmarks[36:42].mean(axis=0), self.landmarks[42:48].mean(axis=0)

    @property
    def inter_eye_distance(self) -> float:
        """Pixels between the centres of the eyes (ISO/IEC 29794-5, inter-eye distance)."""
        left, right = self.eyes
        return float(np.hypot(*(right - left)))


@dataclass(frozen=True, eq=False)
class TrackedFace:
    """One person's face in one frame of footage."""

    file: str
    frame: Frame
    face: Face


class FaceEngine(Protocol):
    """What a face engine must do. It holds models, so make one and keep it."""

    @property
    def name(self) -> str:
        """Name and version; templates of engines that differ here are never compared."""
        ...

    def detect(self, pixels: Pixels, *, closer: bool = False) -> tuple[Face, ...]:
        """All faces, the largest first, with landmarks.

        `closer`: also those of half the size that is looked for otherwise, at four times the cost.
        """
        ...

    def describe(self, pixels: Pixels, faces: tuple[Face, ...]) -> Descriptors:
        """One descriptor a face, `(n, d)`, each of unit length."""
        ...


def aligned_chip(pixels: Pixels, face: Face, side: int = 160) -> Pixels:
    """The face cut out upright, `(side, side, 3)`: eyes level at 42 % of its height, 35 % apart."""
    eyes = face.eyes
    across = eyes[1] - eyes[0]
    scale = 0.35 * side / max(face.inter_eye_distance, 1.0)
    degrees = float(np.degrees(np.arctan2(across[1], across[0])))
    middle = (eyes[0] + eyes[1]) / 2
    centre = (float(middle[0]), float(middle[1]))
    turn = np.asarray(cv2.getRotationMatrix2D(centre, degrees, scale), dtype=np.float64)
    turn[:, 2] += np.array([side / 2, 0.42 * side]) - middle
    return cut(pixels, turn, side, beyond=cv2.BORDER_REPLICATE)


def cut(
    pixels: Pixels, transform: Transform, side: int, beyond: int = cv2.BORDER_CONSTANT
) -> Pixels:
    """The chip, `(side, side, 3)`; `beyond` the picture black, or as OpenCV names other borders."""
    scale = float(np.hypot(transform[0, 0], transform[1, 0]))
    part, left, top = _around_chip(pixels, transform, side, scale)
    turn = transform.copy()
    turn[:, 2] += turn[:, :2] @ (left, top)
    # Sampling a large face sparsely would alias: shrink by area first, to a pixel at least.
    shrink = min(1.0, max(2 * scale, 1 / min(part.shape[:2])))
    if shrink < 1:
        small = cv2.resize(part, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        part = np.asarray(small, dtype=np.uint8)
        turn[:, :2] /= shrink
    return np.asarray(cv2.warpAffine(part, turn, (side, side), borderMode=beyond), dtype=np.uint8)


def _around_chip(
    pixels: Pixels, turn: Transform, side: int, scale: float
) -> tuple[Pixels, int, int]:
    """What of a picture a chip shows, with a margin, and where that begins: left and top."""
    margin = 4 / min(1.0, scale)
    corners = np.array([[0, 0], [side, 0], [0, side], [side, side]]) - turn[:, 2]
    places = corners @ np.linalg.inv(turn[:, :2]).T
    height, width = pixels.shape[:2]
    left, top = np.clip(places.min(axis=0) - margin, 0, (width - 1, height - 1)).astype(int)
    right, bottom = np.clip(places.max(axis=0) + margin, (left + 1, top + 1), (width, height))
    return pixels[top : int(bottom) + 1, left : int(right) + 1], int(left), int(top)


def unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """The vector scaled to length 1."""
    return vector / np.linalg.norm(vector)
