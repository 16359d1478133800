"""Fits a line's characters to the recogniser's columns: so many, evenly spaced, nothing around.

OCR-B has one pitch (9303-3 §4.2), so a line is known by its start, its pitch and a little bend. The
fit asks for a character on every place and for blank between them and beyond both ends; counting
peaks instead (CTC) loses or doubles fillers.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from verifiers.documents.recognise import BLANK, COLUMNS_PER_CHARACTER, Floats, log_softmax

Ints = NDArray[np.int64]

_PITCHES = (COLUMNS_PER_CHARACTER * np.arange(0.86, 1.145, 0.01)).astype(np.float32)
_BENDS = (-8.0, -4.0, -2.0, 2.0, 4.0, 8.0)
"""Columns by which a line's middle lies to the right of where its ends put it."""
_PADDING = 32
_RATHER_NOTHING = -1.0
"""Logarithm of the likeliest character's probability beneath which a place seems empty: in rendered
zones read surely and rightly 99.99 % have more than -0.4."""
_REACH = 3
"""Columns by which a single character may stray from the even spacing."""


@dataclass(frozen=True, eq=False)
class Cells:
    """One line read character by character."""

    columns: Ints
    """(characters,) where each is centred."""
    log_probabilities: Floats
    """(characters, 37) of each, given that there is one."""
    clearness: float
    """Mean logarithm of the likeliest character's probability on each place: 0 is perfect."""
    faint: tuple[int, ...]
    """The places on which there may be no character: what is read there supposes that there is."""
    alone: float
    """Share, 0 to 1, of blank among the places next to both ends; print there means that the line
    is longer than so many characters, or was begun at the wrong one."""
    settled: bool
    """Whether both ends bear print with nothing beside it: begun elsewhere it would read worse."""
    goes_on: bool
    """Whether a character stands where the next one would, before the first or after the last, or
    the strip does not show that none does."""


@dataclass(frozen=True, eq=False)
class Fit:
    """Start, pitch and bend that suit all lines of a zone together, or one alone."""

    columns: Ints
    pitch: float
    """Columns from character to character."""
    score: float
    """Mean logarithm per character, of print on the places and blank between them."""


def fit(columns: Floats, characters: int) -> Fit:
    """The best places for so many characters, the same in every line of (lines, 38, columns)."""
    print_ = np.maximum(columns[:, :BLANK].max(axis=1), -7).sum(axis=0)
    blank = np.maximum(columns[:, BLANK], -5).sum(axis=0)
    lines, width = columns.shape[0], columns.shape[2]
    print_ = np.pad(print_, (_PADDING, width), constant_values=-30.0)
    blank = np.pad(blank, (_PADDING, width))

    def slid(pitches: Floats, bend: float) -> tuple[float, int, int]:
        """The best score over all starts, with the index of its pitch and its start."""
        on, between, outside = _shape(characters, bend)
        first = np.searchsorted(_PITCHES, pitches[0] - 1e-9)
        some = slice(int(first), int(first) + len(pitches))
        on, between, outside = on[some], between[some], outside[some]
        starts = np.arange(max(1, width - 1 - int(on.max(axis=1).min())))

        def total(signal: Floats, at: Ints) -> Floats:
            slid = sliding_window_view(signal, len(starts))
            return np.asarray(slid[at + _PADDING].sum(axis=1), np.float32)

        score = total(print_, on) + total(blank, between) + 0.5 * total(blank, outside)
        pitch, start = np.unravel_index(int(score.argmax()), score.shape)
        return float(score[pitch, start]), int(first) + int(pitch), int(start)

    best, bend = slid(_PITCHES, 0.0), 0.0
    near = _PITCHES[max(0, best[1] - 2) : best[1] + 3]
    for other in _BENDS:
        bent = slid(near, other)
        if bent[0] > best[0]:
            best, bend = bent, other
    score, pitch, start = best
    places = _shape(characters, bend)[0][pitch] + start
    return Fit(np.clip(places, 0, width - 1), float(_PITCHES[pitch]), score / (characters * lines))


@cache
def _shape(characters: int, bend: float) -> tuple[Ints, Ints, Ints]:
    """For each pitch the columns of characters, of the gaps before them, and of what is around."""
    place = np.arange(characters)
    arch = bend * (1 - (place / (characters - 1) * 2 - 1) ** 2)
    pitch = _PITCHES[:, None]
    on = place * pitch + arch
    steps = np.arange(1, 4)
    outside = np.concatenate([-steps * pitch, (characters - 1 + steps) * pitch], axis=1)
    rounded = (np.rint(part).astype(np.int64) for part in (on, on - pitch / 2, outside))
    return tuple(rounded)  # type: ignore[return-value]


def cells(columns: Floats, fitted: Fit) -> Cells:
    """What stands on the fitted places of one line's (38, columns), each moved to its print."""
    width = columns.shape[1]
    clearest = columns[:BLANK].max(axis=0)
    places = _settled(clearest, fitted.columns)
    before, after = np.clip(places - 1, 0, width - 1), np.clip(places + 1, 0, width - 1)
    print_ = columns[:BLANK]
    score: Floats = (2 * print_[:, places] + print_[:, before] + print_[:, after]) / np.float32(4)
    alone = _alone(columns[BLANK], places, fitted.pitch)
    around = clearest[np.stack([before, places, after])]
    return Cells(
        places,
        log_softmax(score, axis=0).T,
        float(np.maximum(clearest[places], -7).mean()),
        tuple(np.flatnonzero(around.max(axis=0) < _RATHER_NOTHING).tolist()),
        alone,
        settled=alone == 1 and float(clearest[places[[0, -1]]].min()) > -1,
        goes_on=_goes_on(clearest, places, fitted.pitch),
    )


def moved(columns: Floats, fitted: Fit, by: int) -> Fit:
    """The same fit begun so many characters later."""
    places = fitted.columns + round(by * fitted.pitch)
    return Fit(np.clip(places, 0, columns.shape[1] - 1), fitted.pitch, fitted.score)


def _settled(clearest: Floats, places: Ints) -> Ints:
    """Each place moved by up to `_REACH` columns to its print, neighbours by about the same."""
    steps = np.arange(-_REACH, _REACH + 1)
    gain = clearest[np.clip(places[:, None] + steps, 0, len(clearest) - 1)]
    apart = np.abs(steps[:, None] - steps[None])
    # Two places that close in on each other by more read one character twice and drop another.
    strain = np.where(apart > 1, np.inf, 0.35 * apart)
    total, came_from = gain[0], []
    for here in gain[1:]:
        ways = total[None] - strain
        came_from.append(ways.argmax(axis=1))
        total = ways.max(axis=1) + here
    step = int(total.argmax())
    path = [step]
    for came in reversed(came_from):
        step = int(came[step])
        path.append(step)
    settled = places + steps[np.array(path[::-1])]
    return np.asarray(np.clip(settled, 0, len(clearest) - 1), np.int64)


def _alone(blank: Floats, places: Ints, pitch: float) -> float:
    around = [places[0] - pitch, places[0] - 2 * pitch, places[-1] + pitch, places[-1] + 2 * pitch]
    inside = [round(at) for at in around if 1 <= round(at) < len(blank) - 1]
    if not inside:
        return 1.0
    return float(np.mean([blank[at - 1 : at + 2].max() > -1.5 for at in inside]))


def _goes_on(clearest: Floats, places: Ints, pitch: float) -> bool:
    before, after = round(places[0] - pitch), round(places[-1] + pitch)
    if before < 1 or after >= len(clearest) - 1:
        return True
    return any(clearest[at - 1 : at + 2].max() > np.log(0.5) for at in (before, after))
