"""Fine regular patterns on a picture: how far peaks of its spectrum stand out, place by place.

A lattice that the sensor samples (a screen's pixels, a printer's dots) leaves waves of one length
and direction over many hundred pixels. Print has strong edges instead, which are taken out first,
and lines of text, whose waves run upright or level and are long.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.finding import Region
from verifiers.page import Page
from verifiers.picture import Picture, Pixels

Plane = NDArray[np.float32]

WINDOW = 128
"""Pixels of one spectrum's side."""
SIDE = 4 * WINDOW
"""Pixels of a patch's side: 16 spectra, the mean of whose logarithms lets a wave be seen that is
below the noise in each, and leaves little of what is in only one of them."""
MOST_ACROSS, MOST_DOWN = 3, 2
"""Patches that are looked at; on a large picture they are spread evenly."""

LONGEST_MM = 0.34
"""Millimetres on the page from crest to crest, at most: 75 to the inch, coarser than any printer's
dots. Security print repeats its lines, rosettes and small letters from some 0.4 mm on, in colour
and crosswise, as nothing that is rendered here does; a screen's moiré of that length is missed."""
_ALWAYS = 0.3
"""Waves a pixel that are looked at on however coarse a picture."""
_USUAL_MM = 110.0
"""What the longer side of a picture without a known page is taken to show."""

_SHRINK, _MEDIAN = 4, 5
"""The paper is the median of 5 x 5 pixels of a quarter of the size: waves longer than 20 pixels
belong to the picture's content."""
_EDGES = 3.0
"""Standard deviations from the local paper beyond which a pixel is print, not pattern."""
_HEAT_SIDE = 256
_LOG_SPREAD = 1.28
"""Standard deviation of the logarithm of noise's power (Gumbel's: pi / sqrt 6)."""

NO_DOCUMENT = (
    "No page, portrait or barcode of a document was found on the picture: what is regular on it "
    "may be anything."
)

_DOWN = np.fft.fftfreq(WINDOW).astype(np.float32)[:, None]
_ACROSS = np.fft.rfftfreq(WINDOW).astype(np.float32)[None]
_FREQUENCY = np.hypot(_ACROSS, _DOWN)
_HANN = np.outer(np.hanning(WINDOW), np.hanning(WINDOW)).astype(np.float32)
_ROUNDING = float((_HANN**2).sum() / 12)
"""Power of rounding to whole grey levels: less than that is not measured."""


@dataclass(frozen=True)
class Peak:
    """One wave: how many standard deviations its power stands above its neighbours' in the spectrum
    (of logarithms), and its frequency.
    """

    height: float
    across: float
    """Waves in a pixel."""
    down: float
    """Waves in a pixel."""

    @property
    def length(self) -> float:
        """Pixels from crest to crest."""
        return float(1 / np.hypot(self.across, self.down))


@dataclass(frozen=True, eq=False)
class Patch:
    """A square of `SIDE` pixels and the peaks of its spectra, the highest of each."""

    left: int
    top: int
    luma: Peak
    colour: Peak
    dots: Peak
    """The highest wave of luma that another of its length crosses at a right angle."""
    grain: float
    """Mean difference of plain paper from its surroundings, grey levels; near 0 where compression
    or smoothing has left nothing fine."""

    @property
    def region(self) -> Region:
        return Region.box(self.left, self.top, self.left + SIDE, self.top + SIDE)


def patches(
    picture: Picture, page: Page | None, barcodes: tuple[Region, ...] = ()
) -> tuple[Patch, ...]:
    """Squares spread over the page, or the whole picture where no page is known.

    None where the picture is smaller than one of them, and none that a barcode reaches into. A
    smaller page gets one, about it.
    """
    pixels = picture.pixels
    height, width = pixels.shape[:2]
    if min(height, width) < SIDE:
        return ()
    left, top, right, bottom = page.outline.bounds if page else (0, 0, width, height)
    per_mm = page.pixels_per_mm if page else max(height, width) / _USUAL_MM
    shortest = min(1 / (LONGEST_MM * per_mm), _ALWAYS)
    return tuple(
        _patch(pixels, start, low, shortest)
        for low in _starts(top, bottom, height, MOST_DOWN)
        for start in _starts(left, right, width, MOST_ACROSS)
        if not any(_reaches_into(barcode, start, low) for barcode in barcodes)
    )


def _reaches_into(barcode: Region, start: int, top: int) -> bool:
    left, high, right, bottom = barcode.bounds
    return left < start + SIDE and right > start and high < top + SIDE and bottom > top


def _starts(start: float, end: float, length: int, most: int) -> list[int]:
    count = min(most, max(1, round((end - start) / (0.8 * SIDE))))
    first, last = max(start, 0), min(end, length) - SIDE
    if last < first:
        first = last = (start + end - SIDE) / 2
    starts = np.linspace(first, last, count)
    return [round(float(value)) for value in np.clip(starts, 0, length - SIDE)]


def _patch(pixels: Pixels, left: int, top: int, shortest: float) -> Patch:
    luma, *colours = _without_print(pixels[top : top + SIDE, left : left + SIDE])
    fine = np.greater_equal(_FREQUENCY, shortest)
    light = _standing_out(_power(luma))
    colour = _standing_out(_power(colours[0]) + _power(colours[1]))
    return Patch(
        left,
        top,
        luma=_highest(light, _LUMA & fine),
        colour=_highest(colour, _COLOUR & fine),
        dots=_highest(_crossed(light), _DOTS & fine),
        grain=float(np.abs(luma).mean()),
    )


