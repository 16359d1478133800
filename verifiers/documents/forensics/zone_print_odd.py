"""Which letters of a zone are printed unlike the others: fields and single letters.

Light, focus and the bend of a page change evenly along a zone, and every typeface has its own shape
of each letter. So a measure is taken as a smooth curve, plus what is a letter's own (all its
siblings in the zone have it too), plus chance; a part of the zone is odd by how far a step at just
this part would explain more (a mixed model, its step by generalised least squares).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verifiers.documents.forensics.zone_print_cells import MEASURES, Doubles, Measured
from verifiers.documents.mrz_fields import FILLER, Kind, Layout

_FLOOR = {
    "right": 0.008,
    "down": 0.008,
    "width": 0.012,
    "height": 0.012,
    "lean": 0.012,
    "weight": 0.004,
    "softness": 0.1,
    "darkness": 0.03,
    "misfit": 0.25,
    "grain": 0.2,
}
"""Steps that no measurement is trusted to tell from none, in the measures' units: added to a step's
standard error."""
_PITCH_FLOOR = 0.0025
"""The same for the letters of a whole line against its pitch."""
_SHARES = (0.03, 0.3, 3.0, 30.0)
"""Variance of what is a letter's own, or its place's, as multiples of that of chance: the likeliest
is taken."""
_NEAR = 7.0
"""Characters over which a page bends or shades."""
_USUAL_FIELD, _USUAL_LETTER = 0.8, 1.2
"""Surprise of the middle field, and of a letter odder than 85 in 100, on an even zone."""


@dataclass(frozen=True)
class Part:
    """A part of the zone that may have been set apart from the rest."""

    name: str
    """As 9303 names the field; of a single letter, the field that it belongs to."""
    line: int
    start: int
    end: int

    @property
    def single(self) -> bool:
        return self.end - self.start == 1


@dataclass(frozen=True, eq=False)
class Oddness:
    """How far each part differs from the rest of its zone."""

    parts: tuple[Part, ...]
    steps: Doubles
    """(measures, parts) by how much, in the measures' units."""
    surprise: Doubles
    """(measures, parts) the step by its standard error."""


def parts_of(layout: Layout, lines: Sequence[str]) -> tuple[Part, ...]:
    """Fields with the check digit behind them, and every letter that is no filler."""
    parts, checked = [], {field.name: field for field in layout.fields}
    for field in layout.fields:
        digit = checked.get(f"{field.name}_check_digit")
        end = digit.end if digit and digit.start == field.end else field.end
        text = lines[field.line][field.start : end]
        end = field.start + len(text.rstrip(FILLER))
        if field.kind is not Kind.CHECK_DIGIT and end - field.start > 1:
            parts.append(Part(field.name, field.line, field.start, end))
    for line, text in enumerate(lines):
        for at, character in enumerate(text):
            if character != FILLER:
                parts.append(Part(layout.at(line, at).name, line, at, at + 1))
    return tuple(parts)


def oddness(letters: Measured, parts: tuple[Part, ...]) -> Oddness:
    """Holds every part against the rest of the zone, by every measure."""
    inside = np.stack(
        [
            (letters.line == part.line)
            & (letters.column >= part.start)
            & (letters.column < part.end)
            for part in parts
        ],
        axis=1,
    ).astype(np.float64)
    shared, single = _shared(letters), np.array([part.single for part in parts])
    steps, surprise = [], []
    for place, measure in enumerate(MEASURES):
        even = _even(letters, measure)
        chance = np.clip(letters.spread[:, place], 0.3, 10)
        common = shared, _alongside(letters, measure)
        step, error = _steps(letters.values[:, place], chance, even, common, inside)
        steps.append(step)
        surprise.append(_beside_others(np.abs(step) / np.hypot(error, _FLOOR[measure]), single))
    return Oddness(parts, np.stack(steps), np.stack(surprise))


def _beside_others(surprise: Doubles, single: NDArray[np.bool_]) -> Doubles:
    """Less where half of the fields, or many letters, are odd: then the whole print is uneven."""
    fields = np.median(surprise[~single]) / _USUAL_FIELD if not single.all() else 1.0
    letters = np.percentile(surprise[single], 85) / _USUAL_LETTER if single.any() else 1.0
    return np.asarray(surprise / np.where(single, max(1.0, letters), max(1.0, fields)))


