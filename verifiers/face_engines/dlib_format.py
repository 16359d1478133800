"""dlib's serialisation (`serialize.h`, `dnn/tensor_tools`), part by part.

An integer is a control byte (sign, number of bytes) and its bytes, the lowest first. A real number
is two integers: first the mantissa, then the exponent of 2; the comment in dlib's own header says
the reverse. Tensors are floats of 32 bits in four dimensions.
"""

import re
from collections.abc import Callable
from math import prod

import numpy as np
from numpy.typing import NDArray

from verifiers.face_engines.unusable import UnusableWeights

Floats = NDArray[np.float32]
Shape = tuple[int, ...]

_PACKED = 6
"""Bytes of nearly every real number: a mantissa of three bytes, an exponent of one, each behind its
control byte. All can be written so."""
_ALREADY_PACKED = re.compile(rb"(?:[\x03\x83]...[\x01\x81].)+", re.DOTALL)


class Parts:
    """Reads a file from its start; every method raises `UnusableWeights` where it does not fit."""

    def __init__(self, file: str, data: bytes) -> None:
        self._file = file
        self._data = data
        self._at = 0

    def integer(self) -> int:
        """Of up to 64 bits."""
        control = self._take(1)[0]
        count = control & 0x0F
        if control & 0x70 or not 1 <= count <= 8:
            raise self.wrong(f"has no integer at byte {self._at - 1}")
        value = int.from_bytes(self._take(count), "little")
        return -value if control & 0x80 else value

    def real(self) -> float:
        """A finite number."""
        mantissa, exponent = self.integer(), self.integer()
        if not -1200 <= exponent <= 1000:  # Beyond lie the signs for infinity and no number.
            raise self.wrong(f"has no finite number before byte {self._at}")
        return mantissa * 2.0**exponent

    def packed_reals(self, count: int) -> bytes:
        """So many real numbers of 32 bits, six bytes each, for `unpacked`."""
        found = []
        while count > 0:
            usual = _ALREADY_PACKED.match(self._data, self._at, self._at + _PACKED * count)
            found.append(self._take(usual.end() - self._at) if usual else self._packed_real())
            count -= len(found[-1]) // _PACKED
        return b"".join(found)

    def _packed_real(self) -> bytes:
        mantissa, exponent = self.integer(), self.integer()
        digits = abs(mantissa)
        if digits == 0:
            exponent = 0
        while 0 < digits < 1 << 16:  # Its lowest bytes are left out where they are 0.
            digits, exponent = digits << 8, exponent - 8
        if digits >= 1 << 24 or abs(exponent) > 255:
            raise self.wrong(f"has no number of 32 bits before byte {self._at}")
        signs = 0x83 if mantissa < 0 else 0x03, 0x81 if exponent < 0 else 0x01
        return bytes([signs[0], *digits.to_bytes(3, "little"), signs[1], abs(exponent)])

    def text(self) -> str:
        return self._take(self.integer()).decode("latin-1")

    def flag(self) -> bool:
        return self._take(1) == b"1"

    def square(self) -> int:
        """Two integers that are the same: height and width."""
        height, width = self.integer(), self.integer()
        self.expect("width", width, height)
        return height

    def shape(self) -> Shape:
        """What a part of a larger tensor looks like."""
        self.expect("version of a shape", self.integer(), 1)
        return self._four()

    def tensor(self) -> Floats:
        """Its numbers in a row; the layers know their shapes."""
        self.expect("version of a tensor", self.integer(), 2)
        return np.frombuffer(self._take(4 * prod(self._four())), "<f4")

    def shaped(self, numbers: Floats, shape: Shape) -> Floats:
        """These numbers in that shape; as many as it takes."""
        self.expect("numbers of a layer", numbers.size, prod(shape))
        return numbers.reshape(shape)

    def skip(self, part: Callable[[], object], count: int) -> None:
        """Passes over parts that only training needs."""
        for _ in range(count):
            part()

    def expect(self, what: str, found: object, wanted: object) -> None:
        if found != wanted:
            raise self.wrong(f"has {found!r} as {what}, where {wanted!r} belongs")

    def end(self) -> None:
        """Nothing may follow."""
        self.expect("bytes after its end", len(self._data) - self._at, 0)

    def wrong(self, problem: str) -> UnusableWeights:
        return UnusableWeights(self._file, problem)

    def _four(self) -> Shape:
        shape = tuple(self.integer() for _ in range(4))
        if min(shape) < 0:
            raise self.wrong(f"has a shape {shape} before byte {self._at}")
        return shape

    def _take(self, count: int) -> bytes:
        if not 0 <= count <= len(self._data) - self._at:
            raise self.wrong(f"ends before it is complete, at byte {self._at}")
        self._at += count
        return self._data[self._at - count : self._at]


def unpacked(packed: bytes) -> Floats:
    """The numbers that `Parts.packed_reals` found."""
    units = np.frombuffer(packed, np.uint8).reshape(-1, _PACKED)
    first, second, third = units[:, 1:4].T.astype(np.int32)
    mantissas = first | second << 8 | third << 16
    exponents = units[:, 5].astype(np.int32)
    signed = (
        np.where(units[:, sign] & 0x80, -value, value)
        for sign, value in ((0, mantissas), (4, exponents))
    )
    mantissas, exponents = signed
    return np.ldexp(mantissas.astype(np.float32), exponents)
