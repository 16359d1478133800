"""Every file that cannot be used gets one answer: which file, what is wrong, what to do."""

import os
import re
import struct
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image

from tests.imaging.evidence_files import (
    a_pdf,
    a_pdf_with_a_password,
    a_video,
    a_zip,
    encoded,
    moving,
    noise,
    png_of_64_megapixels,
    quarters,
)
from verifiers.child import Limits
from verifiers.imaging import UnusableInput, load_clip, load_pictures

ROOT = Path(__file__).parents[2]
JPEG = encoded(noise(), "JPEG", quality=90)
PNG = encoded(noise(), "PNG")
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"


def saved(tmp_path: Path, data: bytes, name: str = "passport.jpg") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def answer_to(path: Path) -> str:
    with pytest.raises(UnusableInput) as refused:
        load_pictures(path)
    answer = refused.value
    assert answer.file == path.name
    assert str(answer) == f"{path.name}: {answer.problem}. {answer.action}."
    assert len(answer.action) > 10
    assert str(path.parent) not in str(answer)
    return answer.problem


def test_an_empty_file(tmp_path: Path) -> None:
    path = saved(tmp_path, b"")
    assert answer_to(path) == "is empty (0 bytes)"
    with pytest.raises(UnusableInput, match=r"is empty \(0 bytes\)"):
        load_clip(path)


def test_no_file_a_directory_and_a_pipe(tmp_path: Path) -> None:
    assert answer_to(tmp_path / "gone.jpg") == "does not exist"
    assert answer_to(tmp_path) == "is a directory"
    os.mkfifo(tmp_path / "pipe.jpg")
    assert answer_to(tmp_path / "pipe.jpg") == "is no regular file (a pipe or device)"


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = saved(tmp_path, JPEG)
    path.chmod(0)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        assert answer_to(path) == "may not be read by this user"
    finally:
        if is_root:
            os.seteuid(0)


def test_a_name_that_would_drive_the_terminal_is_shown_harmless(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput) as refused:
        load_pictures(tmp_path / "a\x1b[2Jb.jpg")
    assert refused.value.file == "a\ufffd[2Jb.jpg"


def test_a_file_above_the_size_that_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path, JPEG)
    os.truncate(path, 100_000_001)
    assert answer_to(path) == "has 100.0 MB; at most 100.0 MB are read"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (a_zip(), "a ZIP archive"),
        (a_zip(locked=True), "a password-protected ZIP archive"),
        (a_zip("word/document.xml"), "a Word document"),
        (a_zip("xl/workbook.xml"), "an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office document"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le"),
            "a password-protected Office document",
        ),
        (HTML, "an HTML page"),
        (b"\xef\xbb\xbf\n <svg xmlns='http://www.w3.org/2000/svg'></svg>", "an HTML page"),
        (b"My passport is in the other mail.\n", "plain text"),
        (b"I'm free on Monday\n", "plain text"),
        (b"MZ" + bytes(62) + b"PE\0\0" + bytes(99), "a Windows program"),
        (b"\x7fELF\x02\x01\x01" + bytes(99), "a Linux program"),
        (b"#!/bin/sh\nrm -rf /\n", "a script"),
        (b"{\\rtf1 hello}", "an RTF document"),
    ],
)
def test_what_is_no_picture_is_named(data: bytes, what: str, tmp_path: Path) -> None:
    problem = answer_to(saved(tmp_path, data))
    assert problem == (
        f"starts as {what}; expected JPEG, PNG, WebP, TIFF, HEIC, AVIF, GIF, BMP or PDF"
    )


def test_what_is_not_known_is_shown_by_its_first_bytes(tmp_path: Path) -> None:
    problem = answer_to(saved(tmp_path, b"\x01\x02\xfe\xff" * 50))
    assert problem.startswith("is of a kind that is not known here (it starts with 01 02 fe ff)")


