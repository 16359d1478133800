"""Which face engine a command works with: ours, with what the operator installed beside it.

Where one that was asked for or is installed cannot be used, these say so and raise `typer.Exit`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from models.weights import Use
from service.commands.opened import load_settings, refuse
from verifiers.face_engine import Descriptors, Face, FaceEngine
from verifiers.face_engines.antispoof import AttackDetector
from verifiers.face_engines.embedder import Embedder
from verifiers.face_engines.installed import (
    attack_detectors,
    finding_by_yunet,
    placing_by_mesh,
    second_engines,
)
from verifiers.face_engines.served import EngineName, engine_named
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.face_engines.weights import WeightsFolder
from verifiers.picture import Pixels


def face_engine(name: EngineName | None = None) -> FaceEngine:
    """The one of that name or that serves, landmarks placed by the model installed for them."""
    with _told():
        engine = placing_by_mesh(engine_named(name), _folder())
        engine.load()
        return engine


def engine_or_model(name: str | None) -> FaceEngine:
    """`face_engine`, or faces found by it and described by the installed model of that name."""
    if name is None or name in list(EngineName):
        return face_engine(EngineName(name) if name else None)
    with _told():
        model = _folder().named(name)
        if model.use is not Use.DESCRIPTORS:
            raise UnusableWeights(name, f"is for {model.use}, not for {Use.DESCRIPTORS}")
        return _DescribedBy(face_engine(), Embedder(model, _folder().read(model)))


@dataclass(frozen=True, eq=False)
class _DescribedBy:
    """Finds faces as one engine does and describes them as another, by whose name it goes."""

    finds: FaceEngine
    embedder: Embedder

    @property
    def name(self) -> str:
        return self.embedder.name

    def detect(self, pixels: Pixels, *, closer: bool = False) -> tuple[Face, ...]:
        return self.finds.detect(pixels, closer=closer)

    def describe(self, pixels: Pixels, faces: tuple[Face, ...]) -> Descriptors:
        return self.embedder.describe(pixels, faces)


def finder() -> FaceEngine:
    """The engine that serves, faces found by YuNet too where that is installed."""
    engine = face_engine()
    with _told():
        return finding_by_yunet(engine, _folder())


def without_whom_no_match() -> tuple[Embedder, ...]:
    """The installed engines whose support a match needs as well."""
    with _told():
        return second_engines(_folder())


def detectors() -> tuple[AttackDetector, ...]:
    """The installed detectors of presentation attacks."""
    with _told():
        return attack_detectors(_folder())


def _folder() -> WeightsFolder:
    return WeightsFolder(load_settings().weights_folder)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except UnusableWeights as error:
        raise refuse(f"{error}.") from None
