"""Footage played on a screen and filmed from it: a phone, a tablet, a monitor.

A camera of few pixels samples the panel's lattice of red, green and blue stripes. How much of it
the lens leaves depends on the pitch: pixels of the camera to one of the panel. Below half a pixel
nothing is left; near one, coloured bands (moiré).
"""

from dataclasses import dataclass

import cv2
import numpy as np

from samples import motion
from samples.footage import before_room, filmed
from samples.forgeries.screen import ROW, STRIPE, lattice
from samples.portraits import Plane
from samples.presentations.take import Frames, Take

_GAMMA = 2.2
_LENS = 0.33
"""What lens and pixel blur: standard deviation in pixels of a camera that skips some of its own."""
_FINEST = 4.0


@dataclass(frozen=True)
class Panel:
    """One kind of screen before the camera."""

    pitch: tuple[float, float]
    """Pixels of the camera to one of the panel, from and to."""
    fills: tuple[float, float]
    """Share of the frame's width that the shown footage takes, from and to."""
    bezel: float
    """Of its width; what is around is the room."""
    held: bool
    """In a hand, which trembles and tilts."""


PHONE = Panel((0.30, 0.50), (0.80, 0.94), 0.03, held=True)
TABLET = Panel((0.50, 0.70), (0.84, 0.96), 0.05, held=True)
MONITOR = Panel((0.70, 0.92), (1.04, 1.12), 0.02, held=False)
MONITOR_WITH_BEZEL = Panel((0.62, 0.85), (0.78, 0.92), 0.02, held=False)


def replayed(take: Take, seed: int, panel: Panel) -> Frames:
    """The footage as it is seen on this panel."""
    random = np.random.default_rng([seed, 93_000])
    count, height = len(take.frames), take.size[1]
    pitch, share = random.uniform(*panel.pitch), random.uniform(*panel.fills)
    tilt = random.normal(0, 1.2), random.uniform(-5, 5), random.uniform(-4, 4)
    shake = motion.hand(count, seed + 7) * (1.0 if panel.held else 0.0)
    glow = random.uniform(6, 16) * np.array([0.9, 0.95, 1.1])
    bright = float(random.uniform(0.86, 1.0))
    cast = np.array([1 + random.normal(0, 0.03), 1.0, 1 + abs(random.normal(0, 0.06))])
    bands, speed = random.uniform(1.2, 3.0), random.uniform(-1.5, 1.5)
    depth = random.uniform(0.01, 0.05)
    gloss = _gloss(take.size, random)
    rows = np.arange(height, dtype=np.float32)[:, None] / height

    def seen(place: int, scene: Plane) -> Plane:
        place_ = _homography(take.size, share, tilt, shake[place])
        body = _shape(take.size, place_, panel.bezel)
        scene += (np.array([16, 16, 18], np.float32) - scene) * body[..., None]
        shown = cv2.warpPerspective(take.frames[place], place_, take.size).astype(np.float32)
        lit = shown * bright * cast.astype(np.float32) * _moire(take.size, place_, share, pitch)
        lit *= 1 + depth * np.sin(2 * np.pi * (bands * rows + speed * place / take.fps))[..., None]
        glass = _shape(take.size, place_, 0.0)[..., None]
        scene += (lit + glow.astype(np.float32) - scene) * glass
        scene += gloss[..., None] * body[..., None]
        return scene

    scenes = before_room((), count, seed, take.size)
    return filmed((seen(i, scene) for i, scene in enumerate(scenes)), seed).frames


def _homography(
    size: tuple[int, int], share: float, tilt: tuple[float, float, float], shake: Plane
) -> Plane:
    """From the footage's pixels to the camera's: `tilt` is roll, yaw and pitch in degrees."""
    width, height = size
    turn = np.eye(3)
    leans = tilt[0] + 0.5 * shake[0], tilt[1] + 1.2 * shake[0], tilt[2] + 1.2 * shake[1]
    for axis, degrees in zip((2, 1, 0), leans, strict=True):
        turn = turn @ cv2.Rodrigues(np.eye(3)[axis] * np.radians(degrees))[0]
    focal = 1.2 * width
    plane = np.column_stack([turn[:, :2], [0, 0, focal]])
    to_centre = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]])
    lens = np.diag([focal, focal, 1.0])
    grown = share * (1 + 0.01 * shake[1])
    middle = np.array([width / 2, height / 2]) + 0.008 * width * shake
    back = np.array([[grown, 0, middle[0]], [0, grown, middle[1]], [0, 0, 1]])
    return np.asarray(back @ lens @ plane @ to_centre)


def _shape(size: tuple[int, int], place: Plane, rim: float) -> Plane:
    """1 on the panel with a rim of that share of its width."""
    width, height = size
    reach = rim * width
    left, right, low = -reach, width + reach, height + reach
    corners = np.array([[[left, left], [right, left], [right, low], [left, low]]])
    outline = cv2.perspectiveTransform(corners, place)[0]
    shape = np.zeros((height, width), np.float32)
    cv2.fillConvexPoly(shape, (outline * 16).round().astype(np.int32), 1.0, cv2.LINE_AA, 4)
    return shape


def _moire(size: tuple[int, int], place: Plane, share: float, pitch: float) -> Plane:
    """What the panel's lattice leaves on each pixel of the camera: factors, 1 in the mean."""
    width, height = size
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    back = np.linalg.inv(place).astype(np.float32)
    deep = back[2, 0] * columns + back[2, 1] * rows + back[2, 2]
    fine = np.float32(share / pitch)
    across = (back[0, 0] * columns + back[0, 1] * rows + back[0, 2]) / deep * fine
    down = (back[1, 0] * columns + back[1, 1] * rows + back[1, 2]) / deep * fine
    lines = lattice(down, ROW, 0.5, pitch, _LENS, _FINEST)
    stripes = [lattice(across, STRIPE, (n + 0.5) / 3, pitch, _LENS, _FINEST) for n in range(3)]
    light = np.stack([lines * stripe for stripe in stripes], axis=-1)
    return np.asarray(np.clip(light, 0, None) ** (1 / _GAMMA), np.float32)


def _gloss(size: tuple[int, int], random: np.random.Generator) -> Plane:
    """A lamp or a window in the glass, out of focus."""
    width, height = size
    light = np.zeros((height, width), np.float32)
    left, top = random.uniform(0, 0.8) * width, random.uniform(0, 0.6) * height
    low = left + random.uniform(0.05, 0.2) * width, top + random.uniform(0.1, 0.4) * height
    corners = (round(left), round(top)), (round(low[0]), round(low[1]))
    cv2.rectangle(light, *corners, float(random.uniform(6, 34)), -1)
    return np.asarray(cv2.GaussianBlur(light, (0, 0), width / 40), np.float32)
