"""Per-cell log-probabilities -> the lines of a zone, under what ICAO 9303 lets each field hold.

A field's grammar decides between characters that look alike: no letters in dates, a listed state,
a name that ends in fillers. Check digits come second. They choose between nearly tied readings and
vouch for weak ones; they never overrule a clear one, so a wrong digit clearly printed is read as
printed.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from verifiers.documents.check_digit import check_digit
from verifiers.documents.field_grammar import NEVER, alike, best_with
from verifiers.documents.mrz_fields import (
    CHARACTERS,
    FILLER,
    LAYOUTS,
    Check,
    Kind,
    Layout,
    layout_of,
)
from verifiers.documents.recognise import Floats
from verifiers.documents.weighed import weighed

SURE = 5.0
"""Log-odds against its runner-up from which a character is read surely with nothing to vouch."""
DOUBTED = 8.0
"""The same where another character would mend a wrong check digit: misreadings are far more
frequent than forgeries."""
TIED = 0.7
"""Log-odds below which a check digit may choose the runner-up: about two to one."""
_FEW_WRONG = 0.3
"""Expected wrong characters among the others under a digit above which it vouches for none."""
_FIRST_LETTERS = {letter for layout in LAYOUTS.values() for letter in layout.first_letters}
_MOST_TIED = 6
"""More tied characters than this and right digits could be had in many ways: none is chosen."""


@dataclass(frozen=True, eq=False)
class Decoding:
    """One reading of a zone under one layout."""

    layout: Layout
    lines: tuple[str, ...]
    margins: tuple[NDArray[np.float32], ...]
    """For each character, log-odds against the best other one that the grammar allows there."""
    score: float
    """Mean logarithm of the chosen characters' probability, grammar's penalties included."""
    unsure: tuple[tuple[int, int], ...]
    """Line and column of the characters that are not read surely."""
    digits_right: bool
    """Whether every check digit of the layout is right as read."""


def decode(lines: list[Floats], layout: Layout) -> Decoding:
    """Reads (characters, 37) log-probabilities for each line as this layout."""
    costs = [np.full(line.shape, NEVER) for line in lines]
    total = 0.0
    for field in layout.fields:
        part = lines[field.line][field.start : field.end]
        best = best_with(field, part, layout)
        costs[field.line][field.start : field.end] = best
        whole = field.kind in (Kind.NAME, Kind.STATE)
        total += float(best[0].max() if whole else best.max(axis=1).sum())
    chosen = [line.argmax(axis=1) for line in costs]
    _break_ties(chosen, costs, layout)
    # The first letter follows from the layout, and the layout partly from it: against another
    # format's first letters it is only as sure as it looks.
    for letter in _FIRST_LETTERS.difference(layout.first_letters):
        costs[0][0, CHARACTERS.index(letter)] = lines[0][0, CHARACTERS.index(letter)]
    texts = tuple(_text(line) for line in chosen)
    margins = tuple(
        _margins(picked, cost, line)
        for picked, cost, line in zip(chosen, costs, lines, strict=True)
    )
    return Decoding(
        layout,
        texts,
        margins,
        total / sum(len(line) for line in lines),
        _unsure(texts, margins, costs, layout),
        all(_right(check, texts, layout) for check in layout.checks),
    )


def _text(indices: NDArray[np.int64]) -> str:
    return "".join(CHARACTERS[i] for i in indices)


def _margins(chosen: NDArray[np.int64], costs: Floats, cells: Floats) -> NDArray[np.float32]:
    """Log-odds of the chosen characters; negative where the print clearly shows another one."""
    rows = np.arange(len(chosen))
    others = costs.copy()
    others[rows, chosen] = -np.inf
    margins = costs[rows, chosen] - others.max(axis=1)
    shown = cells.argmax(axis=1)
    for i in np.flatnonzero(shown != chosen):
        surprise = cells[i, shown[i]] - cells[i, chosen[i]]
        if surprise > SURE and not alike(CHARACTERS[shown[i]], CHARACTERS[chosen[i]]):
            margins[i] = -surprise
    return np.asarray(margins, np.float32)


def _break_ties(chosen: list[NDArray[np.int64]], costs: list[Floats], layout: Layout) -> None:
    """Where a digit is wrong and one nearly tied character would make it right, takes that one."""
    tied = _tied(chosen, costs)
    for check in layout.checks if tied else ():
        texts = [_text(line) for line in chosen]
        broken = [c for c in layout.checks if not _right(c, texts, layout)]
        if check not in broken:
            continue
        covered = _cells_of(check, texts, layout)
        for _, line, column, second in tied:
            if (line, column) not in covered:
                continue
            tried = list(texts)
            tried[line] = texts[line][:column] + CHARACTERS[second] + texts[line][column + 1 :]
            still = [c for c in layout.checks if not _right(c, tried, layout)]
            if check not in still and len(still) < len(broken):
                chosen[line][column] = second
                break


def _tied(
    chosen: list[NDArray[np.int64]], costs: list[Floats]
) -> list[tuple[float, int, int, int]]:
    """Distance, line, column and runner-up of the nearly tied characters, the nearest first."""
    tied = []
    for line, (picked, cost) in enumerate(zip(chosen, costs, strict=True)):
        rows = np.arange(len(picked))
        others = cost.copy()
        others[rows, picked] = -np.inf
        second = others.argmax(axis=1)
        distance = cost[rows, picked] - others[rows, second]
        for column in np.flatnonzero(distance < TIED):
            tied.append((float(distance[column]), line, int(column), int(second[column])))
    return sorted(tied) if len(tied) <= _MOST_TIED else []


def _unsure(
    texts: tuple[str, ...],
    margins: tuple[NDArray[np.float32], ...],
    costs: list[Floats],
    layout: Layout,
) -> tuple[tuple[int, int], ...]:
    """The characters that neither their print nor a right check digit makes sure.

    One wrong character breaks its digit; two wrong ones escape it one time in ten. So where the
    digit is right, a character's chance to be wrong shrinks to a tenth of its own times that of
    any other being wrong too. Wrong ones that leave the digit as it is gain nothing from it.
    Where the digit is wrong, whatever could mend it must be ruled out all the more clearly.
    """
    limit = float(np.exp(-SURE))
    wrong = [1 / (1 + np.exp(np.minimum(line, 50))) for line in margins]
    unsure = {(line, int(at)) for line, p in enumerate(wrong) for at in np.flatnonzero(p > limit)}
    right = [check for check in layout.checks if _right(check, texts, layout)]
    for check in right if unsure else ():
        cells = _cells_of(check, texts, layout)
        total = float(sum(wrong[line][column] for line, column in cells))
        for line, column in unsure.intersection(cells):
            chance = wrong[line][column]
            rest = total - chance
            vouched = chance < 0.4 and rest < _FEW_WRONG and chance * rest / 10 <= limit
            if vouched and not _escapes(texts[line][column], costs[line][column]):
                unsure.discard((line, column))
    judged = layout_of(layout.format, texts).digits_not_judged is None
    for check in layout.checks if judged else ():
        if check not in right:
            unsure.update(
                (line, column)
                for line, column in _cells_of(check, texts, layout)
                if margins[line][column] < DOUBTED
                and _mends(line, column, texts, costs[line][column], check, layout)
            )
    return tuple(sorted(unsure))


def _mends(
    line: int, column: int, texts: tuple[str, ...], costs: Floats, check: Check, layout: Layout
) -> bool:
    """Whether another character that the print does not rule out would make this digit right."""
    text = texts[line]
    for index in np.flatnonzero(costs > costs[CHARACTERS.index(text[column])] - DOUBTED):
        tried = list(texts)
        tried[line] = text[:column] + CHARACTERS[index] + text[column + 1 :]
        if _right(check, tried, layout):
            return True
    return False


def _escapes(character: str, costs: Floats) -> bool:
    """Whether another likely character would leave every check digit as it is."""
    index = CHARACTERS.index(character)
    likely = np.flatnonzero(costs > costs[index] - SURE)
    return any(i != index and (_value(int(i)) - _value(index)) % 10 == 0 for i in likely)


def _value(index: int) -> int:
    """9303-3 §4.9: digits and letters by their place in `CHARACTERS`, the filler as 0."""
    return 0 if CHARACTERS[index] == FILLER else index


def _cells_of(
    check: Check, lines: tuple[str, ...] | list[str], layout: Layout
) -> tuple[tuple[int, int], ...]:
    """Line and column of every character that a check digit covers, and of the digit."""
    cells = _cells_of_fields(check, layout)
    under = weighed(check, layout, lines)
    if (under.line, under.column) in cells:
        return cells
    start = layout.field("optional_data").start  # A long number goes on there, its digit last.
    return (*cells, *((under.line, column) for column in range(start, under.column + 1)))


@cache
def _cells_of_fields(check: Check, layout: Layout) -> tuple[tuple[int, int], ...]:
    return tuple(
        (field.line, column)
        for field in map(layout.field, (*check.covers, check.digit))
        for column in range(field.start, field.end)
    )


def _right(check: Check, lines: tuple[str, ...] | list[str], layout: Layout) -> bool:
    under = weighed(check, layout, lines)
    if under.printed == FILLER:
        return check.may_be_filler and set(under.text) == {FILLER}
    return under.printed == str(check_digit(under.text))
