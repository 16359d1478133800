"""Evidence on disk: one encrypted file per blob, which can be appended to until it is finished.

An interruption (`kill -9`, a full disk) loses at most the record in flight (see `records`). Every
append ends with fsync. A power cut may lose any part of the append in flight, even in its middle:
such a blob raises Unopenable (at the latest in `finish`, which reads everything back) and is sent
anew.
"""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import Protocol
from uuid import UUID

from service.store.keys import Key, Unopenable
from service.store.records import Tail, measure, parts


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
        """The plain bytes of a finished blob, in pieces of at most 64 KiB.

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
        try:
            file = self._create(blob) if at == 0 else os.open(self._path(blob), _WRITE)
        except FileNotFoundError:
            raise WrongOffset(0) from None
        with _locked(file):
            extent = measure(file, blob, key)
            if extent.sha256 is not None:
                raise AlreadyFinished
            if at != extent.size:
                raise WrongOffset(extent.size)
            tail = Tail(file, blob, key, extent)
            try:
                for piece in pieces:
                    tail.add(piece)
            finally:
                tail.flush()
            return tail.size

    def size(self, blob: UUID, key: Key) -> int:
        try:
            file = os.open(self._path(blob), _READ)
        except FileNotFoundError:
            return 0
        with _closed_after(file):
            return measure(file, blob, key).size

    def read(self, blob: UUID, key: Key) -> Iterator[bytes]:
        try:
            stream = os.fdopen(os.open(self._path(blob), _READ), "rb", buffering=0)
        except FileNotFoundError:
            raise Missing from None
        try:
            extent = measure(stream.fileno(), blob, key)
            if extent.sha256 is None:
                raise Unopenable("The blob has no end: it was cut, or never finished.")
        except BaseException:
            stream.close()
            raise
        # The stream closes itself when nobody ever asks for the first piece.
        return _read_back(stream, blob, key, extent.sha256)

    def finish(self, blob: UUID, key: Key) -> Finished:
        try:
            file = os.open(self._path(blob), _WRITE)
        except FileNotFoundError:
            raise Missing from None
        with _locked(file):
            extent = measure(file, blob, key)
            if extent.sha256 is not None:
                os.fsync(file)  # Whoever wrote the end may have died before this.
                return Finished(extent.size, extent.sha256)
            digest = hashlib.sha256()
            for piece in parts(file, blob, key):
                digest.update(piece)
            Tail(file, blob, key, extent).end(digest.digest())
            return Finished(extent.size, digest.digest())

    def delete(self, blob: UUID) -> None:
        path = self._path(blob)
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
            _fsync_folder(path.parent)

    def _path(self, blob: UUID) -> Path:
        return self._folder / blob.hex[:2] / blob.hex[2:4] / blob.hex

    def _create(self, blob: UUID) -> int:
        """The blob's file, made where there is none: its name is on disk when this returns."""
        path = self._path(blob)
        folders = (path.parent.parent, path.parent)
        for folder in folders:
            folder.mkdir(mode=0o700, exist_ok=True)
        file = os.open(path, _WRITE | os.O_CREAT, 0o600)
        # Also where the file is there already: whoever made it may have died before this.
        for folder in (*folders, self._folder):
            _fsync_folder(folder)
        return file


_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW
_WRITE = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW


def _read_back(stream: RawIOBase, blob: UUID, key: Key, sha256: bytes) -> Iterator[bytes]:
    with stream:
        digest = hashlib.sha256()
        for piece in parts(stream.fileno(), blob, key):
            digest.update(piece)
            yield piece
        # A tail that was torn and sent again leaves two records that open at the same place: who
        # kept a copy of the file could mix the two. The digest says which one was finished.
        if digest.digest() != sha256:
            raise Unopenable("The blob is not the one that was finished.")


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
