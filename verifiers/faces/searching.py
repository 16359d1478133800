"""The faces in a recording's sampled frames, found at less than the cost of searching every frame.

Every third frame is searched as a whole. Between those, where the picture stands still, only the
surroundings of the faces are: nobody can have come without the rest changing. Where it changes,
that part is looked at closely; where faces change, frames between those sampled are looked at too.

A face in a tile of a call, or of somebody behind, is too small to be found at the size at which a
picture is searched. One look at twice the size costs four times as much, so one frame tells whether
there are such faces, and only then every third frame is looked at so.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import Face, FaceEngine, TrackedFace
from verifiers.faces.templates import RatedFace
from verifiers.picture import Clip, Frame, Pixels

_KEY = 3
_AROUND = 0.75
"""Widths of a face that it may have moved by to each side since the last frame."""
_BODY = 1.5
"""Widths of a face to each side of its middle where, below the chin, somebody's own body moves."""
_FACE_PIXELS = 160
"""Width of a face, as searched: landmarks gain nothing from more."""
_SURE = 0.5
"""A small face that a close look finds must be so sure: print and wallpaper had up to 0.25."""

_CELLS = 64
"""A picture is compared at this width. The smallest face that is found takes 8 by 8 cells, or 4 by
4 where it is looked for closely."""
_CHANGED = 12.0
"""Grey levels, beside what the whole picture's light changed."""
_MANY = 12
"""Changed cells: most of the smallest face would show."""
_BESIDE_CHANGES = 4
"""Cells around those that changed: a face of which only half did."""
_PART = 0.4
"""Of a picture: where more of it changed, the camera moved, or the view switched."""
_ANOTHER_LOOK = 0.5
"""Correlation of two looks at one face, below which something happened between them."""


