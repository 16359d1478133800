"""A hand before the camera: palm, four fingers, a thumb and a sleeved forearm, of one's own skin.

Sizes are an adult's in eye distances (63 mm): a hand is three long and one and a third wide.
"""

from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np

from samples.portraits import Plane, Points, Portrait

_FINGERS = ((-0.47, -10, 0.98), (-0.16, -3, 1.12), (0.16, 3, 1.06), (0.46, 11, 0.82))
"""Where each leaves the palm, its angle in degrees, its length."""
_THICK = 0.29
_PALM = ((-0.62, -0.55), (0.62, -0.55), (0.60, 0.45), (0.42, 0.85), (-0.42, 0.85), (-0.62, 0.35))
_THUMB = ((-0.45, 0.45), (-0.98, -0.02), (-1.06, -0.42))
_ARM = ((-0.42, 0.7), (0.42, 0.7), (0.66, 6.0), (-0.66, 6.0))
_SLEEVE = ((-0.66, 1.9), (0.66, 1.9), (0.86, 6.0), (-0.86, 6.0))
_SLEEVES = ((52, 62, 92), (112, 108, 104), (44, 44, 48), (128, 70, 66), (214, 214, 210))
_LEFT, _TOP, _WIDTH, _HEIGHT = 1.5, 2.2, 3.0, 8.2
"""Around the middle of the palm, in eye distances: how far what is drawn reaches."""


@dataclass(frozen=True, eq=False)
class Hand:
    """Drawn upright, palm to the camera; an eye distance is `unit` pixels."""

    colour: Plane
    """RGB, 0 to 255."""
    alpha: Plane
    unit: float

    @classmethod
    def of(cls, skin: Plane, unit: float, random: np.random.Generator) -> Self:
        """Of this colour (RGB, 0 to 255); an eye distance is `unit` pixels where it is held."""
        fingers = []
        for across, degrees, length in _FINGERS:
            angle = np.radians(degrees + random.uniform(-2, 2))
            tip = across + length * np.sin(angle), -0.5 - length * np.cos(angle)
            fingers.append((((across, -0.1), (across, -0.5), tip), _THICK))
        bones = (*fingers, (_THUMB, 1.2 * _THICK))
        return cls._drawn(skin, unit, random, bones, (_PALM, _ARM), (_SLEEVE,))

    @classmethod
    def thumb(cls, skin: Plane, unit: float, random: np.random.Generator) -> Self:
        """Only a thumb, upright: the rest is behind what the hand holds."""
        return cls._drawn(skin, unit, random, ((((0, 0.9), (0.03, 0)), 1.25 * _THICK),), (), ())

    @classmethod
    def _drawn(
        cls,
        skin: Plane,
        unit: float,
        random: np.random.Generator,
        bones: tuple[tuple[Points, float], ...],
        flat: tuple[Points, ...],
        sleeves: tuple[Points, ...],
    ) -> Self:
        """Bones are lines with their thickness, the rest are polygons."""
        size = round(_HEIGHT * unit), round(_WIDTH * unit)
        flesh, sleeve = np.zeros(size, np.float32), np.zeros(size, np.float32)
        ridges = np.full(size, 9.0, np.float32)
        for line, thick in bones:
            part = np.zeros(size, np.float32)
            thickness = max(round(thick * unit), 2)
            cv2.polylines(part, [_pixels(line, unit)], False, 1.0, thickness, cv2.LINE_AA)
            _join(flesh, ridges, part)
        for shape in flat:
            part = np.zeros(size, np.float32)
            cv2.fillPoly(part, [_pixels(shape, unit)], 1.0)
            _join(flesh, ridges, part)
        for shape in sleeves:
            cv2.fillPoly(sleeve, [_pixels(shape, unit)], 1.0)
        rounded = np.sqrt(np.clip(ridges / (0.17 * unit), 0, 1))
        white = random.standard_normal(size, dtype=np.float32)
        mottled = cv2.GaussianBlur(white, (0, 0), 0.12 * unit)
        shade = 0.70 + 0.30 * rounded + 0.03 * mottled / mottled.std()
        palm = skin * np.array([1.03, 0.97, 0.97])
        colour = palm * cv2.GaussianBlur(shade, (0, 0), 0.02 * unit)[..., None]
        cloth = np.array(_SLEEVES[int(random.integers(len(_SLEEVES)))], np.float32)
        colour += (cloth - colour) * sleeve[..., None]
        alpha = cv2.GaussianBlur(np.maximum(flesh, sleeve), (0, 0), 1.2)
        return cls(np.asarray(colour, np.float32), np.asarray(alpha, np.float32), unit)

    def pose(
        self, size: tuple[int, int], palm: tuple[float, float], degrees: float
    ) -> tuple[Plane, Plane]:
        """Colour and matte of the frame's `size`: the palm's middle there, leaning clockwise."""
        place = cv2.getRotationMatrix2D((_LEFT * self.unit, _TOP * self.unit), -degrees, 1)
        place[0, 2] += palm[0] - _LEFT * self.unit
        place[1, 2] += palm[1] - _TOP * self.unit
        colour = cv2.warpAffine(self.colour, place, size, borderMode=cv2.BORDER_REPLICATE)
        alpha = cv2.warpAffine(self.alpha, place, size)
        return np.asarray(colour, np.float32), np.asarray(alpha, np.float32)


def _pixels(shape: Points, unit: float) -> Plane:
    return np.array([((x + _LEFT) * unit, (y + _TOP) * unit) for x, y in shape]).astype(np.int32)


def _join(flesh: Plane, ridges: Plane, part: Plane) -> None:
    """Add a part, and for its pixels how far they are from its own edge: parts are round."""
    inside = cv2.distanceTransform((part > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    ridges[...] = np.where(
        part > 0.5, np.where(flesh > 0.5, np.maximum(ridges, inside), inside), ridges
    )
    np.maximum(flesh, part, out=flesh)


def skin_of(portrait: Portrait) -> Plane:
    """The median colour between the eyes and the tip of the nose."""
    features = portrait.features
    (x, top), low, half = features.nose_bridge, features.nose_tip[1], 0.2 * features.eye_distance
    patch = portrait.image[round(top) : round(low), round(x - half) : round(x + half)]
    return np.asarray(np.median(patch.reshape(-1, 3), axis=0))
