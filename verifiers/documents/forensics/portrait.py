"""Looks for a portrait that was put into the finished picture: its noise is not the picture's own.

The portrait and the face in it are held against the page and what lies around it, one-sidedly: a
printed portrait is often softer and grainier than the text around it, and that is never a sign.
A photograph that was glued over the portrait before the camera has the camera's noise as the page
has, and is not found by this.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from models.finding import Region
from models.forensics import Look, Sign
from verifiers.documents.forensics.portrait_noise import (
    BLOCK,
    Difference,
    Floats,
    Grain,
    Mask,
    differences,
    grain,
    page_noise,
    unevenness,
)
from verifiers.documents.forensics.subject import HeatMap, Looked, Subject, not_looked
from verifiers.documents.forensics.tones import are_combed
from verifiers.picture import Picture

_MEASURES = {
    ("portrait", "quieter"): (0.45, "is quieter than all that is around it"),
    ("portrait", "quieter_colour"): (0.20, "has less noise in its colours than all around it"),
    ("portrait", "finer"): (0.16, "has finer noise than the camera left around it"),
    ("face", "quieter"): (0.20, "is quieter than all that is around the portrait"),
    ("face", "quieter_colour"): (0.25, "has less noise in its colours than all around it"),
}
"""By part and measure of `Difference`: what about 1 % of honest documents reach, so that measures
can be held against each other, and its name. A face is too full of detail to tell finer noise."""
_THRESHOLDS = (0.8, 1.4)
"""What 5 and 1 in 100 reach of `honest(seed, with_portrait=True)`, seeds 0 to 59 (tuned on; the
second is their largest). Of attacks only seeds 0 to 19 were looked at."""
_LEAST_NOISE = 0.3
"""Levels; with less the noise was compressed away, and what is left says nothing."""
_MOST_UNEVEN = 0.5
"""Doublings: of ten honest renders nine have up to 0.45 (the tenth is textured all over), and with
local contrast evened out (CLAHE) nine have 0.51 and more."""
_LEAST_WIDTH = 200
"""Pixels of a portrait. Smaller pictures were made smaller after the camera, and carry the noise of
that; the renders that thresholds come from have none so small, and of real ones every other alarms.
"""
_HEAT_SIDE = 256


@dataclass(frozen=True, eq=False)
class _Measured:
    """One measure, in what 1 % of honest documents reach."""

    score: float
    part: str
    measure: str
    difference: Difference
    blocks: Mask


def look_for_portrait(subject: Subject) -> Looked:
    """How much less, or finer, noise the main portrait has than the rest of the picture.

    The score is the largest of several measures, each 1 where about 1 % of honest documents are.
    """
    if not subject.portraits:
        return not_looked(subject, Sign.PORTRAIT, "No portrait was found on the picture.")
    portrait, picture = subject.portraits[0], subject.picture
    if _width(portrait) < _LEAST_WIDTH:
        why = "The portrait is too small on the picture to compare noise."
        return not_looked(subject, Sign.PORTRAIT, why)
    if are_combed(picture.pixels):
        why = "The whole picture was brightened or put on fewer colours, which spoils its noise."
        return not_looked(subject, Sign.PORTRAIT, why)
    noise = grain(subject, portrait)
    if page_noise(noise, subject, portrait) < _LEAST_NOISE:
        why = "The picture is compressed or smoothed so much that no noise is left to compare."
        return not_looked(subject, Sign.PORTRAIT, why)
    if unevenness(noise, subject, portrait) > _MOST_UNEVEN:
        why = "The noise of the picture is uneven all over, as after contrast is evened out."
        return not_looked(subject, Sign.PORTRAIT, why)
    seen = differences(noise, subject, portrait)
    measured = [
        _Measured(getattr(seen[part][0], measure) / scale, part, measure, *seen[part])
        for (part, measure), (scale, _) in _MEASURES.items()
        if part in seen
    ]
    if not measured:
        why = "The portrait or the page is too dark or too bright on the picture to compare noise."
        return not_looked(subject, Sign.PORTRAIT, why)
    most = max(measured, key=lambda one: one.score)
    is_seen = most.score >= _THRESHOLDS[0]
    look = Look.graded(
        Sign.PORTRAIT,
        picture.file,
        picture.page,
        most.score,
        _THRESHOLDS,
        _said(most, is_seen),
        (portrait,),
    )
    return Looked(look, _heat(picture, noise, most))


def _width(portrait: Region) -> float:
    """Pixels; of the shorter side, whichever way the picture is turned."""
    corners = np.array(portrait.corners)
    sides = np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1)
    return float(sides.reshape(2, 2).mean(axis=0).min())


def _said(most: _Measured, is_seen: bool) -> str:
    if not is_seen:
        return "The portrait is as noisy as the page around it, or grainier, as print may be."
    what = _MEASURES[most.part, most.measure][1]
    return (
        f"The {most.part} {what}: a camera's noise lies over the whole picture, so it may have been"
        " put in afterwards."
    )


def _heat(picture: Picture, noise: Grain, most: _Measured) -> HeatMap:
    """As much as the measure says, over the part of the portrait where it was taken."""
    shrink = min(1.0, _HEAT_SIDE / max(picture.width, picture.height))
    size = max(1, round(picture.width * shrink)), max(1, round(picture.height * shrink))
    share: Floats = most.blocks.astype(np.float32) * min(1.0, max(0.0, most.score / 3))
    scale = BLOCK * shrink
    place = np.array(
        [
            [scale, 0, (noise.left + BLOCK / 2) * shrink],
            [0, scale, (noise.top + BLOCK / 2) * shrink],
        ]
    )
    return np.asarray(cv2.warpAffine(share, place, size, flags=cv2.INTER_LINEAR), np.float32)
