"""One template of a person from several frames: which frames go in, and how they are averaged.

The unit-normalised mean over frames that *differ* is what makes one portrait match a person on
another day (`matching` has the figures); ten frames of the same moment are one frame, and count as
one. A descriptor costs about 0.09 s (with dlib itself 1.5 s), a look at a frame 0.02 to 0.05 s.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from models.person import FaceTemplate, TemplateKind
from verifiers.face_engine import FaceEngine, TrackedFace, aligned_chip, unit
from verifiers.faces.quality import FaceQuality, assess

FACES_PER_TEMPLATE = 5
"""On LFW the 99th percentile of genuine distances is .39 with 3, .38 with 5 and .38 with 7."""

SAME_MOMENT = 0.06
"""Descriptors nearer than this tell the same twice."""

_COLOURED = 3.0
"""Spread of a hue over a face, in units of CIELAB: 4.1 and more on 40 photographs, 2.3 at most on
the same ones made grey, tinted and compressed."""


@dataclass(frozen=True, eq=False)
class RatedFace:
    """A face that could be described: where it is and how good it is."""

    seen: TrackedFace

    @cached_property
    def quality(self) -> FaceQuality:
        return assess(self.seen.frame.pixels, self.seen.face)

    @cached_property
    def look(self) -> NDArray[np.float32]:
        """The face at 24 pixels, without its mean and contrast: for telling frames apart."""
        chip = aligned_chip(self.seen.frame.pixels, self.seen.face, side=24)
        grey = cv2.cvtColor(chip, cv2.COLOR_RGB2GRAY).astype(np.float32)
        return np.asarray((grey - grey.mean()) / (grey.std() + 1.0), dtype=np.float32)

    @cached_property
    def without_colour(self) -> bool:
        """All of one hue: black and white, and the tint of a scan or of old paper over it."""
        chip = aligned_chip(self.seen.frame.pixels, self.seen.face)
        blurred = cv2.GaussianBlur(chip, (0, 0), 3)
        hues = cv2.cvtColor(blurred, cv2.COLOR_RGB2LAB)[..., 1:].reshape(-1, 2)
        return float(hues.std(axis=0).max()) < _COLOURED

    def difference(self, other: "RatedFace") -> float:
        """How much the two show different things: about 0 for neighbouring frames, 1 for a turn.

        15 degrees of turn, 4 seconds, or half of the correlation between the two looks, each
        count 1: any of them can hide from the others (a change of light, or of person).
        """
        one, two = self.quality.pose, other.quality.pose
        turn = np.hypot(one.yaw - two.yaw, one.pitch - two.pitch) / 15
        time = abs(self.seen.frame.seconds - other.seen.frame.seconds) / 4
        look = (1 - float((self.look * other.look).mean())) / 0.5
        return float(turn + min(1.0, time) + look)


@dataclass(frozen=True, eq=False)
class DescribedFace:
    """A face and its descriptor, a unit vector."""

    rated: RatedFace
    descriptor: NDArray[np.float64]

    @property
    def seconds(self) -> float:
        return self.rated.seen.frame.seconds


def choose_different(
    faces: Sequence[RatedFace], count: int, chosen: Sequence[RatedFace] = ()
) -> tuple[RatedFace, ...]:
    """Up to `count` of `faces` that differ most from each other and from those already `chosen`.

    Only good ones, where there are any. Each next face is the one whose difference to its nearest
    chosen one, times its rank, is greatest.
    """
    left = [face for face in faces if face.quality.good] or list(faces)
    picked: list[RatedFace] = []
    while left and len(picked) < count:
        before = [*chosen, *picked]
        best = max(
            left,
            key=lambda face: (
                face.quality.rank * min((face.difference(b) for b in before), default=1.0)
            ),
        )
        left.remove(best)
        picked.append(best)
    return tuple(picked)


def describe(engine: FaceEngine, faces: Sequence[RatedFace]) -> tuple[DescribedFace, ...]:
    """The faces with their descriptors."""
    return tuple(
        DescribedFace(face, engine.describe(face.seen.frame.pixels, (face.seen.face,))[0])
        for face in faces
    )


def mean_descriptor(faces: Sequence[DescribedFace]) -> NDArray[np.float64]:
    """The unit-normalised mean; of at least one face."""
    return unit(np.mean([face.descriptor for face in faces], axis=0))


def template(
    engine: FaceEngine, kind: TemplateKind, faces: Sequence[DescribedFace]
) -> FaceTemplate:
    """The template of one person from at least one described face of theirs.

    Every face goes into the mean; `faces` counts those that differ. It is without colour where
    half of them or more are: an infrared camera's, or a filter's.
    """
    vector = mean_descriptor(faces)
    return FaceTemplate(
        kind=kind,
        engine=engine.name,
        vector=tuple(float(value) for value in vector),
        faces=_differing([face.descriptor for face in faces]),
        without_colour=2 * sum(face.rated.without_colour for face in faces) >= len(faces),
    )


def _differing(descriptors: Sequence[NDArray[np.float64]]) -> int:
    """How many are new beside those counted before them."""
    counted: list[NDArray[np.float64]] = []
    for descriptor in descriptors:
        if all(np.linalg.norm(descriptor - other) > SAME_MOMENT for other in counted):
            counted.append(descriptor)
    return len(counted)
