"""What the bits of a fingerprint are signs of: frequencies of a picture, grain of a table."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.finding import Region
from verifiers.page import Page, View
from verifiers.picture import Pixels

Grey = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Measures:
    """Numbers whose signs are compared, and which of them are known at all."""

    values: NDArray[np.float32]
    known: NDArray[np.bool_]


_PICTURE_SIDE, _PICTURE_BAND = 64, (200, 712)
"""Coefficients of the cosine transform, by diagonals. The lowest 200 tell only that a document of
this layout lies on a table: honest pairs come as near as 0.07 in them, 0.15 beyond."""
_PORTRAIT_SIDE, _PORTRAIT_BAND = 32, (1, 129)
_PORTRAIT_PIXELS = 96
_SMALLEST_PORTRAIT = 40
"""Pixels of its width."""
_RIM = 0.1
_SHIFTS = (0.0, -0.03, 0.03)
_SIZES = (1.0, 0.96, 1.04)

_PAGE_PIXELS = 200
"""Width of the page in the view in which its surroundings are measured."""
_MARGIN = 30
_DEPTHS = (8, 13, 18, 23)
"""Of the lines beside the page's edge that are measured, pixels of the view; 5 thick."""
_ALONG = 32
_END = 12
"""Where a line begins and ends, pixels from the corner: the filter's reach."""


def picture_measures(pixels: Pixels) -> Measures:
    """The whole picture's frequencies, 512 of them."""
    side = _PICTURE_SIDE
    small = cv2.resize(pixels, (side, side), interpolation=cv2.INTER_AREA)
    return _frequencies(_grey(small), _PICTURE_BAND)


def portrait_measures(pixels: Pixels, region: Region) -> list[Measures]:
    """The 128 lowest frequencies of the portrait, and of places beside it; none if too small."""
    corners = np.array(region.corners, np.float64)
    across, down = corners[1] - corners[0], corners[3] - corners[0]
    if np.hypot(*across) < _SMALLEST_PORTRAIT:
        return []
    part, corners = _cut_out(pixels, corners)
    if min(part.shape[:2]) == 0:
        return []
    middle = corners.mean(axis=0)
    places = [
        (corners - middle) * size + middle + right * across + low * down
        for size in _SIZES
        for right in _SHIFTS
        for low in _SHIFTS
    ]
    return [_frequencies(_seen(part, place), _PORTRAIT_BAND) for place in places]


def surroundings_measures(page: Page) -> Measures:
    """How bright 512 places around the page are against their neighbours along its edge.

    Only along the edge: across it, the page's own edge and shadow would make all tables alike.
    """
    width, height = _PAGE_PIXELS, round(_PAGE_PIXELS * page.height / page.width)
    mm = page.width / width
    to_mm = np.array([[mm, 0, -_MARGIN * mm], [0, mm, -_MARGIN * mm], [0, 0, 1]])
    to_picture = page.to_picture @ to_mm
    size = width + 2 * _MARGIN, height + 2 * _MARGIN
    view = _grey(View.of(page.picture.pixels, to_picture, size).pixels)
    inside = _inside(to_picture, size, (page.picture.width, page.picture.height))
    lines = [
        _line(view[rows, columns], inside[rows, columns])
        for rows, columns in _strips(width, height)
    ]
    return Measures(
        np.concatenate([line.values for line in lines]),
        np.concatenate([line.known for line in lines]),
    )


def _frequencies(grey: Grey, band: tuple[int, int]) -> Measures:
    """Coefficients weighed by their frequency, as pictures fall off with it, over their median."""
    side = grey.shape[0]
    down, across = np.mgrid[0:side, 0:side]
    order = np.lexsort((across.ravel(), (down + across).ravel()))[band[0] : band[1]]
    strength = cv2.dct(grey).ravel()[order] * np.hypot(down, across).ravel()[order]
    values = strength / max(1.0, float(np.median(abs(strength))))
    return Measures(np.asarray(values, np.float32), np.ones(len(order), np.bool_))


