"""What a picture's pixels still tell of the JPEG compressions they went through.

JPEG (ITU-T T.81) cuts a picture into blocks of 8 x 8, turns each by the discrete cosine transform
and rounds every frequency to multiples of a step. After decoding, the frequencies still lie on a
comb of that step; an earlier compression on the same grid leaves some teeth of the later comb
fuller than others. Both are read from the pixels alone, so a file that was converted, or turned by
its EXIF orientation, tells as much.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.picture import Pixels

Floats = NDArray[np.float32]

_FREQUENCIES = tuple(
    (row, column) for row in range(6) for column in range(6) if 0 < row + column <= 5
)
"""The lowest, without the mean: higher ones are mostly rounded to nothing."""
_STEPS = range(2, 61)
"""Of 1 there is no comb to see."""
_DECODING = 0.45
"""Standard deviation that rounding to 8-bit pixels adds to a frequency."""
_STRAY = 0.08
"""Share of frequencies that no model explains (clipping, edits of whole-picture brightness)."""
_TEETH = 40
_ENOUGH = 400
"""Coefficients off zero, to tell a step from."""
_COMB = 0.35
"""Mean cosine from which a comb is one; where there is none it is within 0.1 of 0."""
_GAIN_ERRORS = 5.0
"""Standard errors from which fuller teeth are more than chance; of some 60 steps one is best."""
_LEAST_GAIN = 0.004
_OFTEN = 60
"""Coefficients on a tooth, from which its fullness is known."""
_MOST = 3.0
"""Standard deviations of one block."""
_BUSY = (50, 60, 80, 100, 125, 160, 200, 250, 320, 400, 500, 700, 1000, 1400)
"""Sums of a block's frequencies that part blocks into groups; with less there is too little."""
_FEWEST_ALIKE = 80
_SAMPLE = 8_000
_FEWEST = 3
"""Frequencies that must show a compression."""


@dataclass(frozen=True, eq=False)
class Blocks:
    """A picture cut on one 8 x 8 grid: rows x columns x frequencies, and which blocks count."""

    left: int
    top: int
    frequencies: Floats
    sound: NDArray[np.bool_]
    """Without clipped pixels, which no longer are what the JPEG said."""


@dataclass(frozen=True, eq=False)
class Earlier:
    """What an earlier compression left in one frequency."""

    step: int
    fullness: NDArray[np.float64]
    """By tooth of the last comb: logarithm of how full it is, against no earlier compression."""


@dataclass(frozen=True, eq=False)
class History:
    """What is seen of the last compression, and of one before it on the same grid, by frequency."""

    blocks: Blocks
    last: tuple[int, ...]
    """Steps; 0 where there is no comb."""
    earlier: tuple[Earlier | None, ...]

    @property
    def is_seen(self) -> bool:
        """Whether there is a comb at all."""
        return sum(step > 0 for step in self.last) >= _FEWEST

    @property
    def is_double(self) -> bool:
        """Whether an earlier compression shows in enough frequencies not to be chance."""
        return sum(seen is not None for seen in self.earlier) >= _FEWEST

    @property
    def keenness(self) -> float:
        """How near the combs are to what rounding to pixels leaves of them, 1 for just that.

        Whatever changes the whole picture after its compression blurs them, unevenly.
        """
        samples = self.blocks.frequencies[self.blocks.sound]
        kept = []
        for index in np.flatnonzero(self.last):
            step, magnitude = self.last[index], np.abs(samples[:, index])
            off_zero = magnitude[magnitude > step / 2]
            rounded = np.exp(-((2 * np.pi * _DECODING / step) ** 2) / 2)
            kept.append(np.cos(2 * np.pi / step * off_zero).mean() / rounded)
        return float(np.median(kept))


def history_of(pixels: Pixels) -> History:
    """The compressions of most of the picture."""
    weights = np.array([[0.299, 0.587, 0.114]], np.float32)
    grey = np.asarray(cv2.transform(pixels.astype(np.float32), weights), np.float32)
    clipped = cv2.inRange(pixels, (2, 2, 2), (253, 253, 253)) == 0
    corners = {(0, 0), _corner_of_grid(grey)}
    cut = [_cut(grey, clipped, left, top) for left, top in sorted(corners)]
    best = max(cut, key=_comb_strength)
    samples = best.frequencies[best.sound]
    last = tuple(_step(samples[:, index]) for index in range(len(_FREQUENCIES)))
    between = _cut(grey, clipped, best.left + 4, best.top + 4)
    shifted = between.frequencies[between.sound]
    earlier = tuple(
        _earlier(samples[:, index], shifted[:, index], step) if step else None
        for index, step in enumerate(last)
    )
    return History(best, last, earlier)


