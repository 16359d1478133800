"""Lines that are not straight made so: pages curved into the spine, leaning cameras, bent cards.

A block's quadrilateral and one sag describe a flat page and a page that hangs through evenly. What
strays from that is measured on a first look: down the page by following the band of print along all
lines together, along the lines by where the fit put their characters.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from verifiers.documents.locate import Points
from verifiers.documents.recognise import Floats
from verifiers.documents.rectify import MARGIN, TALL_SCALE, Rectifier, Strays

_REACH = 1.5
"""Pitches by which print may lie off its fitted place; the next line is 2.5 away."""
_STEP = 2
"""Characters from one knot to the next."""
_SPAN = 4
"""Characters whose print is taken together at a knot."""
_STRAIN = 0.1
"""What a row of the tall strip up or down from one knot to the next costs, where a line's print is
worth 1. At 0.25 a page that rises by three pitches into the spine was read surely 4 times of 10, at
0.1 9 times, with less no more often."""
_CLEAR = -1.2
"""Logarithm of the probability from which a character's place counts."""


def straightened(
    lines: Rectifier, capital_height: float, centres: list[tuple[Points, Floats]]
) -> Rectifier:
    """The same block, its lines followed.

    `centres`: for each line the places of its characters, in characters from its beginning, and the
    logarithms of their probabilities.
    """
    knots = np.arange(0, lines.characters + 1, _STEP, dtype=np.float64)
    below = _below(lines, capital_height, knots)
    ahead = np.stack([_ahead(places, clear, lines.characters, knots) for places, clear in centres])
    return replace(lines, strays=Strays(knots, ahead, below))


def _below(lines: Rectifier, capital_height: float, knots: Points) -> Points:
    """(knots,) pitches by which the print of all lines lies below its fitted place."""
    reach = round(_REACH * TALL_SCALE)
    half = max(2, round(capital_height * TALL_SCALE / 2))
    steps = np.arange(-reach, reach + 1)
    total = np.zeros((len(knots), len(steps)))
    for line in range(len(lines.block.places)):
        tall = lines.tall(line, 2 * (reach + 2 * half + 1) + 1).astype(np.float32)
        edges = np.abs(np.diff(tall, axis=1))
        edges = np.minimum(edges, np.percentile(edges, 95))
        per_character = tall.shape[1] / (lines.characters + 2 * MARGIN)
        starts = ((knots + MARGIN - _SPAN / 2) * per_character).astype(int)
        width = round(_SPAN * per_character)
        rows = np.stack([edges[:, start : start + width].mean(axis=1) for start in starts])
        sums = np.concatenate([np.zeros((len(knots), 1)), np.cumsum(rows, axis=1)], axis=1)
        middle = tall.shape[0] // 2 + steps
        band = (sums[:, middle + half + 1] - sums[:, middle - half]) / (2 * half + 1)
        above = (sums[:, middle - half] - sums[:, middle - 2 * half]) / half
        under = (sums[:, middle + 2 * half + 1] - sums[:, middle + half + 1]) / half
        score = band - (above + under) / 2
        total += score / max(1e-6, float(np.percentile(score.max(axis=1), 75)))
    path = _followed(total, _STRAIN)
    smooth = np.convolve(np.pad(steps[path], 2, "edge"), np.array([1, 2, 3, 2, 1]) / 9, "valid")
    return np.asarray(smooth / TALL_SCALE, np.float64)


def _followed(score: NDArray[np.float64], strain: float) -> NDArray[np.int64]:
    """The way through (knots, steps) of the highest score, moving by at most three steps a knot."""
    most = 3
    moves = np.arange(-most, most + 1)
    count = score.shape[1]
    came_from = []
    total = score[0]
    for here in score[1:]:
        from_ = np.arange(count)[:, None] + moves
        inside = (from_ >= 0) & (from_ < count)
        ways = np.where(
            inside, total[np.clip(from_, 0, count - 1)] - strain * np.abs(moves), -np.inf
        )
        best = ways.argmax(axis=1)
        came_from.append(np.arange(count) + moves[best])
        total = ways.max(axis=1) + here
    step = int(total.argmax())
    path = [step]
    for came in reversed(came_from):
        step = int(came[step])
        path.append(step)
    return np.array(path[::-1])


def _ahead(places: Points, clear: Floats, characters: int, knots: Points) -> Points:
    """(knots,) characters by which the print stands further along the line than it should."""
    expected = np.arange(characters) + 0.5
    known = clear > _CLEAR
    if known.sum() < 0.5 * characters:
        return np.zeros(len(knots))
    x = expected / characters * 2 - 1
    coefficients = np.polynomial.polynomial.polyfit(x[known], (places - expected)[known], 3)
    fitted = np.polynomial.polynomial.polyval(knots / characters * 2 - 1, coefficients)
    return np.asarray(np.clip(fitted, -1, 1), np.float64)
