"""dlib's convolutional face detector (`loss_mmod`) by onnxruntime: the same boxes, at less
than a twentieth of the cost.

A picture and ever smaller copies of it are tiled on one canvas, each five sixths of the last, and
the network looks at all sizes at once. What it answers for a place on the canvas is a score for the
window around it.
"""

from dataclasses import dataclass
from math import floor
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.picture import Pixels

Floats = NDArray[np.float32]

MIN_SIDE = 40
"""Pixels of the shorter side. The smallest face found has about 80; dlib's own detector writes
beyond its memory on pictures of 8 pixels."""
MOST_SIDE = 2048
"""Pixels of the longer side; larger pictures are made smaller: a square of so many takes 0.7 GB."""

_PADDING, _MARGIN = 10, 11
"""Pixels between tiles, and around them."""
_SMALLEST = 5
"""Rows of the last copy."""
_STRIDE, _FIRST = 8, 14
"""Pixels of the canvas from one answer to the next, and to the middle of the first: of three
convolutions with stride 2 and windows of 5 that have no padding."""


@dataclass(frozen=True)
class Box:
    """A face: whole pixels, its borders included, and how sure it is; 0 hardly, 1 sure."""

    left: int
    top: int
    right: int
    bottom: int
    score: float

    def scaled(self, by: float) -> "Box":
        """The same face on a picture so many times as large."""
        left, top, right, bottom = (
            _rounded(by * side) for side in (self.left, self.top, self.right, self.bottom)
        )
        return Box(left, top, right, bottom, self.score)


@dataclass(frozen=True)
class _Tile:
    """A copy's place on the canvas."""

    left: int
    top: int
    width: int
    height: int

    def gap(self, x: int, y: int) -> int:
        """Squared distance to a point; 0 inside."""
        across = max(self.left - x, 0, x - (self.left + self.width - 1))
        down = max(self.top - y, 0, y - (self.top + self.height - 1))
        return across * across + down * down


class MmodDetector:
    """The detector; `network` and `shrinking` are sessions of the models of `dlib_onnx`."""

    def __init__(self, network: Any, shrinking: Any) -> None:
        self._network = network
        self._shrinking = shrinking
        told = network.get_modelmeta().custom_metadata_map
        self._window = int(told["window"])
        self._most_overlap = float(told["most_overlap"])
        self._mean = np.array(told["mean"].split(), dtype=np.float32)

    def __call__(self, pixels: Pixels) -> tuple[Box, ...]:
        """Every face, the surest first; `pixels` is RGB of any size.

        Finds faces from 80 pixels, as searched.
        """
        scale = min(1.0, MOST_SIDE / max(pixels.shape[:2]))
        if min(pixels.shape[:2]) * scale < MIN_SIDE:
            return ()
        if scale < 1:
            small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            return tuple(box.scaled(1 / scale) for box in self(np.asarray(small, dtype=np.uint8)))
        tiles, canvas = self._tiled(pixels)
        (answers,) = self._network.run(None, {"canvas": canvas})
        scores: Floats = answers[0, 0]
        found = [
            self._box(int(column), int(row), float(scores[row, column]), tiles)
            for row, column in zip(*np.nonzero(scores > 0), strict=True)
        ]
        kept: list[Box] = []
        for box in sorted(found, key=lambda box: -box.score):
            if all(_overlap(box, surer) <= self._most_overlap for surer in kept):
                kept.append(box)
        return tuple(kept)

    def _tiled(self, pixels: Pixels) -> tuple[list[_Tile], Floats]:
        tiles, height, width = _tiles(*pixels.shape[:2])
        canvas = np.zeros((1, 3, height, width), np.float32)
        level = ((pixels - self._mean) / 256).transpose(2, 0, 1)[None]
        for number, tile in enumerate(tiles):
            if number:  # Each copy is made of the last one, as dlib does.
                size = np.array([1, 3, tile.height, tile.width])
                (level,) = self._shrinking.run(None, {"level": level, "size": size})
            rows = slice(tile.top, tile.top + tile.height)
            canvas[:, :, rows, tile.left : tile.left + tile.width] = level
        return tiles, canvas

    def _box(self, column: int, row: int, score: float, tiles: list[_Tile]) -> Box:
        """The window of one answer, on the picture."""
        x, y = _STRIDE * column + _FIRST, _STRIDE * row + _FIRST
        number = min(range(len(tiles)), key=lambda number: tiles[number].gap(x, y))
        x, y = x - tiles[number].left, y - tiles[number].top
        half = (self._window - 1) / 2
        sides = [x - half, y - half, x + half, y + half]
        for _ in range(number):  # pyramid_down<6> from a copy to the one it was made of.
            sides = [side * 1.2 + 0.3 for side in sides]
        left, top, right, bottom = map(_rounded, sides)
        return Box(left, top, right, bottom, score)


def _tiles(height: int, width: int) -> tuple[list[_Tile], int, int]:
    """Where dlib puts the copies (`compute_tiled_image_pyramid_details`); height and width of all.

    One below the other, until what is left fits beside them, from below upwards on the right.
    """
    sizes = [(width, height)]
    while True:
        smaller = floor(sizes[-1][0] * 5 / 6), floor(sizes[-1][1] * 5 / 6)
        if smaller[0] == 0 or smaller[1] < _SMALLEST:
            break
        sizes.append(smaller)
    stacked = sum(h + _PADDING for _, h in sizes) - 2 * _PADDING
    column, last = 0, 0
    for w, h in sizes:
        if w <= width - last - _PADDING and 2 * (column - height) >= stacked - height:
            break
        column += h + _PADDING
        last = w
    column -= _PADDING

    tiles: list[_Tile] = []
    y = _MARGIN
    for w, h in sizes:
        if y >= column + _MARGIN:
            break
        tiles.append(_Tile(_MARGIN, y, w, h))
        y += h + _PADDING
    y -= _PADDING
    for w, h in sizes[len(tiles) :]:
        tile = _Tile(_MARGIN + width - w, y - h, w, h)
        if tile.top <= _MARGIN + height - 1:
            break  # It would run into the first.
        tiles.append(tile)
        y -= h + _PADDING
    return tiles, column + 2 * _MARGIN, width + 2 * _MARGIN


def _overlap(one: Box, other: Box) -> float:
    """What both share, of the box around both (not of their union)."""
    wide = min(one.right, other.right) - max(one.left, other.left) + 1
    high = min(one.bottom, other.bottom) - max(one.top, other.top) + 1
    if wide <= 0 or high <= 0:
        return 0.0
    around_wide = max(one.right, other.right) - min(one.left, other.left) + 1
    around_high = max(one.bottom, other.bottom) - min(one.top, other.top) + 1
    return wide * high / (around_wide * around_high)


def _rounded(value: float) -> int:
    """To whole pixels; halves away from zero."""
    return floor(abs(value) + 0.5) * (1 if value >= 0 else -1)
