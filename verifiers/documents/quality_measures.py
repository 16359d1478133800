"""How well a picture shows a document, in numbers; `quality` holds the limits and the words.

A zone is measured on its strips, where type has one size (ICAO 9303-3 §4) and blur can be told from
small print. A page without a known zone is measured by its own edges, light and colour.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import MrzText
from verifiers.documents.recognise import PITCH, STRIP_HEIGHT

Grey = NDArray[np.uint8]
Plane = NDArray[np.float32]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

_DIRECTIONS = [
    np.array(kernel, np.float32) / length
    for kernel, length in (
        ([[-1, 0, 1]], 2.0),
        ([[-1], [0], [1]], 2.0),
        ([[-1, 0, 0], [0, 0, 0], [0, 0, 1]], math.sqrt(8)),
        ([[0, 0, -1], [0, 0, 0], [1, 0, 0]], math.sqrt(8)),
    )
]
"""Movement blurs along its own direction only, and the worst direction decides."""
_STRETCH = 2
"""Characters that are judged together: every one of OCR-B has ink."""
_FADED = 0.35
"""Share of the usual contrast below which a stretch shows nothing."""
_HALF_HEIGHT = 0.65
"""Pitches from a line's middle to the upper edge of a zone's region."""
_EDGES_SIDE, _LIGHT_SIDE = 1500, 400
"""Pixels of the longest side at which a page's edges, and its light and colour, are measured."""
_SMALLEST_SPOT, _LARGEST_SPOT = 0.001, 0.25
"""Shares of the picture between which a white spot can be a reflection; more is white paper."""
_CLEAR = 40
"""Grey levels from which an edge of a page is clear enough to be measured."""
_SHARPEST = 1.2
"""Pixels of blur that this measures on a sharp page of any size."""


class ZoneMeasures(NamedTuple):
    """What the strips of one zone show."""

    pitch: float
    """Pixels of the picture from character to character."""
    spread: float
    """Standard deviation of the blur in its worst direction, in pitches."""
    one_way: float
    """Blur in the worst direction over that in the best: 1 without movement."""
    burnt: float
    """Share of the lines' length on which bright light has faded the print of any line."""
    covered: float
    """The same, where it is not bright."""
    paper: float
    """Grey level of the paper, 0 to 255."""
    contrast: float
    """Grey levels between paper and ink."""


class PageMeasures(NamedTuple):
    """What a whole page shows."""

    side: int
    """Pixels of its longest side."""
    spread: float
    """Standard deviation of the blur of its sharpest tenth in the worst direction, as a share of
    the longest side, beyond that of a sharp picture."""
    lightest: float
    """Grey level that 1 % of the picture is lighter than."""
    darkest: float
    """Grey level that 1 % of the picture is darker than."""


class Glare(NamedTuple):
    """A spot of light, burnt to white."""

    box: Box
    share: float
    """Of the picture's area."""


def of_strips(strips: Grey, pitch: float) -> ZoneMeasures:
    """Measures (lines, 24, 16 a character) strips, cut where `pitch` pixels are a character."""
    print_ = strips.astype(np.float32)
    low, high = np.percentile(print_, (5, 95))
    spreads = _spreads(print_)
    burnt, covered = _faded(print_)
    return ZoneMeasures(
        pitch=pitch,
        spread=max(spreads) / PITCH,
        one_way=max(spreads) / min(spreads),
        burnt=burnt,
        covered=covered,
        paper=float(np.percentile(print_, 75)),
        contrast=float(high - low),
    )


def _spreads(strips: Plane) -> tuple[float, ...]:
    """Blur of the median character's sharpest edge in each direction, in pixels of the strip."""
    by_character = []
    for strip in strips:
        plain = cv2.GaussianBlur(strip, (0, 0), 0.8)
        contrast = np.ptp(_cells(plain), axis=(0, 2))
        steepest = np.stack([_cells(step).max(axis=(0, 2)) for step in _steps(plain)])
        by_character.append(_spread(contrast, steepest))
    return tuple(float(value) for value in np.median(np.concatenate(by_character, axis=1), axis=1))


def _cells(strip: Plane) -> Plane:
    """(rows, characters, 16)."""
    return strip.reshape(strip.shape[0], -1, PITCH)


def _steps(plane: Plane) -> Iterator[Plane]:
    """How steeply each pixel rises, in levels a pixel: across, down, along both diagonals."""
    for kernel in _DIRECTIONS:
        yield np.asarray(np.abs(cv2.filter2D(plane, -1, kernel)), np.float32)


def _spread(contrast: Plane, steepest: Plane) -> Plane:
    """Standard deviation of the blur that makes an edge of this contrast no steeper, in pixels."""
    return np.asarray(contrast / (math.sqrt(2 * math.pi) * np.maximum(steepest, 0.1)), np.float32)


def _faded(strips: Plane) -> tuple[float, float]:
    """Shares of the length where print is gone: in bright light, and otherwise."""
    cells = np.stack([_cells(strip) for strip in strips])
    low, high, mean = cells.min(axis=(1, 3)), cells.max(axis=(1, 3)), cells.mean(axis=(1, 3))
    stretches = low.shape[1] - _STRETCH + 1
    windows = [slice(start, start + _STRETCH) for start in range(stretches)]
    contrast = np.stack([high[:, w].max(axis=1) - low[:, w].min(axis=1) for w in windows], axis=1)
    bright = np.stack([mean[:, w].mean(axis=1) for w in windows], axis=1) > 215
    faded = contrast < _FADED * np.median(contrast)
    shares = []
    for stretch in ((faded & bright).any(axis=0), (faded & ~bright).any(axis=0)):
        hidden = np.zeros(low.shape[1], bool)
        for window in np.flatnonzero(stretch):
            hidden[windows[window]] = True
        shares.append(float(hidden.mean()))
    return shares[0], shares[1]


