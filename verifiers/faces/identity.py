"""Is it one person in every moment of a recording that was followed closely?

The face check describes a few frames of the whole footage. An answer to a challenge is looked at
frame by frame, and somebody else may take the place between two that were described: so the faces
that differ most are described here, as one track, and cut where they are two people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from verifiers.face_engine import FaceEngine, TrackedFace
from verifiers.faces.matching import BANDS
from verifiers.faces.person_change import PersonChange
from verifiers.faces.templates import FACES_PER_TEMPLATE, RatedFace
from verifiers.faces.tracks import Track, look_closer

_RATED = 30
"""Faces of a recording, from which those that differ are chosen: to rate one costs 8 ms."""


@dataclass(frozen=True, eq=False)
class Identity:
    """Whether it is one person, and by how many faces that was told."""

    kept: bool | None
    """`None` where it cannot be told: too few good faces, or distances that nobody measured."""
    described: int
    change: PersonChange | None = None
    """The first moment at which it is somebody else."""


def one_person(engine: FaceEngine, faces: Sequence[TrackedFace]) -> Identity:
    """`faces` are of one recording, in order of time, and followed by place."""
    if not faces or engine.name not in BANDS:
        return Identity(None, 0)
    thinned = faces[:: max(1, len(faces) // _RATED)]
    track = Track(faces[0].file, tuple(RatedFace(face) for face in thinned))
    parts = look_closer(engine, track, FACES_PER_TEMPLATE)
    described = sum(len(part.described) for part in parts)
    change = next((part.change for part in parts if part.change), None)
    if change is not None:
        return Identity(False, described, change)
    good = sum(face.rated.quality.good for face in parts[0].described)
    return Identity(True if good > 1 else None, described)
