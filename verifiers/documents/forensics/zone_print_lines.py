"""The lines of a zone cut out along their print: place by place where the known text fits best.

The reader's region may begin or end some characters beside the print. Here windows of a few
letters, drawn in OCR-B, are moved over the picture until they lie on their print; a smooth curve
through that is where the line runs. What strays from the curve is left in the picture, to be
measured.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import MrzText
from verifiers.documents.forensics.zone_print_shapes import CELL, FINE, Floats, shapes
from verifiers.documents.locate import Block
from verifiers.documents.mrz_fields import CHARACTERS
from verifiers.documents.rectify import Rectifier, Strays, rectifier
from verifiers.documents.text_lines import Grey

PITCH = 24
"""Pixels of a cut line from character to character."""
HEIGHT = 44
"""Rows of a cut line."""
MARGIN = 1
"""Characters' widths shown before and after the line."""

_ENDS = 3.6
"""Characters by which a line may begin or end beside the end of its region."""
_REACH = 0.7
"""Pitches by which a line may lie above or below the place that its region gives."""
_NEAR = 0.4
"""Pitches by which letters may lie beside a line whose ends are known."""
_WINDOW, _STEP = 5, 3
_LIKE = 0.35
"""Correlation from which a window's place counts."""

Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CutLines:
    """The zone's lines, level, `PITCH` pixels a character, and how well they were followed."""

    lines: Rectifier
    strips: tuple[Grey, ...]
    """Each (HEIGHT, (characters + 2 * MARGIN) * PITCH)."""
    likeness: float
    """Median correlation, -1 to 1, of the windows with OCR-B."""


def cut_lines(grey: Grey, text: MrzText) -> CutLines:
    """Cuts the lines of this zone out of a grey picture."""
    count, characters = text.format.shape
    block = _block(text, count)
    lines = rectifier(grey, block, characters)
    drawn = [_drawn(line) for line in text.lines]
    knots = np.linspace(0, characters, 12)
    ends = [_ends(lines, line, drawn[line]) for line in range(count)]
    lines = _moved(lines, knots, ends)
    likeness = 0.0
    for _ in range(2):
        found = [_strays(lines, line, drawn[line]) for line in range(count)]
        likeness = float(np.median(np.concatenate([like for _, _, like in found])))
        lines = _moved(lines, knots, [(ahead, below) for ahead, below, _ in found])
    strips = tuple(
        lines.strip(line, 0.0, 1 / PITCH, PITCH, HEIGHT, MARGIN) for line in range(count)
    )
    return CutLines(lines, strips, likeness)


def _block(text: MrzText, count: int) -> Block:
    """The middles of the first and the last line within the region of the zone's ink."""
    corners = np.array(text.region.corners, np.float64)
    # The reader's regions reach 1.65 mm beyond the middles, the ink of the print 1.2 mm.
    inset = 1.5 / ((count - 1) * 6.35 + 3.0)
    top_left, top_right, low_right, low_left = corners
    left, right = low_left - top_left, low_right - top_right
    middles = [
        top_left + inset * left,
        top_right + inset * right,
        low_right - inset * right,
        low_left - inset * left,
    ]
    places = tuple(line / (count - 1) for line in range(count))
    return Block(np.array(middles), places, (0.0,) * count, 1.0)


