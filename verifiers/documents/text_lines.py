"""Lines of print on a mask of strokes, and the pairs and triples of them that share one extent.

9303-3 §4.2: two or three lines 6.35 mm apart, as long as each other, at a pitch of 2.54 mm.
"""

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

STROKE = 13
"""Pixels of the mask: wider than any stroke, narrower than the space between two lines."""


class TextLine(NamedTuple):
    """y = slope * x + offset from x = left to right, in pixels of the turned mask.

    The straight line of least squares; a bent one's middle lies `sag` below its ends.
    """

    left: float
    right: float
    slope: float
    offset: float
    sag: float
    height: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def at(self, x: float) -> float:
        return self.slope * x + self.offset


def find_lines(mask: Grey) -> list[TextLine]:
    """Long flat components of the mask, closed along its rows; collinear ones made one."""
    close = cv2.getStructuringElement(cv2.MORPH_RECT, (int(STROKE * 1.9), 1))
    solid = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, close)
    flat = cv2.getStructuringElement(cv2.MORPH_RECT, (int(STROKE * 2.2), 3))
    solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, flat)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(solid, None, None, None, 8, cv2.CV_16U)
    lines = []
    for label, (x, y, width, height, area) in enumerate(boxes):
        if label == 0 or width < 0.12 * max(mask.shape) or area < 1.2 * width:
            continue
        if height < 4:
            continue
        part = (labels[y : y + height, x : x + width] == label).astype(np.float32)
        line = _fitted(part)
        if line is not None:
            lines.append(
                line._replace(
                    left=line.left + x,
                    right=line.right + x,
                    offset=line.offset + y - line.slope * x,
                )
            )
    return _joined(lines)


def _fitted(part: NDArray[np.float32]) -> TextLine | None:
    """The line through the middles of a component's columns; `None` where it is no line."""
    filled = cv2.reduce(part, 0, cv2.REDUCE_SUM)[0]
    columns = np.flatnonzero(filled >= 2)
    width = part.shape[1]
    if len(columns) < 0.5 * width:
        return None
    rows = np.arange(part.shape[0], dtype=np.float32)
    middles = (rows @ part)[columns] / filled[columns]
    height = float(np.sort(filled[columns])[len(columns) // 2])
    if width < 8 * height:
        return None
    slope, offset = _straight(columns, middles)
    miss = np.abs(slope * columns + offset - middles)
    near = miss <= max(2.0, 1.2 * float(miss.sum()) / len(miss))
    columns, middles = columns[near], middles[near]
    slope, offset = _straight(columns, middles)
    if abs(slope) > 0.6:
        return None
    across = columns / width * 2 - 1
    residue = middles - slope * columns - offset
    arch = 1 - across**2
    arch -= arch.sum() / len(arch)
    sag = float(arch @ residue) / max(1e-6, float(arch @ arch))
    return TextLine(0.0, float(width), slope, offset, sag, height)


def _straight(x: NDArray[Any], y: NDArray[Any]) -> tuple[float, float]:
    """Slope and offset by least squares."""
    # Sums: lines are many and short, and `mean` takes five times as long on them.
    mean_x, mean_y = float(x.sum()) / len(x), float(y.sum()) / len(y)
    away = x - mean_x
    slope = float(away @ (y - mean_y)) / max(1e-6, float(away @ away))
    return slope, mean_y - slope * mean_x


def _joined(lines: list[TextLine]) -> list[TextLine]:
    """Collinear fragments made one: a gap in the print is no end of the line."""
    waiting = sorted(lines, key=lambda line: line.width)
    joined: list[TextLine] = []
    while waiting:
        line = waiting.pop()
        partner = next((other for other in waiting if _collinear(line, other)), None)
        if partner is None:
            joined.append(line)
        else:
            waiting.remove(partner)
            waiting.append(_union(line, partner))
    return joined


def _collinear(a: TextLine, b: TextLine) -> bool:
    """Whether `b`, the shorter, goes on where `a` ends."""
    height = max(a.height, b.height)
    gap = max(a.left, b.left) - min(a.right, b.right)
    between = (max(a.left, b.left) + min(a.right, b.right)) / 2
    return (
        -1.5 * height < gap < 5 * height
        and abs(a.at(between) - b.at(between)) < 0.45 * height
        and min(a.height, b.height) > 0.5 * height
        and abs(a.slope - b.slope) < 0.08
    )


def _union(a: TextLine, b: TextLine) -> TextLine:
    x = np.array([a.left, a.right, b.left, b.right])
    y = np.array([a.at(a.left), a.at(a.right), b.at(b.left), b.at(b.right)])
    slope, offset = _straight(x, y)
    height = (a.height * a.width + b.height * b.width) / (a.width + b.width)
    return TextLine(float(x.min()), float(x.max()), slope, offset, a.sag, height)


def groups(lines: list[TextLine], size: int) -> list[tuple[tuple[TextLine, ...], float]]:
    """Pairs and triples of lines under each other that share one extent, each with its score."""
    pairs = {}
    for above in lines:
        for below in lines:
            overlap = _overlap(above, below)
            if overlap is not None:
                pairs[above, below] = overlap
    groups = []
    for (above, below), overlap in pairs.items():
        length = max(above.right, below.right) - min(above.left, below.left)
        groups.append(((above, below), overlap + 0.6 * min(1.0, length / size)))
        for middle, last in pairs:
            if middle is below and 0.6 < _spacing(below, last) / _spacing(above, below) < 1.6:
                group = (above, below, last)
                left, right = min(g.left for g in group), max(g.right for g in group)
                shared = min(g.right for g in group) - max(g.left for g in group)
                score = shared / (right - left) + 0.12 + 0.6 * min(1.0, (right - left) / size)
                groups.append((group, score))  # type: ignore[arg-type]
    return groups  # type: ignore[return-value]


def _spacing(above: TextLine, below: TextLine) -> float:
    middle = (max(above.left, below.left) + min(above.right, below.right)) / 2
    return below.at(middle) - above.at(middle)


def _overlap(above: TextLine, below: TextLine) -> float | None:
    """The shared part of two lines' extent, where they can be neighbours in one zone."""
    shared = min(above.right, below.right) - max(above.left, below.left)
    extent = max(above.right, below.right) - min(above.left, below.left)
    if shared < 0.55 * extent or abs(above.slope - below.slope) > 0.16:
        return None
    # 2.5 / 44 in a passport, 2.5 / 30 on a card; specimens stray far from 9303-3.
    if not 0.03 < _spacing(above, below) / extent < 0.15:
        return None
    return shared / extent
