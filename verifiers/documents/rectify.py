"""Cuts the lines of a block out of the picture as the recogniser wants them: level, one size.

The block's quadrilateral gives a homography (perspective), its lines' sag a bend (curved pages),
and the height of the print is measured on the picture, since print strays from 9303-3.
"""

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.documents.locate import Block, Matrix, Points
from verifiers.documents.recognise import CAPITAL_HEIGHT, PITCH, STRIP_HEIGHT
from verifiers.documents.text_lines import Grey

Plane = NDArray[np.float32]

MARGIN = 3
"""Characters' widths that a strip shows before and after its line."""
_FINEST = 24.0
"""Pixels of the picture from character to character above which it is shrunk first."""
TALL_SCALE = 12
"""Rows to a pitch of the tall strips on which the print is measured."""
_PROFILE_ROWS = 36


class Strays(NamedTuple):
    """Where print stands that is not where a flat page would have it."""

    at: Points
    """(knots,) places along the lines, in characters from their beginning."""
    ahead: Points
    """(lines, knots) characters further along."""
    below: Points
    """(knots,) pitches further down."""


@dataclass(frozen=True, eq=False)
class Rectifier:
    """One block of a picture, seen as lines of so many characters."""

    picture: Grey
    """The part of the picture around the block, shrunk where it is finer than needed."""
    to_part: Matrix
    """(3, 3) homography from (characters along, lines down) to that part's pixels."""
    block: Block
    characters: int
    zoom: float
    """Pixels of `picture` for each pixel of the whole one."""
    strays: Strays | None = None
    """How the lines stray from the block, where that was measured."""

    @property
    def pitch(self) -> float:
        """Pixels of the whole picture from character to character."""
        return self.block.length / self.characters

    def strips(self, capital_height: float, shifts: tuple[float, ...]) -> Grey:
        """(lines, 24, (characters + 6) * 16): `capital_height` and `shifts` in pitches."""
        step = capital_height / CAPITAL_HEIGHT
        return np.stack(
            [
                self.strip(line, shift, step, PITCH, STRIP_HEIGHT)
                for line, shift in enumerate(shifts)
            ]
        )

    def print_size(self) -> tuple[float, tuple[float, ...]]:
        """The height of capitals and each line's distance below its fitted place, in pitches."""
        heights, shifts = [], []
        for line in range(len(self.block.places)):
            tall = self.tall(line, _PROFILE_ROWS)
            height, shift = _inked_rows(tall)
            plausible = 0.55 < height < 1.6
            shifts.append(shift if plausible and abs(shift) < 0.4 else 0.0)
            heights += [height] if plausible else []
        height = float(np.median(heights)) if heights else 0.95
        return min(max(height, 0.7), 1.35), tuple(shifts)

    def tall(self, line: int, rows: int) -> Grey:
        """(rows, (characters + 6) * 8): a line and what is around it, `TALL_SCALE` rows a pitch."""
        return self.strip(line, 0.0, 1 / TALL_SCALE, PITCH // 2, rows)

    def strip(
        self, line: int, shift: float, step: float, pitch: int, height: int, margin: int = MARGIN
    ) -> Grey:
        """(height, (characters + 2 * margin) * pitch): one line, `shift` pitches below its place.

        `step`: pitches from one row to the next.
        """
        along = (np.arange((self.characters + 2 * margin) * pitch) + 0.5) / pitch - margin
        x, y, down_x, down_y = self._middle(line, along)
        rows = ((np.arange(height) - (height - 1) / 2) * step + shift)[:, None]
        return cv2.remap(
            self.picture,
            (x + rows * down_x).astype(np.float32),
            (y + rows * down_y).astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ).astype(np.uint8)

    def on_picture(self, line: int, places: list[float], down: float = 0.0) -> Points:
        """(n, 2) pixels of the whole picture: characters along a line, pitches below its middle."""
        x, y, down_x, down_y = self._middle(line, np.asarray(places, np.float64))
        at = np.stack([x + down * down_x, y + down * down_y], axis=-1)
        return _part_origin(self.block) + at / self.zoom

    def _middle(self, line: int, along: Points) -> tuple[Points, Points, Points, Points]:
        """A line's middle, x and y, and the step from there that is one pitch down the page."""
        down = self.block.places[line]
        below: Points | float = 0.0
        if self.strays:
            below = np.interp(along, self.strays.at, self.strays.below)
            along = along + np.interp(along, self.strays.at, self.strays.ahead[line])
        share = along / self.characters * 2 - 1
        bend = self.block.sags[line] * (1 / 3 - share**2) / max(1, len(self.block.places) - 1)
        x, y, depth_x, depth_y = _mapped(self.to_part, along, down + bend)
        # One pitch down: as long as one pitch along at the middle of the line, square to it there,
        # and elsewhere as the perspective has it.
        middle = np.array([self.characters / 2])
        ends = middle + np.array([-0.5, 0.5])
        ahead = np.diff(np.array(_mapped(self.to_part, ends, down)[:2]), axis=1)
        _, _, deep_x, deep_y = _mapped(self.to_part, middle, np.full(1, down))
        scale = np.hypot(*ahead) / np.hypot(deep_x, deep_y)
        down_x, down_y = depth_x * scale, depth_y * scale
        return x + below * down_x, y + below * down_y, down_x, down_y


def rectifier(picture: Grey, block: Block, characters: int) -> Rectifier:
    """Prepares to cut this block's lines as lines of so many characters."""
    left, top = _part_origin(block).astype(int)
    right, bottom = np.ceil(block.corners.max(axis=0) + _margin(block)).astype(int)
    part = _padded(picture, int(left), int(top), int(right), int(bottom))
    zoom = min(1.0, _FINEST / (block.length / characters))
    if zoom < 0.9:
        part = cv2.resize(part, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA).astype(
            np.uint8
        )
    else:
        zoom = 1.0
    corners = ((block.corners - (left, top)) * zoom).astype(np.float32)
    flat = np.array([[0, 0], [characters, 0], [characters, 1], [0, 1]], np.float32)
    view = np.asarray(cv2.getPerspectiveTransform(flat, corners), np.float64)
    return Rectifier(part, view, block, characters, zoom)


def _margin(block: Block) -> float:
    return 0.12 * block.length


def _part_origin(block: Block) -> Points:
    return np.asarray(np.floor(block.corners.min(axis=0) - _margin(block)), np.float64)


def _padded(picture: Grey, left: int, top: int, right: int, bottom: int) -> Grey:
    """The picture from left to right and top to bottom, its edge repeated where it ends."""
    height, width = picture.shape
    inside = picture[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    over = (max(0, -top), max(0, bottom - height), max(0, -left), max(0, right - width))
    if not any(over):
        return inside
    return cv2.copyMakeBorder(inside, *over, cv2.BORDER_REPLICATE).astype(np.uint8)


def _mapped(
    homography: Matrix, along: Points, down: Points | float
) -> tuple[Points, Points, Points, Points]:
    """Where (along, down) falls, and the derivative of that by `down`."""
    (a, b, c), (d, e, f), (g, h, i) = homography
    scale = g * along + h * down + i
    x = (a * along + b * down + c) / scale
    y = (d * along + e * down + f) / scale
    return x, y, (b - h * x) / scale, (e - h * y) / scale


def _inked_rows(tall: Grey) -> tuple[float, float]:
    """Height of the print on a tall strip and its distance below the middle, in pitches.

    Print has many vertical edges; rows beside it have few. Their strongest 5 % are cut off, so that
    one frame or photograph edge does not outweigh the line.
    """
    edges = np.abs(np.diff(tall.astype(np.float32), axis=1))
    profile = np.minimum(edges, np.percentile(edges, 95)).mean(axis=1)
    profile = np.convolve(profile, [0.25, 0.5, 0.25], "same")
    low = float(np.percentile(profile[4:-4], 10))
    middle = len(profile) // 2
    high = float(np.percentile(profile[middle - 6 : middle + 6], 80))
    inked = profile > low + 0.42 * (high - low)
    near = np.flatnonzero(inked)
    if len(near) == 0:
        return 0.0, 0.0
    first = last = int(near[np.abs(near - middle).argmin()])
    while first > 0 and inked[first - 1]:
        first -= 1
    while last < len(inked) - 1 and inked[last + 1]:
        last += 1
    centre = (first + last) / 2 - (len(profile) - 1) / 2
    return (last - first + 1) / TALL_SCALE, centre / TALL_SCALE
