"""Finds what may be a machine readable zone: two or three long parallel lines of dark print.

Strokes darker than their surroundings (black-hat against its local mean) are closed along the
rows; long flat components become lines, and lines of one extent and even spacing become blocks
(9303-3 §4.2: two or three lines, 6.35 mm apart at a pitch of 2.54 mm). Nothing is read here; a
block is a guess worth reading. Turned pictures are searched by turning the mask of strokes.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Matrix = NDArray[np.float64]
Points = NDArray[np.float64]

_STROKE = 13
"""Pixels of the mask: wider than any stroke, narrower than the space between two lines."""

_SAMPLES = 512
"""Points along a line at which its beat is measured."""
_WINDOW = np.hanning(_SAMPLES)


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


@dataclass(frozen=True, eq=False)
class Block:
    """Two or three lines that may be a zone, top first, as quadrilateral on the picture."""

    corners: Points
    """(4, 2) pixels: ends of the first line's middle, then of the last line's, clockwise."""
    places: tuple[float, ...]
    """Where each line lies between the first (0) and the last (1)."""
    sags: tuple[float, ...]
    """By how much each line's middle lies below its ends, as a share of the spacing of lines."""
    score: float
    """How much the block looks like a zone by its geometry alone."""

    @property
    def length(self) -> float:
        """Pixels from end to end, the mean of the outer lines."""
        top_left, top_right, bottom_right, bottom_left = self.corners
        ends = np.linalg.norm(top_right - top_left) + np.linalg.norm(bottom_right - bottom_left)
        return float(ends / 2)

    @property
    def angle(self) -> float:
        """Degrees clockwise by which the lines are turned on the picture, -180 to 180."""
        top_left, top_right, bottom_right, bottom_left = self.corners
        x, y = top_right - top_left + bottom_right - bottom_left
        return float(np.degrees(np.arctan2(y, x)))

    def upside_down(self) -> "Block":
        """The same lines read from the other end."""
        return Block(
            np.roll(self.corners, 2, axis=0),
            tuple(1 - place for place in reversed(self.places)),
            tuple(-sag for sag in reversed(self.sags)),
            self.score,
        )