def _drawn(text: str) -> Floats:
    """The line in OCR-B as it should look: (1.5 pitches, characters * PITCH) ink."""
    ink = shapes(0.0, 2.0, np.arange(len(CHARACTERS)))
    shrink = PITCH / FINE
    wide, high = round(CELL[0] * shrink), round(CELL[1] * shrink)
    line = np.zeros((high, (len(text) + 1) * PITCH), np.float32)
    for place, character in enumerate(text):
        small = cv2.resize(ink[CHARACTERS.index(character)], (wide, high), interpolation=3)
        left = round((place + 1) * PITCH - wide / 2)
        there = line[:, left : left + wide]
        np.maximum(there, small, out=there)
    rim = (high - round(1.3 * PITCH)) // 2
    return line[rim : high - rim, PITCH // 2 : -PITCH // 2]


def _likeness(
    lines: Rectifier, line: int, drawn: Floats, along: float, down: float
) -> tuple[Points, Floats]:
    """Where windows of letters stand on the line, and how well each fits moved by so much.

    (windows,) middles in characters, and (windows, rows, columns) correlations, a pixel a step,
    with no move in the middle; `along` and `down` are the furthest moves in pitches.
    """
    across, rows = round(along * PITCH), round(down * PITCH)
    margin = int(along) + 2
    height = drawn.shape[0] + 2 * rows
    strip = 255 - lines.strip(line, 0.0, 1 / PITCH, PITCH, height, margin).astype(np.float32)
    strip = np.asarray(cv2.GaussianBlur(strip, (0, 0), 0.7), np.float32)
    starts = np.arange(0, lines.characters - _WINDOW + 1, _STEP)
    maps = []
    for start in starts:
        left = (margin + int(start)) * PITCH
        part = strip[:, left - across : left + _WINDOW * PITCH + across]
        letters = drawn[:, start * PITCH : (start + _WINDOW) * PITCH]
        maps.append(cv2.matchTemplate(part, letters, cv2.TM_CCOEFF_NORMED))
    middles = np.asarray(starts + _WINDOW / 2, np.float64)
    return middles, np.stack(maps).astype(np.float32)


def _ends(lines: Rectifier, line: int, drawn: Floats) -> tuple[Points, Points]:
    """Coefficients of how far ahead and below the print lies: start and pitch, and one height.

    The search for lines ends them where their strokes end: faint fillers, or a frame beside them,
    put the ends three characters off.
    """
    middles, maps = _likeness(lines, line, drawn, _ENDS, _REACH)
    along = maps.max(axis=1)
    reach = along.shape[1] // 2
    shifts = np.arange(-reach, reach + 1, PITCH // 6)
    share = middles / lines.characters
    best, ends = -np.inf, (0, 0)
    windows = np.arange(len(middles))
    for start in shifts:
        at = np.rint(start * (1 - share) + shifts[:, None] * share).astype(int) + reach
        score = np.maximum(along[windows, at], 0).sum(axis=1)
        # Between equals the one that believes the search.
        score -= 0.01 * np.hypot(start, shifts) / PITCH
        if score.max() > best:
            best, ends = float(score.max()), (int(start), int(shifts[score.argmax()]))
    start, end = ends
    at = np.rint(start * (1 - share) + end * share).astype(int) + reach
    rows = maps[windows, :, at]
    down = (np.median(rows.argmax(axis=1)) - maps.shape[1] // 2) / PITCH
    slope = (end - start) / PITCH / lines.characters
    return np.array([start / PITCH, slope, 0, 0]), np.array([down, 0, 0, 0])


def _strays(lines: Rectifier, line: int, drawn: Floats) -> tuple[Points, Points, Points]:
    """Coefficients of how far ahead and below the print lies, by place, and each likeness."""
    middles, maps = _likeness(lines, line, drawn, _NEAR, _NEAR)
    flat = maps.reshape(len(maps), -1)
    row, column = np.divmod(flat.argmax(axis=1), maps.shape[2])
    like = flat.max(axis=1).astype(np.float64)
    sure = np.clip(like - _LIKE, 0.001, None)
    ahead = _smooth(middles, (column - maps.shape[2] // 2) / PITCH, sure)
    below = _smooth(middles, (row - maps.shape[1] // 2) / PITCH, sure)
    return ahead, below, like


def _smooth(at: Points, values: Points, weights: Points) -> Points:
    """Coefficients of a cubic through most of the values, robust against some."""
    trust = weights.copy()
    middle = at.mean()
    reach = at.max() - middle
    basis = np.polynomial.polynomial.polyvander((at - middle) / reach, 3)
    ridge = np.diag([0.0, 0.0, 0.02, 0.05]) * trust.sum()
    found = np.zeros(4)
    for _ in range(4):
        found = np.linalg.solve(
            basis.T @ (trust[:, None] * basis) + ridge, basis.T @ (trust * values)
        )
        off = np.abs(values - basis @ found)
        trust = weights / (1 + (off / (0.03 + np.median(off))) ** 2)
    scaled = np.polynomial.Polynomial(found, domain=[middle - reach, middle + reach])
    return np.asarray(np.pad(scaled.convert().coef, (0, 4))[:4], np.float64)


def _moved(lines: Rectifier, knots: Points, found: list[tuple[Points, Points]]) -> Rectifier:
    """The rectifier with its lines where they were found.

    How far below is common to the lines by the rectifier's contract; their own share of it moves
    the places of the lines.
    """
    ahead, below = (
        np.stack([np.polynomial.polynomial.polyval(knots, one[part]) for one in found])
        for part in (0, 1)
    )
    old = lines.strays or Strays(knots, np.zeros_like(ahead), np.zeros_like(knots))
    common = below.mean(axis=0)
    own = (below - common).mean(axis=1)
    spacing = _spacing(lines)
    places = tuple(
        place + float(shift) / spacing for place, shift in zip(lines.block.places, own, strict=True)
    )
    # What was measured counts from where the line ran before: at the end of the old way.
    before = np.stack(
        [np.interp(knots + shift, knots, row) for shift, row in zip(ahead, old.ahead, strict=True)]
    )
    strays = Strays(knots, before + ahead, old.below + common)
    return replace(lines, block=replace(lines.block, places=places), strays=strays)


def _spacing(lines: Rectifier) -> float:
    """Pitches from the first line to the last, at the middle of the lines."""
    top_left, top_right, low_right, low_left = lines.block.corners
    across = (low_left + low_right - top_left - top_right) / 2
    return float(np.linalg.norm(across)) / lines.pitch
