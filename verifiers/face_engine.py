"""Finding and describing faces: the one engine that faces, liveness and later linkage share.

The engine is passed in as a `FaceEngine`, so that no verifier depends on which is installed.
`DlibEngine` is face_recognition's: the HOG detector, the 68-point and the 5-point landmark models
and the ResNet descriptor. It is the reference that other engines are measured against.
"""

import warnings
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.picture import Frame, Pixels

Landmarks = NDArray[np.float64]
Descriptors = NDArray[np.float64]


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

    def detect(self, pixels: Pixels) -> tuple[Face, ...]:
        """All faces, the largest first, with landmarks."""
        ...

    def describe(self, pixels: Pixels, faces: tuple[Face, ...]) -> Descriptors:
        """One descriptor a face, `(n, d)`, each of unit length."""
        ...


class DlibEngine:
    """face_recognition's models, as its authors use them, with bounded detection cost.

    Descriptors are unit-normalised and averaged with those of the mirrored chip: measured on 33
    people, the mirror gives most of what augmentation gives.
    """

    detection_side = 640
    """Pictures are searched at this longest side at most, which costs 0.04 to 0.08 s; where no face
    is found, again at twice the size (and so at twice this side at most): the HOG detector finds
    faces from 80 pixels on."""

    doubtful_score = 0.25
    """Beside a sure face (0.5) a box below this is dropped: of 13 boxes beside a sure one, two were
    no faces (0.16, 0.22), one face had 0.22, the other ten had 0.54 and more."""

    @cached_property
    def _models(self) -> Any:
        # Importing face_recognition loads 100 MB of models; only verifiers that meet a face pay.
        with warnings.catch_warnings():
            # It imports pkg_resources, which warns at length that setuptools 82 will drop it.
            warnings.simplefilter("ignore")
            import face_recognition.api

        return face_recognition.api

    @property
    def name(self) -> str:
        return f"dlib-resnet-v1+mirror/{version('face-recognition-models')}"

    def detect(self, pixels: Pixels) -> tuple[Face, ...]:
        if min(pixels.shape[:2]) < 16:
            return ()  # dlib's detectors are not safe on tiny pictures.
        scale = min(1.0, self.detection_side / max(pixels.shape[:2]))
        return self._detect_at(pixels, scale) or self._detect_at(pixels, 2 * scale)

    def _detect_at(self, pixels: Pixels, scale: float) -> tuple[Face, ...]:
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        scaled = np.ascontiguousarray(
            pixels
            if scale == 1
            else cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=how)
        )
        faces = []
        boxes, scores, _ = self._models.face_detector.run(scaled, 0, 0.0)
        sure = max(scores, default=0.0) >= 0.5
        for box, score in zip(boxes, scores, strict=True):
            if sure and score < self.doubtful_score:
                continue
            points = self._models.pose_predictor_68_point(scaled, box).parts()
            landmarks = np.array([(p.x, p.y) for p in points], dtype=np.float64) / scale
            left, top, right, bottom = (
                side / scale for side in (box.left(), box.top(), box.right(), box.bottom())
            )
            faces.append(Face(left, top, right, bottom, landmarks, float(score)))
        return tuple(sorted(faces, key=lambda face: -face.area))

    def describe(self, pixels: Pixels, faces: tuple[Face, ...]) -> Descriptors:
        import dlib

        descriptors = []
        image = np.ascontiguousarray(pixels)
        for face in faces:
            box = dlib.rectangle(
                *(round(v) for v in (face.left, face.top, face.right, face.bottom))
            )
            shape = self._models.pose_predictor_5_point(image, box)
            chip = dlib.get_face_chip(image, shape)
            pair = [chip, np.ascontiguousarray(chip[:, ::-1])]
            both = np.array(self._models.face_encoder.compute_face_descriptor(pair))
            descriptors.append(unit(both.mean(axis=0)))
        return np.array(descriptors).reshape(len(faces), 128)


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
    # Sampling a large face sparsely would alias: shrink by area first.
    shrink = min(1.0, 2 * scale)
    small = (
        cv2.resize(pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        if shrink < 1
        else pixels
    )
    turn[:, :2] /= shrink
    chip = cv2.warpAffine(small, turn, (side, side), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(chip, dtype=np.uint8)


def unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """The vector scaled to length 1."""
    return vector / np.linalg.norm(vector)
