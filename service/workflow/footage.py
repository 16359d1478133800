"""Faces in footage as results keep them, without pixels, and with them again."""

from collections.abc import Sequence

import numpy as np

from service.workflow.pipeline import FaceFound
from verifiers.face_engine import Face, TrackedFace
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
