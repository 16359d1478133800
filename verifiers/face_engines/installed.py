"""Engines made of what is installed in a folder of weights."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self, TypeVar

import numpy as np

from models.weights import ModelWeights, Use
from verifiers.face_engine import FaceEngine
from verifiers.face_engines.antispoof import AttackDetector
from verifiers.face_engines.dlib_faces import Landmarks
from verifiers.face_engines.embedder import Embedder
from verifiers.face_engines.face_mesh import FaceMesh
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.face_engines.weights import WeightsFolder
from verifiers.face_engines.yunet import YuNet
from verifiers.face_engines.yunet_engine import YuNetEngine
from verifiers.picture import Pixels


@dataclass(frozen=True)
class Installed:
    """What a folder adds to an engine, and what of it cannot be used."""

    engine: FaceEngine
    """The engine itself, landmarks placed by the model installed for them where there is one."""
    in_footage: FaceEngine
    """Finds the faces of footage. Documents stay with the engine itself: which way up a page lies
    is told by how sure it is of a face, on a scale that was measured with it alone."""
    others: tuple[Embedder, ...]
    """Without whose support there is no match."""
    unheard: tuple[str, ...]
    """Why others cannot be asked, in words: with any there is no match either. A model whose
    description cannot be read may be one."""
    problems: tuple[str, ...]
    """In words, of each model that is there and not used; `unheard` among them."""
    attack_detectors: tuple[AttackDetector, ...] = ()
    """Whose figures are told beside the presence check."""

    @property
    def notes(self) -> tuple[str, ...]:
        """The problems as a reader of a report is told them."""
        return tuple(f"An installed model was not used: {problem}." for problem in self.problems)


class OwnEngine(FaceEngine, Protocol):
    """An engine of ours, whose model of landmarks can be replaced."""

    def with_landmarks(self, landmarks: Landmarks) -> Self:
        """The same engine, its 68 points placed by this model."""
        ...

    def load(self) -> None:
        """Read the models now, not when they are needed; raises `UnusableWeights`."""
        ...


Own = TypeVar("Own", bound=OwnEngine)


def installed(engine: OwnEngine, place: Path | None) -> Installed:
    """Everything in the folder of weights, if there is one; each is run once.

    What cannot be used is only told.
    """
    if place is None:
        return Installed(engine, engine, (), (), ())
    folder = WeightsFolder(place)
    placing: FaceEngine = engine
    others, problems = [], []
    try:
        placing = placing_by_mesh(engine, folder)
    except UnusableWeights as error:
        problems.append(str(error))
    in_footage = placing
    try:
        in_footage = finding_by_yunet(placing, folder)
    except UnusableWeights as error:
        problems.append(str(error))
    unheard = list(map(str, folder.misdescribed()))
    for model in _seconds(folder):
        try:
            others.append(_embedder(model, folder))
        except UnusableWeights as error:
            unheard.append(str(error))
    detectors = []
    for model in _here(folder, Use.PRESENTATION_ATTACKS):
        try:
            detectors.append(_attack_detector(model, folder))
        except UnusableWeights as error:
            problems.append(str(error))
    return Installed(
        placing,
        in_footage,
        tuple(others),
        tuple(unheard),
        tuple(problems + unheard),
        tuple(detectors),
    )


def placing_by_mesh(engine: Own, folder: WeightsFolder) -> Own:
    """The engine with landmarks by the model installed for them, if there is one; else as it is.

    Raises `UnusableWeights` where the file is there but damaged, or cannot be run.
    """
    model = folder.of_use(Use.LANDMARKS)
    return engine.with_landmarks(_mesh(model, folder)) if model else engine


def finding_by_yunet(engine: FaceEngine, folder: WeightsFolder) -> FaceEngine:
    """The engine with faces found by the installed detector, if there is one; else as it is.

    Raises `UnusableWeights` where the file is there but damaged, or cannot be run.
    """
    model = folder.of_use(Use.DETECTION)
    return YuNetEngine(_yunet(model, folder), engine) if model else engine


def second_engines(folder: WeightsFolder) -> tuple[Embedder, ...]:
    """Every installed model of descriptors that says how near two pictures of one person are.

    Raises `UnusableWeights` where one of them is damaged or not as described.
    """
    for problem in folder.misdescribed():
        raise problem
    return tuple(_embedder(model, folder) for model in _seconds(folder))


def attack_detectors(folder: WeightsFolder) -> tuple[AttackDetector, ...]:
    """Every installed detector of presentation attacks.

    Raises `UnusableWeights` where one of them is damaged or not as described.
    """
    return tuple(
        _attack_detector(model, folder) for model in _here(folder, Use.PRESENTATION_ATTACKS)
    )


def damaged(folder: WeightsFolder) -> tuple[str, ...]:
    """Of everything installed, what is wrong with each file that cannot be used; loads nothing."""
    problems = []
    for model in folder.known():
        try:
            if folder.has(model):
                folder.read(model)
        except UnusableWeights as error:
            problems.append(str(error))
    return (*problems, *map(str, folder.misdescribed()))


def try_out(model: ModelWeights, folder: WeightsFolder) -> None:
    """Read it, load it and run it once; raises `UnusableWeights` where it is not as described."""
    match model.use:
        case Use.DETECTION:
            _yunet(model, folder)
        case Use.DESCRIPTORS:
            _embedder(model, folder)
        case Use.LANDMARKS:
            _mesh(model, folder)
        case Use.PRESENTATION_ATTACKS:
            _attack_detector(model, folder)


def _seconds(folder: WeightsFolder) -> list[ModelWeights]:
    return [model for model in _here(folder, Use.DESCRIPTORS) if model.support]


def _here(folder: WeightsFolder, use: Use) -> list[ModelWeights]:
    return [model for model in folder.known() if model.use is use and folder.has(model)]


# A model is run once before it is relied on: what it gives is seen only then.
def _yunet(model: ModelWeights, folder: WeightsFolder) -> YuNet:
    made = YuNet(model, folder.read(model))
    made(_picture(model))
    return made


def _embedder(model: ModelWeights, folder: WeightsFolder) -> Embedder:
    made = Embedder(model, folder.read(model))
    made.descriptor(_picture(model))
    return made


def _attack_detector(model: ModelWeights, folder: WeightsFolder) -> AttackDetector:
    made = AttackDetector(model, folder.read(model))
    made.score(_picture(model))
    return made


def _mesh(model: ModelWeights, folder: WeightsFolder) -> FaceMesh:
    made = FaceMesh(model, folder.read(model))
    made.load()
    return made


def _picture(model: ModelWeights) -> Pixels:
    """Of the size that it takes, from black to white."""
    width, height = model.input.width, model.input.height
    picture = np.tile(np.linspace(0, 255, width), (height, 1))[..., None].repeat(3, 2)
    return picture.astype(np.uint8)
