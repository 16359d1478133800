"""A printed page laid flat: its lines of print, upright and in order, and where they were seen.

The machine readable zone tells turn, scale and place of the page it stands on (9303-3 §3.2,
9303-4 to -7 for the sizes). Perspective is left alone: a zone nine millimetres high cannot tell
that of a page ten times as high, and reading print does not need it. A card's front has no zone;
it is looked for wherever the picture has print, at any quarter turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import MrzFormat, MrzText
from verifiers.documents.print_lines import Box, PrintLine, Sheet, quadrilateral
from verifiers.documents.print_reader import PrintReader, Quads, Spelled
from verifiers.picture import Pixels

Homography = NDArray[np.float64]
"""3 x 3, from pixels of the flat page to pixels of the picture."""
_PAGES = {
    MrzFormat.TD1: (85.6, 53.98),
    MrzFormat.TD2: (105.0, 74.0),
    MrzFormat.TD3: (125.0, 88.0),
    MrzFormat.MRV_A: (120.0, 80.0),
    MrzFormat.MRV_B: (105.0, 74.0),
}
"""Width and height in millimetres (9303-4 to -7)."""
_CHARACTER_MM, _LINE_MM, _LETTER_MM, _ZONE_MM = 2.54, 6.35, 2.75, 23.2
_MARGIN_MM = 7.0
"""Looked at beyond the page, since a zone tells its far end only roughly."""
_CLEAR_MM = 1.5
"""From the zone's ink, where no print is looked for."""
_CARDS_AROUND = 1.25
"""How far from the back of a card its front may lie, in cards."""

_FIND_AT, _SPELL_AT = 7.0, 12.0
"""Pixels a millimetre: labels of 1.5 mm are 12 pixels high where they are looked for, and what is
spelled is 48 pixels high in any case. Rendered pages: 6 loses labels, 10 gains none."""
_MOST_PIXELS = 1.2e6
"""Looked at for print: a second of one processor; a larger area is looked at more coarsely."""
_LEAST_MM = 0.9
"""Height of a line's box; below is microprint."""
_MOST_LINES = 70

_FRONT_PIXELS = 900
"""Longest side of a card's front while print is looked for."""
_CROP_GAINS = 0.55
"""Print that takes less than this share of the picture's length is looked for once more, larger."""
_LONGER = 1.5
"""A box this much longer than wide shows which way its line runs."""
_SAMPLE = 4
"""Lines spelled both ways to see which way is up."""


def page_above_zone(pixels: Pixels, text: MrzText, reader: PrintReader) -> tuple[Sheet, ...]:
    """The page that this zone stands on; for a card also whatever else the picture shows."""
    width, height = _PAGES[text.format]
    rows, columns = text.format.shape
    ink = (rows - 1) * _LINE_MM + _LETTER_MM
    top = height - _ZONE_MM / 2 - ink / 2
    left = (width - columns * _CHARACTER_MM) / 2
    page = _by_zone(text, (left, top, left + columns * _CHARACTER_MM, top + ink))
    whole = -_MARGIN_MM, -_MARGIN_MM, width + _MARGIN_MM, top - _CLEAR_MM
    card = text.format is MrzFormat.TD1
    if card:
        x, y = _CARDS_AROUND * width, _CARDS_AROUND * height
        whole = -x, -y, width + x, height + y
    flat = _flat(pixels, page, _within_picture(pixels, page, whole))
    if flat is None:
        return ()
    quads = flat.find(reader)
    if not card:
        return (flat.sheet(reader, quads[_lying(quads)], 0),)
    middles = flat.millimetres(quads.mean(axis=1))
    on_zone = (middles[:, 1] > top - _CLEAR_MM) & (middles[:, 1] < height)
    on_card = (middles[:, 0] > 0) & (middles[:, 0] < width) & (middles[:, 1] < height)
    on_card &= middles[:, 1] > 0
    own = quads[on_card & ~on_zone & _lying(quads)]
    rest = quads[~on_card]
    sheets = [flat.sheet(reader, own, 0), *_any_way_up(flat, rest, reader)]
    return tuple(sheet for sheet in sheets if sheet.lines)