def _cut_out(pixels: Pixels, corners: NDArray[np.float64]) -> tuple[Pixels, NDArray[np.float64]]:
    """The portrait with what the looks reach around it, as large as they need, and its corners."""
    low, high = corners.min(axis=0), corners.max(axis=0)
    rim = _RIM * (high - low)
    left, top = np.floor(np.maximum(low - rim, 0)).astype(int)
    right, bottom = np.ceil(np.maximum(high + rim, 0)).astype(int)
    part, there = pixels[top:bottom, left:right], corners - (left, top)
    shrink = float(np.hypot(*(corners[1] - corners[0]))) / _PORTRAIT_PIXELS
    if shrink <= 1 or min(part.shape[:2]) < 2 * shrink:
        return part, there
    size = round(part.shape[1] / shrink), round(part.shape[0] / shrink)
    small = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
    # Pixels have centres: half a pixel of the small part is more of the large one.
    scale = np.array(size) / part.shape[1::-1]
    return small, (there + 0.5) * scale - 0.5


def _seen(pixels: Pixels, corners: NDArray[np.float64]) -> Grey:
    side = _PORTRAIT_PIXELS
    square = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    to_picture = cv2.getPerspectiveTransform(square, corners.astype(np.float32))
    view = View.of(pixels, np.asarray(to_picture, np.float64), (side, side)).pixels
    small = (_PORTRAIT_SIDE, _PORTRAIT_SIDE)
    return _grey(cv2.resize(view, small, interpolation=cv2.INTER_AREA))


def _grey(pixels: NDArray[np.generic]) -> Grey:
    return np.asarray(cv2.cvtColor(np.asarray(pixels, np.uint8), cv2.COLOR_RGB2GRAY), np.float32)


def _inside(
    to_picture: NDArray[np.float64], size: tuple[int, int], picture: tuple[int, int]
) -> NDArray[np.bool_]:
    """Which pixels of the view come from within the picture."""
    column, row = np.meshgrid(np.arange(size[0]), np.arange(size[1]))
    x, y, w = to_picture @ np.stack([column.ravel(), row.ravel(), np.ones(column.size)])
    within = (w > 0) & (x >= 0) & (y >= 0) & (x < picture[0] * w) & (y < picture[1] * w)
    return np.asarray(within.reshape(size[1], size[0]), np.bool_)


def _strips(width: int, height: int) -> list[tuple[slice, slice]]:
    """Rows and columns of the view, above, below, left and right of the page."""
    across, down = slice(_MARGIN, _MARGIN + width), slice(_MARGIN, _MARGIN + height)
    right, low = _MARGIN + width, _MARGIN + height
    strips: list[tuple[slice, slice]] = []
    for depth in _DEPTHS:
        before = slice(_MARGIN - depth - 2, _MARGIN - depth + 3)
        strips += [
            (before, across),
            (slice(low + depth - 2, low + depth + 3), across),
            (down, before),
            (down, slice(right + depth - 2, right + depth + 3)),
        ]
    return strips


def _line(strip: Grey, inside: NDArray[np.bool_]) -> Measures:
    """The band-passed brightness along a strip's longer side at 32 places."""
    thin = 0 if strip.shape[0] < strip.shape[1] else 1
    line, whole = strip.mean(axis=thin), np.asarray(inside.all(axis=thin), np.uint8)
    narrow, wide = (cv2.getGaussianKernel(2 * _END + 1, sigma) for sigma in (1.5, 4.0))
    band = cv2.filter2D(line[None].astype(np.float32), -1, (narrow - wide).T)[0]
    near = np.ones((1, _END + 1), np.uint8)
    known = cv2.erode(whole[None], near, borderType=cv2.BORDER_CONSTANT, borderValue=0.0)[0]
    places = np.round(np.linspace(_END, len(line) - _END - 1, _ALONG)).astype(int)
    return Measures(np.asarray(band[places], np.float32), np.asarray(known[places] > 0, np.bool_))
