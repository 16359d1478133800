"""Waves on the skin that a screen's lattice or a print's dots leave: peaks of the face's spectrum.

A sensor that looks at a lattice of its own fineness sees waves of one length and direction all over
the face, of light or of colour; skin has none. Edges are cut off first, and what lies on the axes
or on the grid of JPEG's blocks is left out. A frame's peak is told in standard deviations of the
spectrum about it, the clip's figure is the median of a dozen frames.

Measured: 10 pieces of 20 s of two filmed people 2.2 at most in light and in colour, rendered heads
2.2 at any JPEG quality from 40 up; a rendered screen (stripes of 1.3 to 3.4 pixels) 4.7 to 7.8, at
JPEG quality 60 4.7 to 7.0, one of 0.8 pixels 3.5 to 5.0. A screen finer than that, or video that is
compressed more, leaves nothing; patterned cloth over the face would look alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import TrackedFace
from verifiers.picture import Pixels

PATTERN_FROM = 3.2
"""Standard deviations, between people (2.2) and screens (3.5)."""
_WINDOWS = ((128, 76.0), (64, 38.0))
"""Pixels of the spectrum's side, and the distance between the eyes on whose face they fit."""
_LONGEST = 11.0
"""Pixels of a wave: longer ones are the face's."""
_EDGE = 12.0
_LOG_SPREAD = 1.28
"""Standard deviation of the logarithm of noise's power (Gumbel's: pi / sqrt 6)."""

Plane = NDArray[np.float32]


@dataclass(frozen=True)
class Texture:
    """What the skin shows over the frames looked at."""

    frames: int
    light: float
    """Median height of the highest wave of light, in standard deviations of the spectrum."""
    colour: float
    glare: float
    """Share of the face that is white to the limit, in the frame with most: glass, or wet skin."""
    colours: float
    """Mean distance of the face's colours from their mean, in CIELAB: prints and screens narrow
    it, and so does dim light."""

    @property
    def patterned(self) -> bool:
        return max(self.light, self.colour) >= PATTERN_FROM


def measure_texture(shown: Sequence[TrackedFace]) -> Texture | None:
    """Over these frames of one clip; `None` where the faces are too small for a spectrum."""
    eyes = float(np.median([tracked.face.inter_eye_distance for tracked in shown]))
    side = next((side for side, fits in _WINDOWS if eyes >= fits), None)
    if side is None:
        return None
    squares = [square for tracked in shown if (square := _square(tracked, side)) is not None]
    if not squares:
        return None
    peaks = [_peaks(square) for square in squares]
    return Texture(
        frames=len(squares),
        light=float(np.median([light for light, _ in peaks])),
        colour=float(np.median([colour for _, colour in peaks])),
        glare=max(float((square.min(axis=2) >= 250).mean()) for square in squares),
        colours=float(np.median([_spread(square) for square in squares])),
    )


def _square(tracked: TrackedFace, side: int) -> Pixels | None:
    """The middle of the face, at the picture's own resolution: never scaled, or waves would go."""
    middle = tracked.face.landmarks[27:36].mean(axis=0)
    height, width = tracked.frame.pixels.shape[:2]
    if min(height, width) < side:
        return None
    left, top = (
        int(np.clip(place - side / 2, 0, limit - side))
        for place, limit in zip(middle, (width, height), strict=True)
    )
    return np.ascontiguousarray(tracked.frame.pixels[top : top + side, left : left + side])


def _peaks(square: Pixels) -> tuple[float, float]:
    """The highest wave of light, and of colour."""
    skin = cv2.GaussianBlur(cv2.medianBlur(square, 5), (0, 0), 1.5)
    fine = np.clip(square.astype(np.float32) - skin, -_EDGE, _EDGE)
    red, green, blue = fine[..., 0], fine[..., 1], fine[..., 2]
    light = np.float32(0.299) * red + np.float32(0.587) * green + np.float32(0.114) * blue
    return _height(light), _height(red - green, blue - (red + green) / 2)


def _height(*planes: Plane) -> float:
    """Of the highest place of their common spectrum over what is around it."""
    side = planes[0].shape[0]
    hann = np.outer(np.hanning(side), np.hanning(side)).astype(np.float32)
    rounding = float((hann**2).sum() / 12)
    power = sum(
        (np.abs(np.fft.rfft2((plane - plane.mean()) * hann)) ** 2 for plane in planes),
        start=np.full((side, side // 2 + 1), rounding),
    )
    level = np.log(power).astype(np.float32)
    # Downwards the spectrum goes round; to the right and left of it lies its mirror image.
    tall = np.vstack([level[-8:], level, level[:8]])
    mirror = np.roll(tall[::-1], 1, axis=0)
    whole = np.hstack([mirror[:, 8:0:-1], tall, mirror[:, -2:-10:-1]])
    around = (169 * cv2.blur(whole, (13, 13)) - 25 * cv2.blur(whole, (5, 5))) / 144
    above = level - around[8:-8, 8:-8]
    return float(above[_looked_at(side)].max() / _LOG_SPREAD)


def _looked_at(side: int) -> NDArray[np.bool_]:
    down, across = np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None]
    axes = (np.abs(across) < 2.5 / side) | (np.abs(down) < 2.5 / side)
    highest = (across > 0.5 - 2.5 / side) | (np.abs(down) > 0.5 - 2.5 / side)
    blocks = _near_eighths(across, side) & _near_eighths(down, side)
    return np.asarray((np.hypot(across, down) > 1 / _LONGEST) & ~axes & ~highest & ~blocks)


def _near_eighths(frequency: NDArray[np.floating[Any]], side: int) -> NDArray[np.bool_]:
    return np.asarray(np.abs(8 * frequency - np.round(8 * frequency)) / 8 < 1.5 / side)


def _spread(square: Pixels) -> float:
    lab = cv2.cvtColor(square, cv2.COLOR_RGB2LAB).astype(np.float64)[..., 1:]
    return float(np.linalg.norm(lab - lab.mean(axis=(0, 1)), axis=2).mean())
