"""The portrait on a document page, or the one face of a photograph.

ICAO 9303 puts one primary portrait on a page; a ghost image of it (a second, smaller and paler
print) is a security feature, no second person: only the largest face counts.
"""

from dataclasses import dataclass

from verifiers.face_engine import FaceEngine, TrackedFace
from verifiers.faces.templates import DescribedFace, RatedFace, describe
from verifiers.picture import Frame, Picture

GHOST_SHARE = 0.5
"""A face of less than this share of the largest one's area is a ghost image or a bystander."""


@dataclass(frozen=True, eq=False)
class Portrait:
    """The face on one picture, or why there is none to compare."""

    picture: Picture
    face: DescribedFace | None
    problem: str | None


def find_portrait(engine: FaceEngine, picture: Picture) -> Portrait:
    """The portrait with its descriptor; several faces of about one size are a problem, told."""
    faces = engine.detect(picture.pixels)
    if not faces:
        return Portrait(
            picture,
            None,
            f"No face was found in {picture.file}; send the portrait upright, sharp and at least "
            "80 pixels wide.",
        )
    equals = sum(face.area >= GHOST_SHARE * faces[0].area for face in faces)
    if equals > 1:
        return Portrait(
            picture,
            None,
            f"At least {equals} faces of about the same size are in {picture.file}, and which one "
            "is meant cannot be told; send a picture with one.",
        )
    seen = TrackedFace(picture.file, Frame(0.0, picture.pixels), faces[0])
    return Portrait(picture, describe(engine, [RatedFace(seen)])[0], None)
