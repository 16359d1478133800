"""The format of a blob's file: sealed records, one behind the other.

A record is one byte `kind`, four bytes length (big-endian) and a sealed value (see `keys`) of at
most 64 KiB. The last record of a finished blob seals the SHA-256 of the whole.

What a record seals is bound to the blob, the record's number, the offset of its first plain byte
and its kind. So opening the last record authenticates the lengths of all before it, and a record
that was altered, left out, moved or taken from another blob does not open.

A record cut short at the end of the file is no damage but a torn tail: the process died, or the
disk was full. It does not count, and the next record replaces it.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from service.store.keys import SEAL_OVERHEAD_BYTES, Key, Unopenable

RECORD_BYTES = 65_536
"""Plain bytes in one record, at most."""

_HEADER = struct.Struct(">cI")
_PART, _END = b"P", b"E"
_PLAIN_BYTES = {_PART: range(1, RECORD_BYTES + 1), _END: range(32, 33)}


@dataclass(frozen=True)
class Extent:
    """How far a file's whole records reach; a torn tail may follow."""

    end: int
    """File offset behind the last of them."""
    count: int
    """How many, without the end record."""
    size: int
    """Plain bytes in them."""
    sha256: bytes | None
    """Of all plain bytes, from the end record; None while the blob is not finished."""


def measure(file: int, blob: UUID, key: Key) -> Extent:
    """How far the file reaches. Opens its last whole record, which vouches for those before.

    Raises Unopenable.
    """
    last = None
    for record in _records(file):
        last = record
    if last is None:
        return Extent(0, 0, 0, None)
    plain = _opened(file, last, blob, key)
    if last.kind == _PART:
        return Extent(last.end, last.number + 1, last.offset + len(plain), None)
    if os.fstat(file).st_size != last.end:
        raise Unopenable("Something follows the end of the blob.")
    return Extent(last.end, last.number, last.offset, plain)


def parts(file: int, blob: UUID, key: Key) -> Iterator[bytes]:
    """The plain bytes of each whole record before the end record. Raises Unopenable."""
    for record in _records(file):
        if record.kind == _PART:
            yield _opened(file, record, blob, key)


class Tail:
    """The end of a blob's file, where records are added."""

    def __init__(self, file: int, blob: UUID, key: Key, extent: Extent) -> None:
        self._file, self._blob, self._key = file, blob, key
        self._end, self._count, self.size = extent.end, extent.count, extent.size
        self._pending = bytearray()
        os.ftruncate(file, extent.end)

    def add(self, piece: bytes) -> None:
        rest = memoryview(piece)
        while rest:
            taken = rest[: RECORD_BYTES - len(self._pending)]
            self._pending += taken
            rest = rest[len(taken) :]
            if len(self._pending) == RECORD_BYTES:
                self._write_pending()

    def flush(self) -> None:
        """Everything added is safely on disk when this returns."""
        if self._pending:
            self._write_pending()
        os.fsync(self._file)

    def end(self, sha256: bytes) -> None:
        self._write(_END, sha256)
        os.fsync(self._file)

    def _write_pending(self) -> None:
        self._write(_PART, bytes(self._pending))
        self._count += 1
        self.size += len(self._pending)
        self._pending.clear()

    def _write(self, kind: bytes, plain: bytes) -> None:
        sealed = self._key.seal(plain, about=_about(self._blob, self._count, self.size, kind))
        record = memoryview(_HEADER.pack(kind, len(sealed)) + sealed)
        # Written at its own offset, not at wherever the file ends: after a full disk cut one
        # record short, the next one replaces it instead of following it.
        at = self._end
        while record:
            written = os.pwrite(self._file, record, at)
            at, record = at + written, record[written:]
        self._end = at


@dataclass(frozen=True)
class _Record:
    """One whole record of a file; its bytes are still unread."""

    kind: bytes
    start: int
    """File offset of its header."""
    sealed: int
    """Length of its sealed value."""
    number: int
    offset: int
    """Of its first plain byte within the blob."""

    @property
    def end(self) -> int:
        """File offset behind it."""
        return self.start + _HEADER.size + self.sealed


def _records(file: int) -> Iterator[_Record]:
    """The whole records of a file, by their headers alone."""
    length = os.fstat(file).st_size
    start = number = offset = 0
    while len(header := os.pread(file, _HEADER.size, start)) == _HEADER.size:
        kind, sealed = _HEADER.unpack(header)
        plain = sealed - SEAL_OVERHEAD_BYTES
        if plain not in _PLAIN_BYTES.get(kind, ()):
            raise Unopenable("Where a record should begin, there is none.")
        record = _Record(kind, start, sealed, number, offset)
        if record.end > length:
            return  # A torn tail.
        yield record
        if kind == _END:
            return
        start, number, offset = record.end, number + 1, offset + plain


def _opened(file: int, record: _Record, blob: UUID, key: Key) -> bytes:
    sealed = os.pread(file, record.sealed, record.start + _HEADER.size)
    return key.open(sealed, about=_about(blob, record.number, record.offset, record.kind))


def _about(blob: UUID, number: int, offset: int, kind: bytes) -> str:
    return f"blob/{blob}/{number}/{offset}/{kind.decode()}"
