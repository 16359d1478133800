"""What the blob store promises: what it says is there is there, and damage never reads as data."""

import hashlib
import itertools
import os
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.store.blobs import AlreadyFinished, DiskBlobs, Finished, Missing, WrongOffset
from service.store.keys import Key, Unopenable
from service.store.records import RECORD_BYTES
from tests.service.stored import BLOB, KEY, a_store, file_of, pattern, read_back

UPLOADS = st.lists(st.lists(st.binary(max_size=200), max_size=4), min_size=1, max_size=4)


@given(UPLOADS)
@settings(max_examples=40)
def test_what_is_appended_in_any_pieces_is_read_back_whole(
    uploads: list[list[bytes]],
) -> None:
    plain = b"".join(piece for upload in uploads for piece in upload)
    with a_store() as (blobs, _):
        for upload in uploads:
            before = blobs.size(BLOB, KEY)
            after = blobs.append(BLOB, KEY, upload, at=before)
            assert after == before + sum(map(len, upload)) == blobs.size(BLOB, KEY)
        finished = Finished(len(plain), hashlib.sha256(plain).digest())
        assert blobs.finish(BLOB, KEY) == finished
        assert blobs.finish(BLOB, KEY) == finished
        assert read_back(blobs) == plain
        assert blobs.size(BLOB, KEY) == len(plain)


@pytest.mark.parametrize("length", [RECORD_BYTES + d for d in (-1, 0, 1)] + [5 * RECORD_BYTES + 7])
@pytest.mark.parametrize("piece", [1_000, RECORD_BYTES, 10**7])
def test_pieces_around_the_size_of_a_record_are_read_back_whole(length: int, piece: int) -> None:
    plain = pattern(length)
    with a_store() as (blobs, _):
        pieces = (plain[i : i + piece] for i in range(0, length, piece))
        assert blobs.append(BLOB, KEY, pieces, at=0) == length
        blobs.finish(BLOB, KEY)
        assert read_back(blobs) == plain
        assert max(map(len, blobs.read(BLOB, KEY))) <= RECORD_BYTES


@given(st.data())
@settings(max_examples=60)
def test_a_file_cut_anywhere_goes_on_from_what_its_size_says(data: st.DataObject) -> None:
    plain = pattern(3_000)
    with a_store() as (blobs, file):
        for start in range(0, 3_000, 500):
            blobs.append(BLOB, KEY, [plain[start : start + 500]], at=start)
        whole = file.stat().st_size
        cut = data.draw(st.integers(0, whole))
        os.truncate(file, cut)
        size = blobs.size(BLOB, KEY)
        # Nothing but the record that was cut is lost.
        assert size == cut // (whole // 6) * 500
        assert blobs.append(BLOB, KEY, [plain[size:]], at=size) == 3_000
        blobs.finish(BLOB, KEY)
        assert read_back(blobs) == plain


def test_a_torn_tail_longer_than_what_follows_leaves_nothing_behind() -> None:
    with a_store() as (blobs, file):
        blobs.append(BLOB, KEY, [bytes(1_000)], at=0)
        os.truncate(file, file.stat().st_size - 1)
        blobs.append(BLOB, KEY, [b"x"], at=0)
        assert blobs.finish(BLOB, KEY).size == 1
        assert read_back(blobs) == b"x"


def test_an_earlier_record_of_another_length_does_not_change_the_size_unnoticed() -> None:
    with a_store() as (blobs, file):
        blobs.append(BLOB, KEY, [b"a" * 10], at=0)
        first = file.stat().st_size
        blobs.append(BLOB, KEY, [b"b" * 10], at=10)
        both = file.read_bytes()
        longer = both[0:1] + (first - 5 + 7).to_bytes(4, "big") + both[5:first] + bytes(7)
        file.write_bytes(longer + both[first:])
        with pytest.raises(Unopenable):
            blobs.size(BLOB, KEY)


def test_a_finished_blob_cut_at_any_byte_is_never_read_as_whole() -> None:
    with a_store() as (blobs, file):
        for at in (0, 10, 20):
            blobs.append(BLOB, KEY, [b"0123456789"], at=at)
        blobs.finish(BLOB, KEY)
        for length in reversed(range(file.stat().st_size)):
            os.truncate(file, length)
            with pytest.raises(Unopenable):
                read_back(blobs)


