"""Where on a picture a stacked barcode may be, and that place laid level.

A PDF417 is the densest pattern of dark and light on a card, and nearly all of its edges run one
way: across its rows. Print, portraits and guilloches have edges of all ways, so that a page without
a barcode costs little. zxing-cpp follows rows, and loses them where a wide barcode is turned by
more than two degrees; so each place is turned by the direction of its own edges before it is read.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.page import View

Grey = NDArray[np.uint8]
Plane = NDArray[np.float32]

_EDGE_SIDE = 2400
"""Pixels of the longest side on which edges are measured: the bars of a small barcode on a
photograph of twelve megapixels are still apart at half of them."""
_SIDE = 700
"""Cells along the longest side in which edges are summed up, and places looked for."""
_WINDOWS = (1 / 80, 1 / 30)
"""Of the longest side: within this, barcodes have edges everywhere; small and large ones."""
_DENSE = 0.4
"""Of the densest place's edges, from which a place is as dense as a barcode."""
_FAINT = 6.0
"""Levels of grey a pixel, below which the densest place is paper grain."""
_ONE_WAY = 0.25
"""Coherence of edges, from 0 (all ways alike) to 1 (all one way). Rendered barcodes have 0.4 to
0.6, lines of print 0.1 to 0.3."""
_LEAST_SHARE = 0.002
"""Of the picture, that a barcode takes at least."""
_LEAST_WIDTH = 60
"""Pixels: less than one for each module of the narrowest PDF417 (ISO/IEC 15438 §5.2)."""
_LEAST_ASPECT = 0.5
"""Width to height; those of licences are wider than high, borders and single lines are slivers."""
_FINE_WIDTH = 480
"""Pixels of a place's width in which its fineness is measured: one or two for each module."""
_COMPONENTS = 6
"""Of one window, the largest of which are looked at."""
_FULL = 0.5
"""Of its own rectangle, that a barcode fills."""
_MARGIN = 0.06
"""Of its longer side, added around it: its quiet zone, and what the search cut off."""
_AROUND = 4
"""Pixels around what is seen, from which its edge is interpolated."""
_MOST = 4


@dataclass(frozen=True)
class Place:
    """A place that may be a barcode."""

    centre: tuple[float, float]
    width: float
    """Pixels of the picture, along the rows."""
    height: float
    degrees: float
    """By which its rows are turned on the picture, clockwise, above -90 and up to 90."""
    coherence: float
    """How far its edges run one way, from 0 to 1."""

    def view(self, grey: Grey, enlarged: float) -> View:
        """This place with its rows level, so many pixels to one of the picture."""
        margin = 2 * _MARGIN * max(self.width, self.height)
        wide, high = self.width + margin, self.height + margin
        size = max(1, round(wide * enlarged)), max(1, round(high * enlarged))
        turn = np.radians(self.degrees)
        along = np.array([np.cos(turn), np.sin(turn)]) / enlarged
        down = np.array([-np.sin(turn), np.cos(turn)]) / enlarged
        # Pixels have centres: the middle of the view is the middle of the place.
        middle = np.array([(size[0] - 1) / 2, (size[1] - 1) / 2])
        start = np.array(self.centre) - along * middle[0] - down * middle[1]
        to_picture = np.eye(3)
        to_picture[:2, 0], to_picture[:2, 1], to_picture[:2, 2] = along, down, start
        # Only what is seen: `View.of` shrinks all that it is given.
        corners = to_picture @ np.array(
            [[0, size[0], 0, size[0]], [0, 0, size[1], size[1]], [1] * 4]
        )
        left, top = (max(0, math.floor(low) - _AROUND) for low in corners[:2].min(axis=1))
        right, bottom = (max(1, math.ceil(high) + _AROUND) for high in corners[:2].max(axis=1))
        to_part = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]]) @ to_picture
        return View(View.of(grey[top:bottom, left:right], to_part, size).pixels, to_picture)

    def fineness(self, grey: Grey) -> float:
        """How much its grey changes from pixel to pixel along its rows, by how much in all.

        Print and borders are smooth for a while between two edges, barcodes hardly anywhere.
        """
        shrink = min(1.0, _FINE_WIDTH / self.width)
        seen = self.view(grey, shrink).pixels
        margin = round(_MARGIN * max(self.width, self.height) * shrink)
        inner = seen[margin : seen.shape[0] - margin, margin : seen.shape[1] - margin]
        steps = cv2.Scharr(inner, cv2.CV_32F, 1, 0, scale=1 / 32)
        return float(np.abs(steps).mean() / (inner.std() + 1))


@dataclass(frozen=True, eq=False)
class _Edges:
    """The structure tensor of a picture's grey: squares of its slopes, averaged over cells."""

    xx: Plane
    yy: Plane
    xy: Plane

    def over(self, size: int) -> "_Edges":
        """Averaged over squares of so many cells."""
        planes = (cv2.blur(plane, (size, size)) for plane in (self.xx, self.yy, self.xy))
        return _Edges(*(np.asarray(plane, np.float32) for plane in planes))

    def within(self, box: tuple[slice, slice]) -> "_Edges":
        """Those of these rows and columns."""
        return _Edges(self.xx[box], self.yy[box], self.xy[box])

    @property
    def strength(self) -> Plane:
        """Levels of grey a pixel."""
        return np.asarray(np.sqrt(np.maximum(self.xx + self.yy, 0)), np.float32)

    @property
    def coherence(self) -> Plane:
        """How far edges run one way, from 0 to 1."""
        one_way = np.hypot(self.xx - self.yy, 2 * self.xy)
        return np.asarray(one_way / (np.maximum(self.xx + self.yy, 0) + 1), np.float32)


