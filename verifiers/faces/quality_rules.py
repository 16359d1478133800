"""Each component of a face's quality: its unit, its value from 0 to 100, its limits, what to do.

A component is `unusable` where it moves the descriptor by about .15 or more in unit distance
(between two photographs of one person lie .26), `weak` where it moves it by about .07 or the
picture is merely worse than it need be. The whole face is as its worst component is.

`mapped` is the standard's own mapping where the standard's measure is used (ISO/IEC 29794-5,
quality component values), else a straight line: 0 at a worthless value, 100 at a perfect one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import cos, exp, radians

import numpy as np


class Component(StrEnum):
    """What is measured, in the order in which it is told."""

    INTER_EYE_DISTANCE = "inter_eye_distance"
    YAW = "yaw"
    PITCH = "pitch"
    ROLL = "roll"
    SHARPNESS = "sharpness"
    BURNT_OUT = "burnt_out"
    LOST_IN_THE_DARK = "lost_in_the_dark"
    CONTRAST = "contrast"
    EVEN_LIGHT = "even_light"
    EYES_WITHOUT_GLARE = "eyes_without_glare"
    EYES_SEEN = "eyes_seen"
    MOUTH_SEEN = "mouth_seen"
    EYES_OPEN = "eyes_open"
    MOUTH_CLOSED = "mouth_closed"
    COMPRESSION = "compression"


class Level(StrEnum):
    """How far a component, or a whole face, may be relied upon."""

    USABLE = "usable"
    WEAK = "weak"
    """Counts, but after every usable one."""
    UNUSABLE = "unusable"
    """Does not count; a comparison with it is not made."""


@dataclass(frozen=True)
class Rule:
    """How one component is judged, by the size of its value whichever its sign."""

    unit: str
    mapped: Callable[[float], float]
    reason: Callable[[float], str]
    """What is wrong at this value, and what to do about it after a semicolon."""
    weak: float
    unusable: float | None
    """`None`: nothing measured moves the descriptor far enough."""
    at_most: bool
    """The limits are the largest good values; else the smallest."""

    def level(self, value: float) -> Level:
        if self.unusable is not None and self._beyond(value, self.unusable):
            return Level.UNUSABLE
        return Level.WEAK if self._beyond(value, self.weak) else Level.USABLE

    def quality(self, value: float) -> int:
        """0 to 100."""
        return round(float(np.clip(self.mapped(abs(value)), 0, 100)))

    def _beyond(self, value: float, limit: float) -> bool:
        return abs(value) > limit if self.at_most else abs(value) < limit


def _sigmoid(middle: float, width: float) -> Callable[[float], float]:
    return lambda value: 100 / (1 + exp((middle - value) / width))


def _line(worthless: float, perfect: float) -> Callable[[float], float]:
    return lambda value: 100 * (value - worthless) / (perfect - worthless)


def _turned(degrees: float) -> float:
    return 100 * cos(radians(min(degrees, 90.0))) ** 2


def _too_small(pixels: float) -> str:
    return (
        f"The face is {pixels:.0f} pixels between the eyes; come closer or send a larger picture "
        "(30 needed, 40 are better)."
    )


def _yaw(degrees: float) -> str:
    side = "right" if degrees > 0 else "left"
    return (
        f"The face is turned by {abs(degrees):.0f} degrees to the {side} of the picture; look into "
        "the camera (at most 30)."
    )


def _pitch(degrees: float) -> str:
    way = "up" if degrees > 0 else "down"
    return (
        f"The face looks {abs(degrees):.0f} degrees {way}; hold the camera at the height of your "
        "eyes (at most 30)."
    )


def _roll(degrees: float) -> str:
    return f"The head is tilted by {abs(degrees):.0f} degrees; hold it and the camera upright."


def _blurred(sharpness: float) -> str:
    return (
        f"The face is blurred (sharpness {sharpness:.2f}, .30 needed, .36 better); hold still, "
        "wipe the lens and let it focus."
    )


def _burnt(share: float) -> str:
    return (
        f"{share:.0%} of the face is burnt out to white; turn away from the lamp or window, or "
        "tilt the page until the glare is off the portrait."
    )


def _dark(share: float) -> str:
    return f"{share:.0%} of the face is lost in the dark; put a light in front of the face."


def _flat(contrast: float) -> str:
    return (
        f"The face has almost no contrast ({contrast:.0%} of its brightness); add light from the "
        "front and avoid haze or reflections."
    )


def _uneven(ratio: float) -> str:
    side = "left" if ratio < 0 else "right"
    return (
        f"The {side} of the face on the picture gets {abs(ratio):.0%} of the light of the other "
        "side; face the window or the lamp."
    )


def _eyes_hidden(_: float) -> str:
    return "The eyes are hardly seen; take off dark glasses and whatever else covers them."


def _glare(share: float) -> str:
    return (
        f"Glare hides {share:.0%} of what is around an eye; tilt the head or the lamp until the "
        "glasses do not reflect it, or take them off."
    )


def _mouth_hidden(_: float) -> str:
    return "The mouth is hardly seen; take off the mask, or the hand from the face."


def _eyes_shut(_: float) -> str:
    return "The eyes are closed or nearly so; keep them open."


def _mouth_wide(_: float) -> str:
    return "The mouth is wide open; close it and look neutral."


def _blocky(ratio: float) -> str:
    return (
        f"The picture is heavily compressed (edges of blocks are {ratio:.1f} times as steep as the "
        "rest); send the original, not one forwarded by a messenger."
    )


RULES: dict[Component, Rule] = {
    # 33 faces shrunk to 40, 30, 24, 18 pixels moved by .04, .07, .10, .14 (medians); the engine's
    # own chip has 52, so more pixels than that add nothing.
    Component.INTER_EYE_DISTANCE: Rule(
        "pixels", _sigmoid(70, 20), _too_small, 40, 30, at_most=False
    ),
    # 50 LFW photographs against the same person's other nine: no trend up to 30 degrees (.21 to
    # .23), none beyond to measure. So there is no weak zone.
    Component.YAW: Rule("degrees", _turned, _yaw, 30, 30, at_most=True),
    Component.PITCH: Rule("degrees", _turned, _pitch, 30, 30, at_most=True),
    # Undone by alignment.
    Component.ROLL: Rule("degrees", _turned, _roll, 30, None, at_most=True),
    # As photographed .36 to .69; blurred by 1.5 pixels of the chip .29 to .35 (moved by .14), by 2
    # pixels .23 to .30 (.18).
    Component.SHARPNESS: Rule(
        "share of local change", _line(0.2, 0.5), _blurred, 0.36, 0.30, at_most=False
    ),
    # Sensor doubled: 32 to 90 % of the face burnt out, moved by .26; as photographed at most 3 %.
    Component.BURNT_OUT: Rule(
        "share of the face", lambda share: 1 / (share + 0.01), _burnt, 0.10, 0.30, at_most=True
    ),
    # Rendered, light cut to a twelfth: 43 % lost, moved by .32; with less no face is found.
    Component.LOST_IN_THE_DARK: Rule(
        "share of the face", _line(1.0, 0.0), _dark, 0.20, 0.40, at_most=True
    ),
    # Rendered: .16 to .46; contrast cut to an eighth .03 to .05 (moved by .24).
    Component.CONTRAST: Rule(
        "share of the brightness", _line(0.0, 0.25), _flat, 0.09, 0.07, at_most=False
    ),
    # Two rendered heads lit from one side: .34 to .41 moved by .06, .13 to .16 by .10.
    Component.EVEN_LIGHT: Rule(
        "darker over brighter cheek",
        lambda ratio: 100 * float(ratio**0.3),
        _uneven,
        0.20,
        None,
        at_most=False,
    ),
    Component.EYES_WITHOUT_GLARE: Rule(
        "share of a lens", _line(1.0, 0.0), _glare, 0.08, 0.20, at_most=True
    ),
    # Rendered: eyes .14 to .24, behind dark lenses .01 to .04.
    Component.EYES_SEEN: Rule(
        "change over brightness", _line(0.0, 0.15), _eyes_hidden, 0.06, 0.04, at_most=False
    ),
    # Rendered: mouths .14 to .5, in black and white .08 to .17; behind a mask or a hand .015 to .05
    # (moved by .23 to .36).
    Component.MOUTH_SEEN: Rule(
        "difference from beside it", _line(0.0, 0.2), _mouth_hidden, 0.06, 0.05, at_most=False
    ),
    Component.EYES_OPEN: Rule(
        "share of eyes to chin", _sigmoid(0.02, 0.01), _eyes_shut, 0.03, None, at_most=False
    ),
    Component.MOUTH_CLOSED: Rule(
        "share of eyes to chin",
        lambda gap: 100 - _sigmoid(0.2, 0.06)(gap),
        _mouth_wide,
        0.20,
        None,
        at_most=True,
    ),
    # Rendered: without 1.0 to 1.2; JPEG at qualities 4 to 8 3.1 (moved by .12) to 4.8 (.21).
    Component.COMPRESSION: Rule(
        "steps at blocks over others", _line(5.0, 1.0), _blocky, 2.0, 4.0, at_most=True
    ),
}
