"""The fine wave pattern under a specimen's print, different for every issuer and side."""

import hashlib

import cv2
import numpy as np

from samples.portraits import Plane, RgbImage


def guilloche(width: int, height: int, *, seed: str) -> RgbImage:
    """Pastel paper with waves and a rosette, in pixels; the same seed draws the same pattern."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])
    random = np.random.default_rng(number)
    tint = np.array(random.uniform(0, 1, 3))
    upper = 226 + 16 * tint
    lower = 226 + 16 * np.roll(tint, 1)
    blend = np.linspace(0, 1, height)[:, None, None]
    paper = np.ascontiguousarray(
        np.broadcast_to(upper * (1 - blend) + lower * blend, (height, width, 3)), dtype=np.uint8
    )
    ink = [int(channel) for channel in 190 + 34 * random.uniform(0, 1, 3)]
    across = np.linspace(0, width, 160)
    pitch = height / 34
    swing, turns, phase = height / 22, random.uniform(2, 4), random.uniform(0, 6)
    for row in range(-4, 40):
        wave = np.sin(across / width * turns * 2 * np.pi + phase + row * 0.16)
        fine = np.sin(across / width * turns * 5.3 * np.pi - row * 0.1)
        down = row * pitch + swing * (wave + 0.35 * fine)
        _stroke(paper, across, down, ink)
    _rosette(paper, random, ink)
    return paper


def _rosette(paper: RgbImage, random: np.random.Generator, ink: list[int]) -> None:
    height, width = paper.shape[:2]
    around = np.linspace(0, 2 * np.pi, 500)
    petals = int(random.integers(7, 14))
    for ring in range(14):
        radius = height * (0.08 + 0.018 * ring + 0.02 * np.sin(petals * around + ring * 0.35))
        _stroke(
            paper,
            width * 0.66 + radius * np.cos(around) * 1.25,
            height * 0.38 + radius * np.sin(around),
            [channel - 8 for channel in ink],
        )


def _stroke(paper: RgbImage, across: Plane, down: Plane, ink: list[int]) -> None:
    shift = 4
    points = np.round(np.stack([across, down], axis=1) * (1 << shift)).astype(np.int32)
    cv2.polylines(paper, [points], False, ink, 1, cv2.LINE_AA, shift)
