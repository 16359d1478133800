"""How printers put continuous tones on paper: in dots of four inks, regular or scattered."""

import cv2
import numpy as np
import numpy.typing as npt

from samples.portraits import RgbImage

Coverage = npt.NDArray[np.float32]
"""Of one ink, 0 to 1, height x width."""

_ANGLES = {"cyan": 15.0, "magenta": 75.0, "yellow": 0.0, "black": 45.0}
"""Degrees to which offset and laser printers turn the four screens against each other."""
_LIGHT = {
    "cyan": (0.10, 0.62, 0.86),
    "magenta": (0.80, 0.16, 0.48),
    "yellow": (0.97, 0.88, 0.14),
    "black": (0.09, 0.09, 0.10),
}
"""What each ink leaves of red, green and blue light."""


def screened(
    image: RgbImage, dpi: float, lines_per_inch: float, random: np.random.Generator
) -> RgbImage:
    """In regular dots, `dpi` pixels of the image to the inch: offset print, colour laser."""
    dots = {
        ink: _threshold(image.shape[:2], dpi / lines_per_inch, _ANGLES[ink], random) < cover
        for ink, cover in _separated(image).items()
    }
    return _printed(dots)


def screened_grey(
    image: RgbImage, dpi: float, lines_per_inch: float, random: np.random.Generator
) -> RgbImage:
    """In regular black dots at 45 degrees: a black-and-white laser."""
    cover = 1 - _grey(image)
    shade = _threshold(image.shape[:2], dpi / lines_per_inch, _ANGLES["black"], random)
    return _printed({"black": shade < cover})


def scattered(image: RgbImage, random: np.random.Generator) -> RgbImage:
    """In scattered small and large drops, one to a pixel: ink-jet."""
    drops = []
    for size in (0, 1):
        covers = _separated(image).items()
        drops.append(
            {i: _blue_noise(image.shape[:2], random) < 2 * cover - size for i, cover in covers}
        )
    return _printed(*drops)


def toned(image: RgbImage, random: np.random.Generator) -> RgbImage:
    """By a photocopier set to text: little between black and white, specks of toner."""
    grey = _grey(image)
    local = grey + 0.6 * (grey - np.asarray(cv2.GaussianBlur(grey, (0, 0), 12), np.float32))
    hard = 1 / (1 + np.exp(-14 * (local - 0.62)))
    specks = random.random(grey.shape) < 0.0006
    specks = cv2.dilate(specks.astype(np.uint8), np.ones((2, 2), np.uint8)).astype(bool)
    hard[specks] = 0.15
    paper = 255 * (0.08 + 0.9 * hard)
    return np.clip(np.repeat(paper[..., None], 3, axis=2), 0, 255).astype(np.uint8)


def _grey(image: RgbImage) -> Coverage:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY) / 255, np.float32)


def _separated(image: RgbImage) -> dict[str, Coverage]:
    """Into the cover of each ink; most of what all three colours share is printed in black."""
    lack = 1 - image.astype(np.float32) / 255
    black = np.clip((lack.min(axis=2) - 0.25) / 0.75, 0, 1)
    rest = np.clip((lack - black[..., None]) / np.maximum(1 - black[..., None], 0.05), 0, 1)
    colours = {ink: rest[..., n] for n, ink in enumerate(("cyan", "magenta", "yellow"))}
    return colours | {"black": black}


def _threshold(
    size: tuple[int, ...], cell: float, angle: float, random: np.random.Generator
) -> Coverage:
    """What the cover must exceed for ink, growing from the middle of each cell (round dots)."""
    turn = np.radians(angle)
    down, across = np.mgrid[0 : size[0], 0 : size[1]].astype(np.float32)
    u = (across * np.cos(turn) + down * np.sin(turn)) / cell + random.random()
    v = (down * np.cos(turn) - across * np.sin(turn)) / cell + random.random()
    height = (np.cos(2 * np.pi * u) + np.cos(2 * np.pi * v)) / 4 + 0.5
    # The share of a cell that lies above a height of this spot function is nearly a cosine's.
    return np.asarray(np.arccos(np.clip(2 * height - 1, -1, 1)) / np.pi, np.float32)


def _blue_noise(size: tuple[int, ...], random: np.random.Generator) -> Coverage:
    """Thresholds, evenly spread from 0 to 1, whose neighbours differ: no low frequencies.

    Not a tile laid over and over as some drivers do it: its repetition would show as dots do.
    """
    white = random.standard_normal(size[:2], dtype=np.float32)
    blue = white - np.asarray(cv2.GaussianBlur(white, (0, 0), 1.5), np.float32)
    # The logistic curve stands for the normal distribution's, to a hundredth.
    return np.asarray(1 / (1 + np.exp(-1.702 * blue / blue.std())), np.float32)


def _printed(*passes: dict[str, npt.NDArray[np.bool_]]) -> RgbImage:
    """Inks on paper that is a little less than white; full ink takes all passes."""
    size = next(iter(passes[0].values())).shape
    light = np.full((*size, 3), 0.95, np.float32)
    for dots in passes:
        for ink, where in dots.items():
            light[where] *= np.array(_LIGHT[ink], np.float32) ** (1 / len(passes))
    return np.asarray(255 * light, np.uint8)
