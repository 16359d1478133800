"""Honest documents with what is easily taken for a screen or a copy: fine regular print, cloth.

Real security print has parallel lines every 0.15 to 0.4 mm, portraits printed in dots, and people
lay documents on woven cloth.
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from samples.captured_documents import drawn
from samples.forgeries.attack import Exhibit
from samples.forgeries.halftone import screened
from samples.forgeries.substrate import Sheet, scaled, taken
from samples.portraits import RgbImage
from samples.specimen import Side

_FINER = 2
"""The sheet has 600 pixels an inch."""
_PER_MM = _FINER * 300 / 25.4


def fine_print(seed: int, kind: str) -> Exhibit:
    """The honest document of this number with one of `KINDS`."""
    document = drawn(seed)
    random = np.random.default_rng([seed, 85_000])
    flat = document.side.image
    size = flat.shape[1] * _FINER, flat.shape[0] * _FINER
    large = np.asarray(cv2.resize(flat, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    return taken(document, _MAKERS[kind](large, document.side, random), document.camera)


def _lines(large: RgbImage, _side: Side, random: np.random.Generator) -> Sheet:
    """Parallel lines, straight to wavy, of one or two inks under the print."""
    height, width = large.shape[:2]
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    page = large.astype(np.float32)
    for _ in range(int(random.integers(1, 3))):
        angle = float(random.uniform(0, np.pi))
        along = across * np.cos(angle) + down * np.sin(angle)
        over = down * np.cos(angle) - across * np.sin(angle)
        swing = _PER_MM * float(random.uniform(0, 3))
        over += swing * np.sin(along / (_PER_MM * float(random.uniform(6, 30))))
        pitch = _PER_MM * float(np.exp(random.uniform(np.log(0.15), np.log(0.4))))
        ink = random.uniform(0.05, 0.4, 3).astype(np.float32)
        line = np.clip(2 * np.cos(2 * np.pi * over / pitch) - 0.6, 0, 1)
        page *= 1 - line[..., None] * ink
    return Sheet(np.clip(page, 0, 255).astype(np.uint8), scaled(_FINER))


def _dots(large: RgbImage, side: Side, random: np.random.Generator) -> Sheet:
    """A portrait, or where the side has none a third of it, printed in offset dots."""
    page = large.copy()
    height, width = large.shape[:2]
    box = side.boxes.get("portrait")
    left, top, wide, high = (
        (round(_FINER * value) for value in box)
        if box
        else (width // 20, height // 10, width // 3, height // 2)
    )
    part = page[top : top + high, left : left + wide]
    part[:] = screened(part, 600, float(random.uniform(133, 200)), random)
    return Sheet(page, scaled(_FINER))


def _weave(large: RgbImage, _side: Side, random: np.random.Generator) -> Sheet:
    """Woven cloth under the document: two crossing sets of threads, a little uneven."""
    height, width = large.shape[:2]
    rim = round(0.14 * width)
    canvas = height + 2 * rim, width + 2 * rim
    pitch = _PER_MM * float(np.exp(random.uniform(np.log(0.35), np.log(1.2))))
    down, across = np.mgrid[0 : canvas[0], 0 : canvas[1]].astype(np.float32)
    wander = [_slow(canvas, pitch, random) for _ in range(2)]
    warp = np.cos(np.pi * (across / pitch) + wander[0])
    weft = np.cos(np.pi * (down / pitch) + wander[1])
    relief = np.where(warp * weft > 0, np.abs(warp), np.abs(weft))
    colour = random.uniform(60, 210, 3).astype(np.float32)
    cloth = colour * (0.7 + 0.4 * relief[..., None])
    cloth += 6 * random.standard_normal((*canvas, 1), dtype=np.float32)
    sheet = np.clip(cloth, 0, 255).astype(np.uint8)
    sheet[rim : rim + height, rim : rim + width] = large
    return Sheet(sheet, scaled(_FINER, rim, rim))


def _slow(
    size: tuple[int, int], pitch: float, random: np.random.Generator
) -> npt.NDArray[np.float32]:
    """How far threads wander, in radians of their pitch, over some 20 threads."""
    small = random.standard_normal((size[0] // int(20 * pitch) + 2, size[1] // int(20 * pitch) + 2))
    return 1.2 * np.asarray(
        cv2.resize(small.astype(np.float32), size[::-1], interpolation=cv2.INTER_CUBIC), np.float32
    )


_MAKERS: dict[str, Callable[[RgbImage, Side, np.random.Generator], Sheet]] = {
    "lines": _lines,
    "dots": _dots,
    "weave": _weave,
}
KINDS = tuple(_MAKERS)
