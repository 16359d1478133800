"""Footage becomes frames that span it, upright and bounded, however long it is."""

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL.PngImagePlugin import PngInfo

from tests.imaging.evidence_files import (
    BLUE,
    GREEN,
    GREY,
    RED,
    a_call_that_shrinks,
    a_long_video,
    a_video,
    a_zip,
    corners,
    encoded,
    moving,
    noise,
    quarters,
)
from verifiers.decoding.sampling import CLOSE_STEP, MOST_CLOSELY, Sampling
from verifiers.imaging import UnusableInput, load_clip
from verifiers.picture import Clip

CONTAINERS = [
    ("mp4", "libx264"),
    ("mov", "libx264"),
    ("webm", "libvpx"),
    ("mkv", "libx264"),
    ("avi", "mpeg4"),
]


def spans_evenly(clip: Clip, step: float, tolerance: float) -> bool:
    times = [frame.seconds for frame in clip.frames]
    return times[0] <= tolerance and all(
        abs(later - earlier - step) <= tolerance for earlier, later in pairwise(times)
    )


def answer_to(path: Path) -> str:
    with pytest.raises(UnusableInput) as refused:
        load_clip(path)
    return refused.value.problem


@pytest.mark.parametrize(("extension", "codec"), CONTAINERS)
def test_every_container_gives_four_frames_a_second(
    extension: str, codec: str, tmp_path: Path
) -> None:
    path = a_video(tmp_path / f"a.{extension}", moving(60), codec=codec, rate=20)
    clip = load_clip(path)
    assert clip.file == path.name
    assert clip.duration_seconds == pytest.approx(3.0, abs=0.06)
    assert clip.frames_per_second == pytest.approx(20, rel=0.03)
    assert len(clip.frames) == 12
    assert spans_evenly(clip, 0.25, 0.002)
    brightness = [float(frame.pixels.mean()) for frame in clip.frames]
    for frame, value in zip(clip.frames, brightness, strict=True):
        assert value == pytest.approx(40 + 200 * frame.seconds * 20 / 59, abs=6)
    assert not clip.simulated


def test_a_recording_written_as_it_was_made_has_a_length_too(tmp_path: Path) -> None:
    # A browser's MediaRecorder writes WebM without a duration: its element is made unreadable here.
    path = a_video(tmp_path / "a.webm", moving(60), codec="libvpx", rate=20)
    data = path.read_bytes()
    assert data.count(b"\x44\x89\x88") == 1
    path.write_bytes(data.replace(b"\x44\x89\x88", b"\x42\xfe\x88"))
    clip = load_clip(path)
    assert clip.duration_seconds == pytest.approx(3.0, abs=0.06)
    assert len(clip.frames) == 12


def test_a_longer_recording_is_sampled_thinner_over_all_of_it(tmp_path: Path) -> None:
    path = a_video(tmp_path / "a.mp4", moving(300), rate=10)
    clip = load_clip(path, max_frames=10)
    assert len(clip.frames) == 10
    assert spans_evenly(clip, 3.0, 0.002)


def test_frames_are_never_invented(tmp_path: Path) -> None:
    clip = load_clip(a_video(tmp_path / "a.mp4", moving(6), rate=2), frames_per_second=8)
    assert [frame.seconds for frame in clip.frames] == [0, 0.5, 1, 1.5, 2, 2.5]


@pytest.mark.parametrize("clockwise", [0, 90, 180, 270])
def test_a_phone_held_any_way_gives_upright_frames(clockwise: int, tmp_path: Path) -> None:
    stored = quarters().rotate(clockwise, expand=True)  # Pillow turns counterclockwise.
    path = a_video(tmp_path / "a.mp4", [stored] * 4, clockwise=clockwise)
    for frame in load_clip(path).frames:
        assert frame.pixels.shape == (96, 160, 3)
        assert np.allclose(corners(frame.pixels), [RED, GREEN, BLUE, GREY], atol=20)


def test_the_longest_side_is_at_most_1280(tmp_path: Path) -> None:
    path = a_video(tmp_path / "a.mp4", moving(3, 1080, 1920))
    assert load_clip(path).frames[0].pixels.shape == (1280, 720, 3)
    photograph = tmp_path / "a.png"
    photograph.write_bytes(encoded(quarters(2560, 1440), "PNG"))
    assert load_clip(photograph).frames[0].pixels.shape == (720, 1280, 3)


def test_a_call_that_changed_its_size_on_the_way_has_frames_of_one_size(tmp_path: Path) -> None:
    path = a_call_that_shrinks(tmp_path / "call.webm", moving(40, 320, 240), after=20)
    frames = load_clip(path).frames
    assert {frame.pixels.shape for frame in frames} == {(240, 320, 3)}
    brightness = [float(frame.pixels.mean()) for frame in frames]
    assert brightness == sorted(brightness)
    assert len(frames) == 16


def test_a_photograph_is_a_clip_of_one_frame(tmp_path: Path) -> None:
    path = tmp_path / "me.jpg"
    path.write_bytes(encoded(quarters(), "JPEG", comment=b"Simulated footage by the samples"))
    clip = load_clip(path)
    assert (len(clip.frames), clip.duration_seconds, clip.frames_per_second) == (1, 0, None)
    assert clip.simulated


