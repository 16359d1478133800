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
from verifiers.documents.issuers import (
    EXTENSIONS,
    SPECIMEN_ISSUERS,
    STATES,
    WITHDRAWN,
    WITHOUT_NATIONALITY,
)
from verifiers.documents.mrz_fields import CHARACTERS, FILLER, LAYOUTS, Check, Field, Kind, Layout
from verifiers.documents.recognise import Floats

SURE = 4.0
"""Log-odds against its runner-up from which a character is read surely with nothing to vouch."""
TIED = 0.7
"""Log-odds below which a check digit may choose the runner-up: about two to one."""
_NEVER = np.float32(-1e4)
_FREE_STATE = 4.0
"""Penalty, in log-odds, of a state that is not on the list: new ones appear, misprints too."""

_STRAY = 5.0
"""Penalty of a character that 9303 does not allow here: some cards have it, and forgers err."""
_LOOK_ALIKE = ("0ODQ", "1IL", "2Z", "5S", "6G", "8B", "U0V", "<KC")


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
    costs = [np.full(line.shape, _NEVER) for line in lines]
    for field in layout.fields:
        part = lines[field.line][field.start : field.end]
        costs[field.line][field.start : field.end] = _best_with(field, part, layout)
    chosen = [line.argmax(axis=1) for line in costs]
    _break_ties(chosen, costs, layout)
    texts = tuple(_text(line) for line in chosen)
    margins = tuple(
        _margins(picked, cost, line)
        for picked, cost, line in zip(chosen, costs, lines, strict=True)
    )
    total = sum(
        float(line[np.arange(len(picked)), picked].sum())
        for picked, line in zip(chosen, lines, strict=True)
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


# What each field allows. `_best_with` answers, for every cell and character, how probable the best
# reading of the whole field is that has this character in this cell.


def _best_with(field: Field, cells: Floats, layout: Layout) -> Floats:
    match field.kind:
        case Kind.NAME:
            return _name(cells, free=layout not in LAYOUTS.values())
        case Kind.STATE:
            return _state(cells)
        case Kind.DOCUMENT_CODE:
            return cells + _document_code(layout.first_letters)
        case Kind.NUMBER:
            return cells + _number_prior(cells)
        case Kind.BIRTH_DATE | Kind.EXPIRY_DATE | Kind.CHECK_DIGIT | Kind.SEX:
            return cells + _allowed(field.kind.alphabet)


@cache
def _allowed(alphabet: str) -> Floats:
    """Penalties: none within the alphabet, `_STRAY` without, more for what resembles one within."""
    penalty = np.full(len(CHARACTERS), -_STRAY, np.float32)
    for index, character in enumerate(CHARACTERS):
        if character in alphabet:
            penalty[index] = 0
        elif any(_alike(character, other) for other in alphabet):
            penalty[index] = _NEVER if character in "0O" else -2 * _STRAY
    return penalty


@cache
def _document_code(first_letters: str) -> Floats:
    """The first letter names the kind of document; the second is mostly a letter or filler."""
    prior = np.zeros((2, len(CHARACTERS)), np.float32)
    prior[0] = _NEVER
    prior[0, [CHARACTERS.index(c) for c in first_letters]] = 0
    prior[1, :10] = -2.5
    return prior


def _number_prior(cells: Floats) -> Floats:
    """Numbers hold letters in groups: a lone O or I between digits is rather 0 or 1."""
    digit = np.exp(cells[:, :10]).sum(axis=1) + np.exp(cells[:, CHARACTERS.index("O")])
    near = np.zeros_like(digit)
    near[1:] += digit[:-1]
    near[:-1] += digit[1:]
    prior = np.zeros_like(cells)
    prior[:, CHARACTERS.index("O")] = -1.5 * near
    prior[:, CHARACTERS.index("I")] = -0.5 * near
    return prior


def _state(cells: Floats) -> Floats:
    listed = _listed_states()
    scores = cells[0, listed[:, 0]] + cells[1, listed[:, 1]] + cells[2, listed[:, 2]]
    best = np.full(cells.shape, _NEVER)
    for place in range(3):
        np.maximum.at(best[place], listed[:, place], scores)
    letters = cells + _allowed(Kind.STATE.alphabet)
    free = letters.max(axis=1)
    without = free.sum() - free - _FREE_STATE
    return np.maximum(best, letters + without[:, None])


@cache
def _listed_states() -> NDArray[np.int64]:
    states = STATES.union(EXTENSIONS, WITHOUT_NATIONALITY, WITHDRAWN, SPECIMEN_ISSUERS)
    return np.array([[CHARACTERS.index(c) for c in state] for state in sorted(states)])


_PRIMARY, _PRIMARY_GAP, _SEPARATOR, _GIVEN, _GIVEN_GAP, _REST = range(6)
_NAME_STEPS = (
    # From, to, by a letter or by a filler, penalty: 9303-3 §4.6 with what issuers print beside it.
    (_PRIMARY, _PRIMARY, "letter", 0.0),
    (_PRIMARY, _PRIMARY_GAP, "filler", 0.0),
    (_PRIMARY_GAP, _PRIMARY, "letter", 0.0),
    (_PRIMARY_GAP, _SEPARATOR, "filler", 0.0),
    (_SEPARATOR, _GIVEN, "letter", 0.0),
    (_SEPARATOR, _REST, "filler", 0.0),
    (_GIVEN, _GIVEN, "letter", 0.0),
    (_GIVEN, _GIVEN_GAP, "filler", 0.0),
    (_GIVEN_GAP, _GIVEN, "letter", 0.0),
    (_GIVEN_GAP, _REST, "filler", 0.0),
    (_REST, _REST, "filler", 0.0),
    (_REST, _GIVEN, "letter", 6.0),
)


def _name(cells: Floats, *, free: bool) -> Floats:
    """Family name, two fillers, given names, and nothing but fillers after them.

    `free` lets a part begin anew after fillers without a penalty: French cards part names so.
    """
    count, states = len(cells), 6
    letter, filler = cells[:, 10:36].max(axis=1), cells[:, 36]
    step = {
        "letter": np.full((states, states), _NEVER),
        "filler": np.full((states, states), _NEVER),
    }
    for start, stop, by, penalty in _NAME_STEPS:
        step[by][start, stop] = 0.0 if free else -penalty
    ahead = np.full((count + 1, states), _NEVER)
    ahead[0, _PRIMARY] = 0
    behind = np.zeros((count + 1, states), np.float32)
    for i in range(count):
        move = np.maximum(step["letter"] + letter[i], step["filler"] + filler[i])
        ahead[i + 1] = (ahead[i][:, None] + move).max(axis=0)
    for i in reversed(range(count)):
        move = np.maximum(step["letter"] + letter[i], step["filler"] + filler[i])
        behind[i] = (move + behind[i + 1][None]).max(axis=1)
    through = {
        by: (ahead[:-1, :, None] + moves[None] + behind[1:, None, :]).max(axis=(1, 2))
        for by, moves in step.items()
    }
    best = np.full(cells.shape, _NEVER)
    best[:, 10:36] = cells[:, 10:36] + through["letter"][:, None]
    best[:, 36] = filler + through["filler"]
    return best


# How sure a character is, and what check digits add.


def _margins(chosen: NDArray[np.int64], costs: Floats, cells: Floats) -> NDArray[np.float32]:
    """Log-odds of the chosen characters; negative where the print clearly shows another one."""
    rows = np.arange(len(chosen))
    others = costs.copy()
    others[rows, chosen] = -np.inf
    margins = costs[rows, chosen] - others.max(axis=1)
    shown = cells.argmax(axis=1)
    for i in np.flatnonzero(shown != chosen):
        surprise = cells[i, shown[i]] - cells[i, chosen[i]]
        if surprise > SURE and not _alike(CHARACTERS[shown[i]], CHARACTERS[chosen[i]]):
            margins[i] = -surprise
    return np.asarray(margins, np.float32)


def _alike(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _LOOK_ALIKE)


def _break_ties(chosen: list[NDArray[np.int64]], costs: list[Floats], layout: Layout) -> None:
    """Where a digit is wrong and one nearly tied character would make it right, takes that one."""
    tied = _tied(chosen, costs)
    for check in layout.checks if tied else ():
        texts = [_text(line) for line in chosen]
        broken = [c for c in layout.checks if not _right(c, texts, layout)]
        if check not in broken:
            continue
        covered = _cells_of(check, layout)
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
    return sorted(tied)


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
    """
    limit = float(np.exp(-SURE))
    wrong = [1 / (1 + np.exp(np.minimum(line, 50))) for line in margins]
    vouched = [line.copy() for line in wrong]
    weak = any((line > limit).any() for line in wrong)
    for check in layout.checks if weak else ():
        if not _right(check, texts, layout):
            continue
        cells = _cells_of(check, layout)
        total = float(sum(wrong[line][column] for line, column in cells))
        for line, column in cells:
            chance = wrong[line][column]
            if not limit < chance < 0.4 or _escapes(texts[line][column], costs[line][column]):
                continue
            rest = min(1.0, total - chance)
            vouched[line][column] = min(vouched[line][column], chance * rest / 10)
    return tuple(
        (line, int(column))
        for line, chances in enumerate(vouched)
        for column in np.flatnonzero(chances > limit)
    )


def _escapes(character: str, costs: Floats) -> bool:
    """Whether another likely character would leave every check digit as it is."""
    index = CHARACTERS.index(character)
    likely = np.flatnonzero(costs > costs[index] - SURE)
    return any(i != index and (_value(int(i)) - _value(index)) % 10 == 0 for i in likely)


def _value(index: int) -> int:
    """9303-3 §4.9: digits and letters by their place in `CHARACTERS`, the filler as 0."""
    return 0 if CHARACTERS[index] == FILLER else index


@cache
def _cells_of(check: Check, layout: Layout) -> tuple[tuple[int, int], ...]:
    """Line and column of every character that a check digit covers, and of the digit."""
    return tuple(
        (field.line, column)
        for field in map(layout.field, (*check.covers, check.digit))
        for column in range(field.start, field.end)
    )


def _right(check: Check, lines: tuple[str, ...] | list[str], layout: Layout) -> bool:
    covered = "".join(layout.field(name).cut(lines) for name in check.covers)
    digit = layout.field(check.digit).cut(lines)
    if digit == FILLER:
        return check.may_be_filler and set(covered) == {FILLER}
    return digit == str(check_digit(covered))
