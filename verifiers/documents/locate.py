"""Finds what may be a machine readable zone: two or three long parallel lines of dark print.

Strokes darker than their surroundings (black-hat against its local mean) are closed along the
rows; long flat components become lines, and lines of one extent and even spacing become blocks
(9303-3 §4.2: two or three lines, 6.35 mm apart at a pitch of 2.54 mm). Nothing is read here; a
block is a guess worth reading. Turned pictures are searched by turning the mask of strokes.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.documents.text_lines import STROKE, Grey, TextLine, find_lines, groups

Matrix = NDArray[np.float64]
Points = NDArray[np.float64]


_SAMPLES = 512
"""Points along a line at which its beat is measured."""
_WINDOW = np.hanning(_SAMPLES)


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
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (STROKE, STROKE))
        strokes = cv2.morphologyEx(self._small, cv2.MORPH_BLACKHAT, kernel)
        around = cv2.convertScaleAbs(cv2.blur(strokes, (61, 61)), alpha=1.3, beta=8)
        self._mask = cv2.compare(strokes, around, cv2.CMP_GT)

    def blocks(self, angle: float) -> list[Block]:
        """Blocks whose lines rise or fall by at most about ten degrees from `angle`, best first."""
        turned, back = self._turned(angle)
        groups_ = groups(find_lines(turned), max(turned.shape))
        blocks = [_block(group, back) for group in groups_]
        return sorted(blocks, key=lambda block: -block.score)

    def evenness(self, block: Block, counts: tuple[int, ...]) -> dict[int, float]:
        """How evenly a block's lines beat as lines of so many characters, for each count, 0 to 1.

        A line's columns as a wave: the share of its strength near one beat a character, of that
        between half as fast (slower is shade and pattern) and not yet twice.
        """
        flat = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
        corners = (block.corners * self._scale).astype(np.float32)
        view = cv2.getPerspectiveTransform(flat, corners)
        along = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
        lines = len(block.places)
        down = np.array(block.places)[:, None] + np.array(block.sags)[:, None] * (
            (1 / 3 - (along * 2 - 1) ** 2) / (lines - 1)
        )
        # A seventh of the spacing to either side keeps within the height of capitals.
        rows = down[:, None] + np.linspace(-1, 1, 5)[:, None] / (7 * (lines - 1))
        points = np.stack([np.broadcast_to(along, rows.shape), rows], axis=-1)
        at = cv2.perspectiveTransform(points.reshape(-1, _SAMPLES, 2), view).astype(np.float32)
        cut = cv2.remap(
            self._small,
            at[..., 0],
            at[..., 1],
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        columns = cut.reshape(rows.shape).mean(axis=1, dtype=np.float32)
        columns -= columns.mean(axis=1, keepdims=True)
        waves = np.abs(np.fft.rfft(columns * _WINDOW)) ** 2
        even = {}
        for beat in counts:
            near = np.sort(waves[:, round(0.88 * beat) : round(1.12 * beat) + 1])[:, -3:].sum(
                axis=1
            )
            around = waves[:, beat // 2 : 8 * beat // 5].sum(axis=1)
            even[beat] = float((near / np.maximum(1.0, around)).mean())
        return even

    @cached_property
    def angles(self) -> list[float]:
        """Directions (0 to 180 degrees) in which strokes form rows, the clearest first.

        Rows have sharp edges: the steps of the mask's projection are largest along the text.
        """
        shrink = 420 / max(self._mask.shape)
        height, width = (max(1, round(side * shrink)) for side in self._mask.shape)
        small = cv2.resize(self._mask, (width, height), interpolation=cv2.INTER_AREA)
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
        back = np.asarray(cv2.invertAffineTransform(turn) / self._scale, np.float64)
        if angle == 0:
            return np.asarray(self._mask, np.uint8), back
        turned = cv2.warpAffine(self._mask, turn, (new_width, new_height), flags=cv2.INTER_NEAREST)
        return turned.astype(np.uint8), back


def _block(group: tuple[tuple[TextLine, ...], float], back: Matrix) -> Block:
    """The group's quadrilateral on the picture, its short sides square to the lines' direction."""
    lines, score = group
    slope = sum(line.slope for line in lines) / len(lines)
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
        (sum(line.sag for line in lines) / len(lines) / spacing,) * len(lines),
        score,
    )
