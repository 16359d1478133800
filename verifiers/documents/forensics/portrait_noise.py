"""How noisy a portrait is on its picture, beside the page and whatever else lies around it.

A camera's noise lies over the whole picture. Print can add grain to it, a lens can take none away:
a portrait may be rougher than the page, but not quieter, and its noise is not finer than what the
camera's colour filters and processing leave (noise that was added on a computer often is).
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.finding import Region
from verifiers.documents.forensics.subject import Subject

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

BLOCK = 16
"""Pixels."""
_SECOND_DIFFERENCE = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6
"""Of white noise its standard deviation; of even ground, slopes and straight edges next to nothing
(Immerkaer, "Fast noise variance estimation", 1996)."""
_DARKEST = 60
"""Mean level from which a block is compared: cameras crush the noise of shadows."""
_FEWEST = 12
"""Blocks in a part."""
_FLOOR = 0.03
_MARGIN = 6
"""Blocks around the portrait and the page that are looked at as well."""
_FACE = (0.5, 0.46, 0.19, 0.21)
"""Middle across and down, half width and half height, as shares of the portrait."""


@dataclass(frozen=True, eq=False)
class Grain:
    """Noise by block of a part of the picture that begins at `left`, `top`."""

    left: int
    top: int
    medium: Floats
    """Of brightness at half size, levels; against what a block so bright would have."""
    colour: Floats
    fineness: Floats
    """Doublings from the noise at half size to that at full."""
    usable: Mask
    """Neither dark nor clipped."""

    def inside(self, corners: NDArray[np.float64]) -> Mask:
        """The usable blocks in a polygon of the picture."""
        mask = np.zeros(self.usable.shape, np.uint8)
        on_blocks = (corners - (self.left, self.top)) / BLOCK - 0.5
        cv2.fillPoly(mask, [np.rint(on_blocks).astype(np.int32)], 1)
        return np.asarray((mask > 0) & self.usable)


@dataclass(frozen=True)
class Difference:
    """One part of the portrait against the rest of the picture."""

    quieter: float
    """Halvings of the noise of brightness."""
    quieter_colour: float
    finer: float
    """Doublings more, from the noise at half size to that at full."""


def grain(subject: Subject, portrait: Region) -> Grain:
    """Of the page and the portrait, and a little around them."""
    picture = subject.picture
    boxes = [portrait.bounds, *([subject.page.outline.bounds] if subject.page else [])]
    rim = _MARGIN * BLOCK
    left = int(max(0, min(box[0] for box in boxes) - rim))
    top = int(max(0, min(box[1] for box in boxes) - rim))
    right = int(min(picture.width, max(box[2] for box in boxes) + rim))
    low = int(min(picture.height, max(box[3] for box in boxes) + rim))
    right -= (right - left) % BLOCK
    low -= (low - top) % BLOCK
    part = np.ascontiguousarray(picture.pixels[top:low, left:right])
    planes: Floats = cv2.cvtColor(part, cv2.COLOR_RGB2YCrCb).astype(np.float32)
    half = np.asarray(
        cv2.resize(planes, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.float32
    )
    size = planes.shape[1] // BLOCK, planes.shape[0] // BLOCK
    mean = cv2.resize(planes[..., 0], size, interpolation=cv2.INTER_AREA)
    # Shot noise grows with the root of the light.
    expected = np.sqrt(0.25 + 0.75 * np.clip(mean, 1, 255) / 128)
    fine, medium = _by_block(planes[..., 0], BLOCK), _by_block(half[..., 0], BLOCK // 2)
    colour = np.minimum(_by_block(half[..., 1], BLOCK // 2), _by_block(half[..., 2], BLOCK // 2))
    clipped = (cv2.inRange(part, (3, 3, 3), (252, 252, 252)) == 0).astype(np.float32)
    spoilt = cv2.resize(clipped, size, interpolation=cv2.INTER_AREA)
    return Grain(
        left,
        top,
        np.asarray(medium / expected, np.float32),
        np.asarray(colour / expected, np.float32),
        np.asarray(np.log2((fine + 0.05) / (medium + 0.05)), np.float32),
        np.asarray((mean > _DARKEST) & (spoilt < 0.02)),
    )


def differences(
    noise: Grain, subject: Subject, portrait: Region
) -> dict[str, tuple[Difference, Mask]]:
    """The portrait and the face in it, each with its blocks; without what is too small to tell."""
    corners = np.array(portrait.corners)
    around, on_page = _around(noise, subject, portrait)
    if on_page.sum() < _FEWEST:
        return {}
    rest = [on_page]
    if (around & ~on_page).sum() >= 4 * _FEWEST:
        rest.append(around & ~on_page)
    parts = {"portrait": noise.inside(_grown(corners, 0.88)), "face": noise.inside(_face(corners))}
    return {
        name: (_difference(noise, part, rest), part)
        for name, part in parts.items()
        if part.sum() >= _FEWEST
    }


def page_noise(noise: Grain, subject: Subject, portrait: Region) -> float:
    """Levels; of the even parts of the page around the portrait."""
    _, page = _around(noise, subject, portrait)
    return float(np.percentile(noise.medium[page], 10)) if page.any() else 0.0


def unevenness(noise: Grain, subject: Subject, portrait: Region) -> float:
    """Doublings from the quietest to the noisiest ninth of what lies around the portrait.

    A camera's noise is alike all over; evening out local contrast raises it most where it is dull.
    """
    around, _ = _around(noise, subject, portrait)
    rows, columns = np.nonzero(around)
    levels = []
    for down in np.array_split(np.arange(around.shape[0]), 3):
        for across in np.array_split(np.arange(around.shape[1]), 3):
            ninth = np.isin(rows, down) & np.isin(columns, across)
            if ninth.sum() >= _FEWEST:
                level = np.percentile(noise.medium[rows[ninth], columns[ninth]], 10)
                levels.append(float(np.log2(level + _FLOOR)))
    return max(levels) - min(levels) if levels else 0.0


def _around(noise: Grain, subject: Subject, portrait: Region) -> tuple[Mask, Mask]:
    """All blocks but the portrait's, and those of them on the page."""
    around = ~noise.inside(_grown(np.array(portrait.corners), 1.08)) & noise.usable
    if subject.page is None:
        return around, around
    return around, around & noise.inside(np.array(subject.page.outline.corners))