class StrokeMask:
    """Where a picture has dark strokes, at a working size of `longest` pixels."""

    def __init__(self, grey: Grey, longest: int) -> None:
        height, width = grey.shape
        self._scale = longest / max(height, width)
        way = cv2.INTER_AREA if self._scale < 1 else cv2.INTER_LINEAR
        size = (max(1, round(width * self._scale)), max(1, round(height * self._scale)))
        self._small = cv2.resize(grey, size, interpolation=way)
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (_STROKE, _STROKE))
        strokes = cv2.morphologyEx(self._small, cv2.MORPH_BLACKHAT, kernel)
        around = cv2.convertScaleAbs(cv2.blur(strokes, (61, 61)), alpha=1.3, beta=8)
        self._mask = cv2.compare(strokes, around, cv2.CMP_GT)

    def blocks(self, angle: float) -> list[Block]:
        """Blocks whose lines rise or fall by at most about ten degrees from `angle`, best first."""
        turned, back = self._turned(angle)
        lines = _joined(_lines(turned))
        blocks = [_block(group, back) for group in _groups(lines, max(turned.shape))]
        return sorted(blocks, key=lambda block: -block.score)

    def evenness(self, block: Block, counts: tuple[int, ...]) -> dict[int, float]:
        """How evenly a block's lines beat as lines of so many characters, for each count, 0 to 1.

        A line's columns as a wave: the share of its strength near one beat a character.
        """
        top_left, top_right, bottom_right, bottom_left = block.corners * self._scale
        along = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
        across = along * 2 - 1
        waves = []
        for place, sag in zip(block.places, block.sags, strict=True):
            down = place + sag * (1 / 3 - across**2) / (len(block.places) - 1)
            # A seventh of the spacing to either side keeps within the height of capitals.
            rows = down + np.linspace(-1, 1, 5)[:, None] / (7 * (len(block.places) - 1))
            at = ((1 - rows)[..., None] * (top_left + along[:, None] * (top_right - top_left))) + (
                rows[..., None] * (bottom_left + along[:, None] * (bottom_right - bottom_left))
            )
            at = at.astype(np.float32)
            cut = cv2.remap(
                self._small,
                at[..., 0],
                at[..., 1],
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            )
            columns = cut.mean(axis=0, dtype=np.float32)
            waves.append(np.abs(np.fft.rfft((columns - columns.mean()) * _WINDOW)) ** 2)
        even = {}
        for beat in counts:
            shares = [
                np.sort(wave[round(0.88 * beat) : round(1.12 * beat) + 1])[-3:].sum()
                / max(1.0, float(wave[beat // 4 : 2 * beat].sum()))
                for wave in waves
            ]
            even[beat] = float(np.mean(shares))
        return even

    @cached_property
    def angles(self) -> list[float]:
        """Directions (0 to 180 degrees) in which strokes form rows, the clearest first.

        Rows have sharp edges: the steps of the mask's projection are largest along the text.
        """
        shrink = 420 / max(self._mask.shape)
        small = cv2.resize(self._mask, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        y, x = np.nonzero(small > 127)
        y, x = y - small.shape[0] / 2, x - small.shape[1] / 2
        reach = int(np.hypot(*small.shape)) + 2
        clearness = []
        steps = np.arange(0, 180, 4)
        for angle in np.radians(steps):
            rows = (y * np.cos(angle) - x * np.sin(angle) + reach / 2).astype(np.int64)
            filled = np.bincount(rows, minlength=reach).astype(np.float64)
            clearness.append(((filled[2:] - filled[:-2]) ** 2).sum())
        chosen: list[float] = []
        for place in np.argsort(clearness)[::-1]:
            angle = float(steps[place])
            if all(abs((angle - other + 90) % 180 - 90) > 10 for other in chosen):
                chosen.append(angle)
        return chosen[:3]

    def _turned(self, angle: float) -> tuple[Grey, Matrix]:
        """The mask with `angle` made level, and the way back from its pixels to the picture's."""
        height, width = self._mask.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
        cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
        new_width, new_height = int(height * sin + width * cos), int(height * cos + width * sin)
        turn[:, 2] += (new_width - width) / 2, (new_height - height) / 2
        back = cv2.invertAffineTransform(turn) / self._scale
        if angle == 0:
            return self._mask, back
        turned = cv2.warpAffine(self._mask, turn, (new_width, new_height), flags=cv2.INTER_NEAREST)
        return turned.astype(np.uint8), back


def _lines(mask: Grey) -> list[TextLine]:
    """Long flat components of the mask, closed along its rows."""
    close = cv2.getStructuringElement(cv2.MORPH_RECT, (int(_STROKE * 1.9), 1))
    solid = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, close)
    flat = cv2.getStructuringElement(cv2.MORPH_RECT, (int(_STROKE * 2.2), 3))
    solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, flat)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    lines = []
    for label, (x, y, width, height, area) in enumerate(boxes):
        if label == 0 or width < 0.12 * max(mask.shape) or height < 4 or area < 1.2 * width:
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
    return lines


def _fitted(part: NDArray[np.float32]) -> TextLine | None:
    """The line through the middles of a component's columns; `None` where it is no line."""
    filled = part.sum(axis=0)
    columns = np.flatnonzero(filled >= 2)
    width = part.shape[1]
    if len(columns) < 0.5 * width:
        return None
    rows = np.arange(part.shape[0], dtype=np.float32)
    middles = (rows @ part)[columns] / filled[columns]
    height = float(np.median(filled[columns]))
    slope, offset = _straight(columns, middles)
    miss = np.abs(slope * columns + offset - middles)
    near = miss <= max(2.0, 1.2 * float(miss.mean()))
    columns, middles = columns[near], middles[near]
    slope, offset = _straight(columns, middles)
    if width < 8 * height or abs(slope) > 0.6:
        return None
    across = columns / width * 2 - 1
    residue = middles - slope * columns - offset
    arch = 1 - across**2
    arch -= arch.mean()
    sag = float((arch * residue).sum() / max(1e-6, float((arch * arch).sum())))
    return TextLine(0.0, float(width), slope, offset, sag, height)


def _straight(x: Points, y: Points) -> tuple[float, float]:
    """Slope and offset by least squares."""
    mean_x, mean_y = float(x.mean()), float(y.mean())
    away = x - mean_x
    slope = float((away * (y - mean_y)).sum() / max(1e-6, float((away * away).sum())))
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


def _groups(lines: list[TextLine], size: int) -> list[tuple[tuple[TextLine, ...], float]]:
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


def _block(group: tuple[tuple[TextLine, ...], float], back: Matrix) -> Block:
    """The group's quadrilateral on the picture, its short sides square to the lines' direction."""
    lines, score = group
    slope = float(np.mean([line.slope for line in lines]))
    along = np.array([1.0, slope]) / np.hypot(1.0, slope)
    # How far along the common direction each line begins and ends.
    starts = [float(along @ (line.left, line.at(line.left))) for line in lines]
    stops = [float(along @ (line.right, line.at(line.right))) for line in lines]

    def end(line: TextLine, distance: float) -> Points:
        """The point of the line whose foot on the common direction is at `distance`."""
        x = (distance - along[1] * line.offset) / (along[0] + along[1] * line.slope)
        return np.array([x, line.at(x)])

    first, last = lines[0], lines[-1]
    start, stop = min(starts), max(stops)
    level = np.array([end(first, start), end(first, stop), end(last, stop), end(last, start)])
    middle = (start + stop) / 2
    top, bottom = end(first, middle)[1], end(last, middle)[1]
    spacing = (bottom - top) / (len(lines) - 1)
    return Block(
        level @ back[:, :2].T + back[:, 2],
        tuple(float((end(line, middle)[1] - top) / (bottom - top)) for line in lines),
        (float(np.mean([line.sag for line in lines]) / spacing),) * len(lines),
        score,
    )
