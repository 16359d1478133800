"""How rendered things begin and end moving: without a jerk."""

import numpy as np

from samples.portraits import Plane


def smooth(share: Plane) -> Plane:
    """0 to 1 with no slope at either end (smoothstep); flat outside."""
    share = np.clip(share, 0, 1)
    return np.asarray(share * share * (3 - 2 * share))


def plateau(seconds: Plane, begins: float, rise: float, ends: float, fall: float) -> Plane:
    """Up to 1 from `begins` within `rise`, down to 0 again from `ends` within `fall`."""
    return smooth((seconds - begins) / rise) * (1 - smooth((seconds - ends) / fall))


def bump(seconds: Plane, begins: float, lasts: float) -> Plane:
    """Once from 0 to 1 and back."""
    return np.asarray(np.sin(np.pi * np.clip((seconds - begins) / lasts, 0, 1)) ** 2)
