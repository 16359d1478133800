"""What every engine on dlib's models shares: faces found upright, their landmarks, aligned chips.

The HOG detector runs in dlib, as does the cutting of chips.
"""

import tempfile
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np

from verifiers.face_engine import Face
from verifiers.face_engines.augmentation import MARGIN, SIDE, augmented
from verifiers.face_engines.converted import kept
from verifiers.face_engines.shape_predictor import Box, Points
from verifiers.picture import Pixels

_DETECTION_SIDE = 640
"""Pictures are searched at this longest side at most, which costs 0.04 to 0.08 s; where no face is
found, again at twice the size (and so at twice this side at most): the HOG detector finds faces
from 80 pixels on."""
_SURE, _DOUBTFUL = 0.5, 0.25
"""Beside a sure face a doubtful one is dropped: of 13 boxes beside a sure one, two were no faces
(0.16, 0.22), one face had 0.22, the other ten had 0.54 and more."""
_PADDING = 0.25
"""Of the face, around it on each side of a chip: what the embedder was trained with."""
_WIDE_PADDING = _PADDING + MARGIN * (1 + 2 * _PADDING) / SIDE
_MIN_SIDE = 16
"""Pixels of the shorter side as searched: dlib's detectors are not safe on tiny pictures."""


class Landmarks(Protocol):
    """Places landmarks on the face in a box."""

    def __call__(self, pixels: Pixels, box: Box) -> Points:
        """`(n, 2)`, in whole pixels; `pixels` is contiguous."""
        ...

    def load(self) -> None:
        """Read the model now, not when it is needed; raises `UnusableWeights`."""
        ...


class DlibFaces:
    """Finds faces and cuts them out."""

    def __init__(self, sixty_eight: Landmarks, five: Landmarks, cache: Path | None) -> None:
        self._sixty_eight, self._five = sixty_eight, five
        self._cache = cache

    def with_landmarks(self, sixty_eight: Landmarks) -> "DlibFaces":
        """The same with the 68 points placed by another model; its own is not read any more."""
        return DlibFaces(sixty_eight, self._five, self._cache)

    @cached_property
    def _detector(self) -> Any:
        import dlib

        # dlib unpacks its detector from source text for 0.6 s; from a file it takes 2 ms.
        name = f"dlib_frontal_face_detector-{dlib.__version__}.svm"
        saved = kept(name, _saved_detector, self._cache)
        with tempfile.NamedTemporaryFile(suffix=".svm") as file:
            file.write(saved)
            file.flush()
            return dlib.fhog_object_detector(file.name)

    def load(self) -> None:
        """Read all models now."""
        _ = self._detector
        self._sixty_eight.load()
        self._five.load()

    def detect(self, pixels: Pixels, *, closer: bool = False) -> tuple[Face, ...]:
        """All upright faces, the largest first, with landmarks; `closer`, at twice the size."""
        scale = min(1.0, _DETECTION_SIDE / max(pixels.shape[:2]))
        if min(pixels.shape[:2]) * scale < _MIN_SIDE:
            return ()
        at_first = () if closer else self._detect_at(pixels, scale)
        return at_first or self._detect_at(pixels, 2 * scale)

    def _detect_at(self, pixels: Pixels, scale: float) -> tuple[Face, ...]:
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        if scale != 1:
            scaled = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=how)
            pixels = np.asarray(scaled, dtype=np.uint8)
        pixels = np.ascontiguousarray(pixels)
        faces = []
        boxes, scores, _ = self._detector.run(pixels, 0, 0.0)
        sure = max(scores, default=0.0) >= _SURE
        for box, score in zip(boxes, scores, strict=True):
            if sure and score < _DOUBTFUL:
                continue
            left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
            landmarks = self._sixty_eight(pixels, (left, top, right, bottom)) / scale
            left, top, right, bottom = (side / scale for side in (left, top, right, bottom))
            faces.append(Face(left, top, right, bottom, landmarks, float(score)))
        return tuple(sorted(faces, key=lambda face: -face.area))

    def chips(self, pixels: Pixels, faces: tuple[Face, ...]) -> Pixels:
        """Each face upright by its 5 points, in all of `AUGMENTATIONS`: `(n, 150, 150, 3)`.

        Those of one face follow each other; `augmentation.mean_of` makes one descriptor of them.
        """
        import dlib

        image = np.ascontiguousarray(pixels)
        chips = [np.empty((0, SIDE, SIDE, 3), np.uint8)]
        for face in faces:
            left, top, right, bottom = map(round, (face.left, face.top, face.right, face.bottom))
            points = self._five(image, (left, top, right, bottom))
            placed = dlib.full_object_detection(
                dlib.rectangle(left, top, right, bottom), [dlib.point(*p) for p in points.tolist()]
            )
            wide = dlib.get_face_chip(image, placed, SIDE + 2 * MARGIN, _WIDE_PADDING)
            chips.append(augmented(wide))
        return np.concatenate(chips)


def _saved_detector() -> bytes:
    import dlib

    with tempfile.NamedTemporaryFile(suffix=".svm") as file:
        dlib.get_frontal_face_detector().save(file.name)
        return Path(file.name).read_bytes()
