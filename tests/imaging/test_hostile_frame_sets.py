"""An archive that is no set of frames, or made to harm, gets one answer and is never unpacked."""

import json
import struct
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from tests.imaging.evidence_files import (
    a_frame_set,
    a_listing,
    a_pdf,
    a_zip,
    encoded,
    png_of_64_megapixels,
    quarters,
)
from verifiers.imaging import UnusableInput, load_clip, load_pictures

JPEG = encoded(quarters(), "JPEG", quality=90)


def answer_to(path: Path) -> str:
    with pytest.raises(UnusableInput) as refused:
        load_clip(path)
    assert refused.value.file == path.name
    assert len(refused.value.action) > 10
    return refused.value.problem


@pytest.mark.parametrize(
    ("listed", "problem"),
    [
        (b"{", "holds frames.json, which is no JSON"),
        (b"[" * 100_000, "holds frames.json, which is no JSON"),
        (b"\xff\xfe", "holds frames.json, which is no JSON"),
        ({"clips": []}, "holds frames.json without a list of frames"),
        ("0001.jpg", "holds frames.json without a list of frames"),
        ([], "holds no frames"),
        (["1.jpg"], "names no file for frame 1"),
        ([{"seconds": 1}], "names no file for frame 1"),
        ([{"file": "1.jpg"}], "gives 1.jpg no time between 0 and 14400 seconds"),
        (
            {"frames": a_listing("1.jpg"), "frames_per_second": -1},
            "gives no frames per second between 0 and 1000",
        ),
    ],
)
def test_a_list_that_is_none(listed: object, problem: str, tmp_path: Path) -> None:
    assert answer_to(a_frame_set(tmp_path / "a.zip", listed, {"1.jpg": JPEG})) == problem


@pytest.mark.parametrize("seconds", ["-1", "NaN", "Infinity", "1e999", "9" * 400, '"1"', "true"])
def test_a_time_that_is_none(seconds: str, tmp_path: Path) -> None:
    text = b'[{"file": "1.jpg", "seconds": %b}]' % seconds.encode()
    problem = answer_to(a_frame_set(tmp_path / "a.zip", text, {"1.jpg": JPEG}))
    assert problem == "gives 1.jpg no time between 0 and 14400 seconds"


@pytest.mark.parametrize("second", [0.0, -0.0, 0.5])
def test_times_that_do_not_increase(second: float, tmp_path: Path) -> None:
    listed = [{"file": "1.jpg", "seconds": 0.5}, {"file": "2.jpg", "seconds": second}]
    path = a_frame_set(tmp_path / "a.zip", listed, {"1.jpg": JPEG, "2.jpg": JPEG})
    assert answer_to(path).startswith(f"gives 2.jpg the time {second} s, which is not after")


@pytest.mark.parametrize(
    ("names", "entries", "problem"),
    [
        (["1", "2"], ["1"], "names 2, which it does not hold"),
        (["frames.json"], [], "names frames.json, which it does not hold"),
        (["1", "1"], ["1"], "names 1 twice"),
        (["1"], ["1", "2"], "holds 2, which frames.json does not name"),
        (["1"], ["1", "notes/"], "holds notes/, which frames.json does not name"),
        (["in/1"], ["in/1"], "names in/1, which is a path"),
        (["../../etc/passwd"], ["../../etc/passwd"], "names ../../etc/passwd, which is a path"),
        (["in\\1"], ["in\\1"], "names in\\1, which is a path"),
        (["x" * 5000], ["1"], f"names {'x' * 60}…, which it does not hold"),
    ],
)
def test_names_that_do_not_fit_the_archive(
    names: list[str], entries: list[str], problem: str, tmp_path: Path
) -> None:
    path = a_frame_set(tmp_path / "a.zip", a_listing(*names), dict.fromkeys(entries, JPEG))
    assert answer_to(path) == problem
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]


