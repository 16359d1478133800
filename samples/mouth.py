"""A portrait's mouth, opened: the lower lip and the jaw move down, a dark cavity shows between."""

import cv2
import numpy as np

from samples.easing import smooth
from samples.portraits import Points, RgbImage

_CAVITY, _TONGUE = np.array([46, 18, 18], np.float32), np.array([128, 58, 56], np.float32)
_LIP, _CHIN, _NECK = 0.45, 0.55, 1.65
"""Below the lips, in eye distances: here the cheeks share the jaw's movement, from here it fades,
and here it has ended."""


def parted(picture: RgbImage, mouth: Points, gape: float, unit: float) -> RgbImage:
    """The picture with lips `gape` pixels apart; `unit` is an eye distance in pixels."""
    corners = mouth[0], mouth[-1]
    middle, half = (corners[0][0] + corners[1][0]) / 2, (corners[1][0] - corners[0][0]) / 2
    height, width = picture.shape[:2]
    left, right = int(max(middle - 2.2 * half, 0)), int(min(middle + 2.2 * half, width))
    top = int(max(min(y for _, y in mouth) - 4, 0))
    low = int(min(max(y for _, y in mouth) + _NECK * unit, height))
    rows, columns = np.mgrid[top:low, left:right].astype(np.float32)
    lips = np.polynomial.Polynomial.fit([x for x, _ in mouth], [y for _, y in mouth], 2)
    line = lips(np.clip(columns, corners[0][0], corners[1][0]))
    aside = np.abs(columns - middle) / half
    gap = gape * np.sqrt(np.clip(1 - aside**2, 0, 1))
    jaw = gape * smooth((2.2 - aside) / 1.7)
    below = rows - line
    spread = smooth(below / (_LIP * unit))
    fading = 1 - smooth((below / unit - _CHIN) / (_NECK - _CHIN))
    shift = np.where(below > 0, (gap + spread * (jaw - gap)) * fading, 0)
    source = np.asarray(rows - shift, np.float32)
    result = picture.copy()
    moved = cv2.remap(picture, columns, source, cv2.INTER_LINEAR).astype(np.float32)
    inside = np.clip(below + 0.5, 0, 1) * np.clip(gap - below + 0.5, 0, 1) * (gap > 1)
    tongue = smooth((below / np.maximum(gap, 1) - 0.45) / 0.5)[..., None]
    cavity = _CAVITY * (1 - tongue) + _TONGUE * tongue
    soft = cv2.GaussianBlur(np.asarray(inside, np.float32), (0, 0), 0.7)[..., None]
    result[top:low, left:right] = moved + (cavity - moved) * soft
    return result
