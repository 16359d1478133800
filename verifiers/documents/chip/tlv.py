"""Tags, lengths and values (ISO/IEC 7816-4 §5.2, X.690 §8.1), read strictly and within bounds.

Nothing is recovered: a value that ends before its length says so, or goes on beyond it, is
malformed, and the answer says where. Whatever goes on to an ASN.1 parser is walked here first,
since a parser's own recursion is no bound.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

_DEEPEST = 40
"""Levels; certificates have about 12."""
_MOST_VALUES = 5000
"""Of one structure of a chip: EF.SOD with one certificate has about 200."""
MOST_VALUES_OF_LIST = 2_000_000
"""Of a list that the operator supplies: a revocation list of 400,000 entries."""
_LONGEST = {0x02: 4096, 0x06: 64}
"""Bytes of an INTEGER (RSA has 2048 at most) and of an OBJECT IDENTIFIER: whoever computes with
longer ones works in the square of their length."""
_PADDING = (b"\x00", b"\xff")
"""What cards fill a file up with, where it is larger than what is written in it."""


class Malformed(Exception):
    """Bytes that are not what they should be; `problem` follows a name: "ends after 3 of 9"."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Tlv:
    """One value with its tag, as a number: 0x5F1F."""

    tag: int
    value: bytes
    constructed: bool = field(default=False, compare=False)
    """Whether its value is made of further ones, as the tag says."""


@dataclass(frozen=True)
class _Header:
    tag: int
    constructed: bool
    start: int
    """Of the value."""
    length: int | None
    """`None` for the indefinite form."""


def read_values(data: bytes) -> Iterator[Tlv]:
    """All values of these bytes in order, which they fill without a gap.

    Raises:
        Malformed: a length runs beyond the bytes, or is indefinite; or there is no end of values.
    """
    at, seen = 0, 0
    while at < len(data):
        seen += 1
        if seen > _MOST_VALUES:
            raise Malformed("has too many parts")
        header = _header(data, at)
        end = _end(data, header)
        yield Tlv(header.tag, data[header.start : end], header.constructed)
        at = end


def value_of(data: bytes, *path: int) -> bytes | None:
    """The value under these tags, one within the other; `None` where one of them is missing."""
    value: bytes | None = data
    for tag in path:
        if value is None:
            return None
        value = next((part.value for part in read_values(value) if part.tag == tag), None)
    return value


def first_tag(data: bytes) -> int | None:
    """The tag that these bytes begin with; `None` where they do not begin with one."""
    try:
        return _header(data, 0).tag
    except Malformed:
        return None


def elementary_file(data: bytes) -> bytes:
    """The one value that a file holds, with its tag and length; what a card pads it with is cut.

    Raises:
        Malformed: the file ends too early, or goes on with something else.
    """
    header = _header(data, 0)
    end = _end(data, header)
    rest = data[end:]
    if rest and not any(rest == filler * len(rest) for filler in _PADDING):
        raise Malformed(f"goes on for {len(rest)} bytes after its end")
    return data[:end]


def refuse_unbounded(data: bytes, most_values: int = _MOST_VALUES) -> None:
    """Walk a structure once, as an ASN.1 parser would: lengths fit, it is neither deep nor endless.

    The indefinite form of BER is let pass: EF.SOD of some states has it.

    Raises:
        Malformed: otherwise, or where bytes follow the structure.
    """
    at, seen = 0, 0
    ends: list[int | None] = []
    """Of the values around; `None` for one that ends with two zeros."""
    while True:
        while ends and ends[-1] == at:
            ends.pop()
        if seen and not ends:
            break
        if ends and ends[-1] is None and data[at : at + 2] == b"\x00\x00":
            ends.pop()
            at += 2
            continue
        header = _header(data, at)
        seen += 1
        if len(ends) >= _DEEPEST or seen > most_values:
            raise Malformed("is nested too deeply or has too many parts")
        around = next((end for end in reversed(ends) if end is not None), len(data))
        if header.length is None:
            if not header.constructed:
                raise Malformed(f"has a value without a length at byte {at}")
            ends.append(None)
            at = header.start
            continue
        end = header.start + header.length
        if end > around:
            raise _too_short(data, at, end, around)
        if header.length > _LONGEST.get(header.tag, header.length):
            raise Malformed(f"has a number of {header.length} bytes at byte {at}")
        if header.constructed:
            ends.append(end)
            at = header.start
        else:
            at = end
    if at != len(data):
        raise Malformed(f"goes on for {len(data) - at} bytes after its end")


def wrap(tag: int, value: bytes) -> bytes:
    """The value with its tag and its length in the shortest form (DER)."""
    size = len(value)
    if size < 0x80:
        length = bytes([size])
    else:
        digits = size.to_bytes((size.bit_length() + 7) // 8)
        length = bytes([0x80 | len(digits)]) + digits
    return tag.to_bytes((tag.bit_length() + 7) // 8) + length + value


def _header(data: bytes, at: int) -> _Header:
    start = at
    try:
        first = tag = data[at]
        at += 1
        if first & 0x1F == 0x1F:
            while True:
                tag = tag << 8 | data[at]
                at += 1
                if not data[at - 1] & 0x80:
                    break
                if at - start > 3:
                    raise Malformed(f"has a tag of more than 4 bytes at byte {start}")
        length: int | None = data[at]
        at += 1
    except IndexError:
        raise Malformed(f"ends at byte {len(data)} within a tag or a length") from None
    if length == 0x80:
        length = None
    elif length is not None and length > 0x80:
        count = length & 0x7F
        if count > 4:
            raise Malformed(f"has a length of {count} bytes at byte {start}")
        if len(data) < at + count:
            raise Malformed(f"ends at byte {len(data)} within a tag or a length")
        length = int.from_bytes(data[at : at + count])
        at += count
    return _Header(tag, bool(first & 0x20), at, length)


def _end(data: bytes, header: _Header) -> int:
    if header.length is None:
        raise Malformed(f"has a value of indefinite length before byte {header.start}")
    end = header.start + header.length
    if end > len(data):
        raise _too_short(data, header.start, end, len(data))
    return end


def _too_short(data: bytes, at: int, end: int, around: int) -> Malformed:
    if around == len(data):
        return Malformed(f"is cut off: it has {len(data)} of {end} bytes")
    return Malformed(f"has a value at byte {at} that goes beyond the one around it")
