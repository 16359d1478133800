"""Still, repeated and blinking footage, each beside what looks like it and is innocent."""

from collections.abc import Sequence

import numpy as np
import pytest

from models.finding import Status, Strength
from samples.portraits import RgbImage
from tests.liveness.conftest import Recording, a_clip
from verifiers.face_engine import Face, TrackedFace
from verifiers.liveness import verify_liveness
from verifiers.liveness.motion import measure_motion
from verifiers.picture import Clip, Frame


def shown(recording: Recording, order: Sequence[int]) -> Recording:
    """The recording's frames in another order, a quarter of a second apart."""
    pictures: list[RgbImage] = [recording.clip.frames[i].pixels for i in order]
    clip = a_clip(pictures, recording.clip.file)
    faces = {tracked.frame.seconds: tracked.face for tracked in recording.faces}
    seconds = [recording.clip.frames[i].seconds for i in order]
    return Recording(
        clip,
        tuple(
            TrackedFace(clip.file, frame, faces[was])
            for frame, was in zip(clip.frames, seconds, strict=True)
            if was in faces
        ),
    )


def statuses(recording: Recording) -> dict[str, tuple[Status, Strength | None]]:
    found = verify_liveness([recording.clip], recording.faces).findings
    return {each.code: (each.status, each.strength) for each in found}


STRONG = (Status.CONTRADICTS, Strength.STRONG)


def test_a_still_played_as_video_is_frozen_in_spite_of_sensor_noise(frozen: Recording) -> None:
    assert statuses(frozen)["presence.motion.frozen"] == STRONG


def test_a_connection_that_freezes_for_a_while_is_told_but_not_held_against(
    genuine: Recording,
) -> None:
    stalled = shown(genuine, [*range(10), *[10] * 10, *range(10, 24)])
    found = statuses(stalled)
    assert found["presence.motion.stalled"] == (Status.UNKNOWN, None)
    assert STRONG not in found.values()


def test_a_piece_played_again_and_again_is_looped(looped: Recording) -> None:
    assert statuses(looped)["presence.motion.looped"] == STRONG


def test_a_piece_played_to_and_fro_is_looped(genuine: Recording) -> None:
    to_and_fro = shown(genuine, [*range(4, 16), *range(15, 3, -1)] * 2)
    assert statuses(to_and_fro)["presence.motion.looped"] == STRONG


def test_a_call_that_stands_still_for_most_of_its_time_is_not_looped(genuine: Recording) -> None:
    stalled = shown(genuine, [*range(14), *[14] * 50])
    random = np.random.default_rng(2)
    frames = []
    for at, frame in enumerate(stalled.clip.frames):
        # What an encoder makes of a still comes again with each of its keyframes.
        noise = random.normal(0, 1 + at % 10 / 4, frame.pixels.shape)
        frames.append(np.clip(frame.pixels + noise, 0, 255).astype(np.uint8))
    clip = a_clip(frames, stalled.clip.file)
    motion = measure_motion(clip, stalled.faces)
    assert not motion.looped
    assert motion.stalled


def test_footage_at_half_the_rate_with_every_frame_twice_is_not_looped(genuine: Recording) -> None:
    doubled = shown(genuine, [i for i in range(24) for _ in range(2)])
    assert STRONG not in statuses(doubled).values()


def test_someone_who_sits_still_is_neither_frozen_nor_looped(genuine: Recording) -> None:
    # Half a pixel of sway around one place, as of someone who reads from the screen.
    random = np.random.default_rng(5)
    first = genuine.clip.frames[0].pixels.astype(np.float32)
    pictures = []
    place = np.zeros(2)
    for _ in range(24):
        place = 0.9 * place + random.normal(0, 1.5, 2)
        moved = np.roll(first, tuple(place.round().astype(int)), axis=(0, 1))
        noisy = moved + random.normal(0, 3, moved.shape)
        pictures.append(np.clip(noisy, 0, 255).astype(np.uint8))
    clip = a_clip(pictures, "sitting.mp4")
    face = genuine.faces[0].face
    faces = [TrackedFace(clip.file, frame, face) for frame in clip.frames]
    motion = measure_motion(clip, faces)
    assert motion.judged
    assert not motion.frozen
    assert not motion.looped


def test_two_seconds_are_too_short_to_be_called_frozen(frozen: Recording) -> None:
    assert "presence.motion.frozen" not in statuses(frozen.part(0, 8))


def with_eyes(opening: Sequence[float], tracked: TrackedFace) -> Recording:
    """The same face with its eyes opened by these shares of what they are, four times a second."""
    faces = []
    clip = Clip(
        "eyes.mp4",
        tuple(Frame(i / 4, tracked.frame.pixels) for i in range(len(opening))),
        len(opening) / 4,
        4.0,
    )
    for frame, share in zip(clip.frames, opening, strict=True):
        landmarks = tracked.face.landmarks.copy()
        for eye in (slice(36, 42), slice(42, 48)):
            middle = landmarks[eye, 1].mean()
            landmarks[eye, 1] = middle + share * (landmarks[eye, 1] - middle)
        old = tracked.face
        face = Face(old.left, old.top, old.right, old.bottom, landmarks=landmarks)
        faces.append(TrackedFace(clip.file, frame, face))
    return Recording(clip, tuple(faces))


@pytest.mark.parametrize(
    ("opening", "blinks"),
    [
        ([1, 1, 0.4, 1, 1, 1], (0.5,)),
        ([1, 0.4, 0.4, 1, 1, 0.5, 1, 1], (0.25, 1.25)),
        ([1, 1, 0.8, 0.75, 0.8, 1, 1], ()),
        # Looking down to read for two seconds is no blink, nor is a clip that ends on closed eyes.
        ([1, 1, 0.5, *[0.5] * 8, 1, *[1] * 9], ()),
        ([1, 1, 1, 1, 0.4], ()),
    ],
)
def test_a_blink_is_open_closed_open_within_a_moment(
    genuine: Recording, opening: list[float], blinks: tuple[float, ...]
) -> None:
    recording = with_eyes(opening, genuine.faces[0])
    assert measure_motion(recording.clip, recording.faces).blinks == blinks


def test_a_blink_supports_weakly(genuine: Recording) -> None:
    recording = with_eyes([1, 1, 0.4, 1, 1, 1], genuine.faces[0])
    found = statuses(recording)
    assert found["presence.motion.blink"] == (Status.SUPPORTS, Strength.WEAK)


def test_a_picture_that_is_tilted_does_not_blink(flat: Recording) -> None:
    assert measure_motion(flat.clip, flat.faces).blinks == ()
