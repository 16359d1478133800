"""Decoded evidence: what `imaging` hands to every other verifier.

Pixels are always RGB, 8 bit, upright by the file's own orientation, `(height, width, 3)`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.file_traits import FileTraits, Program

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture, or one page of a document file."""

    file: str
    """The file's name as the sender gave it, without a path."""
    pixels: Pixels
    page: int = 1
    """From 1."""
    traits: FileTraits | None = None
    """What the file says about itself; `None` where the picture does not come from a file."""

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])


@dataclass(frozen=True, eq=False)
class Frame:
    """One moment of footage."""

    seconds: float
    """Since the start of its clip."""
    pixels: Pixels


@dataclass(frozen=True, eq=False)
class Clip:
    """Footage, sampled: frames in order of time. A photograph is a clip of one frame."""

    file: str
    frames: tuple[Frame, ...]
    duration_seconds: float
    """Of the whole recording, which may be longer than what was sampled."""
    frames_per_second: float | None
    """Of the recording; `None` for a photograph, and for frames that were sent without it."""
    simulated: bool = False
    """The file says of itself that it was rendered ("simulated footage")."""
    programs: tuple[Program, ...] = ()
    """That wrote the recording, as far as it names them."""
