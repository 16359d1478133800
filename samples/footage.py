"""Simulated footage: someone at a camera, and the ways to cheat one.

`genuine` is the portrait as a head in the round that turns, nods, blinks and is re-lit. The attacks
show the same picture on a flat card (`flat`), one still (`frozen`), a short piece over and over
(`looped`). Every written file says "simulated footage" in its container's comment.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from samples import card, motion
from samples.head import Head, Pose, head_of
from samples.portraits import Plane, Portrait, RgbImage, identity_one, identity_two
from samples.room import room

COMMENT = "simulated footage"
SIZE = (640, 480)
FPS = 10
SECONDS = 6.0

_EYE_DISTANCE = 82
_SWAY = 24
"""Pixels of room kept beyond the frame, for a camera held by hand."""


@dataclass(frozen=True, eq=False)
class Clip:
    """Frames, 480 x 640 x 3 RGB, and how many are shown a second."""

    frames: tuple[RgbImage, ...]
    fps: int = FPS


def genuine(portrait: Portrait, *, seed: int = 0, seconds: float = SECONDS) -> Clip:
    """The person, live: turns to both sides, nods, blinks, the light moves."""
    poses = motion.turning(_count(seconds), FPS, seed)
    return filmed(_people([(_head(portrait), poses)], seed), seed)


def flat(portrait: Portrait, *, seed: int = 0, seconds: float = SECONDS) -> Clip:
    """The portrait on a phone's screen, held up, moved, turned and tilted: nothing on it lives."""
    count = _count(seconds)
    poses = motion.turning(count, FPS, seed, yaw=24, pitch=20)
    held = card.Card.showing(portrait, _EYE_DISTANCE * 0.9)
    tremor = motion.hand(count, seed)
    layers = (held.pose(SIZE, pose, tremor[i]) for i, pose in enumerate(poses))
    return filmed(before_room(layers, count, seed), seed)


def frozen(portrait: Portrait, *, seed: int = 0, seconds: float = SECONDS) -> Clip:
    """One still from start to end; only the sensor's noise changes."""
    still = next(_people([(_head(portrait), [Pose()])], seed))
    return filmed((still for _ in range(_count(seconds))), seed)


def looped(
    portrait: Portrait, *, seed: int = 0, seconds: float = SECONDS, period: float = 1.5
) -> Clip:
    """A piece of genuine footage, `period` seconds long, played again and again."""
    poses = motion.turning(_count(seconds), FPS, seed)[: _count(period)]
    piece = filmed(_people([(_head(portrait), poses)], seed), seed).frames
    return Clip(tuple(piece[i % len(piece)] for i in range(_count(seconds))))


def two_people(
    portrait: Portrait, other: Portrait, *, seed: int = 0, seconds: float = SECONDS
) -> Clip:
    """The candidate, and behind at the side someone smaller who looks on."""
    count = _count(seconds)
    looker = head_of(other, SIZE, eye_distance=46)
    beside = [
        Pose(yaw=pose.yaw, pitch=pose.pitch, across=4.6 + pose.across, down=0.4, lids=pose.lids)
        for pose in motion.sitting(count, FPS, seed + 1)
    ]
    people = [(looker, beside), (_head(portrait), motion.turning(count, FPS, seed))]
    return filmed(_people(people, seed), seed)


def no_face(*, seed: int = 0, seconds: float = SECONDS) -> Clip:
    """An empty room."""
    return filmed(before_room((), _count(seconds), seed), seed)


KINDS: dict[str, Callable[[int], Clip]] = {
    "genuine": lambda seed: genuine(identity_one(), seed=seed),
    "flat": lambda seed: flat(identity_one(), seed=seed),
    "frozen": lambda seed: frozen(identity_one(), seed=seed),
    "looped": lambda seed: looped(identity_one(), seed=seed),
    "someone_else": lambda seed: genuine(identity_two(), seed=seed),
    "two_people": lambda seed: two_people(identity_one(), identity_two(), seed=seed),
    "no_face": lambda seed: no_face(seed=seed),
}
"""Footage offered for identity one, by what it shows; each takes a seed."""


def write(clip: Clip, path: Path) -> None:
    """Encode as H.264 in MP4. One thread, so that the same clip gives the same bytes."""
    with av.open(str(path), "w", format="mp4") as container:
        container.metadata["comment"] = COMMENT
        stream = container.add_stream("libx264", rate=clip.fps)
        stream.height, stream.width = clip.frames[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": "20", "preset": "veryfast", "threads": "1"}
        for image in clip.frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode())


def is_simulated(path: Path) -> bool:
    """Whether the file's own comment says that it is simulated."""
    with av.open(str(path)) as container:
        return bool(container.metadata.get("comment") == COMMENT)


def _count(seconds: float) -> int:
    return round(seconds * FPS)


def _head(portrait: Portrait) -> Head:
    return head_of(portrait, SIZE, eye_distance=_EYE_DISTANCE)


def _people(people: Sequence[tuple[Head, Sequence[Pose]]], seed: int) -> Iterator[Plane]:
    """The room with people in it, the first the farthest away."""
    count = min(len(poses) for _, poses in people)
    rooms = before_room((), count, seed)
    for i, scene in enumerate(rooms):
        for head, poses in people:
            lay_over(scene, *head.pose(poses[i]))
        yield scene


def before_room(
    layers: Iterator[tuple[Plane, Plane]] | tuple[()],
    count: int,
    seed: int,
    size: tuple[int, int] = SIZE,
) -> Iterator[Plane]:
    """The room, seen by a camera that sways less for what is far; layers stand before it."""
    width, height = size
    wide = room((width + 2 * _SWAY, height + 2 * _SWAY), seed).astype(np.float32)
    sway = np.clip(motion.hand(count, seed + 100) * 4 + _SWAY, 0, 2 * _SWAY).astype(int)
    fronts = iter(layers)
    for left, top in sway:
        scene = wide[top : top + height, left : left + width].copy()
        front = next(fronts, None)
        if front is not None:
            lay_over(scene, *front)
        yield scene


def lay_over(scene: Plane, colour: Plane, alpha: Plane) -> None:
    colour -= scene
    colour *= alpha[..., None]
    scene += colour


def filmed(scenes: Iterator[Plane], seed: int, fps: int = FPS) -> Clip:
    """What the sensor makes of the scenes: noise, other in every frame, and eight bits."""
    random = np.random.default_rng(seed + 200)
    spare, noise = 64, None
    frames = []
    for scene in scenes:
        height, width = scene.shape[:2]
        if noise is None:
            noise = random.standard_normal((height + spare, width + spare, 3), dtype=np.float32)
            noise *= 2.4
        top, left = random.integers(0, spare, 2)
        grain = noise[top : top + height, left : left + width]
        frames.append(np.clip(scene + grain, 0, 255).astype(np.uint8))
    return Clip(tuple(frames), fps)