def test_a_video_is_no_document_and_a_pdf_no_footage(tmp_path: Path) -> None:
    video = a_video(tmp_path / "clip.mp4", moving(5))
    assert answer_to(video).startswith("starts as an MP4 video; expected JPEG")
    with pytest.raises(UnusableInput, match="starts as a PDF; expected MP4"):
        load_clip(saved(tmp_path, a_pdf(quarters()), "scan.mp4"))


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("per_cent", [10, 41, 99])
def test_a_jpeg_cut_off_says_how_much_is_there(
    per_cent: int, progressive: bool, tmp_path: Path
) -> None:
    whole = encoded(noise(), "JPEG", quality=90, progressive=progressive)
    problem = answer_to(saved(tmp_path, whole[: len(whole) * per_cent // 100]))
    said = re.fullmatch(r"is a JPEG cut off (before its end|after (\d+) % of its picture)", problem)
    assert said, problem
    if not progressive:  # A progressive picture comes from coarse to fine, not from top to bottom.
        assert abs(int(said[2] or 100) - per_cent) <= 6


def test_a_jpeg_without_its_last_two_bytes_is_cut_off(tmp_path: Path) -> None:
    assert answer_to(saved(tmp_path, JPEG[:-2])) == "is a JPEG cut off before its end"


def test_a_cut_png_says_how_much_is_there(tmp_path: Path) -> None:
    problem = answer_to(saved(tmp_path, PNG[: len(PNG) // 2]))
    said = re.fullmatch(r"is a PNG cut off after (\d+) % of its picture", problem)
    assert said
    assert abs(int(said[1]) - 50) <= 6


@pytest.mark.parametrize("form", ["WEBP", "HEIF", "AVIF"])
def test_a_cut_picture_of_a_sized_container_says_how_much_is_there(
    form: str, tmp_path: Path
) -> None:
    data = encoded(noise(), form)
    problem = answer_to(saved(tmp_path, data[: len(data) // 2]))
    assert re.fullmatch(r"is an? (WebP|HEIC|AVIF) cut off after (49|50) % of its data", problem)


@pytest.mark.parametrize("form", ["TIFF", "GIF", "BMP"])
def test_other_cut_pictures_are_refused_too(form: str, tmp_path: Path) -> None:
    data = encoded(noise(), form)
    problem = answer_to(saved(tmp_path, data[: len(data) // 2]))
    assert re.fullmatch(r"is a \w+ (cut off before its end|whose data is damaged)", problem)


def test_a_cut_pdf(tmp_path: Path) -> None:
    data = a_pdf(quarters())
    assert answer_to(saved(tmp_path, data[: len(data) // 2])) == "is a PDF cut off before its end"


def test_a_pdf_that_holds_nothing(tmp_path: Path) -> None:
    assert answer_to(saved(tmp_path, b"%PDF-1.4\n%%EOF\n")) == "is a PDF whose data is damaged"


def test_a_pdf_protected_by_a_password(tmp_path: Path) -> None:
    path = saved(tmp_path, a_pdf_with_a_password(), "scan.pdf")
    assert answer_to(path) == "is a PDF protected by a password"


def test_damage_inside_a_png_is_said(tmp_path: Path) -> None:
    data = bytearray(PNG)
    data[len(data) // 2] ^= 0xFF
    assert answer_to(saved(tmp_path, bytes(data))) == "is a PNG whose data is damaged"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF", "GIF", "BMP"])
@pytest.mark.parametrize("seed", range(4))
def test_damage_anywhere_is_survived_or_said(form: str, seed: int, tmp_path: Path) -> None:
    data = bytearray(encoded(noise(200, 150), form))
    chance = Random(seed)
    for _ in range(8):
        data[chance.randrange(len(data) if seed % 2 else 200)] = chance.randrange(256)
    try:
        said = [f"{p.width} x {p.height}" for p in load_pictures(saved(tmp_path, bytes(data)))]
    except UnusableInput as answer:
        said = [answer.problem]
    assert said
    assert "made its decoder fail" not in said[0]


def jpeg_with_comment(comment: bytes) -> bytes:
    length = struct.pack(">H", len(comment) + 2)
    return b"".join((JPEG[:2], b"\xff\xfe", length, comment, JPEG[2:]))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (JPEG + a_zip(), "is a JPEG and a ZIP archive in one file"),
        (JPEG + bytes(500) + a_zip("META-INF/"), "is a JPEG and a Java program in one file"),
        (JPEG + b"junk" + a_zip(), "is a JPEG and a ZIP archive in one file"),
        (PNG + a_zip(), "is a PNG and a ZIP archive in one file"),
        (encoded(quarters(), "GIF") + a_zip(), "is a GIF and a ZIP archive in one file"),
        (encoded(quarters(), "WEBP") + a_zip(), "is a WebP and a ZIP archive in one file"),
        (a_pdf(quarters()) + a_zip(), "is a PDF and a ZIP archive in one file"),
        (JPEG + a_pdf(quarters()), "is a JPEG and a PDF in one file"),
        (jpeg_with_comment(b"\n%PDF-1.4\n1 0 obj"), "is a JPEG and a PDF in one file"),
        (JPEG + HTML, "is a JPEG and an HTML page in one file"),
        (jpeg_with_comment(b"<script>alert(1)</script>"), "is a JPEG and an HTML page in one file"),
        (PNG + b"MZ" + bytes(62) + b"PE\0\0", "is a PNG and a Windows program in one file"),
    ],
)
def test_a_file_that_is_two_things_is_refused(data: bytes, problem: str, tmp_path: Path) -> None:
    assert answer_to(saved(tmp_path, data)) == problem


@pytest.mark.parametrize(
    "trailer",
    [
        bytes(4096),
        b"\r\n",
        encoded(quarters(), "JPEG"),
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(5000),
        b"MotionPhoto_Data\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(500) + b"SEFH\x6a\0\0\0SEFT",
        b"PK is not always a ZIP, PK\x05\x06 is not its end",
    ],
)
def test_what_cameras_append_to_a_jpeg_is_no_second_thing(trailer: bytes, tmp_path: Path) -> None:
    (picture,) = load_pictures(saved(tmp_path, JPEG + trailer))
    assert (picture.width, picture.height) == (400, 300)


def test_a_png_of_64_megapixels_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    data = png_of_64_megapixels()
    assert len(data) < 10_000
    path = saved(tmp_path, data)
    script = (
        "import resource, sys; from pathlib import Path; from verifiers.imaging import *\n"
        "try: load_pictures(Path(sys.argv[1]))\n"
        "except UnusableInput as answer: print(answer)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path], cwd=ROOT, check=True, capture_output=True, text=True
    )
    answer, peak_megabytes = done.stdout.splitlines()
    assert answer == (
        "passport.jpg: is a PNG of 8000 x 8000 = 64.0 megapixels; at most 50 are decoded. "
        "Send it at a smaller size."
    )
    assert int(peak_megabytes) < 100


@pytest.mark.parametrize("form", ["GIF", "TIFF", "BMP"])
def test_other_formats_are_refused_by_their_header_too(form: str, tmp_path: Path) -> None:
    data = encoded(Image.new("1", (8000, 8000)), form)
    assert "8000 x 8000 = 64.0 megapixels" in answer_to(saved(tmp_path, data))


@pytest.mark.parametrize(
    ("options", "at", "size"),
    [
        ({"lossless": True}, 21, (7999 | 7999 << 14).to_bytes(4, "little")),
        ({"lossless": False}, 26, struct.pack("<HH", 8000, 8000)),
        ({"icc_profile": bytes(128)}, 24, (7999 | 7999 << 24).to_bytes(6, "little")),
    ],
)
def test_a_webp_is_refused_by_any_of_its_three_headers(
    options: dict[str, Any], at: int, size: bytes, tmp_path: Path
) -> None:
    data = encoded(quarters(), "WEBP", **options)
    forged = data[:at] + size + data[at + len(size) :]
    assert "8000 x 8000 = 64.0 megapixels" in answer_to(saved(tmp_path, forged))


def test_a_picture_too_small_to_show_anything(tmp_path: Path) -> None:
    problem = answer_to(saved(tmp_path, encoded(quarters(100, 15), "PNG")))
    assert problem == "is a PNG of only 100 x 15 pixels; a side needs at least 16"


def test_a_picture_longer_than_anything_can_turn(tmp_path: Path) -> None:
    problem = answer_to(saved(tmp_path, encoded(quarters(30_100, 40), "PNG")))
    assert problem == "is a PNG of 30100 x 40 pixels; a side has at most 30000"


def test_a_picture_that_takes_too_much_memory_or_time_is_said_to(tmp_path: Path) -> None:
    path = saved(tmp_path, encoded(quarters(6000, 6000), "PNG"))
    with pytest.raises(UnusableInput, match=r"needs more than 0\.125 GiB of memory to decode"):
        load_pictures(path, limits=Limits(60, 128 << 20, 1 << 30))
    with pytest.raises(UnusableInput, match=r"could not be decoded within 0\.05 seconds"):
        load_pictures(path, limits=Limits(0.05, 2 << 30, 1 << 30))
