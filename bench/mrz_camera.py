"""From a flat rendered page to a bad photograph of it: the optics and the table of the stress grid.

Lengths are given in pitches (the distance from character to character), so that one value means the
same on every document. What `bench.mrz_pages` had before its first published figures draws from the
page's own generator, everything newer from one beside it: old pages stay as they were.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Plane = NDArray[np.float32]
Random = np.random.Generator
Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""

PITCH = 24
"""Pixels from character to character on the flat page."""


@dataclass(frozen=True)
class Stress:
    """What happened to a photograph; the defaults are a good one."""

    pitch: float = 14.0
    """Pixels from character to character, before perspective."""
    blur: float = 0.0
    """Standard deviation, as a share of the pitch."""
    motion: float = 0.0
    """Length of the trail, as a share of the pitch."""
    glare: float = 0.0
    """0 to 1, where 1 leaves white paper only."""
    keystone: float = 0.0
    """Degrees by which the camera leans away, to a side chosen at random."""
    rotation: float = 0.0
    """Degrees."""
    curvature: float = 0.0
    """By how much the lines' middle hangs through, in pitches."""
    noise: float = 0.0
    """Standard deviation in 8-bit levels."""
    contrast: float = 0.8
    jpeg: int = 92
    """Quality."""
    spine: float = 0.0
    """By how much the lines rise at one end, where the page bends into the spine, in pitches."""
    shadow: float = 0.0
    """Share of the light that an edge across the zone takes away on one side."""
    laminate: float = 0.0
    """Strength of a bright film's pattern over print and paper, as a share of white."""
    moire: float = 0.0
    """Amplitude of a screen's grid two to four pixels wide, in 8-bit levels."""
    light: float = 1.0
    """Brightness; what is lost is lost to rounding and to a sensor's noise of two levels."""
    finger: float = 0.0
    """Characters of one end that a finger covers; 0 for none, below 1 it touches the margin."""
    second_page: int = 0
    """Print above the page, as in an open passport: 1 as books are set, 2 as if typewritten."""
    documents: int = 1
    """Documents on the picture, one under the other, each with a zone of its own."""
    share: float = 0.0
    """Of a picture of 12 megapixels' width, how much the zone takes; 0 for the page alone."""


def photographed(ink: Plane, box: Box, stress: Stress, random: Random, newer: Random) -> Grey:
    """The photograph of a page with this ink (0 to 1) and its zone in `box`."""
    height, width = ink.shape
    x = np.arange(width, dtype=np.float32)[None]
    y = np.arange(height, dtype=np.float32)[:, None]
    wave = np.sin(x / random.uniform(4, 30) + 3 * np.sin(y / random.uniform(20, 90)))
    paper = random.uniform(170, 240) + random.uniform(2, 12) * wave
    flat = np.asarray(paper * (1 - stress.contrast * ink), np.float32)
    if stress.glare:
        spot_x, spot_y = random.uniform(box[0], box[2]), random.uniform(box[1], box[3])
        reach = random.uniform(3, 8) * PITCH
        spot = np.exp(-(((x - spot_x) / reach) ** 2) - ((y - spot_y) / reach) ** 2)
        flat = flat + (255 - flat) * np.minimum(1, 1.3 * spot) * stress.glare
    flat = _covered(flat, box, stress, newer)
    view, size = _view(width, height, stress, random)
    flat = _bent(flat, stress, newer)
    shrink = stress.pitch / PITCH
    if shrink < 1:  # warpPerspective does not average over what it shrinks.
        flat = np.asarray(cv2.GaussianBlur(flat, (0, 0), 0.45 / shrink), np.float32)
    table = random.uniform(30, 140)
    photo: Plane = np.asarray(
        cv2.warpPerspective(
            flat.astype(np.float32), view, size, flags=cv2.INTER_LINEAR, borderValue=(table,)
        ),
        np.float32,
    )
    if stress.share:
        photo = _on_a_table(photo, table, newer)
    if stress.blur * stress.pitch > 0.2:
        photo = np.asarray(cv2.GaussianBlur(photo, (0, 0), stress.blur * stress.pitch), np.float32)
    if stress.motion * stress.pitch > 1:
        photo = _moved(photo, stress.motion * stress.pitch, random)
    if stress.light < 1:
        photo = photo * stress.light + 2 * newer.standard_normal(photo.shape, np.float32)
    if stress.moire:
        photo = photo + stress.moire * _grid(photo.shape, newer)
    photo = photo + stress.noise * random.standard_normal(photo.shape, np.float32)
    pixels = np.clip(photo, 0, 255).astype(np.uint8)
    data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, int(stress.jpeg)])[1]
    decoded = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    assert decoded is not None, "a JPEG written a moment ago"
    return np.asarray(decoded, np.uint8)


