"""Prints of what lies behind a person, by which the same room is found again.

The person is left out: the face's box widened to head, shoulders and chest. What is seen to the
left and to the right of them is shrunk to a square each, and the signs of its lowest frequencies
are the print, so the light's strength and colour, compression and size do not matter and a slightly
other crop hardly. The signs that are least sure stand in it both ways.

A room that is re-arranged or filmed from another side is not found. A still picture put behind the
person is found as a room is; where many have one, links damp it.

Measured on 114 photographs of people, 104 of which have a print: 102 or more are found again as
JPEG of quality 25 and at half the size, 95 with 2 % cut off all around, 37 with 3 % cut off two
sides only. No two of 5,356 pairs of different photographs share a print; with 32 bits two did.
"""

from collections.abc import Iterator, Sequence
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

Box = tuple[float, float, float, float]
"""Left, top, right, bottom of a face, in pixels."""

_Grey = NDArray[np.float32]

_WIDTH = 320
"""Pixels to which frames are shrunk."""
_SIDES = ((0.0, 0.28), (0.72, 1.0))
"""From where to where across the frame: what a person in the middle leaves free."""
_LOW = 0.6
"""How far down: below are the shoulders."""
_MOST_HIDDEN = 0.25
"""Part of a side that the person may cover; the rest of it is then taken from their edge."""
_SQUARE = 32
_BITS = 40
_UNSURE = 3
"""Bits that stand in the print both ways: eight prints a side."""
_CROPS = (0.0, 0.025)
"""Parts of the frame that are cut off all around: a crop of one is the whole of the other."""
_LEAST_CONTRAST = 8.0
"""Standard deviation of a side, in grey levels of 255: less is a wall."""
_LEAST_EDGE = 12.0
"""Grey levels that the sharpest hundredth of a side changes by from pixel to pixel, at 320 pixels
across: less was blurred on purpose."""


def prints_of(frames: Sequence[tuple[NDArray[np.uint8], Box]]) -> tuple[str, ...]:
    """Prints of the background in these frames (H x W x 3, RGB), the person left out.

    The frames are of one recording by one camera; they are averaged, so what the person hides in
    one of them is seen in another. Empty where too little of it is seen, or where it is plain or
    blurred.
    """
    alike = [(pixels, box) for pixels, box in frames if pixels.shape == frames[0][0].shape]
    seen = [_without_person(pixels, box) for pixels, box in alike]
    if not seen:
        return ()
    weights = np.sum([there for _, there in seen], axis=0)
    summed = np.sum([grey * there for grey, there in seen], axis=0)
    room = (summed / np.maximum(weights, 1)).astype(np.float32)
    found: dict[str, None] = {}
    for cropped in _CROPS:
        down, across = (round(cropped * length) for length in room.shape)
        inner = np.s_[down : room.shape[0] - down, across : room.shape[1] - across]
        for side, words in enumerate(_sides(room[inner], (weights > 0)[inner])):
            found |= dict.fromkeys(f"{side}:{word:010x}" for word in words)
    return tuple(found)


def _without_person(pixels: NDArray[np.uint8], box: Box) -> tuple[_Grey, _Grey]:
    """The frame in grey at 320 pixels across, and where the person is not (1) or is (0)."""
    scale = _WIDTH / pixels.shape[1]
    size = (_WIDTH, max(1, round(pixels.shape[0] * scale)))
    grey = cv2.resize(
        cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), size, interpolation=cv2.INTER_AREA
    ).astype(np.float32)
    left, top, right, bottom = (value * scale for value in box)
    wide, tall, middle = right - left, bottom - top, (left + right) / 2
    there = np.ones_like(grey)
    # Head and hair, then shoulders and chest, down to the edge.
    for half, begin in ((0.9 * wide, top - 0.6 * tall), (1.7 * wide, bottom - 0.1 * tall)):
        across = slice(max(0, round(middle - half)), max(0, round(middle + half)))
        there[max(0, round(begin)) :, across] = 0
    return grey, there


def _sides(room: _Grey, seen: NDArray[np.bool_]) -> Iterator[list[int]]:
    """The prints of each side that shows something; an empty list for the others."""
    low, width = round(room.shape[0] * _LOW), room.shape[1]
    for begin, end in _SIDES:
        across = slice(round(begin * width), round(end * width))
        side, there = room[:low, across], seen[:low, across]
        if there.mean() < 1 - _MOST_HIDDEN or _is_plain(side[there], side, there):
            yield []
            continue
        filled = np.where(there, side, side[there].mean()).astype(np.float32)
        square = cv2.resize(filled, (_SQUARE, _SQUARE), interpolation=cv2.INTER_AREA)
        yield _words(np.asarray(square, np.float32))


def _is_plain(values: _Grey, side: _Grey, there: NDArray[np.bool_]) -> bool:
    if float(values.std()) < _LEAST_CONTRAST:
        return True
    steps = np.abs(np.diff(side, axis=1))[there[:, 1:] & there[:, :-1]]
    return float(np.quantile(steps, 0.99)) < _LEAST_EDGE


def _words(square: _Grey) -> list[int]:
    """The signs of the lowest frequencies, with the least sure of them both ways."""
    # Faded towards the edges, where another crop shows something else.
    fade = np.hanning(_SQUARE + 2)[1:-1].astype(np.float32)
    faded = (square - square.mean()) * fade[:, None] * fade[None, :]
    low = cv2.dct(faded).ravel()[_LOWEST]
    signs = low > 0
    unsure = np.argsort(np.abs(low))[:_UNSURE]
    words = []
    for flipped in product((False, True), repeat=_UNSURE):
        bits = signs.copy()
        bits[unsure] ^= np.array(flipped)
        words.append(int("".join("1" if bit else "0" for bit in bits), 2))
    return words


def _lowest() -> NDArray[np.intp]:
    """Places in the transform of the frequencies that are kept, the lowest first, without 0."""
    down, across = np.mgrid[0:_SQUARE, 0:_SQUARE]
    return np.lexsort((across.ravel(), (down + across).ravel()))[1 : _BITS + 1]


_LOWEST = _lowest()
