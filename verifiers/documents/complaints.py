"""Why a zone was not read, or not surely, in words that the person with the camera can act on."""

import numpy as np
from numpy.typing import NDArray

from verifiers.documents.attempt import Attempt
from verifiers.documents.recognise import PITCH

_SMALLEST = 6.5
"""Pixels from character to character below which rendered zones were no longer all read surely."""
_STEEP = 0.24
"""Steepest rise of brightness per strip pixel, as a share of the contrast, of sharp print."""

TOO_FEW_PIXELS = (
    "The picture is too small to show a machine readable zone, whose lines need at least 200 "
    "pixels. Send the original photograph."
)
NOTHING_FOUND = (
    "No machine readable zone was found: no two or three long lines of evenly spaced characters. "
    "Photograph the side with the lines of letters and < signs, all of it, filling the picture."
)


def nothing_read(tried: list[Attempt], scale: float) -> str:
    """What to do about a picture on which no zone was read; `scale` as in `unsure`."""
    if not tried:
        return NOTHING_FOUND
    best = max(tried, key=lambda one: one.quality)
    return f"A machine readable zone may be here but cannot be read: {_reason(best, scale)}"


def unsure(attempt: Attempt, scale: float) -> str:
    """Which characters are unsure, and what to do.

    `scale`: pixels of the attempt's picture for each pixel of the sender's.
    """
    places: dict[int, list[str]] = {}
    for line, column in attempt.unsure:
        places.setdefault(line, []).append(str(column + 1))
    where = "; ".join(
        f"line {line + 1}, character{'s' if len(columns) > 1 else ''} {', '.join(columns)}"
        for line, columns in places.items()
    )
    return f"Not every character could be read surely ({where}): {_reason(attempt, scale)}"


def _reason(attempt: Attempt, scale: float) -> str:
    pitch = attempt.lines.pitch / scale
    strips = attempt.lines.strips(*attempt.lines.print_size())
    inside = strips[:, 4:20, 3 * PITCH : -3 * PITCH].astype(np.float32)
    if pitch < _SMALLEST:
        needed = round(attempt.lines.characters * _SMALLEST)
        return (
            f"it is too small, {pitch:.1f} pixels a character. Go closer, so that its lines are "
            f"at least {needed} pixels long."
        )
    if _washed_out(inside):
        return "light is reflected on it. Tilt the document or turn off the flash."
    if attempt.alone < 0.45 or attempt.ends_hidden or attempt.loose:
        return "it seems cut off, or goes on beside its lines. Show all of it, with a margin."
    if _steepness(inside) < _STEEP:
        return "it is blurred. Hold still, and let the camera focus on the lines."
    return "its print is unclear here. Lay it flat in even light and photograph it from above."


def _steepness(strips: NDArray[np.float32]) -> float:
    contrast = float(np.percentile(strips, 95) - np.percentile(strips, 5))
    return float(np.percentile(np.abs(np.diff(strips, axis=2)), 95)) / max(contrast, 1.0)


def _washed_out(strips: NDArray[np.float32]) -> bool:
    """Whether a stretch of three characters is bright and has a third of the usual contrast."""
    columns = strips.shape[2] // (3 * PITCH)
    stretches = strips[:, :, : columns * 3 * PITCH].reshape(*strips.shape[:2], columns, 3 * PITCH)
    contrast = np.ptp(stretches, axis=(1, 3))
    bright = stretches.mean(axis=(1, 3)) > 215
    return bool((bright & (contrast < 0.35 * np.median(contrast))).any())
