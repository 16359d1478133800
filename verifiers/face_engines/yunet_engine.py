"""Faces found by YuNet, for any engine that needs them upright and with 68 landmarks.

YuNet says where faces are, from about 15 pixels on, and gives five points of each. By these a face
is cut out upright and at a good size, and the engine itself finds it there, with its landmarks,
which are brought back to the picture.

The engine's own look is not for the landmarks alone. YuNet also finds faces that lie on their side,
as surely as upright ones (.84 to .93), but gives the five points of an upright one: on the samples'
two faces, wrong from 45 and from 60 degrees on, and descriptors then as far off (.44 to .48) as
another person's. On the chip that such points cut out the engine finds nothing, or hardly anything
(.04; upright .65 and more).
"""

import numpy as np

from verifiers.face_engine import Descriptors, Face, FaceEngine, Transform, cut
from verifiers.face_engines.alignment import back, upright
from verifiers.face_engines.yunet import DetectedFace, YuNet
from verifiers.picture import Pixels

_CHIP = 256
_SHARE = 0.5
"""Of the chip's side, for the 112 pixels of the five places: dlib's frame of a face then has 84 to
118 pixels of the chip, and it finds faces from 80 on."""
_UPRIGHT = 0.25
"""How sure the engine must be of the face on its chip."""
_LEAST_EYES = 2.0
"""Pixels between the eyes, below which there is nothing to turn upright."""


class YuNetEngine:
    """Finds faces by YuNet and then as the engine does; describes them as the engine does."""

    def __init__(self, yunet: YuNet, engine: FaceEngine) -> None:
        self._yunet, self._engine = yunet, engine

    @property
    def name(self) -> str:
        """The engine's: whose descriptors they are is what makes templates comparable."""
        return self._engine.name

    def detect(self, pixels: Pixels, *, closer: bool = False) -> tuple[Face, ...]:  # noqa: ARG002
        # YuNet finds faces from 15 pixels on: there is no closer look to take.
        faces = [face for seen in self._yunet(pixels) if (face := self._face(pixels, seen))]
        return tuple(sorted(faces, key=lambda face: -face.area))

    def describe(self, pixels: Pixels, faces: tuple[Face, ...]) -> Descriptors:
        return self._engine.describe(pixels, faces)

    def _face(self, pixels: Pixels, seen: DetectedFace) -> Face | None:
        """As the engine sees it where YuNet does; `None` where it does not."""
        if np.hypot(*(seen.points[1] - seen.points[0])) < _LEAST_EYES:
            return None
        transform = upright(seen.points, _CHIP, _SHARE)
        there = (
            face
            for face in self._engine.detect(cut(pixels, transform, _CHIP))
            if face.score >= _UPRIGHT
            and face.left < _CHIP / 2 < face.right
            and face.top < _CHIP / 2 < face.bottom
        )
        largest = next(there, None)
        return _brought_back(largest, transform) if largest else None


def _brought_back(face: Face, transform: Transform) -> Face:
    """From the chip to the picture; the box stays level, of the same size and around its middle."""
    corners = np.array([[face.left, face.top], [face.right, face.bottom]])
    x, y = map(float, back(transform, corners.mean(axis=0)[None])[0])
    wide, high = (corners[1] - corners[0]) / 2 / np.hypot(transform[0, 0], transform[1, 0])
    landmarks = back(transform, face.landmarks)
    return Face(
        x - float(wide), y - float(high), x + float(wide), y + float(high), landmarks, face.score
    )
