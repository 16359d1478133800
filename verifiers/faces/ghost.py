"""The ghost portrait: the holder's portrait once more on the same page, smaller and paler.

Many issuers print one (9303-2, appendix A, names additional portrait images among the security
features), and whoever exchanges the main portrait often forgets it. Only a face on the page itself
can be one: a bystander, or another document that lies beside the page, is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from models.finding import Region
from models.person import Band, TemplateKind
from verifiers.face_engine import Face, FaceEngine
from verifiers.faces.cutout import CutFace, cut_out
from verifiers.faces.matching import Bands, bands_for, distance
from verifiers.faces.templates import template
from verifiers.page import Homography, Page, View, inverse, through
from verifiers.picture import Pixels

Corners = NDArray[np.float64]
"""`(n, 2)`."""

_TILE_SIDE = 1280
"""Pixels of a tile: 18 a millimetre, where the face of a ghost 13 mm high has 130."""
_SMOOTHED = 1.0
"""Pixels of blur against guilloches and rasters, and the contrast drawn out afterwards: together
the detector's score rises by .1 to .4 on rendered ghosts in one thin ink."""
_TILE_MM, _OVERLAP_MM = 72.0, 15.0
"""A page is searched in tiles of at most this size; ghosts are smaller than the overlap."""
_SMALLER = 0.6
"""A ghost has at most this share of the portrait's area; printed ones have a tenth to a third."""
_LIKELY = 0.3
"""A face less sure than this that does not resemble the portrait is taken for ornament: lines of
print had up to 0.2, three in four rendered ghosts more than 0.3."""


@dataclass(frozen=True, eq=False)
class Ghost:
    """A second face on the page, and how it agrees with the main portrait."""

    cut: CutFace
    distance: float
    band: Band
    """`unknown` where either is too poor to count, whatever the distance."""
    bands: Bands
    """The scale that the distance was read on."""
    words: str
    """What it says, in one sentence."""


def find_ghost(engine: FaceEngine, page: Page, portrait: CutFace) -> Ghost | None:
    """The ghost of this portrait on its page; of several small faces, the one most like it."""
    largest = _SMALLER * _area(page, portrait)
    candidates = [
        _compared(engine, portrait, cut_out(engine, page.picture, view, face))
        for view, face in _small_faces(engine, page, portrait, largest)
    ]
    plausible = [ghost for ghost in candidates if _is_face(ghost)]
    return min(plausible, key=lambda ghost: ghost.distance, default=None)


def drawn_out(pixels: Pixels) -> Pixels:
    """The pixels with their fine print blurred and their local contrast raised."""
    lab = cv2.cvtColor(cv2.GaussianBlur(pixels, (0, 0), _SMOOTHED), cv2.COLOR_RGB2LAB)
    lab[..., 0] = cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8)).apply(lab[..., 0])
    return np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), dtype=np.uint8)


def _compared(engine: FaceEngine, portrait: CutFace, cut: CutFace) -> Ghost:
    one, two = (template(engine, TemplateKind.PORTRAIT, [f.described]) for f in (portrait, cut))
    apart, bands = distance(one, two), bands_for(one, two)
    near = bands.band(apart)
    good = portrait.quality.good and cut.quality.good
    return Ghost(cut, apart, near if good else Band.UNKNOWN, bands, _words(near, good=good))


def _words(near: Band, *, good: bool) -> str:
    same = near in (Band.STRONG, Band.MODERATE)
    if not good:
        seems = "; it looks like the portrait" if same else ""
        return f"The ghost portrait is too small or too poor to be compared surely{seems}."
    if same:
        return "The ghost portrait shows the person of the portrait."
    if near is Band.CONTRADICTS:
        return "The ghost portrait shows someone other than the portrait."
    return "Whether the ghost portrait shows the same person is not clear; please compare them."


def _is_face(ghost: Ghost) -> bool:
    """Whether it is likely one, or like the portrait: guilloches can look like a small face."""
    return ghost.cut.score >= _LIKELY or ghost.distance <= ghost.bands.unknown


def _small_faces(
    engine: FaceEngine, page: Page, portrait: CutFace, largest: float
) -> Iterator[tuple[View, Face]]:
    """Faces beside the portrait of at most `largest` square millimetres, each once."""
    seen: list[Corners] = []
    for part in _tiles(page):
        left, top, width, height = part
        scale = _TILE_SIDE / max(width, height)
        view = page.flat(scale, part)
        for face in engine.detect(drawn_out(_without(view, portrait))):
            middle = np.array([(face.left + face.right) / 2, (face.top + face.bottom) / 2])
            place = (left, top) + middle / scale
            again = any(np.hypot(*(place - other)) < _OVERLAP_MM / 4 for other in seen)
            if face.area / scale**2 <= largest and not again:
                seen.append(place)
                yield view, face


def _tiles(page: Page) -> Iterator[tuple[float, float, float, float]]:
    """Overlapping parts of the page above its zone: left, top, width, height in millimetres."""
    count = ceil((page.width - _OVERLAP_MM) / (_TILE_MM - _OVERLAP_MM))
    width = (page.width - _OVERLAP_MM) / count + _OVERLAP_MM
    for number in range(count):
        yield number * (width - _OVERLAP_MM), 0.0, width, page.zone_top


def _without(view: View, portrait: CutFace) -> Pixels:
    """The view with the portrait painted over in the page's own colour."""
    corners = _moved(inverse(view.to_picture), portrait.region)
    paper = [float(channel) for channel in np.median(view.pixels.reshape(-1, 3), axis=0)]
    covered = view.pixels.copy()
    cv2.fillConvexPoly(covered, np.round(corners).astype(np.int32), paper)
    return covered


def _area(page: Page, portrait: CutFace) -> float:
    """Of the portrait's face, in square millimetres."""
    corners = _moved(inverse(page.to_picture), portrait.box)
    return float(cv2.contourArea(corners.astype(np.float32)))


def _moved(homography: Homography, region: Region) -> Corners:
    """The region's four corners on another plane."""
    return np.array([through(homography, corner) for corner in region.corners])
