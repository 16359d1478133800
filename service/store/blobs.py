"""Evidence on disk: one encrypted file per blob, which can be appended to until it is finished.

A file is a sequence of records: one byte `kind`, four bytes length (big-endian), a sealed value
(see `keys`) of at most 64 KiB. The last record of a finished blob seals the SHA-256 of the whole.
What a record seals is bound to the blob, the record's number, the offset of its first plain byte
and its kind. So opening the last record authenticates the lengths of all before it, and a record
that was altered, left out, moved or taken from another blob does not open.

An interruption (`kill -9`, a full disk, half a record written) loses at most the record in flight:
a record cut short at the end of the file is no damage but a torn tail, which the next append
overwrites. Every append ends with fsync. A power cut may lose any part of the append in flight, even
in its middle: such a blob raises Unopenable (at the latest in `finish`, which reads everything
back) and is sent anew.
"""

import contextlib
import fcntl
import hashlib
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from service.store.keys import SEAL_OVERHEAD_BYTES, Key, Unopenable

RECORD_BYTES = 65_536
"""Plain bytes in one record, at most."""

_HEADER = struct.Struct(">cI")
_PART, _END = b"P", b"E"


class Missing(Exception):
    """There is no such blob."""


class Busy(Exception):
    """Another append to this blob is running."""


class AlreadyFinished(Exception):
    """The blob has its end; nothing can be added."""


class WrongOffset(Exception):
    """The append does not start where the blob ends; `expected` is the blob's size in bytes."""

    def __init__(self, expected: int) -> None:
        super().__init__(f"The next byte expected is number {expected}.")
        self.expected = expected


@dataclass(frozen=True)
class Finished:
    """A whole blob: plain bytes and their digest."""

    size: int
    sha256: bytes


class Blobs(Protocol):
    """Where encrypted evidence lies. Keys come from the caller and are never kept."""

    def append(self, blob: UUID, key: Key, pieces: Iterable[bytes], *, at: int) -> int:
        """Add `pieces` from offset `at` on; returns the new size in plain bytes, safely on disk.

        Makes the blob where `at` is 0 and there is none. If `pieces` raises (the sender went
        away), what came before is kept and the exception goes on. Raises WrongOffset, Busy,
        AlreadyFinished, Unopenable.
        """
        ...

    def size(self, blob: UUID, key: Key) -> int:
        """Plain bytes that are there; 0 where there is no blob. Raises Unopenable."""
        ...

    def read(self, blob: UUID, key: Key) -> Iterator[bytes]:
        """The plain bytes of a finished blob, in pieces of at most RECORD_BYTES.

        Raises Missing; and Unopenable where the blob is unfinished, cut or altered: at the call,
        or at any piece up to the end, so nothing counts as read before the iterator is exhausted.
        """
        ...

    def finish(self, blob: UUID, key: Key) -> Finished:
        """Read everything back and seal the end. Again on a finished blob: the same answer.

        Raises Missing, Busy, Unopenable.
        """
        ...

    def delete(self, blob: UUID) -> None:
        """Remove the blob, where there is one."""
        ...


class DiskBlobs:
    """Blobs as files (0600) below `folder` (0700), spread over two levels of folders by id."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def append(self, blob: UUID, key: Key, pieces: Iterable[bytes], *, at: int) -> int:
        """See Blobs."""
        try:
            file = self._create(blob) if at == 0 else os.open(self._path(blob), _WRITE)
        except FileNotFoundError:
            raise WrongOffset(0) from None
        with _locked(file):
            extent = _extent(file, blob, key)
            if extent.sha256 is not None:
                raise AlreadyFinished
            if at != extent.size:
                raise WrongOffset(extent.size)
            tail = _Tail(file, blob, key, extent)
            try:
                for piece in pieces:
                    tail.add(piece)
            finally:
                tail.flush()
            return tail.size

    def size(self, blob: UUID, key: Key) -> int:
        """See Blobs."""
        try:
            file = os.open(self._path(blob), _READ)
        except FileNotFoundError:
            return 0
        with _closed_after(file):
            return _extent(file, blob, key).size

    def read(self, blob: UUID, key: Key) -> Iterator[bytes]:
        """See Blobs."""
        try:
            file = os.open(self._path(blob), _READ)
        except FileNotFoundError:
            raise Missing from None
        try:
            extent = _extent(file, blob, key)
            if extent.sha256 is None:
                raise Unopenable("The blob has no end: it was cut, or never finished.")
        except BaseException:
            os.close(file)
            raise
        return _read_back(file, blob, key, extent.sha256)

    def finish(self, blob: UUID, key: Key) -> Finished:
        """See Blobs."""
        try:
            file = os.open(self._path(blob), _WRITE)
        except FileNotFoundError:
            raise Missing from None
        with _locked(file):
            extent = _extent(file, blob, key)
            if extent.sha256 is not None:
                return Finished(extent.size, extent.sha256)
            digest = hashlib.sha256()
            for piece in _parts(file, blob, key):
                digest.update(piece)
            _Tail(file, blob, key, extent).end(digest.digest())
            return Finished(extent.size, digest.digest())

    def delete(self, blob: UUID) -> None:
        """See Blobs."""
        path = self._path(blob)
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
            _fsync_folder(path.parent)

    def _path(self, blob: UUID) -> Path:
        return self._folder / blob.hex[:2] / blob.hex[2:4] / blob.hex

    def _create(self, blob: UUID) -> int:
        """The blob's file, made where there is none: its name is on disk when this returns."""
        path = self._path(blob)
        with contextlib.suppress(FileNotFoundError):
            return os.open(path, _WRITE)
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        file = os.open(path, _WRITE | os.O_CREAT, 0o600)
        for folder in (path.parent, path.parent.parent, self._folder):
            _fsync_folder(folder)
        return file