def test_every_flipped_bit_of_a_finished_blob_is_noticed() -> None:
    with a_store() as (blobs, file):
        for at in (0, 3):
            blobs.append(BLOB, KEY, [b"abc"], at=at)
        blobs.finish(BLOB, KEY)
        good = file.read_bytes()
        for bit in range(len(good) * 8):
            bad = bytearray(good)
            bad[bit // 8] ^= 1 << bit % 8
            file.write_bytes(bad)
            with pytest.raises(Unopenable):
                read_back(blobs)
        file.write_bytes(good)
        assert read_back(blobs) == b"abcabc"


@given(st.binary(min_size=1, max_size=200))
@settings(max_examples=30)
def test_bytes_behind_the_end_are_noticed(junk: bytes) -> None:
    with a_store() as (blobs, file):
        blobs.append(BLOB, KEY, [b"abc"], at=0)
        blobs.finish(BLOB, KEY)
        file.write_bytes(file.read_bytes() + junk)
        with pytest.raises(Unopenable):
            read_back(blobs)


def _three_records(blobs: DiskBlobs, file: Path) -> list[bytes]:
    """A finished blob of three records of ten bytes each; its file's records, the end last."""
    ends = [0]
    for number in range(3):
        blobs.append(BLOB, KEY, [bytes([number]) * 10], at=number * 10)
        ends.append(file.stat().st_size)
    blobs.finish(BLOB, KEY)
    whole = file.read_bytes()
    ends.append(len(whole))
    return [whole[a:b] for a, b in itertools.pairwise(ends)]


@pytest.mark.parametrize(
    "order", [[1, 0, 2, 3], [0, 2, 1, 3], [0, 1, 3], [0, 0, 2, 3], [0, 1, 2, 2, 3], [3], [0, 3]]
)
def test_records_left_out_doubled_or_put_in_another_order_are_noticed(order: list[int]) -> None:
    with a_store() as (blobs, file):
        parts = _three_records(blobs, file)
        file.write_bytes(b"".join(parts[i] for i in order))
        with pytest.raises(Unopenable):
            read_back(blobs)


def test_a_record_of_an_earlier_attempt_at_the_same_place_is_noticed() -> None:
    with a_store() as (blobs, file):
        blobs.append(BLOB, KEY, [b"first"], at=0)
        first = file.read_bytes()
        os.truncate(file, len(first) - 1)  # Torn, so it is sent again, differently.
        blobs.append(BLOB, KEY, [b"other"], at=0)
        blobs.finish(BLOB, KEY)
        file.write_bytes(first + file.read_bytes()[len(first) :])
        with pytest.raises(Unopenable):
            read_back(blobs)


def test_the_file_of_one_blob_does_not_open_as_another() -> None:
    other = uuid4()
    with a_store() as (blobs, file):
        blobs.append(BLOB, KEY, [b"hers"], at=0)
        blobs.finish(BLOB, KEY)
        blobs.append(other, KEY, [b"his"], at=0)
        file_of(file.parents[2], other).write_bytes(file.read_bytes())
        for touch in (blobs.size, blobs.read, blobs.finish):
            with pytest.raises(Unopenable):
                touch(other, KEY)


def test_the_wrong_key_neither_reads_nor_overwrites() -> None:
    with a_store() as (blobs, file):
        blobs.append(BLOB, KEY, [b"evidence"], at=0)
        before = file.read_bytes()
        wrong = Key.new()
        with pytest.raises(Unopenable):
            blobs.size(BLOB, wrong)
        for at in (0, 8):
            with pytest.raises(Unopenable):
                blobs.append(BLOB, wrong, [b"x"], at=at)
        with pytest.raises(Unopenable):
            blobs.finish(BLOB, wrong)
        assert file.read_bytes() == before


def test_the_file_shows_neither_content_nor_more_than_its_owner_may_see() -> None:
    with a_store() as (blobs, file):
        blobs.append(BLOB, KEY, [b"Erika Mustermann " * 20], at=0)
        assert b"Mustermann" not in file.read_bytes()
        assert file.stat().st_mode & 0o777 == 0o600
        assert {folder.stat().st_mode & 0o777 for folder in file.parents[:2]} == {0o700}


@pytest.mark.parametrize("at", [-1, 0, 4, 6, 10**12])
def test_an_append_elsewhere_than_at_the_end_is_told_where_the_end_is(at: int) -> None:
    with a_store() as (blobs, _):
        blobs.append(BLOB, KEY, [b"12345"], at=0)
        with pytest.raises(WrongOffset) as caught:
            blobs.append(BLOB, KEY, [b"x"], at=at)
        assert caught.value.expected == 5 == blobs.size(BLOB, KEY)


def test_what_is_not_there_is_missing_and_has_no_bytes() -> None:
    with a_store() as (blobs, file):
        assert blobs.size(BLOB, KEY) == 0
        with pytest.raises(Missing):
            blobs.read(BLOB, KEY)
        with pytest.raises(Missing):
            blobs.finish(BLOB, KEY)
        with pytest.raises(WrongOffset) as caught:
            blobs.append(BLOB, KEY, [b"x"], at=1)
        assert caught.value.expected == 0
        assert not file.exists()


def test_an_unfinished_blob_is_not_read_and_a_finished_one_takes_nothing_more() -> None:
    with a_store() as (blobs, _):
        blobs.append(BLOB, KEY, [b"half"], at=0)
        with pytest.raises(Unopenable, match="no end"):
            blobs.read(BLOB, KEY)
        blobs.finish(BLOB, KEY)
        with pytest.raises(AlreadyFinished):
            blobs.append(BLOB, KEY, [b"more"], at=4)
        assert read_back(blobs) == b"half"


def test_deleting_twice_is_deleting_once_and_the_blob_may_begin_anew() -> None:
    with a_store() as (blobs, file):
        blobs.append(BLOB, KEY, [b"old"], at=0)
        blobs.delete(BLOB)
        blobs.delete(BLOB)
        assert not file.exists()
        blobs.append(BLOB, KEY, [b"new"], at=0)
        blobs.finish(BLOB, KEY)
        assert read_back(blobs) == b"new"
