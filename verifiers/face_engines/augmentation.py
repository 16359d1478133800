"""A face described several times, each time cut out a little differently, and the mean of these.

What a descriptor says beside who it is (the exact crop, the tilt, the side the light comes from)
differs from one cut to the next and averages away; who it is stays. `bench/faces.py` says what each
set of changes costs and gains. Templates are only comparable where they were made with the same
set, so the name of the engine says which (`dlib_weights.ENGINE`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from verifiers.face_engine import Descriptors
from verifiers.picture import Pixels

SIDE = 150
"""Pixels of the chips that the embedder takes."""
MARGIN = 30
"""Pixels around a chip that is to be changed, so that turned corners show the picture, not a
border: the changes below need 15."""


@dataclass(frozen=True)
class Change:
    """How a chip is cut out differently."""

    degrees: float = 0.0
    """Counter-clockwise."""
    scale: float = 1.0
    right: float = 0.0
    """Pixels of the chip."""
    down: float = 0.0
    mirrored: bool = False


AUGMENTATIONS = (
    Change(),
    Change(mirrored=True),
    Change(degrees=4),
    Change(degrees=-4, mirrored=True),
    Change(scale=0.95),
    Change(scale=1.05, mirrored=True),
    Change(degrees=4, scale=0.96, right=3, down=-3, mirrored=True),
    Change(degrees=-4, scale=1.04, right=-3, down=3),
    Change(degrees=3, scale=1.05, right=-3, down=-3, mirrored=True),
    Change(degrees=-3, scale=0.95, right=3, down=3),
)
"""A new name for the engine goes with every change of this list."""


def augmented(wide: Pixels) -> Pixels:
    """The chip in the middle of `wide`, once for each of `AUGMENTATIONS`: `(n, 150, 150, 3)`.

    `wide` is the chip with `MARGIN` around it.
    """
    return np.stack([_changed(wide, change) for change in AUGMENTATIONS])


def mean_of(descriptors: Sequence[Sequence[float]]) -> Descriptors:
    """From those of `augmented`, face after face, to one a face, `(n, 128)`: the unit mean."""
    every = np.array(descriptors, dtype=np.float64).reshape(-1, len(AUGMENTATIONS), 128)
    means = every.mean(axis=1)
    return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), dtype=np.float64)


def _changed(wide: Pixels, change: Change) -> Pixels:
    middle = (SIDE - 1) / 2 + MARGIN
    how = cv2.getRotationMatrix2D((middle, middle), change.degrees, change.scale)
    how[:, 2] += np.array([change.right - MARGIN, change.down - MARGIN])
    chip = cv2.warpAffine(wide, how, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(chip[:, ::-1] if change.mirrored else chip, dtype=np.uint8)
