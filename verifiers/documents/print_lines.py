"""A line of print as it was read: its characters, and where each stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.finding import Region

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class PrintLine:
    """A line of print, or a part of one."""

    text: str
    confidence: tuple[float, ...]
    """For each character, 0 to 1."""
    across: tuple[float, ...]
    """Where each character's middle stands, as a share of the line's length."""
    box: Box
    """On the flat page, in its pixels."""
    region: Region
    """On the picture as it was sent."""

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]

    @property
    def sure(self) -> float:
        """How surely its least sure character was read; 0 where there is none."""
        shown = (c for c, letter in zip(self.confidence, self.text, strict=True) if letter != " ")
        return min(shown, default=0.0)

    def x_of(self, character: int) -> float:
        """Where this character stands on the flat page."""
        return self.box[0] + self.across[character] * (self.box[2] - self.box[0])

    def part(self, start: int, end: int) -> "PrintLine":
        """The characters from `start` to before `end`, spaces around them dropped."""
        while start < end and self.text[start] == " ":
            start += 1
        while start < end and self.text[end - 1] == " ":
            end -= 1
        if (start, end) == (0, len(self.text)) or start >= end:
            return self if start < end else PrintLine("", (), (), self.box, self.region)
        left, right = self._edge(start), self._edge(end)
        span = max(right - left, 1e-6)
        one, two, three, four = (np.array(corner) for corner in self.region.corners)
        corners = [
            one + (two - one) * left,
            one + (two - one) * right,
            four + (three - four) * right,
            four + (three - four) * left,
        ]
        width = self.box[2] - self.box[0]
        return PrintLine(
            text=self.text[start:end],
            confidence=self.confidence[start:end],
            across=tuple((a - left) / span for a in self.across[start:end]),
            box=(
                self.box[0] + left * width,
                self.box[1],
                self.box[0] + right * width,
                self.box[3],
            ),
            region=quadrilateral(np.array(corners)),
        )

    def _edge(self, place: int) -> float:
        """Between the character before this place and the one at it."""
        if place == 0:
            return 0.0
        if place >= len(self.across):
            return 1.0
        return (self.across[place - 1] + self.across[place]) / 2


@dataclass(frozen=True)
class Sheet:
    """One side or page: its lines, by their place on it from the top."""

    lines: tuple[PrintLine, ...]


def joined(lines: Sequence[PrintLine]) -> PrintLine:
    """Lines one below the other as one text."""
    if len(lines) == 1:
        return lines[0]
    text = " ".join(line.text for line in lines)
    sure = [value for line in lines for value in (*line.confidence, 1.0)][:-1]
    width = max(len(text), 1)
    boxes = [line.box for line in lines]
    first, last = lines[0].region.corners, lines[-1].region.corners
    widest = max(lines, key=lambda line: line.box[2] - line.box[0]).region.corners
    wide = widest[1][0] - widest[0][0], widest[1][1] - widest[0][1]
    return PrintLine(
        text=text,
        confidence=tuple(sure),
        across=tuple((i + 0.5) / width for i in range(len(text))),
        box=(
            min(b[0] for b in boxes),
            boxes[0][1],
            max(b[2] for b in boxes),
            boxes[-1][3],
        ),
        region=Region(
            corners=(
                first[0],
                (first[0][0] + wide[0], first[0][1] + wide[1]),
                (last[3][0] + wide[0], last[3][1] + wide[1]),
                last[3],
            )
        ),
    )


def quadrilateral(corners: NDArray[Any]) -> Region:
    """`(4, 2)` as a region."""
    points = [(float(x), float(y)) for x, y in corners]
    return Region(corners=(points[0], points[1], points[2], points[3]))
