"""The portrait of a document, wherever and however its page lies on the picture.

ICAO 9303 puts one primary portrait on a page. Where the page's place is known (its machine readable
zone tells), the portrait is looked for on the page laid flat, and nobody beside the page counts.
Elsewhere the picture is turned until a face is upright. HOG detectors find upright faces of 80
pixels and more, so small ones are enlarged first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from verifiers.face_engine import Face, FaceEngine
from verifiers.faces.cutout import CutFace, cut_out
from verifiers.faces.ghost import Ghost, drawn_out, find_ghost
from verifiers.faces.templates import DescribedFace
from verifiers.page import Page, View, scale_at, through
from verifiers.picture import Picture

GHOST_SHARE = 0.5
"""A face of less than this share of the largest one's area is a ghost portrait or a bystander."""

_FLAT_SIDE = 1280
"""Pixels of a page laid flat: portraits are a quarter of its width or more, so 200 and more."""
_AROUND_MM = 8.0
"""Looked at around a page: in a slanted picture a zone tells its far edge so badly."""
_STRETCH = 1.2
"""A page that leans by 35 degrees is seen at 0.82 of its height, which a zone does not tell."""
_SIDES = 640, 1280
"""A picture is searched at a longest side between these: more shows the detector nothing new."""
_SURE = 0.5
"""A detector this sure of a face ends the search for the way the picture is turned."""
_QUARTERS, _BETWEEN = (0, 90, 180, 270), (45, 135, 225, 315)
"""Degrees clockwise; the detector finds faces that are turned by up to 30 degrees."""
_NEARBY = (-40, -20, 20, 40)
"""Further turns by which the tilt of a face is settled that is not clear."""
_CLEAR = 1.2
"""A face this sure has its landmarks right; others had them askew up to a score of 0.98."""
_LEVEL = 8.0
"""Degrees that make no difference."""
_LIKELY = 0.25
"""A face less sure is none where no page is known: print had up to 0.2 on turned pictures, but
never on a page laid flat, where portraits that lean have as little."""
_EYES_MM = 16.0
"""Eyes in a portrait of 35 by 45 mm are 9 mm apart; whoever holds the page up has 60."""


@dataclass(frozen=True, eq=False)
class Portrait:
    """The portrait on one picture, or why there is none to compare."""

    picture: Picture
    page: Page | None
    """On which it was found; `None` where nothing told where a page lies."""
    cut: CutFace | None
    problem: str | None
    """Why there is none, and what to send."""
    ghost: Ghost | None = None
    """Its second print on the same page, where one was found."""

    @property
    def face(self) -> DescribedFace | None:
        """The face that stands for the document."""
        return self.cut.described if self.cut else None


class _Way(NamedTuple):
    """A picture turned back by so many degrees clockwise, with the faces found."""

    degrees: float
    view: View
    faces: tuple[Face, ...]

    @classmethod
    def of(cls, engine: FaceEngine, picture: Picture, degrees: float) -> "_Way":
        view = _turned(picture, degrees)
        likely = (face for face in engine.detect(view.pixels) if face.score >= _LIKELY)
        return cls(degrees, view, tuple(likely))

    @property
    def score(self) -> float:
        return _surest(self.faces)

    @property
    def tilt(self) -> float:
        """Degrees clockwise by which the eyes of the largest face are not level."""
        left, right = self.faces[0].eyes
        return float(np.degrees(np.arctan2(right[1] - left[1], right[0] - left[0])))


def find_portraits(
    engine: FaceEngine, picture: Picture, pages: Sequence[Page]
) -> tuple[Portrait, ...]:
    """The portrait of each page that lies on this picture, or that of the picture as a whole.

    `pages` are those of this picture whose place is known. Always at least one answer: where no
    portrait is on a known page (the back of a card), the rest of the picture is searched.
    """
    on_pages = [_on_page(engine, page) for page in pages]
    return tuple(found for found in on_pages if found) or (_anywhere(engine, picture, pages),)


def find_portrait(engine: FaceEngine, picture: Picture) -> Portrait:
    """The portrait on a picture of which nothing else is known; a photograph's face, for one."""
    return _anywhere(engine, picture, ())


def _on_page(engine: FaceEngine, page: Page) -> Portrait | None:
    view, faces = _seen_on(engine, page)
    if not faces:
        return None
    portrait = _chosen(engine, page.picture, view, faces, page)
    if portrait.cut is None:
        return portrait
    ghost = find_ghost(engine, page, portrait.cut)
    return Portrait(portrait.picture, page, portrait.cut, None, ghost)


