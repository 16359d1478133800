"""Each letter of a zone measured against OCR-B: where it stands, how large, bold, dark and sharp.

A letter is explained as its shape moved, stretched, leaned and made bolder or softer, on paper that
may be shaded: least squares, with the place and size improved over a few rounds. What is left over
is its misfit and its noise.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.documents.forensics.zone_print_lines import HEIGHT, MARGIN, PITCH, CutLines
from verifiers.documents.forensics.zone_print_shapes import FINE, Face, Floats, seen, shapes
from verifiers.documents.mrz_fields import CHARACTERS, FILLER

Doubles = NDArray[np.float64]

MEASURES = (
    "right", "down", "width", "height", "lean", "weight", "softness", "darkness", "misfit", "grain",
)  # fmt: skip
"""Right and down in pitches, lean in shares of the height, weight in pitches, the others as natural
logarithms of ratios (softness in its own unit)."""

_SIZE = (28, 36)
"""Width and height of a letter's patch, pixels of the cut line."""
_ROUNDS = 3
_PAPER = 3
"""Terms of the paper: its brightness, and its shading along and down."""
_TRIED = 12
"""Letters on which the boldness and softness of the print is found."""
_UNMOVED = np.zeros(5)
_BESIDE = np.array([PITCH, 0.0, 0.0, 0.0, 0.0])
_SCALE = FINE / PITCH
_STEP = np.array([3.0, 3.0, 0.12, 0.12, 0.12])
"""What a round moves a letter by at most."""
_PRIOR = np.array([0.15 * PITCH, 0.15 * PITCH, 0.15, 0.15, 0.15, 1.0, 2.0])
"""How far letters stray at most likely: keeps faint letters from wild explanations."""
_BOLDER = (-2.0, -1.0, 0.0, 1.0, 2.0, 3.0)
_BLURS = (1.0, 1.6, 2.4, 3.4, 4.6, 6.0, 8.0)
"""Pixels of the sheet of shapes: tried on the whole zone."""


@dataclass(frozen=True, eq=False)
class Measured:
    """Every letter of a zone, in reading order."""

    line: NDArray[np.int64]
    column: NDArray[np.int64]
    character: tuple[str, ...]
    values: Doubles
    """(letters, measures) in the order of `MEASURES`."""
    spread: Doubles
    """(letters, measures) variance that noise gives each, by that of the middle letter: a filler
    says less of its width than an H."""


@dataclass(frozen=True, eq=False)
class _Ink:
    """For every letter: its shape as bold and soft as the zone's print, and what is beside it."""

    own: Floats
    bolder: Floats
    """A pixel of the sheet bolder to each side."""
    beside: Floats
    """The ink of both neighbours within its patch."""

    def of(self, some: NDArray[np.int64]) -> "_Ink":
        """For these letters alone."""
        return _Ink(self.own[some], self.bolder[some], self.beside[some])


@dataclass(frozen=True, eq=False)
class _Solved:
    steps: Doubles
    """(letters, 7) right, down (pixels), width, height, lean, weight, softness."""
    variances: Doubles
    gain: Doubles
    misfit: Doubles
    """What no letter of the shape explains beside what it does, noise taken out."""
    grain: Doubles
    """Standard deviation of the noise, 8-bit levels."""


def measured(cut: CutLines, lines: tuple[str, ...]) -> Measured:
    """Measures every letter of these lines."""
    line, column = (part.ravel() for part in np.indices((len(lines), len(lines[0]))))
    patches = _patches(cut, lines)
    places, solved = _settled(patches, _as_printed(patches, lines, Face.OCR_B))
    reference = max(1.0, float(np.median(solved.gain)))
    values = np.column_stack(
        [
            places[:, :2] / PITCH,
            places[:, 2:5],
            solved.steps[:, 5] / FINE,
            solved.steps[:, 6],
            np.log(np.maximum(solved.gain, 0.05 * reference)),
            np.log(solved.misfit),
            np.log(solved.grain),
        ]
    )
    spread = np.ones_like(values)
    spread[:, :7] = solved.variances / np.median(solved.variances, axis=0)
    return Measured(line, column, tuple("".join(lines)), values, spread)


def likeness_to_sans(cut: CutLines, lines: tuple[str, ...], letters: Measured) -> float:
    """By how much the letters are more like a plain sans serif face than like OCR-B.

    Natural logarithm of a ratio of misfits, the median of one letter of each kind.
    """
    kinds = {character: at for at, character in enumerate(letters.character) if character != FILLER}
    some = np.array(sorted(kinds.values()), np.int64)
    patches = _patches(cut, lines)
    _, solved = _settled(patches[some], _as_printed(patches, lines, Face.SANS).of(some))
    ocr_b = letters.values[some, MEASURES.index("misfit")]
    return float(np.median(ocr_b - np.log(solved.misfit)))


def _settled(patches: Floats, ink: _Ink) -> tuple[Doubles, _Solved]:
    """Where each letter stands and how it is stretched and leans, and what else was found there."""
    places = np.zeros((len(patches), 5))
    solved = _solved(patches, ink, places)
    for _ in range(_ROUNDS - 1):
        places = places + np.clip(solved.steps[:, :5], -_STEP, _STEP)
        solved = _solved(patches, ink, places)
    return places + np.clip(solved.steps[:, :5], -_STEP, _STEP), solved


