"""Faces in footage as results keep them, without pixels, and with them again; the rooms behind."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import numpy as np

from service.workflow.pipeline import FaceFound
from verifiers.face_engine import Face, TrackedFace
from verifiers.linkage.room import prints_of
from verifiers.picture import Clip


def face_found(tracked: TrackedFace, clips: Sequence[Clip]) -> FaceFound:
    """The face without its pixels."""
    clip = next(clip for clip in clips if clip.file == tracked.file)
    face = tracked.face
    return FaceFound(
        file=tracked.file,
        frame=next(n for n, frame in enumerate(clip.frames) if frame is tracked.frame),
        seconds=tracked.frame.seconds,
        box=(face.left, face.top, face.right, face.bottom),
        landmarks=tuple((float(x), float(y)) for x, y in face.landmarks),
    )


def tracked_face(face: FaceFound, clip: Clip) -> TrackedFace:
    """The face with the pixels that it was found on."""
    found = Face(*face.box, np.array(face.landmarks, dtype=np.float64))
    return TrackedFace(face.file, clip.frames[face.frame], found)


def rooms_behind(candidate: Sequence[FaceFound], clips: Mapping[str, Clip]) -> tuple[str, ...]:
    """Prints of what lies behind the candidate, each once, by which the room is found again.

    Of each recording the first, the middle and the last frame that shows them are looked at.
    `clips` are by the names that the faces have.
    """
    found: dict[str, None] = {}
    for name, faces in groupby(sorted(candidate, key=lambda face: face.file), lambda f: f.file):
        shown = sorted(faces, key=lambda face: face.frame)
        chosen = {face.frame: face for face in (shown[0], shown[len(shown) // 2], shown[-1])}
        frames = [(clips[name].frames[at].pixels, face.box) for at, face in chosen.items()]
        found |= dict.fromkeys(prints_of(frames))
    return tuple(found)
