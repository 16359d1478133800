"""The simulated footage is what it says: in frames, in its file, and to who looks for depth."""

from collections.abc import Callable
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from samples import footage
from samples.portraits import Plane, RgbImage, identity_one, identity_two


@pytest.mark.parametrize(
    "film",
    [
        lambda: footage.genuine(identity_one(), seed=3, seconds=1),
        lambda: footage.flat(identity_one(), seed=3, seconds=1),
        lambda: footage.frozen(identity_one(), seed=3, seconds=1),
        lambda: footage.looped(identity_one(), seed=3, seconds=1, period=0.4),
        lambda: footage.two_people(identity_one(), identity_two(), seed=3, seconds=1),
        lambda: footage.no_face(seed=3, seconds=1),
    ],
    ids=["genuine", "flat", "frozen", "looped", "two_people", "no_face"],
)
def test_footage_is_made_the_same_twice(film: Callable[[], footage.Clip], tmp_path: Path) -> None:
    once, again = film(), film()
    assert len(once.frames) == footage.FPS
    assert all(np.array_equal(*pair) for pair in zip(once.frames, again.frames, strict=True))
    paths = tmp_path / "once.mp4", tmp_path / "again.mp4"
    for clip, path in zip((once, again), paths, strict=True):
        footage.write(clip, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_turned_head_leaves_its_plane_far_behind_and_a_turned_card_does_not() -> None:
    head = off_plane(footage.genuine(identity_one()))
    card = off_plane(footage.flat(identity_one()))
    # Seed 0, all frames: the head's turned ones have a median of 0.059, the card's 0.009.
    assert head > 3 * card


def off_plane(clip: footage.Clip) -> float:
    """How far the rigid landmarks of turned frames are from any plane's turn, eye distances."""
    frontal = rigid_landmarks(clip.frames[0])
    distances = []
    for share in (0.30, 0.34, 0.66, 0.70):
        seen = rigid_landmarks(clip.frames[round(share * len(clip.frames))])
        homography, _ = cv2.findHomography(frontal, seen)
        off = cv2.perspectiveTransform(frontal[None], homography)[0] - seen
        outer_corners = seen[-12], seen[-3]
        eyes = np.linalg.norm(outer_corners[0] - outer_corners[1])
        distances.append(float(np.sqrt((off**2).sum(axis=1).mean()) / eyes))
    return float(np.median(distances))


def rigid_landmarks(frame: RgbImage) -> Plane:
    """The sides of the jaw, the nose and the eyes (these last), as dlib finds them; N x 2."""
    import face_recognition

    (face,) = face_recognition.face_landmarks(frame)
    parts = face["chin"][1:16], *(face[name] for name in ("nose_bridge", "nose_tip"))
    return np.array(np.vstack([*parts, face["left_eye"], face["right_eye"]]), dtype=float)


def test_a_written_clip_decodes_in_full_and_says_that_it_is_simulated(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    clip = footage.genuine(identity_one(), seconds=1)
    footage.write(clip, path)
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
        rate = container.streams.video[0].average_rate
    assert (len(frames), rate) == (len(clip.frames), clip.fps)
    assert np.abs(frames[0].astype(int) - clip.frames[0]).mean() < 6
    assert footage.is_simulated(path)


def test_footage_without_the_comment_is_not_said_to_be_simulated(tmp_path: Path) -> None:
    path = tmp_path / "camera.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        picture = np.zeros((64, 64, 3), np.uint8)
        container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    assert not footage.is_simulated(path)


def test_looped_footage_repeats_its_frames_and_frozen_footage_only_its_scene() -> None:
    looped = footage.looped(identity_one(), seconds=2, period=0.5).frames
    assert np.array_equal(looped[0], looped[5])
    assert not np.array_equal(looped[0], looped[2])
    frozen = footage.frozen(identity_one(), seconds=1).frames
    assert not np.array_equal(frozen[0], frozen[1])
    assert np.abs(frozen[0].astype(int) - frozen[1]).mean() < 5