_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW
_WRITE = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW


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


@dataclass(frozen=True)
class _Extent:
    """How far a file's whole records reach; a torn tail may follow."""

    end: int
    """File offset behind the last of them."""
    count: int
    """How many, without the end record."""
    size: int
    """Plain bytes in them."""
    sha256: bytes | None
    """Of all plain bytes, from the end record; None while the blob is not finished."""


class _Tail:
    """The end of a blob's file, where records are added."""

    def __init__(self, file: int, blob: UUID, key: Key, extent: _Extent) -> None:
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


def _records(file: int) -> Iterator[_Record]:
    """The whole records of a file, by their headers alone."""
    length = os.fstat(file).st_size
    start = number = offset = 0
    while len(header := os.pread(file, _HEADER.size, start)) == _HEADER.size:
        kind, sealed = _HEADER.unpack(header)
        plain = sealed - SEAL_OVERHEAD_BYTES
        if not (kind == _PART and 0 < plain <= RECORD_BYTES or kind == _END and plain == 32):
            raise Unopenable("Where a record should begin, there is none.")
        record = _Record(kind, start, sealed, number, offset)
        if record.end > length:
            return  # A torn tail.
        yield record
        if kind == _END:
            return
        start, number, offset = record.end, number + 1, offset + plain


def _extent(file: int, blob: UUID, key: Key) -> _Extent:
    """How far the file reaches. Opens its last whole record, which vouches for those before."""
    last = None
    for last in _records(file):
        pass
    if last is None:
        return _Extent(0, 0, 0, None)
    plain = _opened(file, last, blob, key)
    if last.kind == _PART:
        return _Extent(last.end, last.number + 1, last.offset + len(plain), None)
    if os.fstat(file).st_size != last.end:
        raise Unopenable("Something follows the end of the blob.")
    return _Extent(last.end, last.number, last.offset, plain)


def _parts(file: int, blob: UUID, key: Key) -> Iterator[bytes]:
    for record in _records(file):
        if record.kind == _PART:
            yield _opened(file, record, blob, key)


def _read_back(file: int, blob: UUID, key: Key, sha256: bytes) -> Iterator[bytes]:
    with _closed_after(file):
        digest = hashlib.sha256()
        for piece in _parts(file, blob, key):
            digest.update(piece)
            yield piece
        # A tail that was torn and sent again leaves two records that open at the same place: who
        # kept a copy of the file could mix the two. The digest says which one was finished.
        if digest.digest() != sha256:
            raise Unopenable("The blob is not the one that was finished.")


def _opened(file: int, record: _Record, blob: UUID, key: Key) -> bytes:
    sealed = os.pread(file, record.sealed, record.start + _HEADER.size)
    return key.open(sealed, about=_about(blob, record.number, record.offset, record.kind))


def _about(blob: UUID, number: int, offset: int, kind: bytes) -> str:
    return f"blob/{blob}/{number}/{offset}/{kind.decode()}"


@contextlib.contextmanager
def _closed_after(file: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(file)


@contextlib.contextmanager
def _locked(file: int) -> Iterator[None]:
    """One writer at a time; the lock goes with the process that held it."""
    with _closed_after(file):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    with _closed_after(handle):
        os.fsync(handle)