def line_pitch(letters: Measured) -> tuple[int, float, float]:
    """The line whose letters are the most too wide or narrow for its pitch, against the others.

    Letters are measured in pitches of their own line: one set again too tight has wider letters. By
    how much (natural logarithm), and by how many of its standard errors.
    """
    place = MEASURES.index("width")
    rows = np.eye(letters.line.max() + 1)[letters.line]
    even = _even(letters, "width")[:, rows.shape[1] :]
    even = np.concatenate([np.ones((len(even), 1)), even], axis=1)
    chance = np.clip(letters.spread[:, place], 0.3, 10)
    common = _shared(letters), _alongside(letters, "pitch")
    step, error = _steps(letters.values[:, place], chance, even, common, rows)
    surprise = np.abs(step) / np.hypot(error, _PITCH_FLOOR)
    line = int(surprise.argmax())
    return line, float(step[line]), float(surprise[line])


def _even(letters: Measured, measure: str) -> Doubles:
    """(letters, terms) what changes evenly over a zone: places by line, all else along and down."""
    along = letters.column / max(1, letters.column.max()) * 2 - 1
    curve = np.stack([np.ones_like(along), along, along**2], axis=1)
    rows = np.eye(letters.line.max() + 1)[letters.line]
    if measure in ("right", "down"):
        return np.concatenate([curve * row[:, None] for row in rows.T], axis=1)
    return np.concatenate([rows, curve[:, 1:]], axis=1)


def _shared(letters: Measured) -> Doubles:
    """(letters, letters) how much two have in common: the same letter, and the same kind of it."""
    names = np.array(letters.character)
    digit, filler = np.char.isdigit(names), names == FILLER
    kind = digit + 2 * filler
    same = names[:, None] == names[None]
    return np.asarray(same + 0.5 * (kind[:, None] == kind[None]), np.float64)


def _alongside(letters: Measured, measure: str) -> Doubles:
    """(letters, letters) how much two have in common for standing near each other.

    Pages bend, shade and leave the focus in other curves than the evenest.
    """
    apart = letters.column[:, None] - letters.column[None]
    lines = letters.line[:, None] == letters.line[None]
    beside = 0.0 if measure in ("right", "down", "pitch") else 0.6
    return np.asarray(np.exp(-0.5 * (apart / _NEAR) ** 2) * np.where(lines, 1.0, beside))


def _steps(
    values: Doubles,
    chance: Doubles,
    even: Doubles,
    common: tuple[Doubles, Doubles],
    inside: Doubles,
) -> tuple[Doubles, Doubles]:
    """(parts,) the step at each part, and its standard error, under the likeliest model.

    `common`: what letters have in common for their shape, and for their place.
    """
    own, near = common

    def likelihood(shares: tuple[float, float]) -> float:
        root, y, x = _whitened(values, chance, even, shares[0] * own + shares[1] * near)
        basis, triangle = np.linalg.qr(x)
        y = y - basis @ (basis.T @ y)
        free = len(values) - even.shape[1]
        return float(
            -0.5 * free * np.log((y**2).sum() / free + 1e-12)
            - np.log(np.diag(root)).sum()
            - np.log(np.abs(np.diag(triangle))).sum()
        )

    best = max(((share, 0.0) for share in _SHARES), key=likelihood)
    best = max(((best[0], share) for share in (0.0, *_SHARES)), key=likelihood)
    root, y, x = _whitened(values, chance, even, best[0] * own + best[1] * near)
    w = np.linalg.solve(root, inside)
    basis, _ = np.linalg.qr(x)
    y, w = y - basis @ (basis.T @ y), w - basis @ (basis.T @ w)
    power = np.maximum(1e-9, (w**2).sum(axis=0))
    steps = (w * y).sum(axis=0) / power
    left = np.maximum(1e-12, (y**2).sum() - steps**2 * power)
    return steps, np.sqrt(left / (len(values) - even.shape[1] - 1) / power)


def _whitened(
    values: Doubles, chance: Doubles, even: Doubles, common: Doubles
) -> tuple[Doubles, Doubles, Doubles]:
    """Root of the covariance, and values and terms as if each letter were by itself."""
    root = np.linalg.cholesky(np.diag(chance) + common).astype(np.float64)
    both = np.linalg.solve(root, np.column_stack([values, even])).astype(np.float64)
    return root, both[:, :1], both[:, 1:]