def test_an_animated_gif_is_a_clip(tmp_path: Path) -> None:
    frames = list(moving(20))
    path = tmp_path / "a.gif"
    path.write_bytes(
        encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=250)
    )
    clip = load_clip(path)
    assert len(clip.frames) == 20
    assert clip.duration_seconds == pytest.approx(5.0, abs=0.01)
    assert clip.frames[-1].pixels.mean() > 230


@pytest.mark.parametrize(("extension", "codec"), CONTAINERS)
def test_footage_that_says_it_was_rendered_is_marked(
    extension: str, codec: str, tmp_path: Path
) -> None:
    path = tmp_path / f"a.{extension}"
    a_video(path, moving(3), codec=codec, comment="Bonafide: Simulated footage")
    assert load_clip(path).simulated


def test_a_picture_that_says_it_was_rendered_is_marked(tmp_path: Path) -> None:
    said = PngInfo()
    said.add_text("Comment", "simulated footage")
    path = tmp_path / "a.png"
    path.write_bytes(encoded(quarters(), "PNG", pnginfo=said))
    assert load_clip(path).simulated


def test_a_recording_of_three_hours_is_seen_from_start_to_end(tmp_path: Path) -> None:
    path = a_long_video(tmp_path / "interview.mp4", hours=3, size=(640, 360))
    clip = load_clip(path)
    assert clip.duration_seconds == pytest.approx(3 * 3600, abs=1)
    assert len(clip.frames) == 120
    assert spans_evenly(clip, 90, 5)  # To the nearest keyframe, which come every five seconds.


def test_a_recording_over_four_hours_is_refused(tmp_path: Path) -> None:
    path = a_long_video(tmp_path / "day.mp4", hours=4.1, size=(64, 48))
    assert answer_to(path) == "is an MP4 video of 4.1 hours; at most 4 are read"


def test_a_long_recording_without_keyframes_is_refused(tmp_path: Path) -> None:
    path = a_long_video(tmp_path / "odd.mp4", hours=2, size=(640, 360), keyframe_every=15000)
    assert answer_to(path).startswith("is an MP4 video of 120 minutes with only 5 keyframes")


@pytest.mark.parametrize("extension", ["mp4", "webm", "avi", "mkv"])
def test_a_cut_recording_says_how_much_is_there(extension: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{extension}"
    codec = "libvpx" if extension == "webm" else "mpeg4"
    a_video(path, [noise(160, 96)] * 30, codec=codec)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert " cut off after " in answer_to(path)
    assert " % of its data" in answer_to(path)


def test_a_recording_that_was_broken_off_has_no_index(tmp_path: Path) -> None:
    path = a_video(tmp_path / "a.mp4", moving(30))
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"moov") - 4])
    assert "without its index (no 'moov')" in answer_to(path)


def test_a_video_with_an_archive_behind_it_is_refused(tmp_path: Path) -> None:
    path = a_video(tmp_path / "a.mp4", moving(5))
    path.write_bytes(path.read_bytes() + a_zip())
    assert answer_to(path) == "is an MP4 video and a ZIP archive in one file"


def test_a_video_padded_with_zeros_is_read(tmp_path: Path) -> None:
    path = a_video(tmp_path / "a.mp4", moving(5))
    path.write_bytes(path.read_bytes() + bytes(4096))
    assert load_clip(path).frames


def test_a_playlist_does_not_lead_to_other_files(tmp_path: Path) -> None:
    a_video(tmp_path / "secret.mp4", moving(5))
    path = tmp_path / "list.mp4"
    path.write_text("#EXTM3U\n#EXTINF:10,\nsecret.mp4\n#EXT-X-ENDLIST\n")
    assert answer_to(path).startswith("starts as plain text")
    box = b"ftypisom\0\0\0\0" + path.read_bytes()
    path.write_bytes(struct.pack(">I", len(box) + 4) + box + b"\0\0\0\x08moov")
    assert answer_to(path) == "is an MP4 video without a picture track"


def test_damaged_frames_cost_themselves_not_the_recording(tmp_path: Path) -> None:
    path = a_video(tmp_path / "a.avi", [noise(160, 96)] * 40, codec="mjpeg", pixels="yuvj420p")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 2000] = bytes(2000)
    path.write_bytes(data)
    clip = load_clip(path)
    assert clip.frames[-1].seconds > 3


@pytest.mark.parametrize(("rate", "most"), [(0.0, 10), (4.0, 0), (float("nan"), 10)])
def test_a_caller_cannot_ask_for_nothing(rate: float, most: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="above zero"):
        load_clip(tmp_path / "a.mp4", frames_per_second=rate, max_frames=most)


def test_where_something_was_asked_a_long_recording_is_looked_at_closely() -> None:
    moments = [(n / 25, n) for n in range(25 * 600)]
    sampling = Sampling(frames_per_second=4, max_frames=120, closely=((310, 320), (325.5, 335)))
    times = [seconds for seconds, _ in sampling.of(moments, 600)]
    for start, end in sampling.closely:
        within = [start, *(t for t in times if start <= t < end), end]
        assert max(later - one for one, later in pairwise(within)) < 2 * CLOSE_STEP
    rest = [t for t in times if not any(start <= t < end for start, end in sampling.closely)]
    assert 110 <= len(rest) <= 120
    assert times[-1] > 590


def test_however_much_is_to_be_looked_at_closely_the_frames_are_bounded() -> None:
    moments = [(n / 25, n) for n in range(25 * 600)]
    sampling = Sampling(frames_per_second=4, max_frames=120, closely=((0, 600),))
    assert len(list(sampling.of(moments, 600))) <= 120 + MOST_CLOSELY
