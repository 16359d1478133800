"""What is left of a blob when its writer is killed, left alone, or out of room."""

import contextlib
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store.blobs import Busy, DiskBlobs
from service.store.records import RECORD_BYTES
from tests.service.stored import BLOB, KEY, a_store, pattern, read_back


def test_a_second_writer_is_told_that_the_blob_is_busy() -> None:
    with a_store() as (blobs, _):

        def pieces() -> Iterator[bytes]:
            yield b"one"
            for write in (
                lambda: blobs.append(BLOB, KEY, [b"two"], at=0),
                lambda: blobs.finish(BLOB, KEY),
            ):
                with pytest.raises(Busy):
                    write()

        assert blobs.append(BLOB, KEY, pieces(), at=0) == 3
        assert blobs.append(BLOB, KEY, [b"two"], at=3) == 6


def test_a_sender_that_goes_away_leaves_what_it_had_sent() -> None:
    plain = pattern(RECORD_BYTES + 100)

    def pieces() -> Iterator[bytes]:
        yield plain
        raise ConnectionError

    with a_store() as (blobs, _):
        with pytest.raises(ConnectionError):
            blobs.append(BLOB, KEY, pieces(), at=0)
        assert blobs.size(BLOB, KEY) == len(plain)
        blobs.finish(BLOB, KEY)
        assert read_back(blobs) == plain


@contextlib.contextmanager
def _room_for(length: int) -> Iterator[None]:
    """Files cannot grow beyond `length` bytes: like a full disk, a write ends early, then fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_fills_up_amid_a_record_loses_that_record_only() -> None:
    plain = pattern(3 * RECORD_BYTES)
    with a_store() as (blobs, file):
        with _room_for(2 * RECORD_BYTES), pytest.raises(OSError, match="File too large"):
            blobs.append(BLOB, KEY, [plain[: 2 * RECORD_BYTES]], at=0)
        assert file.stat().st_size == 2 * RECORD_BYTES  # Part of the second record is there.
        size = blobs.size(BLOB, KEY)
        assert size == RECORD_BYTES
        blobs.append(BLOB, KEY, [plain[size:]], at=size)
        blobs.finish(BLOB, KEY)
        assert read_back(blobs) == plain


WRITER = """
import sys
from pathlib import Path
from uuid import UUID
from service.store.blobs import DiskBlobs
from service.store.keys import Key

def pieces():
    size = 0
    while True:
        print(size, flush=True)
        yield size.to_bytes(8, "big") * 1_000
        size += 8_000

blobs, blob, key = DiskBlobs(Path(sys.argv[1])), UUID(sys.argv[2]), Key.from_bytes(bytes(range(32)))
blobs.append(blob, key, pieces(), at=0)
"""


def test_a_writer_that_is_killed_loses_at_most_the_record_in_flight(tmp_path: Path) -> None:
    blobs = DiskBlobs(tmp_path)
    for amount in (200_000, 777_777, 1_500_000):
        blobs.delete(BLOB)
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(BLOB)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        handed = next(n for line in writer.stdout if (n := int(line)) >= amount)
        writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL
        writer.stdout.close()
        size = blobs.size(BLOB, KEY)
        assert size > handed - RECORD_BYTES
        expected = b"".join(n.to_bytes(8, "big") * 1_000 for n in range(0, size, 8_000))[:size]
        blobs.append(BLOB, KEY, [b"more"], at=size)  # The lock died with its holder.
        blobs.finish(BLOB, KEY)
        assert read_back(blobs) == expected + b"more"