def cut_strips(grey: Grey, zone: MrzText) -> tuple[Grey, float]:
    """The lines of a zone, level and of one size as `of_strips` takes them, and their pitch."""
    lines, characters = zone.format.shape
    corners = np.array(zone.region.corners, np.float32)
    along = np.linalg.norm(corners[1] - corners[0]) + np.linalg.norm(corners[2] - corners[3])
    aside = np.linalg.norm(corners[3] - corners[0]) + np.linalg.norm(corners[2] - corners[1])
    tall = characters * float(aside / along)
    flat = np.array([[0, 0], [characters, 0], [characters, tall], [0, tall]], np.float32)
    view = cv2.getPerspectiveTransform(flat, corners)
    across = (np.arange(characters * PITCH) + 0.5) / PITCH
    rows = (np.arange(STRIP_HEIGHT) - (STRIP_HEIGHT - 1) / 2) / PITCH
    step = (tall - 2 * _HALF_HEIGHT) / (lines - 1)
    strips = []
    for line in range(lines):
        down = _HALF_HEIGHT + line * step + rows
        points = np.stack(np.broadcast_arrays(across[None], down[:, None]), axis=-1)
        at = cv2.perspectiveTransform(points.astype(np.float32), view)
        strips.append(
            cv2.remap(
                grey, at[..., 0], at[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
            )
        )
    return np.stack(strips).astype(np.uint8), float(along) / 2 / characters


def paper_beside(grey: Grey, zone: MrzText) -> float:
    """Characters' widths from a zone to the picture's edge; negative where it runs beyond."""
    height, width = grey.shape
    corners = np.array(zone.region.corners)
    pitch = float(np.linalg.norm(corners[1] - corners[0])) / zone.format.shape[1]
    x, y = corners[:, 0], corners[:, 1]
    return float(min(x.min(), y.min(), width - x.max(), height - y.max())) / pitch


def of_page(grey: Grey) -> PageMeasures:
    """Measures a whole page."""
    darkest, lightest = np.percentile(_shrunk(grey, _LIGHT_SIDE), (1, 99))
    return PageMeasures(
        side=max(grey.shape),
        spread=_page_spread(_shrunk(grey, _EDGES_SIDE)),
        lightest=float(lightest),
        darkest=float(darkest),
    )


def _page_spread(grey: Grey) -> float:
    around = np.ones((25, 25), np.uint8)
    plain = cv2.GaussianBlur(grey, (3, 3), 0).astype(np.float32)
    contrast = (cv2.dilate(plain, around) - cv2.erode(plain, around))[::6, ::6].astype(np.float32)
    clear = contrast > _CLEAR
    if not clear.any():
        return 0.0
    worst = 0.0
    for step in _steps(plain):
        steepest = cv2.dilate(step, around)[::6, ::6].astype(np.float32)
        worst = max(worst, float(np.percentile(_spread(contrast, steepest)[clear], 10)))
    return math.sqrt(max(0.0, worst**2 - _SHARPEST**2)) / float(max(grey.shape))


def glare(grey: Grey) -> tuple[Glare, ...]:
    """Spots burnt to white that fade gradually, the largest first.

    Light fades; white paper ends at an edge, beside which it is at once as dark as farther away.
    """
    small = _shrunk(grey, _LIGHT_SIDE)
    scale = max(grey.shape) / max(small.shape)
    # Without its ink, which would break a spot up and end it at an edge.
    paper = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, _disc(5)), (0, 0), 2)
    white = (paper > 250).astype(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(white)
    spots = []
    for label in range(1, count):
        x, y, width, height, area = (int(value) for value in boxes[label])
        if not _SMALLEST_SPOT < area / small.size < _LARGEST_SPOT:
            continue
        spot = (labels == label).astype(np.uint8)
        reach = max(5, round(0.35 * math.sqrt(area / math.pi)))
        near = paper[cv2.dilate(spot, _disc(3)) > spot]
        far = paper[cv2.dilate(spot, _disc(2 * reach)) > cv2.dilate(spot, _disc(reach))]
        if near.size and far.size and _fades(near, float(np.median(far))):
            box = (x * scale, y * scale, (x + width) * scale, (y + height) * scale)
            spots.append(Glare(box, area / small.size))
    return tuple(sorted(spots, key=lambda spot: -spot.share))


def _disc(reach: int) -> Grey:
    size = 2 * reach + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


def _fades(near: Grey, far: float) -> bool:
    """Whether nearly everywhere beside a white spot it is still more than half as white."""
    return far <= 246 and float(np.percentile(near, 15)) >= (255 + far) / 2


def colour(pixels: NDArray[np.uint8]) -> float:
    """How much colour an RGB picture shows: Lab chroma that 2 % of it has more of, 0 for none.

    Beyond the tint of its median, since a lamp or a scanner colours a grey page evenly.
    """
    small = _shrunk(pixels, _LIGHT_SIDE).astype(np.float32) / 255
    tint = np.maximum(np.median(small, axis=(0, 1)), 0.02)
    balanced = np.clip(small * (tint.mean() / tint), 0, 1).astype(np.float32)
    lab = cv2.cvtColor(balanced, cv2.COLOR_RGB2LAB)[..., 1:]
    away = lab - np.median(lab, axis=(0, 1))
    return float(np.percentile(np.hypot(away[..., 0], away[..., 1]), 98))


def _shrunk(pixels: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    scale = side / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)
