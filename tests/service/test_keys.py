"""What a key promises: nothing opens elsewhere, altered or under another key; nothing is shown."""

import base64
import copy
import multiprocessing
import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.store.keys import (
    SEAL_OVERHEAD_BYTES,
    BadMasterKey,
    Key,
    Unopenable,
    load_master_key,
)

KEY = Key.from_bytes(bytes(range(32)))
PLACES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def _same(one: Key, other: Key) -> bool:
    return one.digest("x", about="y") == other.digest("x", about="y")


@given(st.binary(max_size=300), PLACES)
def test_what_was_sealed_opens_in_its_place(plain: bytes, about: str) -> None:
    sealed = KEY.seal(plain, about=about)
    assert KEY.open(sealed, about=about) == plain
    assert len(sealed) == len(plain) + SEAL_OVERHEAD_BYTES


@given(st.binary(max_size=100), PLACES, PLACES)
def test_a_sealed_value_moved_to_another_place_does_not_open(
    plain: bytes, about: str, other: str
) -> None:
    sealed = KEY.seal(plain, about=about)
    if about != other:
        with pytest.raises(Unopenable):
            KEY.open(sealed, about=other)


@given(st.binary(max_size=50), st.data())
def test_one_altered_bit_anywhere_is_noticed(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(KEY.seal(plain, about="a"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unopenable):
        KEY.open(bytes(sealed), about="a")


@given(st.binary(max_size=100))
def test_arbitrary_bytes_never_open_and_raise_nothing_else(junk: bytes) -> None:
    with pytest.raises(Unopenable):
        KEY.open(junk, about="a")
    with pytest.raises(Unopenable):
        KEY.unwrap(junk, about="a")


def test_another_key_does_not_open() -> None:
    with pytest.raises(Unopenable):
        Key.new().open(KEY.seal(b"order", about="a"), about="a")


def test_the_same_value_sealed_twice_looks_different() -> None:
    assert KEY.seal(b"order", about="a") != KEY.seal(b"order", about="a")


def test_a_wrapped_key_comes_back_the_same() -> None:
    subject = Key.new()
    again = KEY.unwrap(KEY.wrap(subject, about="subject/1"), about="subject/1")
    assert again.open(subject.seal(b"order", about="a"), about="a") == b"order"


def test_a_wrapped_key_of_one_subject_does_not_unwrap_for_another() -> None:
    wrapped = KEY.wrap(Key.new(), about="subject/1")
    with pytest.raises(Unopenable):
        KEY.unwrap(wrapped, about="subject/2")


def test_sealing_and_wrapping_share_no_key_bytes() -> None:
    secret = bytes(32)
    with pytest.raises(Unopenable):
        KEY.unwrap(KEY.seal(secret, about="a"), about="a")
    with pytest.raises(Unopenable):
        KEY.open(KEY.wrap(Key.from_bytes(secret), about="a"), about="a")


def test_equal_texts_have_equal_digests_in_one_place_and_under_one_key_only() -> None:
    digest = KEY.digest("ada@example.org", about="email")
    assert digest == Key.from_bytes(bytes(range(32))).digest("ada@example.org", about="email")
    assert digest != KEY.digest("ada@example.com", about="email")
    assert digest != KEY.digest("ada@example.org", about="phone")
    assert digest != Key.new().digest("ada@example.org", about="email")
    assert KEY.digest("b", about="a") != KEY.digest("", about="ab")


def test_what_is_stored_stays_readable_by_later_versions() -> None:
    """Values written by version 1 of the format; a change that breaks them loses people's data."""
    sealed = bytes.fromhex("0187a5905e41b7a29d8817f4286ed2e49d6e2231a1cc65bd326068d0b04dace2d1")
    wrapped = bytes.fromhex(
        "01c92f40e735bb3b2a9294d0347c59b813f401e413c91e0ab07769a2e244"
        "d45d6488cac81ce5e700df14a4472faa3cb07a29f3eeb58ed6b73868450d7e"
    )
    assert KEY.open(sealed, about="place") == b"kept"
    assert _same(KEY.unwrap(wrapped, about="place"), Key.from_bytes(bytes(32)))
    assert (
        KEY.digest("text", about="place").hex()
        == "94d49aaeb25119941646b79bb1bfb5cab8d0ee2f72a37666348965242006d4ac"
    )


def test_a_key_shows_nothing_of_itself_and_cannot_be_pickled_or_copied() -> None:
    for shown in (repr(KEY), str(KEY), f"{KEY}", f"{[KEY]}"):
        assert shown.strip("[]") == "<Key>"
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError):
            pickle.dumps(KEY, protocol)
    for copied in (copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            copied(KEY)


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Key.from_bytes(bytes(length))


RAW = bytes(range(224, 256))


@pytest.mark.parametrize(
    "text",
    [
        RAW.hex(),
        RAW.hex().upper(),
        f" {RAW.hex()}\n",
        base64.b64encode(RAW).decode(),
        base64.urlsafe_b64encode(RAW).decode(),
        base64.urlsafe_b64encode(RAW).decode().rstrip("="),
    ],
)
def test_the_master_key_is_read_from_hexadecimal_and_base64(text: str, tmp_path: Path) -> None:
    assert _same(load_master_key(text, tmp_path / "unused"), Key.from_bytes(RAW))
    assert not (tmp_path / "unused").exists()


@pytest.mark.parametrize(
    "text", ["", " ", "correct horse battery staple", RAW.hex()[:-1], RAW.hex() + "00", "é" * 64]
)
def test_an_unusable_master_key_is_refused_without_quoting_it(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadMasterKey) as caught:
        load_master_key(text, tmp_path / "unused")
    assert "BONAFIDE_MASTER_KEY must hold 64 hexadecimal digits" in str(caught.value)
    assert text.strip() == "" or text not in str(caught.value)
    assert not (tmp_path / "unused").exists()


def test_the_first_start_makes_a_key_file_and_the_next_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "master"
    first = load_master_key(None, file)
    assert _same(first, load_master_key(None, file))
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in file.parent.iterdir()] == ["master"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_key_file_that_others_may_touch_is_refused(mode: int, tmp_path: Path) -> None:
    file = tmp_path / "master"
    load_master_key(None, file)
    file.chmod(mode)
    with pytest.raises(BadMasterKey, match="chmod 600"):
        load_master_key(None, file)


def test_a_damaged_key_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "master"
    load_master_key(None, file)
    kept = file.read_text()[:20]
    file.write_text(kept)
    with pytest.raises(BadMasterKey) as caught:
        load_master_key(None, file)
    assert kept not in str(caught.value)
    assert file.read_text() == kept


def test_processes_that_start_at_once_end_with_the_same_key(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    start, answers = context.Barrier(8), context.Queue()

    def load() -> None:
        start.wait()
        answers.put(load_master_key(None, tmp_path / "keys" / "master").digest("x", about="y"))
        answers.close()
        answers.join_thread()
        os._exit(0)

    processes = [context.Process(target=load) for _ in range(8)]
    for process in processes:
        process.start()
    digests = {answers.get(timeout=60) for _ in processes}
    for process in processes:
        process.join()
    assert len(digests) == 1
