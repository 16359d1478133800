"""The shapes of letters, drawn as a camera would see them: OCR-B, and a face that is not.

The sheets of all 37 characters are drawn by `training/letter_shapes.py`. Each shape is kept as the
distance to its outline, so that it can be made bolder or lighter by any amount.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.documents.mrz_fields import CHARACTERS

Floats = NDArray[np.float32]


class Face(StrEnum):
    """A typeface."""

    OCR_B = "OCR-B"
    SANS = "sans mono"
    """DejaVu Sans Mono: what a zone set on a computer without OCR-B may well be set in."""


SHEETS = {
    Face.OCR_B: Path(__file__).with_name("letters_ocrb.png"),
    Face.SANS: Path(__file__).with_name("letters_sans.png"),
}
FINE = 48
"""Pixels of the sheet from character to character."""
CELL = (72, 88)
"""Width and height of a cell of the sheet."""
SIDE = 10
"""Cells in a row of the sheet."""


@cache
def _distances(face: Face) -> Floats:
    """(37, 88, 72): pixels of the sheet from the outline, more than 0 within a stroke."""
    sheet = cv2.imread(str(SHEETS[face]), cv2.IMREAD_GRAYSCALE)
    if sheet is None:
        raise FileNotFoundError(f"{SHEETS[face]} is missing: it is a part of the package")
    wide, high = CELL
    shapes = []
    for place in range(len(CHARACTERS)):
        left, top = place % SIDE * wide, place // SIDE * high
        cell = sheet[top : top + high, left : left + wide]
        ink = np.asarray(cv2.resize(cell, (4 * wide, 4 * high)), np.uint8) > 127
        within = cv2.distanceTransform(ink.astype(np.uint8), cv2.DIST_L2, 5)
        beyond = cv2.distanceTransform((~ink).astype(np.uint8), cv2.DIST_L2, 5)
        distance = (within - beyond) / 4
        shapes.append(cv2.resize(distance, (wide, high), interpolation=cv2.INTER_AREA))
    return np.stack(shapes).astype(np.float32)


def shapes(bolder: float, blur: float, which: NDArray[np.int64], face: Face = Face.OCR_B) -> Floats:
    """(n, 88, 72) ink, 0 to 1: strokes `bolder` pixels of the sheet to each side, then blurred."""
    ink = np.clip(_distances(face)[which] + np.float32(bolder + 0.5), 0, 1)
    return np.stack([cv2.GaussianBlur(one, (0, 0), max(0.4, blur)) for one in ink])


def seen(ink: Floats, placing: Floats, size: tuple[int, int]) -> Floats:
    """One shape on a patch of `size` (width, height), placed by (2, 3) from patch to cell pixels.

    Both count from their middles.
    """
    width, height = size
    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    cell = np.array([(CELL[0] - 1) / 2, (CELL[1] - 1) / 2])
    turn = placing[:, :2]
    way = np.column_stack([turn, placing[:, 2] + cell - turn @ middle])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(ink, way, size, flags=flags), np.float32)
