"""The candidate's face in every frame of a recording, given those found in a few of them.

A challenge is measured five times a second, and a search of a whole frame costs 0.04 s and more. So
a face is looked for only where it was a moment ago, at the size at which the detector still sees
it: half of that. Whoever is not found there, under a hand or turned away, is absent until they are
found again in the same place. Somebody beside them is not taken for them: not at another place or
of another size, and not where what was followed does not lead to the next face known. Somebody who
takes their very place and leaves it again is followed as they would be: a place says nothing of who
it is, which `faces.identity` tells by the descriptors of what was followed here.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from verifiers.face_engine import Face, FaceEngine, TrackedFace
from verifiers.faces.searching import faces_near
from verifiers.picture import Clip, Frame

_AROUND = 0.5
"""Widths of the face that it may have moved by to each side since it was last seen."""
_FACE_PIXELS = 120
"""Width of the face, as searched: the landmarks differ from those of a whole search by 0.9 % of the
distance of the eyes, by 0.8 % at 160 pixels, for twice the cost."""
_LOST_FACE_PIXELS = 80
"""The same once it was lost: the detector, which finds nothing, looks again at twice the size."""
_GROWN = 1.5
"""By which a face may grow or shrink between two sights of it: moving closer takes a second."""


def every_face(
    engine: FaceEngine, clip: Clip, known: Sequence[TrackedFace]
) -> tuple[TrackedFace, ...]:
    """The candidate in all frames in which they are found, in order of time.

    `known` are faces of the candidate; of other clips they are ignored. All of this clip's are in
    the answer, as they are; there is none where `known` has none.
    """
    mine = {id(face.frame): face for face in known if face.file == clip.file}
    anchors = [place for place, frame in enumerate(clip.frames) if id(frame) in mine]
    if not anchors:
        return ()
    frames = clip.frames
    first, last = anchors[0], anchors[-1]
    found = list(_followed(engine, mine[id(frames[first])], frames[:first][::-1]))[::-1]
    for start, end in pairwise(anchors):
        before, after = mine[id(frames[start])], mine[id(frames[end])]
        between = list(_followed(engine, before, frames[start + 1 : end]))
        # Where the trace does not lead to the next face known, it may have gone over to somebody.
        kept = between if not between or _could_be(between[-1].face, after.face) else []
        found += [before, *kept]
    ending = mine[id(frames[last])]
    return (*found, ending, *_followed(engine, ending, frames[last + 1 :]))


def _followed(
    engine: FaceEngine, start: TrackedFace, frames: Sequence[Frame]
) -> Iterator[TrackedFace]:
    """The face through frames next to each other, from the one it was seen in."""
    before, lost = start.face, False
    for frame in frames:
        size = _LOST_FACE_PIXELS if lost else _FACE_PIXELS
        faces = faces_near(engine, frame.pixels, before, around=_AROUND, face_pixels=size)
        same = [face for face in faces if _could_be(before, face)]
        lost = not same
        if same:
            before = min(same, key=lambda face: _apart(before, face))
            yield TrackedFace(start.file, frame, before)


def _could_be(before: Face, face: Face) -> bool:
    grown = (face.right - face.left) / (before.right - before.left)
    return _apart(before, face) <= _AROUND and 1 / _GROWN <= grown <= _GROWN


def _apart(one: Face, other: Face) -> float:
    """Between the middles, in widths of the wider face."""
    across = (one.left + one.right - other.left - other.right) / 2
    down = (one.top + one.bottom - other.top - other.bottom) / 2
    return float(np.hypot(across, down)) / max(one.right - one.left, other.right - other.left)