def apart_from_last(history: History) -> Floats:
    """By block: how much likelier it is that the last compression left it out than not.

    Natural logarithm; 0 where nothing can be told.
    """
    blocks = history.blocks
    evidence = np.zeros(blocks.sound.shape, np.float32)
    for index, step in enumerate(history.last):
        if step:
            values = blocks.frequencies[..., index]
            evidence -= _on_comb(values, step, values[blocks.sound])
    return np.where(blocks.sound, evidence, 0).astype(np.float32)


def apart_from_earlier(history: History) -> Floats:
    """By block: how far it lacks the compression before the last, in standard deviations.

    Against blocks as busy as itself: noise and bold print stand on other teeth of the comb, and
    the fullness of teeth is known from what most of the picture is. 0 where nothing can be told.
    """
    blocks = history.blocks
    evidence = np.zeros(blocks.sound.shape, np.float32)
    for index, (step, earlier) in enumerate(zip(history.last, history.earlier, strict=True)):
        if earlier:
            tooth = np.abs(np.rint(blocks.frequencies[..., index] / step))
            tooth = np.minimum(tooth, _TEETH).astype(np.intp)
            evidence -= earlier.fullness.astype(np.float32)[tooth]
    busy = np.digitize(np.abs(blocks.frequencies).sum(axis=2), _BUSY)
    against = np.zeros_like(evidence)
    for group in range(1, len(_BUSY) + 1):
        alike = (busy == group) & blocks.sound
        if alike.sum() >= _FEWEST_ALIKE:
            spread = max(float(evidence[alike].std()), 1e-3)
            against[alike] = (evidence[alike] - evidence[alike].mean()) / spread
    return np.clip(against, -_MOST, _MOST)