def places(grey: Grey) -> list[Place]:
    """At most four places of this picture, the densest and largest first."""
    edges, cells = _edges(grey)
    if min(edges.xx.shape) < 8:
        return []
    found = [
        pair
        for window in _WINDOWS
        for pair in _dense(edges, max(3, round(window * max(edges.xx.shape)) | 1))
    ]
    kept: list[Place] = []
    for place, _ in sorted(found, key=lambda pair: -pair[1]):
        if not any(_same(place, other) for other in kept):
            kept.append(place)
    on_picture = [
        replace(
            place,
            centre=((place.centre[0] + 0.5) / cells - 0.5, (place.centre[1] + 0.5) / cells - 0.5),
            width=place.width / cells,
            height=place.height / cells,
        )
        for place in kept
    ]
    return [place for place in on_picture if place.width >= _LEAST_WIDTH][:_MOST]


def _edges(grey: Grey) -> tuple[_Edges, float]:
    """The picture's edges, and cells to one of its pixels."""
    halved = _halvings(max(grey.shape), _EDGE_SIDE)
    plane = _pooled(grey, halved).astype(np.float32)
    # Divided by 32, a step from dark to light counts as its levels of grey.
    x = np.asarray(cv2.Scharr(plane, cv2.CV_32F, 1, 0, scale=1 / 32), np.float32)
    y = np.asarray(cv2.Scharr(plane, cv2.CV_32F, 0, 1, scale=1 / 32), np.float32)
    pooled = _halvings(max(plane.shape), _SIDE)
    xx, yy, xy = (_pooled(a * b, pooled) for a, b in ((x, x), (y, y), (x, y)))
    return _Edges(xx, yy, xy), 1 / (halved * pooled)


def _halvings(side: int, most: int) -> int:
    """The power of two by which a side is divided to have at most so many pixels."""
    return 1 << max(0, math.ceil(math.log2(side / most)))


def _pooled(plane: NDArray[Any], by: int) -> NDArray[Any]:
    """Squares of so many pixels averaged: whole ones, which takes a tenth of the time."""
    high, wide = (max(1, side // by) for side in plane.shape)
    whole = plane[: high * by, : wide * by]
    return np.asarray(cv2.resize(whole, (wide, high), interpolation=cv2.INTER_AREA))


def _dense(edges: _Edges, window: int) -> Iterator[tuple[Place, float]]:
    """Places full of edges that run one way, each with the sum of its edges."""
    around = edges.over(window)
    density = np.where(around.coherence >= _ONE_WAY, around.strength, 0)
    densest = float(np.percentile(density[::2, ::2], 99.5))
    mask = (density > max(_DENSE * densest, _FAINT)).astype(np.uint8)
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((window, window), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(opened)
    largest = np.argsort(-stats[1:, cv2.CC_STAT_AREA])[:_COMPONENTS] + 1
    for label in largest:
        left, top, width, height, area = (int(value) for value in stats[label])
        if area < _LEAST_SHARE * opened.size:
            return
        box = np.s_[top : top + height, left : left + width]
        here = labels[box] == label
        place = _levelled(here, edges.within(box), (left, top))
        long = place.width >= _LEAST_ASPECT * place.height
        if long and place.coherence >= _ONE_WAY and area >= _FULL * place.width * place.height:
            yield place, float(edges.strength[box][here].sum()) * place.coherence


def _levelled(here: NDArray[np.bool_], edges: _Edges, corner: tuple[int, int]) -> Place:
    """The rectangle around this component whose sides run as its edges do."""
    xx, yy, xy = (float(plane[here].sum()) for plane in (edges.xx, edges.yy, edges.xy))
    turn = 0.5 * np.arctan2(2 * xy, xx - yy)
    ys, xs = np.nonzero(here)
    ys, xs = ys + corner[1], xs + corner[0]
    along = xs * np.cos(turn) + ys * np.sin(turn)
    off = -xs * np.sin(turn) + ys * np.cos(turn)
    # A few pixels of print that ran into it must not widen it much.
    left, right = np.percentile(along, (0.2, 99.8))
    top, low = np.percentile(off, (0.2, 99.8))
    u, v = (left + right) / 2, (top + low) / 2
    centre = u * np.cos(turn) - v * np.sin(turn), u * np.sin(turn) + v * np.cos(turn)
    return Place(
        (float(centre[0]), float(centre[1])),
        float(right - left),
        float(low - top),
        float(np.degrees(turn)),
        float(np.hypot(xx - yy, 2 * xy) / (xx + yy + 1)),
    )


def _same(one: Place, other: Place) -> bool:
    """Whether the middle of one lies within the other, and they are of like size."""
    apart = np.hypot(one.centre[0] - other.centre[0], one.centre[1] - other.centre[1])
    near = apart < 0.25 * min(max(one.width, one.height), max(other.width, other.height))
    return bool(near and 0.5 < one.width * one.height / max(other.width * other.height, 1) < 2)
