"""The synthetic rooms behind the footage: a wall, a shelf, a window, out of focus."""

import cv2
import numpy as np

from samples.portraits import RgbImage

_WALLS = ((196, 198, 190), (178, 188, 200), (206, 192, 174), (170, 176, 168))
_BOOKS = ((148, 62, 50), (52, 84, 120), (204, 178, 112), (70, 108, 84), (96, 78, 110), (60, 62, 70))


def room(size: tuple[int, int], seed: int) -> RgbImage:
    """A room as a webcam's background, `size` (width, height) in pixels."""
    width, height = size
    random = np.random.default_rng(1000 + seed)
    wall = np.array(_WALLS[seed % len(_WALLS)], np.float32)
    shade = np.linspace(1.05, 0.82, width, dtype=np.float32)[None, :, None]
    fall = np.linspace(1.03, 0.90, height, dtype=np.float32)[:, None, None]
    picture = np.ascontiguousarray(np.clip(wall * shade * fall, 0, 255), dtype=np.uint8)
    mirrored = seed % 2 == 1
    _window(picture, width, height)
    _shelf(picture, width, height, random)
    _plant(picture, width, height, random)
    blurred = cv2.GaussianBlur(picture, (0, 0), width / 150)
    return np.ascontiguousarray(blurred[:, ::-1] if mirrored else blurred, np.uint8)


def _window(picture: RgbImage, width: int, height: int) -> None:
    left, top, right, low = (
        int(v) for v in (0.03 * width, 0.05 * height, 0.25 * width, 0.6 * height)
    )
    cv2.rectangle(picture, (left, top), (right, low), (236, 234, 228), -1)
    inset = width // 60
    for start, end in ((top, (top + low) // 2), ((top + low) // 2, low)):
        cv2.rectangle(
            picture,
            (left + inset, start + inset),
            (right - inset, end - inset),
            (214, 230, 244),
            -1,
        )


def _shelf(picture: RgbImage, width: int, height: int, random: np.random.Generator) -> None:
    for board in (0.30, 0.56, 0.82):
        low = int(board * height)
        across = 0.74 * width
        while across < 0.97 * width:
            thick = random.uniform(0.012, 0.024) * width
            tall = random.uniform(0.10, 0.17) * height
            if random.uniform() > 0.14:
                colour = _BOOKS[int(random.integers(len(_BOOKS)))]
                corner = (int(across), int(low - tall))
                cv2.rectangle(picture, corner, (int(across + thick) - 1, low), colour, -1)
            across += thick
        end = (width, low + height // 60)
        cv2.rectangle(picture, (int(0.72 * width), low), end, (122, 92, 66), -1)


def _plant(picture: RgbImage, width: int, height: int, random: np.random.Generator) -> None:
    foot = int(0.17 * width), int(0.92 * height)
    for _ in range(26):
        angle = random.uniform(-1.2, 1.2)
        long = random.uniform(0.12, 0.28) * height
        tip = int(foot[0] + long * np.sin(angle) * 0.8), int(foot[1] - long * np.cos(angle))
        green = (int(random.uniform(50, 90)), int(random.uniform(100, 140)), 70)
        cv2.line(picture, foot, tip, green, width // 80, cv2.LINE_AA)
    pot = (foot[0] - width // 28, foot[1]), (foot[0] + width // 28, height)
    cv2.rectangle(picture, pot[0], pot[1], (168, 104, 78), -1)
