"""CBOR (RFC 8949) of strangers into plain values: bounded in depth and count, no extensions."""

import struct
from typing import Any

_DEEPEST = 24
_MOST_ITEMS = 20_000
_BREAK = object()
_SIMPLE: dict[int, Any] = {20: False, 21: True, 22: None, 23: None}


def decode(data: bytes) -> Any:
    """The first item. Tags are dropped, what follows the item is left.

    Raises:
        ValueError: it is cut off, malformed, nested too deep or of too many items.
    """
    return _Reader(data).item(0)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.items = 0

    def item(self, depth: int) -> Any:
        self.items += 1
        if depth > _DEEPEST or self.items > _MOST_ITEMS:
            raise ValueError("CBOR nested too deep or of too many items")
        first = self.take(1)[0]
        major, info = first >> 5, first & 31
        if major == 7:
            return self.simple(info)
        length = self.argument(info)
        if major == 0:
            return length
        if major == 1:
            return None if length is None else -1 - length
        if major in (2, 3):
            raw = self.string(length, depth)
            return raw if major == 2 else raw.decode("utf-8", "replace")
        if major == 4:
            return list(self.sequence(length, depth))
        if major == 5:
            flat = list(self.sequence(None if length is None else 2 * length, depth))
            pairs = zip(flat[::2], flat[1::2], strict=False)
            return {key: value for key, value in pairs if isinstance(key, str | int)}
        return self.item(depth + 1)  # A tag: what it says of the value is not asked.

    def take(self, count: int) -> bytes:
        piece = self.data[self.at : self.at + count]
        if len(piece) < count:
            raise ValueError("CBOR cut off")
        self.at += count
        return piece

    def argument(self, info: int) -> int | None:
        """RFC 8949 §3; `None` where the length is left open."""
        if info < 24:
            return info
        if info < 28:
            return int.from_bytes(self.take(1 << info - 24), "big")
        if info == 31:
            return None
        raise ValueError("CBOR of a length that is reserved")

    def simple(self, info: int) -> Any:
        if info in (25, 26, 27):
            layout = {25: ">e", 26: ">f", 27: ">d"}[info]
            return struct.unpack(layout, self.take(struct.calcsize(layout)))[0]
        if info == 24:
            self.take(1)
        return _BREAK if info == 31 else _SIMPLE.get(info)

    def string(self, length: int | None, depth: int) -> bytes:
        if length is not None:
            return self.take(length)
        pieces = (p.encode() if isinstance(p, str) else p for p in self.sequence(None, depth))
        return b"".join(piece for piece in pieces if isinstance(piece, bytes))

    def sequence(self, length: int | None, depth: int) -> list[Any]:
        values: list[Any] = []
        while length is None or len(values) < length:
            value = self.item(depth + 1)
            if value is _BREAK:
                if length is None:
                    break
                raise ValueError("CBOR with an end out of place")
            values.append(value)
        return values
