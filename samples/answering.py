"""Simulated footage of a person who answers a challenge: every act, at human times.

The same head in the round as in `samples.footage`, in a room that stays where it is: the person
comes nearer to the camera instead of being enlarged, a hand goes between, and the screen lights
skin and clothes more than the wall.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from models.challenge import Act, Challenge, ChallengeStep, Colour
from samples import acts, motion
from samples.footage import FPS, SIZE, Clip, before_room, filmed, lay_over
from samples.hand import Hand, skin_of
from samples.head import CAMERA, Head, Pose, head_of
from samples.portraits import Plane, Portrait

TAIL = 0.5
"""Seconds filmed after the last step."""
AMBIENT = 300.0
"""Lux on the face of the room's own light: an office or a lit living room."""

_EYE_DISTANCE = 60
_CHIN = 2.4
"""Of the head in the round (`samples.head.head_of`)."""
_SCREEN = 60.0
"""Lux of a white laptop screen on a face before it: 300 cd/m2 from 0.06 m2 at 0.55 m."""
_WALL = 0.07
"""Share of the screen's light that reaches the room: the wall is four times as far away."""
_PAGE = 0.5
"""What the page shows between colours, as a share of white."""
_PRIMARIES: dict[Colour, tuple[float, float, float]] = {
    # A screen's filters leak, and its black glows.
    Colour.RED: (1.0, 0.06, 0.03),
    Colour.GREEN: (0.08, 1.0, 0.10),
    Colour.BLUE: (0.03, 0.08, 1.0),
    Colour.WHITE: (1.0, 1.0, 1.0),
    Colour.BLACK: (0.01, 0.01, 0.01),
}
_PALM_DISTANCE = 7.0
"""Of the hand from the camera, in eye distances: two before the face."""
_BALANCE, _BALANCE_SECONDS = 0.3, 1.5
"""Share of a cast that the camera's automatic white balance takes away, and how soon."""

_GAMMA = 2.2


@dataclass(frozen=True)
class Manner:
    """How somebody takes a challenge; by default they do as asked."""

    late: float = 0.0
    """Seconds by which everything comes late, over a human's reaction."""
    skips: frozenset[Act] = frozenset()
    """What is not done at all."""
    ease: float = 1.0
    """Share of each movement's size: 0.5 turns and leans half as far as asked."""
    confuses_sides: bool = False
    """Takes left for right, as people do with a mirrored picture of themselves."""


AS_ASKED = Manner()


def answer(
    portrait: Portrait,
    challenge: Challenge,
    *,
    seed: int,
    fps: int = FPS,
    manner: Manner = AS_ASKED,
    ambient: float = AMBIENT,
    eye_distance: float = _EYE_DISTANCE,
    size: tuple[int, int] = SIZE,
) -> Clip:
    """The person from the first frame to half a second after the last step.

    `ambient` is the room's light in lux: in less of it the screen's colours show more.
    `eye_distance` is in pixels of a frame of `size` (width, height).
    """
    random = np.random.default_rng([seed, 90_000])
    seconds = np.arange(round((challenge.seconds + TAIL) * fps)) / fps
    curves = performance(challenge, seconds, random, manner)
    head = head_of(portrait, size, eye_distance=eye_distance, chin=_CHIN)
    hand = Hand.of(skin_of(portrait), eye_distance * CAMERA / _PALM_DISTANCE, random)
    light = _screen(challenge, seconds, float(random.uniform(0.05, 0.15)))
    poses = _poses(curves, light * _SCREEN / ambient, head)
    scenes = _scenes(head, hand, poses, curves, size, seed)
    return filmed(_balanced(scenes, fps), seed, fps)


def performance(
    challenge: Challenge, seconds: Plane, random: np.random.Generator, manner: Manner = AS_ASKED
) -> acts.Curves:
    """Everything that moves: an idle person's curves and on them those of each act."""
    curves = motion.idle(seconds, random)
    curves |= {name: np.zeros_like(seconds) for name in ("growth", "gape", "palm", "raised")}
    for step in challenge.steps:
        begins = step.begins + float(random.uniform(0.3, 1.0)) + manner.late
        cue = acts.Cue(_as_understood(step, manner), begins, manner.late, manner.ease)
        added = acts.curves(cue, seconds, random)
        if step.act in manner.skips:
            continue
        for name, curve in added.items():
            # Two blinks at once are one; all other movements add up.
            both = np.maximum if name == "lids" else np.add
            curves[name] = both(curves[name], curve)
    return curves


_MIRRORED = {Act.TURN_LEFT: Act.TURN_RIGHT, Act.TURN_RIGHT: Act.TURN_LEFT}


def _as_understood(step: ChallengeStep, manner: Manner) -> ChallengeStep:
    if manner.confuses_sides:
        return step.model_copy(update={"act": _MIRRORED.get(step.act, step.act)})
    return step


def _poses(curves: acts.Curves, screen: Plane, head: Head) -> list[Pose]:
    eyes = np.array([*head.features.left_eye, *head.features.right_eye]).astype(int)
    depth = float(head.depth[eyes[:, 1], eyes[:, 0]].mean())
    distance = depth + (CAMERA - depth) / (1 + np.maximum(curves["growth"], -0.1))
    plain = ("yaw", "pitch", "roll", "across", "down", "lids", "gape", "light", "exposure")
    return [
        Pose(
            **{name: float(curves[name][i]) for name in plain},
            distance=float(distance[i]),
            screen=(float(red), float(green), float(blue)),
        )
        for i, (red, green, blue) in enumerate(screen)
    ]


def _screen(challenge: Challenge, seconds: Plane, lag: float) -> Plane:
    """What the screen shines in red, green and blue, as a share of white: frames x 3."""
    light = np.full((len(seconds), 3), _PAGE)
    for step in challenge.steps:
        each = step.seconds / max(len(step.colours), 1)
        for place, colour in enumerate(step.colours):
            begins = step.begins + place * each + lag
            light[(seconds >= begins) & (seconds < begins + each)] = _PRIMARIES[colour]
    return light


def _scenes(
    head: Head,
    hand: Hand,
    poses: list[Pose],
    curves: acts.Curves,
    size: tuple[int, int],
    seed: int,
) -> Iterator[Plane]:
    palm, raised = curves["palm"], curves["raised"]
    for i, scene in enumerate(before_room((), len(poses), seed, size)):
        pose = poses[i]
        scene *= (1 + _WALL * np.array(pose.screen, np.float32)) ** np.float32(1 / _GAMMA)
        lay_over(scene, *head.pose(pose))
        if raised[i] > 0:
            across = head.centre[0] + 1.75 * palm[i] * hand.unit
            down = head.centre[1] + (0.35 + 5.5 * (1 - raised[i])) * hand.unit
            lay_over(scene, *hand.pose(size, (across, down), 11 * float(palm[i])))
        yield scene


def _balanced(scenes: Iterator[Plane], fps: int) -> Iterator[Plane]:
    """The camera's automatic white balance, which follows what it sees, late and in part."""
    usual: Plane | None = None
    gain = np.ones(3)
    for scene in scenes:
        mean = scene[::8, ::8].mean(axis=(0, 1))
        usual = mean if usual is None else usual
        wanted = (usual / mean) ** _BALANCE
        gain += (wanted - gain) * min(1.0, 1 / (fps * _BALANCE_SECONDS))
        scene *= gain.astype(np.float32)
        yield scene
