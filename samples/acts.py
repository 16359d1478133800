"""How a person does what a challenge asks: each act as curves over time.

Every curve has one value for each frame. Angles are degrees as in `samples.head.Pose`; `growth` is
the share by which the eyes' distance grows on the picture, `palm` runs from -1 to 1 as the hand
crosses, `raised` is 1 while it is up.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.challenge import Act, ChallengeStep
from samples.easing import bump, plateau, smooth
from samples.portraits import Plane

Curves = dict[str, Plane]


@dataclass(frozen=True)
class Cue:
    """One step as a person takes it: from when, and how much of the movement."""

    step: ChallengeStep
    begins: float
    """Seconds after the first frame: asked for, and a reaction later."""
    late: float
    ease: float
    """1 does what is asked and a little more; 0.5 half as much."""

    @property
    def ends(self) -> float:
        """When the prompt has changed and this person sees it."""
        return self.step.ends + self.late + 0.2


def curves(cue: Cue, seconds: Plane, random: np.random.Generator) -> Curves:
    """What the act adds to each curve; `seconds` are the frames' times."""
    act = _ACTS.get(cue.step.act)
    return act(cue, seconds, random) if act else {}


def _held(cue: Cue, seconds: Plane, random: np.random.Generator) -> Plane:
    """There, held a moment, and back: some come back by themselves, some when told."""
    there, back = random.uniform(0.5, 0.85), random.uniform(0.5, 0.8)
    ends = min(cue.begins + there + random.uniform(0.8, 1.8), cue.ends)
    return plateau(seconds, cue.begins, there, max(ends, cue.begins + there), back)


def _turn(side: int, seconds: Plane, cue: Cue, random: np.random.Generator) -> Curves:
    asked = cue.step.degrees or 18
    # Landmarks measure some 0.8 of a rendered turn, and people turn farther than they must.
    degrees = side * cue.ease * min(asked + random.uniform(8, 16), 40)
    held = _held(cue, seconds, random)
    return {
        "yaw": degrees * held,
        "roll": -0.06 * degrees * held,
        "across": 0.012 * degrees * held,
        "pitch": random.uniform(-2, 3) * held,
    }


def _tilt(side: int, seconds: Plane, cue: Cue, random: np.random.Generator) -> Curves:
    asked = cue.step.degrees or 12
    degrees = side * cue.ease * (asked + random.uniform(3, 7))
    held = _held(cue, seconds, random)
    return {
        "pitch": degrees * held,
        "yaw": random.uniform(-3, 3) * held,
        "down": 0.012 * degrees * held,
    }


def _nod(cue: Cue, seconds: Plane, random: np.random.Generator) -> Curves:
    pitch, begins = np.zeros_like(seconds), cue.begins
    for _ in range(2):
        lasts = random.uniform(0.6, 0.85)
        pitch += cue.ease * random.uniform(12, 18) * bump(seconds, begins, lasts)
        pitch -= cue.ease * random.uniform(1, 4) * bump(seconds, begins + 0.8 * lasts, 0.3 * lasts)
        begins += lasts + random.uniform(0.02, 0.15)
    return {"pitch": pitch, "down": 0.010 * pitch}


def _blink_twice(cue: Cue, seconds: Plane, random: np.random.Generator) -> Curves:
    lids, begins = np.zeros_like(seconds), cue.begins
    for _ in range(2):
        shut = random.uniform(0.35, 0.5)
        lids = np.maximum(lids, plateau(seconds, begins, 0.12, begins + 0.12 + shut, 0.14))
        begins += 0.26 + shut + random.uniform(0.35, 0.7)
    return {"lids": lids}


def _closer(cue: Cue, seconds: Plane, random: np.random.Generator) -> Curves:
    there, back = random.uniform(0.8, 1.2), random.uniform(0.8, 1.1)
    held = plateau(seconds, cue.begins, there, max(cue.ends, cue.begins + there + 0.4), back)
    return {
        "growth": cue.ease * random.uniform(0.36, 0.56) * held,
        "pitch": random.uniform(-4, 2) * held,
        "down": random.uniform(-0.05, 0.15) * held,
    }


def _hand_across(cue: Cue, seconds: Plane, random: np.random.Generator) -> Curves:
    lasts, side = random.uniform(1.5, 2.5), random.choice((-1, 1))
    crosses = cue.begins + 0.4
    share = np.clip((seconds - crosses) / lasts, 0, 1)
    # Neither even nor eased to a stop: about as fast in the middle as on the way.
    palm = side * cue.ease * (2 * (0.7 * share + 0.3 * smooth(share)) - 1)
    return {"palm": palm, "raised": plateau(seconds, cue.begins, 0.45, crosses + lasts, 0.4)}


def _read(cue: Cue, seconds: Plane, random: np.random.Generator) -> Curves:
    gape, begins = np.zeros_like(seconds), cue.begins
    digits = cue.step.digits or ""
    twice = random.choice(len(digits), size=random.integers(0, len(digits) + 1), replace=False)
    for place in range(len(digits)):
        for _ in range(2 if place in twice else 1):
            lasts = random.uniform(0.22, 0.42)
            gape = np.maximum(gape, random.uniform(0.12, 0.26) * bump(seconds, begins, lasts))
            begins += 0.9 * lasts
        begins += random.uniform(0.12, 0.35)
    return {"gape": cue.ease * gape, "pitch": 8 * gape}


_ACTS: dict[Act, Callable[[Cue, Plane, np.random.Generator], Curves]] = {
    # Their left is the right of the picture.
    Act.TURN_LEFT: lambda cue, seconds, random: _turn(1, seconds, cue, random),
    Act.TURN_RIGHT: lambda cue, seconds, random: _turn(-1, seconds, cue, random),
    Act.LOOK_UP: lambda cue, seconds, random: _tilt(-1, seconds, cue, random),
    Act.LOOK_DOWN: lambda cue, seconds, random: _tilt(1, seconds, cue, random),
    Act.NOD: _nod,
    Act.BLINK_TWICE: _blink_twice,
    Act.MOVE_CLOSER: _closer,
    Act.HAND_ACROSS: _hand_across,
    Act.READ_DIGITS: _read,
}
"""Looking straight ahead, and keeping still in the screen's light, take no movement."""
