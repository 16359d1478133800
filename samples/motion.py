"""How a person in front of a camera moves, as poses over time: seeded, so that it can be repeated.

A candidate who does as asked: looks at the camera, turns to one side, to the other, nods, blinks
now and then, under light that wanders.
"""

import numpy as np

from samples.easing import plateau
from samples.head import Pose
from samples.portraits import Plane

_TURNS = ((0.00, 0), (0.12, 0), (0.28, 1), (0.36, 1), (0.50, 0), (0.64, -1), (0.72, -1), (0.86, 0))
_NODS = ((0.00, 0), (0.10, 0), (0.22, 0.4), (0.44, -0.6), (0.58, 0.5), (0.84, 0), (0.92, 1))
_BLINKS = (0.06, 0.50, 0.90)
_BLINK_SECONDS = 0.36


def turning(
    frames: int, fps: int, seed: int, *, yaw: float = 23, pitch: float = 8
) -> tuple[Pose, ...]:
    """Poses of someone who turns `yaw` degrees to both sides and nods by `pitch` degrees."""
    random = np.random.default_rng(seed)
    share = np.arange(frames) / max(frames - 1, 1)
    side = random.choice((-1, 1))
    yaws = side * yaw * _through(_TURNS, share) + 1.2 * _wander(share, random)
    pitches = pitch * _through(_NODS, share) + 0.8 * _wander(share, random)
    rolls, across, down, near, light, glow = (_wander(share, random) for _ in range(6))
    lids = _lids(frames, fps, random)
    return tuple(
        Pose(
            yaw=float(yaws[i]),
            pitch=float(pitches[i]),
            roll=float(1.6 * rolls[i] - 0.04 * yaws[i]),
            across=float(0.10 * across[i] + 0.008 * yaws[i]),
            down=float(0.05 * down[i]),
            near=float(0.02 * near[i]),
            lids=float(lids[i]),
            light=float(0.8 * light[i]),
            exposure=float(1 + 0.02 * glow[i]),
        )
        for i in range(frames)
    )


def idle(seconds: Plane, random: np.random.Generator) -> dict[str, Plane]:
    """Someone who keeps still, by what moves all the same: one value for each of these times.

    Degrees, eye distances and shares as in `samples.head.Pose`. Eyes blink every few seconds.
    """
    sizes = {"yaw": 1.3, "pitch": 1.1, "roll": 1.1, "across": 0.06, "down": 0.035, "light": 0.5}
    curves = {name: size * _drift(seconds, random) for name, size in sizes.items()}
    curves["exposure"] = 1 + 0.012 * _drift(seconds, random)
    curves["lids"] = np.zeros_like(seconds)
    blink = float(random.uniform(0.5, 3))
    while blink < seconds[-1]:
        shut = random.uniform(0.06, 0.14)
        closed = plateau(seconds, blink, 0.08, blink + 0.08 + shut, 0.12)
        curves["lids"] = np.maximum(curves["lids"], closed)
        blink += float(random.gamma(3, 1.4)) + 0.6
    return curves


def sitting(frames: int, fps: int, seed: int) -> tuple[Pose, ...]:
    """Poses of someone who only looks on."""
    return turning(frames, fps, seed, yaw=4, pitch=2)


def hand(frames: int, seed: int) -> Plane:
    """The tremor of a hand that holds something: frames x 2, about one in size."""
    random = np.random.default_rng(seed)
    share = np.arange(frames) / max(frames - 1, 1)
    slow = np.stack([_wander(share, random), _wander(share, random)], axis=1)
    return np.asarray(slow + random.normal(0, 0.12, (frames, 2)))


def _lids(frames: int, fps: int, random: np.random.Generator) -> Plane:
    """1 where the eyes are shut. A blink takes three frames at least, or nobody would see it."""
    seconds = np.arange(frames) / fps
    lids = np.zeros(frames)
    half = max(_BLINK_SECONDS, 3 / fps) / 2
    for share in _BLINKS:
        middle = round((share + random.uniform(-0.02, 0.02)) * frames) / fps
        lids = np.maximum(lids, np.clip(1.5 * (1 - np.abs(seconds - middle) / half), 0, 1))
    return lids


def _through(keys: tuple[tuple[float, float], ...], share: Plane) -> Plane:
    """A curve that eases from key to key and rests on the last."""
    times, values = zip(*keys, strict=True)
    place = np.clip(np.searchsorted(times, share, side="right") - 1, 0, len(keys) - 1)
    following = np.minimum(place + 1, len(keys) - 1)
    start, end = np.take(times, place), np.take(times, following)
    part = np.clip((share - start) / np.maximum(end - start, 1e-9), 0, 1)
    ease = part * part * (3 - 2 * part)
    return np.asarray(np.take(values, place) * (1 - ease) + np.take(values, following) * ease)


def _wander(share: Plane, random: np.random.Generator) -> Plane:
    """A slow aimless movement between about -1 and 1."""
    total = np.zeros_like(share)
    for turns, size in ((0.7, 0.6), (1.6, 0.3), (3.1, 0.15)):
        total += size * np.sin(2 * np.pi * (turns * share + random.uniform()))
    return total


def _drift(seconds: Plane, random: np.random.Generator) -> Plane:
    """As `_wander`, but as fast in a long recording as in a short one."""
    total = np.zeros_like(seconds)
    for hertz, size in ((0.06, 0.6), (0.17, 0.35), (0.43, 0.15)):
        turns = hertz * random.uniform(0.8, 1.25) * seconds
        total += size * np.sin(2 * np.pi * (turns + random.uniform()))
    return total