def _covered(flat: Plane, box: Box, stress: Stress, random: Random) -> Plane:
    """What lies between the page and the camera: film, a shadow's edge, a finger."""
    height, width = flat.shape
    x = np.arange(width, dtype=np.float32)[None]
    y = np.arange(height, dtype=np.float32)[:, None]
    if stress.laminate:
        slant = random.uniform(-1, 1)
        stripes = np.sin((x + slant * y) / random.uniform(0.4, 2) / PITCH * np.pi)
        rings = np.sin(np.hypot(x - random.uniform(0, width), y - height) / PITCH)
        film = np.maximum(stripes, rings) > 0.5
        flat = flat + (255 - flat) * np.float32(stress.laminate) * film
    if stress.shadow:
        middle, slope = random.uniform(box[0], box[2]), random.uniform(-1.5, 1.5)
        soft = random.uniform(0.1, 1.5) * PITCH
        side = 1 / (1 + np.exp(-np.clip((x - middle + slope * (y - height)) / soft, -30, 30)))
        flat = flat * (1 - np.float32(stress.shadow) * side)
    if stress.finger:
        tip = random.uniform(1.5, 2.5) * PITCH
        from_left = random.random() < 0.5
        edge = box[0] + (stress.finger - 0.5) * PITCH - tip
        edge = edge if from_left else width - edge
        middle = random.uniform(box[1], box[3])
        beyond = x < edge if from_left else x > edge
        finger = (np.abs(y - middle) < tip) & beyond
        finger = finger | (np.hypot(x - edge, y - middle) < tip)
        skin = np.float32(random.uniform(110, 200))
        flat = np.where(finger, skin + 6 * np.sin(y / 7), flat)
    return np.asarray(flat, np.float32)


def _bent(flat: Plane, stress: Stress, random: Random) -> Plane:
    """A page that hangs through, or rises into the spine at one end and narrows there."""
    if not (stress.curvature or stress.spine):
        return flat
    height, width = flat.shape
    x = np.arange(width, dtype=np.float32)[None]
    y = np.arange(height, dtype=np.float32)[:, None]
    across = x / width * 2 - 1
    rows = y - stress.curvature * PITCH * (1 - across**2)
    columns = x
    if stress.spine:
        left = random.random() < 0.5
        from_spine = (x if left else width - x) / width
        steep = np.exp(-from_spine / 0.15)
        rows = rows + stress.spine * PITCH * steep
        # A page that rises is seen foreshortened: columns are taken from nearer to the spine.
        away = 0.25 * stress.spine * PITCH * steep
        columns = x - away if left else x + away
    return np.asarray(
        cv2.remap(
            flat,
            np.broadcast_to(columns, flat.shape).astype(np.float32),
            np.broadcast_to(rows, flat.shape).astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.float32,
    )


def _on_a_table(photo: Plane, table: float, random: Random) -> Plane:
    """The photograph as a part of 12 megapixels of table, with grain and a few long edges."""
    height, width = 3000, 4000
    clouds = random.normal(0, 1, (24, 32)).astype(np.float32)
    scene = table + 12 * cv2.resize(clouds, (width, height), interpolation=cv2.INTER_CUBIC)
    for _ in range(6):
        ends = random.integers(0, width, 2)
        cv2.line(scene, (int(ends[0]), 0), (int(ends[1]), height), (table * 0.7,), 9)
    photo = photo[:height, :width]
    top = int(random.integers(0, height - photo.shape[0] + 1))
    left = int(random.integers(0, width - photo.shape[1] + 1))
    scene[top : top + photo.shape[0], left : left + photo.shape[1]] = photo
    return np.asarray(scene, np.float32)


def _grid(shape: tuple[int, ...], random: Random) -> Plane:
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    turn = random.uniform(0, np.pi / 2)
    wave = 2 * np.pi / random.uniform(2.1, 4)
    along, down = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    return np.asarray((np.sin(along * wave) + np.sin(down * wave)) / 2, np.float32)


def _view(
    width: int, height: int, stress: Stress, random: Random
) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """Homography from the flat page to the photograph, and the photograph's width and height."""
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    lean = np.radians(stress.keystone)
    way = random.uniform(0, 2 * np.pi)
    centred = corners - corners.mean(axis=0)
    towards = centred @ (np.cos(way), np.sin(way))
    square = np.outer(towards * (1 - np.cos(lean)), (np.cos(way), np.sin(way)))
    distance = 1.4 * max(width, height)
    seen = (centred - square) / (1 + towards * np.sin(lean) / distance)[:, None]
    turn = np.radians(stress.rotation)
    seen = seen @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    seen *= stress.pitch / PITCH
    seen += 2 * stress.pitch - seen.min(axis=0)
    size = np.ceil(seen.max(axis=0) + 2 * stress.pitch).astype(int)
    view = cv2.getPerspectiveTransform(corners.astype(np.float32), seen.astype(np.float32))
    return np.asarray(view, np.float64), (int(size[0]), int(size[1]))


def _moved(photo: NDArray[Any], length: float, random: Random) -> Plane:
    size = int(np.ceil(length)) | 1
    trail = np.zeros((size, size), np.float32)
    angle = random.uniform(0, np.pi)
    reach = (length / 2) * np.array([np.cos(angle), np.sin(angle)])
    middle = size / 2
    start, stop = middle - reach, middle + reach
    cv2.line(trail, (int(start[0]), int(start[1])), (int(stop[0]), int(stop[1])), (1.0,), 1)
    return np.asarray(cv2.filter2D(photo, -1, trail / trail.sum()), np.float32)
