"""A blob store to test, and one blob in it."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from service.store.blobs import DiskBlobs
from service.store.keys import Key

KEY = Key.from_bytes(bytes(range(32)))
BLOB = UUID("6a1f0c52-5a0e-4d0e-9d3f-7f1d8f6d2b11")


@contextlib.contextmanager
def a_store() -> Iterator[tuple[DiskBlobs, Path]]:
    """An empty store, and where it will keep BLOB."""
    with tempfile.TemporaryDirectory() as folder:
        yield DiskBlobs(Path(folder)), file_of(Path(folder), BLOB)


def file_of(folder: Path, blob: UUID) -> Path:
    return folder / blob.hex[:2] / blob.hex[2:4] / blob.hex


def read_back(blobs: DiskBlobs, blob: UUID = BLOB) -> bytes:
    return b"".join(blobs.read(blob, KEY))


def pattern(length: int) -> bytes:
    """Bytes of which no two stretches are alike."""
    return b"".join(i.to_bytes(4, "big") for i in range(length // 4 + 1))[:length]