def _solved(patches: Floats, ink: _Ink, places: Doubles) -> _Solved:
    count, height, width = patches.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x - (width - 1) / 2, y - (height - 1) / 2
    own = np.stack(
        [seen(one, _placing(at), _SIZE) for one, at in zip(ink.own, places, strict=True)]
    )
    bolder = [seen(one, _placing(at), _SIZE) for one, at in zip(ink.bolder, places, strict=True)]
    across, down = np.zeros_like(own), np.zeros_like(own)
    across[:, :, 1:-1] = (own[:, :, 2:] - own[:, :, :-2]) / 2
    down[:, 1:-1] = (own[:, 2:] - own[:, :-2]) / 2
    soft = np.zeros_like(own)
    soft[:, :, 1:-1] += own[:, :, 2:] + own[:, :, :-2] - 2 * own[:, :, 1:-1]
    soft[:, 1:-1] += own[:, 2:] + own[:, :-2] - 2 * own[:, 1:-1]
    paper = [np.broadcast_to(one, own.shape) for one in (np.ones_like(x), x / width, y / height)]
    moves = [-across, -down, -x * across, -y * down, -y * across, np.stack(bolder) - own, soft]
    basis = np.stack([*paper, np.maximum(own, ink.beside), *moves], axis=1)
    basis = basis.reshape(count, _PAPER + 1 + len(moves), -1).astype(np.float64)
    pixels = patches.reshape(count, -1, 1).astype(np.float64)
    plain = basis[:, : _PAPER + 1]
    first = np.linalg.solve(plain @ plain.swapaxes(1, 2), plain @ pixels)
    gain = np.maximum(5.0, first[:, _PAPER, 0])
    noise = np.maximum(4.0, (pixels - plain.swapaxes(1, 2) @ first).var(axis=(1, 2)))
    basis[:, _PAPER + 1 :] *= gain[:, None, None]
    normal = basis @ basis.swapaxes(1, 2) / noise[:, None, None]
    diagonal = np.arange(_PAPER + 1, basis.shape[1])
    normal[:, diagonal, diagonal] += 1 / _PRIOR**2
    inverse = np.linalg.inv(normal)
    found = inverse @ (basis @ pixels) / noise[:, None, None]
    rest = (pixels - basis.swapaxes(1, 2) @ found).reshape(patches.shape)
    smooth = np.stack([cv2.GaussianBlur(one, (0, 0), 1.2) for one in rest])
    grain = (rest - smooth).std(axis=(1, 2))
    # Noise leaves a share of itself in what is smooth; 2 is rounding and compression.
    unexplained = np.maximum(0, smooth.var(axis=(1, 2)) - 0.15 * grain**2) + 2.0
    strength = gain**2 * np.maximum(0.02, own.var(axis=(1, 2)))
    return _Solved(
        found[:, _PAPER + 1 :, 0],
        inverse[:, diagonal, diagonal],
        found[:, _PAPER, 0],
        unexplained / strength,
        grain + 0.3,
    )


def _placing(place: Doubles) -> Floats:
    """From pixels of a patch to those of the shape, for a letter moved, stretched and leaned."""
    right, down, wider, higher, lean = place
    across, along = _SCALE * np.exp(-wider), _SCALE * np.exp(-higher)
    turn = np.array([[across, -across * lean], [0, along]])
    return np.column_stack([turn, -turn @ np.array([right, down])]).astype(np.float32)


def _as_printed(patches: Floats, lines: tuple[str, ...], face: Face) -> _Ink:
    indices = np.array([CHARACTERS.index(character) for character in "".join(lines)])
    some = np.linspace(0, len(indices) - 1, min(_TRIED, len(indices))).astype(int)
    flat = patches[some].reshape(len(some), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)

    def likeness(bolder: float, blur: float) -> float:
        """Median correlation of some letters with shapes so bold and soft."""
        ink = shapes(bolder, blur, indices[some], face)
        drawn = np.stack([seen(one, _placing(_UNMOVED), _SIZE).ravel() for one in ink])
        drawn = drawn - drawn.mean(axis=1, keepdims=True)
        both = np.sqrt((flat**2).sum(axis=1) * (drawn**2).sum(axis=1) + 1e-6)
        return float(np.median((flat * drawn).sum(axis=1) / both))

    blur = max(_BLURS, key=lambda one: likeness(0.0, one))
    bolder = max(_BOLDER, key=lambda one: likeness(one, blur))
    every = np.arange(len(CHARACTERS))
    ink = shapes(bolder, blur, every, face)
    beside = {
        by: [seen(one, _placing(_UNMOVED + by * _BESIDE), _SIZE) for one in ink] for by in (-1, 1)
    }
    nothing = np.zeros_like(patches[0])
    sides = []
    for text in lines:
        for at in range(len(text)):
            around = [
                beside[by][CHARACTERS.index(text[at + by])] if 0 <= at + by < len(text) else nothing
                for by in (-1, 1)
            ]
            sides.append(np.maximum(*around))
    return _Ink(ink[indices], shapes(bolder + 1, blur, every, face)[indices], np.stack(sides))


def _patches(cut: CutLines, lines: tuple[str, ...]) -> Floats:
    """(letters, 36, 28) each letter's place with a little beside it: dark is more."""
    width, height = _SIZE
    top = (HEIGHT - height) // 2
    return np.stack(
        [
            255 - strip[top : top + height, left : left + width].astype(np.float32)
            for strip, text in zip(cut.strips, lines, strict=True)
            for at in range(len(text))
            for left in (round((at + MARGIN + 0.5) * PITCH - width / 2),)
        ]
    )