def _seen_on(engine: FaceEngine, page: Page) -> tuple[View, tuple[Face, ...]]:
    """The page laid flat with the faces found; where none is sure, looked at in further ways."""
    width, height = page.width + 2 * _AROUND_MM, page.height + 2 * _AROUND_MM
    part = -_AROUND_MM, -_AROUND_MM, width, height
    scale = _FLAT_SIDE / width
    view = page.flat(scale, part)
    looks = [(view, engine.detect(view.pixels))]
    if _surest(looks[0][1]) < _SURE:
        for stretched in (view, page.flat(scale, part, stretch=_STRETCH)):
            looks.append((stretched, engine.detect(drawn_out(stretched.pixels))))
    return max(looks, key=lambda look: _surest(look[1]))


def _surest(faces: Sequence[Face]) -> float:
    return max((face.score for face in faces), default=-1.0)


def _anywhere(engine: FaceEngine, picture: Picture, pages: Sequence[Page]) -> Portrait:
    """The largest face, whichever way it is turned."""
    best = max(_ways(engine, picture, pages), key=lambda way: way.score)
    if not best.faces:
        return Portrait(
            picture,
            None,
            None,
            f"No face was found in {picture.file}; send the whole page with the portrait, sharp "
            "and without glare, the portrait at least 80 pixels wide.",
        )
    way = _levelled(engine, picture, best)
    return _chosen(engine, picture, way.view, way.faces, None)


def _levelled(engine: FaceEngine, picture: Picture, way: _Way) -> _Way:
    """The picture turned so that the eyes are level.

    Landmarks of a face that is turned by 30 degrees may lie anyhow, at any score but the clearest;
    so several turns are tried, and the tilt that most of them agree on is taken.
    """
    tried = [way]
    if way.score < _CLEAR:
        tried += [_Way.of(engine, picture, way.degrees + turn) for turn in _NEARBY]
    tilts = [(each.degrees + each.tilt, each.score) for each in tried if each.faces]

    def support(degrees: float) -> float:
        return sum(score for other, score in tilts if abs(other - degrees) <= _LEVEL)

    upright = max((degrees for degrees, _ in tilts), key=support)
    if abs(upright - way.degrees) <= _LEVEL:
        return way
    level = _Way.of(engine, picture, upright)
    return level if level.faces else way


def _chosen(
    engine: FaceEngine, picture: Picture, view: View, faces: Sequence[Face], page: Page | None
) -> Portrait:
    equals = sum(face.area >= GHOST_SHARE * faces[0].area for face in faces)
    if equals > 1:
        return Portrait(
            picture,
            page,
            None,
            f"At least {equals} faces of about the same size are in {picture.file}, and which one "
            "is meant cannot be told; send a picture with one.",
        )
    return Portrait(picture, page, cut_out(engine, picture, view, faces[0]), None)


def _ways(engine: FaceEngine, picture: Picture, pages: Sequence[Page]) -> Iterator[_Way]:
    """The picture turned one way after the other, until some faces are sure.

    The zone of a page tells which way is up; what lies beside that page may lie across it, but
    hardly askew.
    """
    first = _turn_of(pages[0]) if pages else 0.0
    largest = _EYES_MM * pages[0].pixels_per_mm if pages else np.inf
    for turns in (_QUARTERS,) if pages else (_QUARTERS, _BETWEEN):
        sure = False
        for turn in turns:
            way = _Way.of(engine, picture, first + turn)
            scale = scale_at(way.view.to_picture, (0.0, 0.0))
            fitting = (f for f in way.faces if f.inter_eye_distance * scale <= largest)
            yield (way := way._replace(faces=tuple(fitting)))
            sure = sure or way.score >= _SURE
            if turn == 0 and sure:
                return
        if sure:
            return


def _turned(picture: Picture, degrees: float) -> View:
    """The picture turned back by so many degrees clockwise, at a size fit for searching."""
    smallest, largest = _SIDES
    longest = max(picture.width, picture.height)
    zoom = min(max(longest, smallest), largest) / longest
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    width = round(zoom * (picture.width * abs(cos) + picture.height * abs(sin)))
    height = round(zoom * (picture.width * abs(sin) + picture.height * abs(cos)))
    back = np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]]) / (zoom, zoom, 1)
    middle = np.array([picture.width - 1, picture.height - 1]) / 2
    back[:2, 2] = middle - back[:2, :2] @ ((width - 1) / 2, (height - 1) / 2)
    return View.of(picture.pixels, back, (width, height))


def _turn_of(page: Page) -> float:
    """Degrees clockwise by which the page lies turned on its picture."""
    left, right = (through(page.to_picture, (x, page.height / 2)) for x in (0.0, page.width))
    return float(np.degrees(np.arctan2(right[1] - left[1], right[0] - left[0])))
