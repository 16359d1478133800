"""The same weights as `DlibEngine`, run by onnxruntime: the engine that serves.

On first use the installed files are checked, converted and kept in the cache; that takes five
seconds of CPU time, every later start a third of one.
"""

from collections.abc import Callable
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import Any

from verifiers.face_engine import Descriptors, Face
from verifiers.face_engines.augmentation import mean_of
from verifiers.face_engines.converted import cache_folder, kept
from verifiers.face_engines.dlib_faces import DlibFaces, Landmarks
from verifiers.face_engines.dlib_weights import (
    DETECTOR,
    EMBEDDER,
    ENGINE,
    FIVE_POINTS,
    SHA256,
    SIXTY_EIGHT_POINTS,
    file_of_known_size,
    known_file,
    models_folder,
    read_detector,
    read_embedder,
)
from verifiers.face_engines.inference import session
from verifiers.face_engines.mmod import MmodDetector
from verifiers.face_engines.shape_predictor import Box, Points, ShapePredictor
from verifiers.face_engines.shape_weights import ShapeWeights, read_shape_weights
from verifiers.picture import Pixels

_CONVERSION = 2
"""Raise it with every change of how weights are converted or kept: all are then made anew."""
_CHIPS_AT_ONCE = 16
"""More at once are no faster, and each takes 5 MB."""


class OnnxEngine:
    """Finds faces as `DlibEngine` does and gives the same descriptors, each at a 17th of the cost.

    Raises `UnusableWeights` where the installed weights are not those it was made for.
    """

    def __init__(self, models: Path | None = None, cache: Path | None = None) -> None:
        """`models`: a folder of dlib's files, else the installed one; `cache`: see `converted`."""
        self._models = models or models_folder()
        self._cache = cache or cache_folder()
        self._faces = DlibFaces(
            ConvertedLandmarks(SIXTY_EIGHT_POINTS, self._models, self._cache),
            ConvertedLandmarks(FIVE_POINTS, self._models, self._cache),
            self._cache,
        )
        self._embedder = self._session(EMBEDDER, _embedder)

    @property
    def name(self) -> str:
        return ENGINE

    def with_landmarks(self, landmarks: Landmarks) -> "OnnxEngine":
        """The same, with another model of the 68 points; descriptors do not depend on these."""
        changed = copy(self)
        changed._faces = self._faces.with_landmarks(landmarks)
        return changed

    def load(self) -> None:
        """Read the models that detection needs now, not when they are needed.

        Raises `UnusableWeights` as the constructor does.
        """
        self._faces.load()

    def detect(self, pixels: Pixels, *, closer: bool = False) -> tuple[Face, ...]:
        return self._faces.detect(pixels, closer=closer)

    def describe(self, pixels: Pixels, faces: tuple[Face, ...]) -> Descriptors:
        chips = self._faces.chips(pixels, faces)
        found: list[Any] = []
        for start in range(0, len(chips), _CHIPS_AT_ONCE):
            chips_now = chips[start : start + _CHIPS_AT_ONCE]
            found.extend(self._embedder.run(None, {"chips": chips_now})[0])
        return mean_of(found)

    @cached_property
    def cnn(self) -> MmodDetector:
        """The convolutional detector, which also finds faces that are turned or tilted.

        For measurement only: on those more that it finds landmarks cannot be trusted, and it costs
        more than the upright search. `docs/accuracy.md` has the figures.
        """
        network = self._session(DETECTOR, _detector)
        return MmodDetector(network, self._kept("dlib_pyramid", _shrinking))

    def _session(self, file: str, make: Callable[[bytes], bytes]) -> Any:
        # Checked before the cache is asked: what is installed must be what was converted.
        path = known_file(file, self._models)
        return self._kept(_name_of(file), lambda: make(path.read_bytes()))

    def _kept(self, name: str, make: Callable[[], bytes]) -> Any:
        return session(bytes(kept(f"{name}-v{_CONVERSION}.onnx", make, self._cache)))


class ConvertedLandmarks:
    """A shape predictor, loaded when it is first needed."""

    def __init__(self, file: str, models: Path, cache: Path | None) -> None:
        self._file, self._models, self._cache = file, models, cache

    def __call__(self, pixels: Pixels, box: Box) -> Points:
        return self._predictor(pixels, box)

    def load(self) -> None:
        _ = self._predictor

    @cached_property
    def _predictor(self) -> ShapePredictor:
        file_of_known_size(self._file, self._models)
        name = f"{_name_of(self._file)}-v{_CONVERSION}.shape"
        return ShapePredictor(ShapeWeights.from_bytes(kept(name, self._converted, self._cache)))

    def _converted(self) -> bytes:
        path = known_file(self._file, self._models)
        return read_shape_weights(self._file, path.read_bytes()).to_bytes()


def _name_of(file: str) -> str:
    return f"{Path(file).stem}-{SHA256[file][:16]}"


# `onnx` takes half a second to import, and only a conversion needs it.
def _embedder(data: bytes) -> bytes:
    from verifiers.face_engines.dlib_onnx import embedder_model

    return embedder_model(read_embedder(data))


def _detector(data: bytes) -> bytes:
    from verifiers.face_engines.dlib_onnx import detector_model

    return detector_model(read_detector(data))


def _shrinking() -> bytes:
    from verifiers.face_engines.dlib_onnx import shrinking_model

    return shrinking_model()
