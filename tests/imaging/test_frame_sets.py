"""Frames with their times are footage, however they were packed."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imaging.evidence_files import (
    BLUE,
    GREEN,
    GREY,
    RED,
    a_frame_set,
    a_listing,
    a_zip,
    corners,
    encoded,
    moving,
    quarters,
)
from verifiers import frame_set
from verifiers.imaging import UnusableInput, load_clip

JPEG = encoded(quarters(), "JPEG", quality=90)


def written(frames: list[tuple[float, bytes]]) -> bytes:
    out = io.BytesIO()
    frame_set.write(frames, out)
    return out.getvalue()


# What is read.


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_frames_come_back_at_their_times(form: str, tmp_path: Path) -> None:
    path = tmp_path / "capture.zip"
    times = [0.0, 0.533, 1.2, 7.0]
    pictures = [encoded(image, form) for image in moving(4)]
    path.write_bytes(written(list(zip(times, pictures, strict=True))))
    clip = load_clip(path)
    assert [frame.seconds for frame in clip.frames] == times
    assert (clip.file, clip.duration_seconds, clip.frames_per_second) == ("capture.zip", 7.0, None)
    brightness = [frame.pixels.mean() for frame in clip.frames]
    assert brightness == sorted(brightness)
    assert not clip.simulated


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_list_may_stand_alone_and_the_archive_be_deflated(method: int, tmp_path: Path) -> None:
    path = a_frame_set(
        tmp_path / "a", a_listing("x.jpg", "y"), {"x.jpg": JPEG, "y": JPEG}, method=method
    )
    assert [frame.seconds for frame in load_clip(path).frames] == [0.0, 0.5]


def test_the_rate_is_told_where_it_is_known(tmp_path: Path) -> None:
    said = {"frames": a_listing("1.jpg"), "frames_per_second": 15, "camera": "FaceTime"}
    assert load_clip(a_frame_set(tmp_path / "a", said, {"1.jpg": JPEG})).frames_per_second == 15


def test_frames_are_upright_and_at_most_1280_wide(tmp_path: Path) -> None:
    turned = quarters(2560, 1440).rotate(90, expand=True)
    exif = turned.getexif()
    exif[274] = 6  # To be turned clockwise by a quarter.
    data = encoded(turned, "JPEG", exif=exif)
    (frame,) = load_clip(a_frame_set(tmp_path / "a", a_listing("1.jpg"), {"1.jpg": data})).frames
    assert frame.pixels.shape == (720, 1280, 3)
    assert np.allclose(corners(frame.pixels), [RED, GREEN, BLUE, GREY], atol=20)


def test_many_frames_are_thinned_over_all_of_the_time(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(written([(100 + i / 20, JPEG) for i in range(400)]))
    clip = load_clip(path, max_frames=10)
    assert [frame.seconds for frame in clip.frames] == pytest.approx(
        [100 + 2 * i for i in range(10)], abs=0.051
    )
    assert len(load_clip(path).frames) == 80  # Four a second.


def test_frames_that_say_they_were_rendered_make_simulated_footage(tmp_path: Path) -> None:
    said = encoded(quarters(), "JPEG", comment=b"Bonafide: simulated footage")
    path = a_frame_set(tmp_path / "a", a_listing("1", "2"), {"1": JPEG, "2": said})
    assert load_clip(path).simulated


def test_pictures_that_hold_what_other_archives_hold_stay_a_set_of_frames(tmp_path: Path) -> None:
    # By its first bytes a stored JPEG with "xl/" in it would make the archive an Excel workbook.
    data = encoded(quarters(), "JPEG", comment=b"word/ xl/ ppt/ META-INF/")
    path = a_frame_set(tmp_path / "a", a_listing("1"), {"1": data})
    assert len(load_clip(path).frames) == 1


class Pipe(io.RawIOBase):
    """A stream that can only be written to, as an upload is."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.data += bytes(data)
        return len(data)


def test_a_set_is_written_to_a_stream_that_cannot_go_back(tmp_path: Path) -> None:
    pipe = Pipe()
    frame_set.write(((i / 4, JPEG) for i in range(3)), pipe)  # type: ignore[arg-type]
    path = tmp_path / "a"
    path.write_bytes(pipe.data)
    assert len(load_clip(path).frames) == 3


@given(st.lists(st.floats(0, 4 * 3600), min_size=1, max_size=20, unique=True))
def test_any_times_in_order_are_written_as_they_are(times: list[float]) -> None:
    data = written([(seconds, JPEG) for seconds in sorted(times)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        said = json.loads(archive.read("frames.json"))["frames"]
        assert {each["file"] for each in said} == set(archive.namelist()) - {"frames.json"}
    assert [each["seconds"] for each in said] == sorted(times)


@pytest.mark.parametrize(
    ("frames", "problem"),
    [
        ([], "holds no frames"),
        ([(-0.1, JPEG)], "gives frame 1 no time between 0 and 14400 seconds"),
        ([(float("nan"), JPEG)], "gives frame 1 no time between"),
        ([(1.0, JPEG), (1.0, JPEG)], "gives frame 2 the time 1.0 s, which is not after the 1.0 s"),
        ([(0.0, a_zip())], "holds frame 1, which is a ZIP archive rather than JPEG, PNG or WebP"),
        ([(0.0, b"")], "holds frame 1, which is plain text rather than"),
    ],
)
def test_what_would_be_refused_later_is_not_written(
    frames: list[tuple[float, bytes]], problem: str
) -> None:
    with pytest.raises(UnusableInput) as refused:
        written(frames)
    assert refused.value.problem.startswith(problem)