def _difference(noise: Grain, part: Mask, rest: list[Mask]) -> Difference:
    def quieter(plane: Floats) -> float:
        # The quietest of the surroundings counts: a page may be patterned all over.
        least = min(float(np.percentile(plane[other], 10)) for other in rest)
        return float(np.log2((least + _FLOOR) / (np.percentile(plane[part], 10) + _FLOOR)))

    finest = max(_fineness(noise, other) for other in rest)
    return Difference(quieter(noise.medium), quieter(noise.colour), _fineness(noise, part) - finest)


def _fineness(noise: Grain, part: Mask) -> float:
    """Of the even blocks of a part, where there is little but noise."""
    even = part & (noise.medium <= np.percentile(noise.medium[part], 40))
    return float(np.median(noise.fineness[even]))


def _by_block(plane: Floats, block: int) -> Floats:
    residual = cv2.filter2D(plane, -1, _SECOND_DIFFERENCE)
    size = plane.shape[1] // block, plane.shape[0] // block
    power = cv2.resize(residual**2, size, interpolation=cv2.INTER_AREA)
    return np.asarray(np.sqrt(power), np.float32)


def _grown(corners: NDArray[np.float64], factor: float) -> NDArray[np.float64]:
    middle = corners.mean(axis=0)
    return np.asarray(middle + (corners - middle) * factor)


def _face(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y, wide, high = _FACE
    turn = np.linspace(0, 2 * np.pi, 40)
    oval = np.column_stack([x + wide * np.cos(turn), y + high * np.sin(turn)])
    unit = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    place = cv2.getPerspectiveTransform(unit, corners.astype(np.float32))
    return np.asarray(cv2.perspectiveTransform(oval[None], place)[0], np.float64)