def page_without_zone(pixels: Pixels, reader: PrintReader) -> tuple[Sheet, ...]:
    """A card's front, or any other picture of print: turned upright, and looked at closely."""
    height, width = pixels.shape[:2]
    area = 0.0, 0.0, float(width), float(height)
    for closer in (False, True):
        flat = _scaled(pixels, area)
        quads = flat.find(reader)
        if closer or not len(quads):
            break
        seen = flat.on_picture(quads.reshape(-1, 2))
        (x0, y0), (x1, y1) = seen.min(axis=0), seen.max(axis=0)
        x0, x1 = max(0.0, x0 - 0.1 * (x1 - x0)), min(float(width), x1 + 0.1 * (x1 - x0))
        y0, y1 = max(0.0, y0 - 0.1 * (y1 - y0)), min(float(height), y1 + 0.1 * (y1 - y0))
        if max(x1 - x0, y1 - y0) > _CROP_GAINS * max(width, height):
            break
        area = x0, y0, x1, y1
    return tuple(sheet for sheet in _any_way_up(flat, quads, reader) if sheet.lines)


@dataclass(frozen=True, eq=False)
class _Flat:
    """A part of the picture laid flat at the scale for spelling."""

    pixels: Pixels
    to_picture: Homography
    find_scale: float
    """Pixels where print is looked for, to one of these."""
    least: float
    """Pixels below which a line's box is too low to be read."""
    origin: tuple[float, float] = (0.0, 0.0)
    """Millimetres, where known."""
    pixels_per_mm: float = 1.0

    def find(self, reader: PrintReader) -> Quads:
        small = cv2.resize(
            self.pixels, None, fx=self.find_scale, fy=self.find_scale, interpolation=cv2.INTER_AREA
        )
        quads = reader.find(np.asarray(small, np.uint8)) / np.float32(self.find_scale)
        low = np.minimum(_length(quads, 0, 1), _length(quads, 0, 3)) >= self.least
        return np.asarray(quads[low][:_MOST_LINES], np.float32)

    def millimetres(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(points / self.pixels_per_mm + self.origin, np.float32)

    def on_picture(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        moved = cv2.perspectiveTransform(points[None].astype(np.float64), self.to_picture)[0]
        return np.asarray(moved, np.float32)

    def sheet(self, reader: PrintReader, quads: Quads, quarters: int) -> Sheet:
        """These lines, of a page that lies turned clockwise by so many quarters."""
        lines = []
        for quad in quads:
            text_first = np.roll(quad, -quarters, axis=0)
            spelled = reader.spell(self._cut(text_first))
            if not spelled.text.strip():
                continue
            upright = _turned_back(quad, quarters, self.pixels.shape)
            corners = self.on_picture(text_first)
            lines.append(_line(spelled, upright, corners))
        return Sheet(tuple(sorted(lines, key=lambda line: (line.box[1], line.box[0]))))

    def surely(self, reader: PrintReader, quads: Quads, quarters: int) -> float:
        """How surely the longest of these lines read that way up."""
        size = np.maximum(_length(quads, 0, 1), _length(quads, 0, 3))
        longest = quads[np.argsort(-size)[:_SAMPLE]]
        spelled = [reader.spell(self._cut(np.roll(quad, -quarters, axis=0))) for quad in longest]
        each = [float(np.mean(s.confidence)) if len(s.text) > 2 else 0.0 for s in spelled]
        return float(np.mean(each)) if each else 0.0

    def _cut(self, quad: NDArray[np.float32]) -> Pixels:
        wide, high = (max(2, round(float(np.hypot(*(quad[i] - quad[0]))))) for i in (1, 3))
        target = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=np.float32)
        turn = cv2.getPerspectiveTransform(quad, target)
        line = cv2.warpPerspective(
            self.pixels, turn, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        return np.asarray(line, np.uint8)


def _any_way_up(flat: _Flat, quads: Quads, reader: PrintReader) -> list[Sheet]:
    """Lines along the picture's rows and along its columns, each the way up that reads better."""
    sheets = []
    wide, high = _length(quads, 0, 1), _length(quads, 0, 3)
    standing = high > _LONGER * wide
    square = ~standing & (wide <= _LONGER * high)  # A single letter goes with the most.
    lying = ~standing & ~square
    if standing.sum() > lying.sum():
        standing |= square
    else:
        lying |= square
    for group, ways in ((quads[lying], (0, 2)), (quads[standing], (1, 3))):
        # A few lines across the others are ornaments.
        if len(group) and len(group) >= 0.25 * len(quads):
            up = max(ways, key=lambda way: flat.surely(reader, group, way))
            sheets.append(flat.sheet(reader, group, up))
    return sheets


def _by_zone(text: MrzText, ink: Box) -> Homography:
    """From millimetres on the page to the picture: turn, scale and place by the zone's ink."""
    left, top, right, bottom = ink
    corners = np.array(text.region.corners)
    across = (corners[1] + corners[2] - corners[0] - corners[3]) / 2
    scale = float(np.hypot(*across)) / (right - left)
    cos, sin = across / np.hypot(*across) * scale
    turn = np.array([[cos, -sin], [sin, cos]])
    shift = corners.mean(axis=0) - turn @ np.array([(left + right) / 2, (top + bottom) / 2])
    return np.vstack([np.column_stack([turn, shift]), [0, 0, 1]])


def _within_picture(pixels: Pixels, page: Homography, area: Box) -> Box:
    """The part of an area, in millimetres, that the picture can show."""
    height, width = pixels.shape[:2]
    edges = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], dtype=np.float64)
    seen = cv2.perspectiveTransform(edges, np.linalg.inv(page))[0]
    (x0, y0), (x1, y1) = seen.min(axis=0), seen.max(axis=0)
    return (
        max(area[0], float(x0)),
        max(area[1], float(y0)),
        min(area[2], float(x1)),
        min(area[3], float(y1)),
    )