def _corner_of_grid(grey: Floats) -> tuple[int, int]:
    """Where the grid of blocks begins: at the phase whose steps most often beat their neighbours.

    Counting, not summing: one edge of a document outweighs all that blocks leave.
    """
    phases = []
    for lines in (grey, grey.T):
        step = np.abs(np.diff(lines[::7], axis=1))
        beats = ((step[:, 1:-1] > step[:, :-2]) & (step[:, 1:-1] > step[:, 2:])).mean(axis=0)
        beats = beats[: len(beats) // 8 * 8].reshape(-1, 8).mean(axis=0)
        phases.append((int(np.argmax(beats)) + 2) % 8)  # beats[i] is between pixels i+1 and i+2.
    return phases[0], phases[1]


def _cut(grey: Floats, clipped: NDArray[np.bool_], left: int, top: int) -> Blocks:
    rows, columns = (grey.shape[0] - top) // 8, (grey.shape[1] - left) // 8
    part = np.s_[top : top + 8 * rows, left : left + 8 * columns]
    tiles = grey[part].reshape(rows, 8, columns, 8).transpose(0, 2, 1, 3).reshape(-1, 64) - 128
    wave = np.asarray(cv2.dct(np.eye(8, dtype=np.float32), flags=cv2.DCT_ROWS).T, np.float32)
    basis = np.stack([np.outer(wave[row], wave[column]).ravel() for row, column in _FREQUENCIES])
    frequencies = (tiles @ basis.T).reshape(rows, columns, -1)
    spoilt = clipped[part].reshape(rows, 8, columns, 8).any(axis=(1, 3))
    return Blocks(left, top, np.asarray(frequencies, np.float32), np.logical_not(spoilt))


def _comb_strength(blocks: Blocks) -> float:
    samples = blocks.frequencies[blocks.sound]
    return sum(_best_comb(samples[:, index])[0] for index in range(6))


def _best_comb(values: Floats) -> tuple[float, int]:
    """The mean cosine at the best step, and the step."""
    magnitude = np.abs(values)
    magnitude = magnitude[magnitude > 1]
    magnitude = magnitude[:: max(1, len(magnitude) // _SAMPLE)]
    found: list[tuple[float, int]] = []
    for step in _STEPS:
        off_zero = magnitude[magnitude > step / 2]
        if len(off_zero) < _ENOUGH:
            break
        found.append((float(np.cos(2 * np.pi / step * off_zero).mean()), step))
    if not found:
        return 0.0, 0
    best = max(found)[0]
    if best <= 0:
        return 0.0, 0
    # Divisors of the step make as good a comb: the widest of the good is the step.
    return max((pair for pair in found if pair[0] >= 0.8 * abs(best)), key=lambda pair: pair[1])


def _step(values: Floats) -> int:
    strength, step = _best_comb(values)
    return step if strength > _COMB else 0


def _on_comb(values: Floats, step: int, typical: Floats) -> Floats:
    """Logarithm of how much likelier a value is on the comb than anywhere."""

    def off(these: Floats) -> Floats:
        return np.asarray(these - step * np.rint(these / step), np.float32)

    spread = max(0.2, 1.48 * float(np.median(np.abs(off(typical)))))
    peak = step / (spread * np.sqrt(2 * np.pi))
    likelier = peak * np.exp(-0.5 * (off(values) / spread) ** 2)
    return np.asarray(np.log(_STRAY + (1 - _STRAY) * likelier), np.float32)


@cache
def _fullness(last: int, earlier: int) -> NDArray[np.float64]:
    """By tooth of the last comb: logarithm of how full the earlier comb leaves it (1 on average).

    A smooth spread of values is taken for granted, as is usual (Bianchi and Piva,
    "Image forgery localization via block-grained analysis of JPEG artifacts", 2012).
    """
    teeth = np.arange(_TEETH + 1)[:, None]
    marks = np.arange(-3, (_TEETH + 1) * last // earlier + 4)[None] * earlier
    below, above = ((teeth + side) * last for side in (-0.5, 0.5))
    share = _normal((above - marks) / _DECODING) - _normal((below - marks) / _DECODING)
    fullness = share.sum(axis=1) * earlier / last
    return np.asarray(np.log(_STRAY + (1 - _STRAY) * fullness))


def _normal(deviations: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """The normal distribution function (by its logistic likeness, good to 0.01)."""
    return np.asarray(1 / (1 + np.exp(-np.clip(1.702 * deviations, -60, 60))))


def _earlier(values: Floats, shifted: Floats, last: int) -> Earlier | None:
    """The earlier compression that best explains which teeth are full, if one does.

    `shifted` are the same frequencies of a grid half a block away, on which neither compression
    left its teeth: how full they would be without.
    """
    counts, plain = (_counts(these, last) for these in (values, shifted))
    if counts.sum() < _ENOUGH or plain.sum() < _ENOUGH:
        return None
    plain /= plain.sum()
    best, best_gain = None, 0.0
    for step in _STEPS:
        fullness = _fullness(last, step)
        fullness = fullness - np.log(plain @ np.exp(fullness))
        gain = float(counts @ fullness / counts.sum())
        error = float(np.sqrt(counts @ (fullness - gain) ** 2)) / counts.sum()
        if gain > max(best_gain, _LEAST_GAIN, _GAIN_ERRORS * error):
            best, best_gain = Earlier(step, fullness), gain
    if best is None:
        return None
    # Only as far as the picture bears it out: the tooth is as full, and often enough seen.
    seen = np.log((counts + 1) / (plain * counts.sum() + 1))
    borne_out = (np.sign(seen) == np.sign(best.fullness)) & (counts + plain * counts.sum() > _OFTEN)
    least = np.minimum(np.abs(seen), np.abs(best.fullness)) * np.sign(best.fullness)
    return Earlier(best.step, np.where(borne_out, least, 0))


def _counts(values: Floats, last: int) -> NDArray[np.float64]:
    """How many values stand on each tooth but that of zero, and beyond the table."""
    teeth = np.minimum(np.abs(np.rint(values / last)), _TEETH).astype(np.intp)
    counts = np.bincount(teeth, minlength=_TEETH + 1).astype(np.float64)
    counts[[0, _TEETH]] = 0
    return counts