def test_two_entries_of_one_name(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(path, "w") as archive:
        for data in (JPEG, encoded(quarters(), "PNG")):
            archive.writestr("1.jpg", data)
        archive.writestr("frames.json", json.dumps(a_listing("1.jpg")))
    assert answer_to(path) == "holds 1.jpg twice"


@pytest.mark.parametrize(
    ("frame", "problem"),
    [
        (b"hello", "is plain text rather than JPEG, PNG or WebP"),
        (b"", "is plain text rather than JPEG, PNG or WebP"),
        (a_pdf(quarters()), "is a PDF rather than JPEG, PNG or WebP"),
        (encoded(quarters(), "GIF"), "is a GIF rather than JPEG, PNG or WebP"),
        (JPEG[:-200], "is a JPEG cut off after"),
        (JPEG + a_zip(), "is a JPEG and a ZIP archive in one file"),
        (png_of_64_megapixels(), "is a PNG of 8000 x 8000 = 64.0 megapixels; at most 50"),
        (encoded(quarters(40, 15), "PNG"), "is a PNG of only 40 x 15 pixels"),
    ],
)
def test_a_frame_that_cannot_be_used_is_named(frame: bytes, problem: str, tmp_path: Path) -> None:
    entries = {"1.jpg": JPEG, "2.jpg": frame}
    path = a_frame_set(
        tmp_path / "a.zip", a_listing(*entries), entries, method=zipfile.ZIP_DEFLATED
    )
    assert answer_to(path).startswith(f"holds 2.jpg, which {problem}")


def test_what_is_no_picture_is_refused_though_it_would_not_be_looked_at(tmp_path: Path) -> None:
    entries = {f"{i}.jpg": JPEG for i in range(8)} | {"5.jpg": b"MZ" + bytes(62) + b"PE\0\0"}
    path = a_frame_set(tmp_path / "a.zip", a_listing(*entries, step=0.01), entries)
    assert answer_to(path).startswith("holds 5.jpg, which is a Windows program rather than JPEG")


def test_frames_of_two_sizes(tmp_path: Path) -> None:
    entries = {"1": JPEG, "2": encoded(quarters(96, 160), "JPEG")}
    path = a_frame_set(tmp_path / "a.zip", a_listing(*entries), entries)
    assert answer_to(path) == "holds frames of two sizes (160 x 96 and 96 x 160 pixels, from 2 on)"


# Archives made to harm.


def changed(path: Path, change: Mapping[int, bytes], *, entry: bytes = b"1.jpg") -> Path:
    """The archive with bytes of that entry's directory record overwritten (APPNOTE 4.3.12)."""
    data = bytearray(path.read_bytes())
    at = data.rindex(entry) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    for offset, value in change.items():
        data[at + offset : at + offset + len(value)] = value
    path.write_bytes(data)
    return path


def test_a_password(tmp_path: Path) -> None:
    path = changed(a_frame_set(tmp_path / "a.zip", a_listing("1.jpg"), {"1.jpg": JPEG}), {8: b"\1"})
    assert answer_to(path) == "is a set of frames protected by a password"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_compress(method: int, tmp_path: Path) -> None:
    path = a_frame_set(tmp_path / "a.zip", a_listing("1.jpg"), {"1.jpg": JPEG}, method=method)
    assert answer_to(path) == "is a set of frames compressed in a way not read here"


def test_a_bomb_that_declares_itself(tmp_path: Path) -> None:
    zeros = bytes(90_000_000)
    entries = {f"{i}.jpg": zeros for i in range(6)}
    path = a_frame_set(
        tmp_path / "a.zip", a_listing(*entries), entries, method=zipfile.ZIP_DEFLATED
    )
    assert path.stat().st_size < 1_000_000
    assert answer_to(path) == "holds frames of more than 500 MB in all"


def test_a_frame_above_the_size_that_is_read(tmp_path: Path) -> None:
    entries = {"1.jpg": bytes(100_000_001)}
    path = a_frame_set(
        tmp_path / "a.zip", a_listing(*entries), entries, method=zipfile.ZIP_DEFLATED
    )
    assert answer_to(path) == "holds 1.jpg, which has 100.0 MB; at most 100.0 MB are read"


def test_a_bomb_that_declares_less_than_it_holds(tmp_path: Path) -> None:
    entries = {"1.jpg": JPEG + bytes(50_000_000)}
    path = a_frame_set(tmp_path / "a.zip", a_listing("1.jpg"), entries, method=zipfile.ZIP_DEFLATED)
    less = {24: struct.pack("<L", len(JPEG))}
    assert answer_to(changed(path, less)) == "is a set of frames whose archive is damaged"


def test_a_frame_that_is_not_what_its_checksum_says(tmp_path: Path) -> None:
    path = a_frame_set(tmp_path / "a.zip", a_listing("1.jpg"), {"1.jpg": JPEG})
    wrong = {16: struct.pack("<L", zlib.crc32(JPEG) ^ 1)}
    assert answer_to(changed(path, wrong)) == "is a set of frames whose archive is damaged"


def test_more_frames_than_are_read(tmp_path: Path) -> None:
    entries = {f"{i:04}": b"\xff\xd8\xff" for i in range(5001)}
    path = a_frame_set(tmp_path / "a.zip", a_listing(*entries), entries)
    assert answer_to(path) == "holds more than 5000 frames"


def test_a_list_that_is_too_long(tmp_path: Path) -> None:
    path = a_frame_set(tmp_path / "a.zip", b" " * 1_000_001, {})
    assert answer_to(path) == "holds frames.json of more than 1 MB"


def test_an_archive_cut_off(tmp_path: Path) -> None:
    path = a_frame_set(tmp_path / "a.zip", a_listing("1.jpg"), {"1.jpg": JPEG})
    path.write_bytes(path.read_bytes()[:-100])
    assert answer_to(path) == "is a ZIP archive cut off before its end"


@pytest.mark.parametrize("tail", [b"x", b"<html>", JPEG])
def test_anything_behind_the_archive_makes_it_no_set_of_frames(tail: bytes, tmp_path: Path) -> None:
    path = a_frame_set(tmp_path / "a.zip", a_listing("1.jpg"), {"1.jpg": JPEG})
    path.write_bytes(path.read_bytes() + tail)
    assert answer_to(path).startswith("starts as a ZIP archive; expected MP4")


def test_a_page_hidden_in_front_is_refused(tmp_path: Path) -> None:
    path = a_frame_set(tmp_path / "a.zip", a_listing("<script>"), {"<script>": JPEG})
    assert answer_to(path) == "is a set of frames and an HTML page in one file"


@pytest.mark.parametrize("name", ["notes.txt", "word/document.xml", "in/frames.json"])
def test_other_archives_are_no_footage(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(a_zip(name))
    assert "expected MP4, MOV, WebM, MKV, AVI or GIF, a photograph, or frames" in answer_to(path)


def test_a_set_of_frames_is_no_document(tmp_path: Path) -> None:
    path = a_frame_set(tmp_path / "a.zip", a_listing("1.jpg"), {"1.jpg": JPEG})
    with pytest.raises(UnusableInput, match="starts as a ZIP archive; expected JPEG"):
        load_pictures(path)


@pytest.mark.parametrize("seed", range(12))
def test_damage_anywhere_is_survived_or_said(seed: int, tmp_path: Path) -> None:
    path = a_frame_set(
        tmp_path / "a.zip", a_listing("1.jpg", "2.jpg"), {"1.jpg": JPEG, "2.jpg": JPEG}
    )
    data = bytearray(path.read_bytes())
    chance = Random(seed)
    start = data.index(b"PK\x01\x02") if seed % 2 else 0
    for _ in range(4):
        data[chance.randrange(start, len(data))] = chance.randrange(256)
    path.write_bytes(data)
    try:
        said = f"{len(load_clip(path).frames)} frames"
    except UnusableInput as answer:
        said = answer.problem
    assert said
    assert "made its decoder fail" not in said