def faces_over_time(
    engine: FaceEngine, clip: Clip, count: int, surely: int | None = None
) -> list[list[TrackedFace]]:
    """The faces of about `count` frames, spread over the clip, in order of time.

    Up to half as many more where faces change. The frame at the place `surely` is one of them, and
    searched closely. Empty lists for frames without a face; far fewer frames where the whole clip
    has none.
    """
    spread = np.linspace(0, len(clip.frames) - 1, min(count, len(clip.frames))).round()
    places = {int(place) for place in spread} | (set() if surely is None else {surely})
    frames = [_Looked(clip, place) for place in sorted(places)]
    closely = [frame for frame in frames if frame.place == surely]
    keys = [frame for n, frame in enumerate(frames) if n % _KEY == 0 or frame in closely]
    for frame in keys:
        frame.faces = engine.detect(frame.pixels)
    small = [_look_closely(engine, frame) for frame in closely]
    if not any(frame.faces for frame in keys):
        return [[] for _ in keys]  # Where nobody is, the search costs most.
    middle = keys[len(keys) // 2]
    if middle not in closely:
        small.append(_look_closely(engine, middle))
        closely.append(middle)
    if any(small):
        for frame in keys:
            if frame not in closely:
                _look_closely(engine, frame)
    for before, frame in pairwise(frames):
        _search(engine, frame, before, searched=frame in keys)
    frames += list(_between(engine, clip, frames, count // 2))
    return [frame.tracked for frame in sorted(frames, key=lambda frame: frame.place)]


class _Looked:
    """A frame, and the faces found in it once it was searched."""

    def __init__(self, clip: Clip, place: int) -> None:
        self.place = place
        self.faces: tuple[Face, ...] = ()
        self._file = clip.file
        self._frame: Frame = clip.frames[place]

    @property
    def pixels(self) -> Pixels:
        return self._frame.pixels

    @property
    def tracked(self) -> list[TrackedFace]:
        return [TrackedFace(self._file, self._frame, face) for face in self.faces]

    @cached_property
    def cells(self) -> NDArray[np.float32]:
        """The picture in grey, tiny."""
        height, width = self.pixels.shape[:2]
        size = _CELLS, max(1, round(_CELLS * height / width))
        tiny = cv2.resize(self.pixels, size, interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.cvtColor(tiny, cv2.COLOR_RGB2GRAY), dtype=np.float32)

    def add(self, faces: Sequence[Face]) -> bool:
        """Those that are not known yet; whether there were any."""
        new = [face for face in faces if not any(_same_place(face, mine) for mine in self.faces)]
        self.faces = tuple(sorted((*self.faces, *new), key=lambda face: -face.area))
        return bool(new)


def _look_closely(engine: FaceEngine, frame: _Looked) -> bool:
    """Adds faces of half the size; whether there are any."""
    found = engine.detect(frame.pixels, closer=True)
    return frame.add([face for face in found if face.score >= _SURE])


def _search(engine: FaceEngine, frame: _Looked, before: _Looked, *, searched: bool) -> None:
    changed = _changed_cells(frame, before)
    still = changed is not None and int(changed.sum()) < _MANY
    unseen = [one for one in before.faces if not any(_same_place(one, f) for f in frame.faces)]
    near = [face for one in unseen for face in faces_near(engine, frame.pixels, one)[:1]]
    if still and not searched and before.faces and len(near) == len(before.faces):
        frame.add(near)
        return
    if not searched:
        frame.faces = engine.detect(frame.pixels)
    # Who is too small for the whole picture is not lost from one frame to the next.
    frame.add([face for face in near if face.score >= _SURE])
    if not still and changed is not None:
        frame.add(_in_changed_part(engine, frame.pixels, changed))


def _changed_cells(frame: _Looked, before: _Looked) -> NDArray[np.bool_] | None:
    """What changed but around the faces there were, and below them; `None` if all may have."""
    if frame.pixels.shape != before.pixels.shape:
        return None
    change = frame.cells - before.cells
    changed = np.abs(change - np.median(change)) > _CHANGED
    scale = _CELLS / frame.pixels.shape[1]
    rows, columns = np.indices(changed.shape)
    for face in before.faces:
        left, top, right, bottom = (scale * side for side in _around(face, _AROUND))
        near = (columns >= left) & (columns < right) & (rows >= top) & (rows < bottom)
        left, _, right, _ = (scale * side for side in _around(face, _BODY - 0.5))
        body = (columns >= left) & (columns < right) & (rows >= scale * face.bottom)
        changed &= ~(near | body)
    return np.asarray(changed)


def _in_changed_part(engine: FaceEngine, pixels: Pixels, changed: NDArray[np.bool_]) -> list[Face]:
    """Small faces where the picture changed, if that is a part of it only."""
    rows, columns = np.nonzero(changed)
    scale = pixels.shape[1] / _CELLS
    top, left = (max(0, round(scale * (at.min() - _BESIDE_CHANGES))) for at in (rows, columns))
    bottom, right = (round(scale * (at.max() + 1 + _BESIDE_CHANGES)) for at in (rows, columns))
    part = pixels[top:bottom, left:right]
    if part.size > _PART * pixels.size:
        return []
    found = engine.detect(np.ascontiguousarray(part), closer=True)
    return [_moved(face, 1.0, left, top) for face in found if face.score >= _SURE]


def _between(
    engine: FaceEngine, clip: Clip, frames: Sequence[_Looked], most: int
) -> Iterator[_Looked]:
    """Two frames between each two whose faces differ, where they differ most first."""
    differing = [
        (difference, number, before, after)
        for number, (before, after) in enumerate(pairwise(frames))
        if after.place - before.place > 1 and (difference := _difference(before, after)) > 0
    ]
    for _, _, before, after in sorted(differing, key=lambda each: -each[0])[: most // 2]:
        thirds = np.linspace(before.place, after.place, 4)[1:3].round().astype(int).tolist()
        for place in dict.fromkeys(thirds):
            if before.place < place < after.place:
                frame = _Looked(clip, place)
                _search(engine, frame, before, searched=False)
                yield frame


def _difference(before: _Looked, after: _Looked) -> float:
    """0 where the same faces look the same, up to 2."""
    if len(before.faces) != len(after.faces):
        return 2.0
    worst = 0.0
    for one in before.tracked:
        looks = (
            1 - float((RatedFace(one).look * RatedFace(other).look).mean())
            for other in after.tracked
            if _same_place(one.face, other.face)
        )
        worst = max(worst, min(looks, default=2.0))
    return worst if worst > 1 - _ANOTHER_LOOK else 0.0


def _same_place(one: Face, other: Face) -> bool:
    """The middle of either lies in the other."""
    return any(
        b.left < (a.left + a.right) / 2 < b.right and b.top < (a.top + a.bottom) / 2 < b.bottom
        for a, b in ((one, other), (other, one))
    )


def faces_near(
    engine: FaceEngine,
    pixels: Pixels,
    face: Face,
    *,
    around: float = _AROUND,
    face_pixels: int = _FACE_PIXELS,
) -> tuple[Face, ...]:
    """The faces where one was a moment ago, the largest first.

    `around` is in widths of it, to each side; `face_pixels` is its width as searched.
    """
    height, width = pixels.shape[:2]
    left, top, right, bottom = (round(side) for side in _around(face, around))
    left, top = max(left, 0), max(top, 0)
    part = pixels[top : min(bottom, height), left : min(right, width)]
    if not part.size:
        return ()
    scale = min(1.0, face_pixels / (face.right - face.left))
    if scale < 1:
        smaller = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        part = np.asarray(smaller, dtype=np.uint8)
    found = engine.detect(np.ascontiguousarray(part))
    return tuple(_moved(face, scale, left, top) for face in found)


def _around(face: Face, widths: float) -> tuple[float, float, float, float]:
    margin = widths * (face.right - face.left)
    return face.left - margin, face.top - margin, face.right + margin, face.bottom + margin


def _moved(face: Face, scale: float, left: int, top: int) -> Face:
    """From a scaled part of a picture to the whole."""
    return Face(
        face.left / scale + left,
        face.top / scale + top,
        face.right / scale + left,
        face.bottom / scale + top,
        face.landmarks / scale + (left, top),
        face.score,
    )
