"""Readers of print for tests: one that remembers, since models take seconds, and a blind one."""

import hashlib
from functools import cache

import numpy as np

from verifiers.documents.print_reader import OcrReader, PrintReader, Quads, Spelled
from verifiers.picture import Pixels


class Remembering:
    """The real reader; a picture that it has seen before is not read again."""

    def __init__(self, reader: PrintReader) -> None:
        self._reader = reader
        self._found: dict[bytes, Quads] = {}
        self._spelled: dict[bytes, Spelled] = {}

    def find(self, pixels: Pixels) -> Quads:
        key = _digest(pixels)
        if key not in self._found:
            self._found[key] = self._reader.find(pixels)
        return self._found[key].copy()

    def spell(self, line: Pixels) -> Spelled:
        key = _digest(line)
        if key not in self._spelled:
            self._spelled[key] = self._reader.spell(line)
        return self._spelled[key]


class Blind:
    """Finds no print at all, as on a blurred picture."""

    def find(self, _: Pixels) -> Quads:
        return np.empty((0, 4, 2), np.float32)

    def spell(self, _: Pixels) -> Spelled:
        raise AssertionError("nothing was found to be spelled")


@cache
def remembering() -> Remembering:
    """The one of this process."""
    return Remembering(OcrReader())


def _digest(pixels: Pixels) -> bytes:
    return hashlib.sha256(repr(pixels.shape).encode() + pixels.tobytes()).digest()