def _flat(pixels: Pixels, page: Homography, area: Box) -> _Flat | None:
    left, top, right, bottom = area
    if right - left < _ZONE_MM or bottom - top < _LINE_MM:
        return None
    seen_at = float(np.hypot(page[0, 0], page[1, 0]))
    find_at = min(_FIND_AT, float(np.sqrt(_MOST_PIXELS / ((right - left) * (bottom - top)))))
    spell_at = max(find_at, min(seen_at, _SPELL_AT))
    place = page @ np.array([[1 / spell_at, 0, left], [0, 1 / spell_at, top], [0, 0, 1]])
    size = round((right - left) * spell_at), round((bottom - top) * spell_at)
    return _Flat(
        pixels=_warped(pixels, place, size, seen_at / spell_at),
        to_picture=place,
        find_scale=find_at / spell_at,
        least=_LEAST_MM * spell_at,
        origin=(left, top),
        pixels_per_mm=spell_at,
    )


def _scaled(pixels: Pixels, area: Box) -> _Flat:
    left, top, right, bottom = area
    longest = max(right - left, bottom - top)
    spell = min(1.0, 1.5 * _FRONT_PIXELS / longest) if longest > _FRONT_PIXELS else 1.0
    spell = max(spell, _FRONT_PIXELS / 2 / longest)
    place = np.array([[1 / spell, 0, left], [0, 1 / spell, top], [0, 0, 1]])
    size = round((right - left) * spell), round((bottom - top) * spell)
    find_scale = min(max(_FRONT_PIXELS / longest / spell, 1.0 if spell > 1 else 0.0), 1.5)
    return _Flat(_warped(pixels, place, size, 1 / spell), place, find_scale, least=7 / find_scale)


def _warped(pixels: Pixels, place: Homography, size: tuple[int, int], shrinks_by: float) -> Pixels:
    """What the picture shows there; warping does not average over what it shrinks."""
    if shrinks_by > 1.5:
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.4 * shrinks_by), np.uint8)
    flat = cv2.warpPerspective(
        pixels,
        place,
        size,
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(flat, np.uint8)


def _length(quads: Quads, one: int, other: int) -> NDArray[np.float32]:
    return np.asarray(np.linalg.norm(quads[:, other] - quads[:, one], axis=1), np.float32)


def _lying(quads: Quads) -> NDArray[np.bool_]:
    """Which boxes are about as long as high or longer."""
    return np.asarray(_length(quads, 0, 3) <= _LONGER * _length(quads, 0, 1))


def _turned_back(quad: NDArray[np.float32], quarters: int, shape: Sequence[int]) -> Box:
    """The quad's bounds once the page is upright."""
    height, width = shape[:2]
    x, y = quad[:, 0], quad[:, 1]
    across, down = ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[quarters]
    return float(across.min()), float(down.min()), float(across.max()), float(down.max())


def _line(spelled: Spelled, box: Box, corners: NDArray[np.float32]) -> PrintLine:
    region = quadrilateral(corners)
    return PrintLine(spelled.text, spelled.confidence, spelled.across, box, region)
