"""The engine that serves: `OnnxEngine`, or the reference where it does not know the weights."""

import logging
from collections.abc import Callable
from enum import StrEnum
from functools import cache, cached_property, partial
from pathlib import Path

from verifiers.face_engine import Descriptors, Face, FaceEngine
from verifiers.face_engines.dlib_engine import DlibEngine
from verifiers.face_engines.dlib_faces import Landmarks
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.face_engines.shape_predictor import Box, Points
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.picture import Pixels

log = logging.getLogger(__name__)

_BY_DLIB = (
    "The installed models of faces are not those that Bonafide runs itself: dlib ran them, at 17 "
    "times the cost of a descriptor."
)


class EngineName(StrEnum):
    """By which an operator asks for an engine."""

    ONNX = "onnx"
    DLIB = "dlib"


def engine_named(name: EngineName | None) -> "OnnxEngine | DlibEngine | ServedEngine":
    """The engine of that name, or else the one that serves by default.

    Raises `UnusableWeights` where `onnx` is asked for by name and the weights are not its own.
    """
    match name:
        case EngineName.ONNX:
            return _loaded()
        case EngineName.DLIB:
            return DlibEngine()
        case None:
            return ServedEngine()


def _loaded(models: Path | None = None, landmarks: Landmarks | None = None) -> OnnxEngine:
    """With all that detection needs, so that weights which are not its own are refused here."""
    engine = OnnxEngine(models)
    if landmarks:
        engine = engine.with_landmarks(landmarks)
    engine.load()
    return engine


def _best(models: Path | None, landmarks: Landmarks | None = None) -> OnnxEngine | DlibEngine:
    try:
        return _loaded(models, landmarks)
    except UnusableWeights as error:
        log.warning("%s. %s", error, _BY_DLIB)
        reference = DlibEngine(models)
        return reference.with_landmarks(landmarks) if landmarks else reference


class _PlacedLater:
    """In the place of landmarks that everybody replaces before they detect."""

    def __call__(self, pixels: Pixels, box: Box) -> Points:  # noqa: ARG002
        raise RuntimeError("these landmarks were to be replaced")

    def load(self) -> None:
        """There is nothing to read."""


@cache
def served_engine() -> "ServedEngine":
    """The one engine of this process, and of those that are forked from it once it is loaded."""
    return ServedEngine()


def served_notes(engine: FaceEngine) -> tuple[str, ...]:
    """What a reader must know of an engine that compared: that it was the reference."""
    return engine.notes if isinstance(engine, ServedEngine) else ()


class ServedEngine:
    """Decided on first use, so that a verification without a face loads nothing."""

    def __init__(self, models: Path | None = None) -> None:
        """`models`: a folder of dlib's files, else the installed one."""
        self._models = models
        self._make: Callable[[], OnnxEngine | DlibEngine] = partial(_best, models)
        self._shared: OnnxEngine | DlibEngine | None = None

    def with_landmarks(self, landmarks: Landmarks) -> "ServedEngine":
        """The same, with another model of the 68 points; dlib's need not be there."""

        def engine() -> OnnxEngine | DlibEngine:
            # One that is loaded is shared: it may be from before a fork.
            loaded: OnnxEngine | DlibEngine | None = vars(self).get("_engine") or self._shared
            return loaded.with_landmarks(landmarks) if loaded else _best(self._models, landmarks)

        changed = ServedEngine(self._models)
        changed._make = engine
        return changed

    def load(self) -> None:
        """Read all models now, so that a process forked from this one has them.

        Raises `UnusableWeights` where the reference cannot use them either.
        """
        self._engine.load()

    def load_without_landmarks(self) -> None:
        """Read all but dlib's model of the 68 points, for those who place them by another.

        Raises `UnusableWeights` where the reference cannot use them either.
        """
        self._shared = _best(self._models, _PlacedLater())
        self._shared.load()

    @cached_property
    def _engine(self) -> OnnxEngine | DlibEngine:
        return self._make()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the engine, once it was decided."""
        return (_BY_DLIB,) if isinstance(vars(self).get("_engine"), DlibEngine) else ()

    @property
    def name(self) -> str:
        return self._engine.name

    def detect(self, pixels: Pixels, *, closer: bool = False) -> tuple[Face, ...]:
        return self._engine.detect(pixels, closer=closer)

    def describe(self, pixels: Pixels, faces: tuple[Face, ...]) -> Descriptors:
        return self._engine.describe(pixels, faces)
