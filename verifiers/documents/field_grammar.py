"""What ICAO 9303 lets the fields of a zone hold, as a reader's prior over characters.

Penalties, in log-odds, are added to the log-probabilities of what the print shows. They decide
between characters that look alike; against clear print they lose.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from verifiers.documents.issuers import (
    BEYOND_9303,
    EXTENSIONS,
    SPECIMEN_ISSUERS,
    STATES,
    WITHDRAWN,
    WITHOUT_NATIONALITY,
)
from verifiers.documents.mrz_fields import CHARACTERS, LAYOUTS, Field, Kind, Layout
from verifiers.documents.recognise import Floats

NEVER = np.float32(-1e4)
"""Penalty of what cannot be."""
_FREE_STATE = 4.0
"""Penalty of a state that is not on the list: new ones appear, misprints too."""
_STRAY = 5.0
"""Penalty of a character that 9303 does not allow here: some cards have it, and forgers err."""
_LOOK_ALIKE = ("0ODQ", "1IL", "2Z", "5S", "6G", "8B", "U0V", "<KC")


def best_with(field: Field, cells: Floats, layout: Layout) -> Floats:
    """(characters, 37): how probable the best reading is that has this character in this cell.

    The best reading of the whole field for names and states, whose characters depend on each
    other, else of the cell alone.
    """
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
        elif any(alike(character, other) for other in alphabet):
            penalty[index] = NEVER if character in "0O" else -2 * _STRAY
    return penalty


@cache
def _document_code(first_letters: str) -> Floats:
    """The first letter names the kind of document; the second is mostly a letter or filler."""
    prior = np.zeros((2, len(CHARACTERS)), np.float32)
    prior[0] = NEVER
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
    prior[:, CHARACTERS.index("O")] = -0.5 - 2.0 * near
    prior[:, CHARACTERS.index("I")] = -0.5 * near
    return prior


def _state(cells: Floats) -> Floats:
    listed = _listed_states()
    scores = cells[0, listed[:, 0]] + cells[1, listed[:, 1]] + cells[2, listed[:, 2]]
    best = np.full(cells.shape, NEVER)
    for place in range(3):
        np.maximum.at(best[place], listed[:, place], scores)
    letters = cells + _allowed(Kind.STATE.alphabet)
    free = letters.max(axis=1)
    without = free.sum() - free - _FREE_STATE
    return np.asarray(np.maximum(best, letters + without[:, None]), np.float32)


@cache
def _listed_states() -> NDArray[np.int64]:
    states = STATES.union(
        EXTENSIONS, WITHOUT_NATIONALITY, WITHDRAWN, BEYOND_9303, SPECIMEN_ISSUERS, ("SI<",)
    )
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
        "letter": np.full((states, states), NEVER),
        "filler": np.full((states, states), NEVER),
    }
    for start, stop, by, penalty in _NAME_STEPS:
        step[by][start, stop] = 0.0 if free else -penalty
    ahead = np.full((count + 1, states), NEVER)
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
    best = np.full(cells.shape, NEVER)
    best[:, 10:36] = cells[:, 10:36] + through["letter"][:, None]
    best[:, 36] = filler + through["filler"]
    return best


def alike(one: str, other: str) -> bool:
    """Whether bad print of one passes for the other."""
    return any(one in group and other in group for group in _LOOK_ALIKE)
