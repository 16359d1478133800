"""Is this face good enough to compare? Components of ISO/IEC 29794-5, with reasons to act on.

Quality, not the comparison's outcome, decides which pictures count: the whole face is `usable`,
`weak` or `unusable`, as its worst component is (`quality_rules` has the limits and where they come
from, `quality_measures` how each is measured). No measure looks at the brightness of skin.

What cannot be told from landmarks and pixels alone, and is not claimed: what hides forehead, cheeks
or chin; a patterned mask or one with a mouth printed on; light tinted lenses; an expression other
than an open mouth and closed eyes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from verifiers.face_engine import Face
from verifiers.faces import quality_measures as measures
from verifiers.faces.quality_measures import FaceSeen
from verifiers.faces.quality_rules import RULES, Component, Level
from verifiers.head_pose import HeadPose
from verifiers.picture import Pixels

_ENGINE_EYES = 52
"""Pixels between the eyes on the engine's own chip."""
_FULLY_SHARP = 0.45
_WORTH = {Level.USABLE: 1.0, Level.WEAK: 0.5, Level.UNUSABLE: 0.1}


@dataclass(frozen=True)
class Measure:
    """One component of one face."""

    component: Component
    value: float
    """In `unit`; where it has a sign, the sign tells the side."""

    @property
    def unit(self) -> str:
        return RULES[self.component].unit

    @property
    def quality(self) -> int:
        """0 to 100, as the standard maps its own measures."""
        return RULES[self.component].quality(self.value)

    @property
    def level(self) -> Level:
        return RULES[self.component].level(self.value)

    @property
    def reason(self) -> str | None:
        """What is wrong and what to do about it; `None` where nothing is."""
        return None if self.level is Level.USABLE else RULES[self.component].reason(self.value)


@dataclass(frozen=True)
class FaceQuality:
    """How well one face is shown. `good` says whether it may count; `problems` what to do."""

    pose: HeadPose
    measures: tuple[Measure, ...]
    """One of each component."""

    def of(self, component: Component) -> Measure:
        """The measure of one component."""
        return next(measure for measure in self.measures if measure.component is component)

    @property
    def inter_eye_distance(self) -> float:
        """Pixels between the centres of the eyes."""
        return self.of(Component.INTER_EYE_DISTANCE).value

    @property
    def level(self) -> Level:
        """That of the worst component."""
        levels = {measure.level for measure in self.measures}
        return next(level for level in reversed(Level) if level in levels)

    @property
    def good(self) -> bool:
        """It may count: usable, or weak and nothing worse."""
        return self.level is not Level.UNUSABLE

    @property
    def problems(self) -> tuple[str, ...]:
        """What keeps it from counting and what to do about it, one sentence each."""
        return tuple(self._reasons(Level.UNUSABLE))

    @property
    def hints(self) -> tuple[str, ...]:
        """What makes it weak and would be better otherwise, one sentence each."""
        return tuple(self._reasons(Level.WEAK))

    @property
    def rank(self) -> float:
        """For choosing among faces: 0 to 1, higher where the engine sees more.

        A weak face counts half of a usable one, an unusable one a tenth.
        """
        size = min(1.0, self.inter_eye_distance / _ENGINE_EYES)
        frontal = float(np.cos(np.radians(min(self.pose.from_frontal, 90.0))))
        sharp = min(1.0, self.of(Component.SHARPNESS).value / _FULLY_SHARP)
        return _WORTH[self.level] * size * frontal * sharp

    def _reasons(self, level: Level) -> Iterator[str]:
        # The first that is measured speaks for what follows from it: in the dark there is no
        # contrast either, and behind glare no eye is seen.
        told: set[Component] = set()
        for measure in self.measures:
            if measure.level is level and measure.reason:
                if not _FOLLOWS_FROM.get(measure.component, set()) & told:
                    yield measure.reason
                told.add(measure.component)


_LOST = {Component.LOST_IN_THE_DARK, Component.BURNT_OUT}
_FOLLOWS_FROM = {
    Component.CONTRAST: _LOST,
    Component.EYES_SEEN: {Component.SHARPNESS, Component.CONTRAST, *_LOST},
    Component.MOUTH_SEEN: {Component.SHARPNESS, Component.CONTRAST, *_LOST},
    Component.EYES_WITHOUT_GLARE: {Component.BURNT_OUT},
}


def assess(pixels: Pixels, face: Face) -> FaceQuality:
    """The quality of a face on a picture of any size; costs about 12 ms."""
    seen, pose = FaceSeen(pixels, face), measures.pose(face)
    values = {
        Component.INTER_EYE_DISTANCE: face.inter_eye_distance,
        Component.YAW: pose.yaw,
        Component.PITCH: pose.pitch,
        Component.ROLL: pose.roll,
        Component.SHARPNESS: measures.sharpness(seen),
        Component.BURNT_OUT: measures.burnt_out(seen),
        Component.LOST_IN_THE_DARK: measures.lost_in_the_dark(seen),
        Component.CONTRAST: measures.contrast(seen),
        Component.EVEN_LIGHT: measures.light_from_one_side(seen),
        Component.EYES_WITHOUT_GLARE: measures.glare_on_eyes(seen),
        Component.EYES_SEEN: measures.eyes_seen(seen),
        Component.MOUTH_SEEN: measures.mouth_seen(seen),
        Component.EYES_OPEN: measures.eyes_open(seen),
        Component.MOUTH_CLOSED: measures.mouth_open(seen),
        Component.COMPRESSION: measures.blockiness(pixels, face),
    }
    return FaceQuality(pose, tuple(Measure(each, values[each]) for each in values))
