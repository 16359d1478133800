"""face_recognition's models run by dlib itself: the reference that other engines are held to."""

from collections.abc import Callable
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from verifiers.face_engine import Descriptors, Face
from verifiers.face_engines.augmentation import mean_of
from verifiers.face_engines.converted import cache_folder
from verifiers.face_engines.dlib_faces import DlibFaces, Landmarks
from verifiers.face_engines.dlib_weights import (
    EMBEDDER,
    FIVE_POINTS,
    SIXTY_EIGHT_POINTS,
    engine_name,
    models_folder,
)
from verifiers.face_engines.shape_predictor import Box, Points
from verifiers.face_engines.unusable import UnusableWeights, first_line
from verifiers.picture import Pixels


class DlibEngine:
    """Finds, aligns and describes faces as face_recognition does, at a bounded size."""

    def __init__(self, models: Path | None = None) -> None:
        """`models`: a folder of dlib's files, else the installed one."""
        self._models = models or models_folder()
        self._faces = DlibFaces(
            DlibLandmarks(self._models / SIXTY_EIGHT_POINTS),
            DlibLandmarks(self._models / FIVE_POINTS),
            cache_folder(),
        )

    @cached_property
    def _embedder(self) -> Any:
        import dlib

        return _read(dlib.face_recognition_model_v1, self._models / EMBEDDER)

    @cached_property
    def name(self) -> str:
        return engine_name(self._models)

    def with_landmarks(self, landmarks: Landmarks) -> "DlibEngine":
        """The same, with another model of the 68 points; descriptors do not depend on these."""
        changed = copy(self)
        changed._faces = self._faces.with_landmarks(landmarks)
        return changed

    def load(self) -> None:
        """Read all models now, not when they are needed; raises `UnusableWeights`."""
        self._faces.load()
        _ = self._embedder

    def detect(self, pixels: Pixels, *, closer: bool = False) -> tuple[Face, ...]:
        return self._faces.detect(pixels, closer=closer)

    def describe(self, pixels: Pixels, faces: tuple[Face, ...]) -> Descriptors:
        chips = self._faces.chips(pixels, faces)
        return mean_of([self._embedder.compute_face_descriptor(chip) for chip in chips])


class DlibLandmarks:
    """A shape predictor of dlib's, loaded when it is first needed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, pixels: Pixels, box: Box) -> Points:
        import dlib

        points = self._predictor(pixels, dlib.rectangle(*box)).parts()
        return np.array([(point.x, point.y) for point in points], dtype=np.int64)

    def load(self) -> None:
        """Read it now; raises `UnusableWeights` where dlib cannot."""
        _ = self._predictor

    @cached_property
    def _predictor(self) -> Any:
        import dlib

        return _read(dlib.shape_predictor, self._path)


def _read(kind: Callable[[str], Any], path: Path) -> Any:
    try:
        return kind(str(path))
    except RuntimeError as error:
        problem = f"cannot be read by dlib: {first_line(error)}"
        raise UnusableWeights(path.name, problem) from None