def _without_print(square: Pixels) -> tuple[Plane, ...]:
    """Luma, red - green and blue - yellow about the local paper, nothing where print is."""
    small = cv2.resize(square, None, fx=1 / _SHRINK, fy=1 / _SHRINK, interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(small, _MEDIAN), (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    fine = square.astype(np.float32) - paper
    red, green, blue = fine[..., 0], fine[..., 1], fine[..., 2]
    luma = np.float32(0.299) * red + np.float32(0.587) * green + np.float32(0.114) * blue
    sample = _windows(np.abs(luma))[..., ::4, ::4]
    spread = np.median(sample, axis=(2, 3)).astype(np.float32) / 0.6745 + 0.5
    limit = _EDGES * cv2.resize(spread, luma.shape, interpolation=cv2.INTER_LINEAR)
    plain = cv2.erode((np.abs(luma) <= limit).astype(np.float32), np.ones((3, 3), np.uint8))
    yellow = (red + green) / 2
    return tuple(
        np.asarray(plane * plain, np.float32) for plane in (luma, red - green, blue - yellow)
    )


def _windows(plane: Plane) -> Plane:
    """(rows, columns, 128, 128)."""
    split = plane.reshape(plane.shape[0] // WINDOW, WINDOW, plane.shape[1] // WINDOW, WINDOW)
    return split.swapaxes(1, 2)


def _power(plane: Plane) -> Plane:
    windows = _windows(plane)
    windows = windows - windows.mean(axis=(2, 3), keepdims=True)
    waves = np.fft.rfft2(windows * _HANN)
    return np.asarray(waves.real**2 + waves.imag**2, np.float32)


def _standing_out(power: Plane) -> Plane:
    """The mean logarithm of the windows' power, less that of the frequencies around."""
    level = np.log(power + _ROUNDING).reshape(-1, *power.shape[2:])
    mean = level.mean(axis=0)
    # The spectrum goes on beyond its edges: downwards round, sideways as its mirror image.
    tall = np.vstack([mean[-8:], mean, mean[:8]])
    mirror = np.roll(tall[::-1], 1, axis=0)
    whole = np.hstack([mirror[:, 8:0:-1], tall, mirror[:, -2:-10:-1]])
    around = (169 * cv2.blur(whole, (13, 13)) - 25 * cv2.blur(whole, (5, 5))) / 144
    over = mean - around[8:-8, 8:-8]
    return np.asarray(over * (np.sqrt(len(level)) / _LOG_SPREAD), np.float32)


def _crossed(excess: Plane) -> Plane:
    """The lower of each wave and the highest of those about it turned by 90 degrees.

    A document that leans away shortens one of the two, by up to two steps of the spectrum.
    """
    whole = np.hstack([excess, np.roll(excess[::-1], 1, axis=0)[:, -2:0:-1]])
    rows = np.arange(WINDOW)[:, None]
    turned = whole[np.arange(WINDOW)[None], (-rows) % WINDOW]
    near = cv2.dilate(turned, np.ones((5, 5), np.uint8))
    return np.asarray(np.minimum(excess, near[:, : excess.shape[1]]), np.float32)


def _highest(excess: Plane, looked_at: NDArray[np.bool_]) -> Peak:
    at = int(np.where(looked_at, excess, -np.inf).argmax())
    row, column = divmod(at, excess.shape[1])
    return Peak(float(excess[row, column]), float(_ACROSS[0, column]), float(_DOWN[row, 0]))


def _near_multiple(frequency: Plane, of: float) -> NDArray[np.bool_]:
    steps = frequency / of
    return np.asarray(np.abs(steps - np.round(steps)) * of < 1.5 / WINDOW)


def _looked_at(block: float, *, axes_from: float) -> NDArray[np.bool_]:
    """All frequencies but the grid of JPEG's blocks, and the picture's own highest.

    On the axes lie level lines of text, wood and what compression leaves: there only frequencies
    from `axes_from` (waves a pixel) are looked at.
    """
    upright, level = _ACROSS < 1.5 / WINDOW, np.abs(_DOWN) < 1.5 / WINDOW
    grid = _near_multiple(_ACROSS, 1 / block) & _near_multiple(_DOWN, 1 / block)
    end = 0.5 - 2.5 / WINDOW
    inside = (end > _ACROSS) & (np.abs(_DOWN) < end)
    return inside & ~grid & (~(upright | level) | np.greater_equal(_FREQUENCY, axes_from))


_LUMA = _looked_at(8, axes_from=0.16)
_COLOUR = _looked_at(16, axes_from=1.0)
"""Chroma at half the resolution has blocks of 16 pixels."""
_DOTS = _looked_at(8, axes_from=0.16)


def heat(size: tuple[int, int], seen: tuple[tuple[Patch, float], ...], full: float) -> Plane:
    """The patches' scores laid over a picture of `size` (height, width); 1 from `full` on."""
    shrink = _HEAT_SIDE / max(size)
    height, width = (max(1, round(side * shrink)) for side in size)
    laid = np.zeros((height, width), np.float32)
    for patch, score in seen:
        left, top = round(patch.left * shrink), round(patch.top * shrink)
        part = laid[top : top + round(SIDE * shrink), left : left + round(SIDE * shrink)]
        np.maximum(part, np.float32(np.clip(score / full, 0, 1)), out=part)
    return laid
