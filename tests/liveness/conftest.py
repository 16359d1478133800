"""Rendered footage of one public-domain face, with the faces found in it once for all tests."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from samples import footage
from samples.portraits import RgbImage, identity_one
from verifiers.face_engine import Face, TrackedFace
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.picture import Clip, Frame

SAMPLED_PER_SECOND = 4


@dataclass(frozen=True, eq=False)
class Recording:
    """A clip and the candidate's faces in it."""

    clip: Clip
    faces: tuple[TrackedFace, ...]

    def part(self, first: int, last: int, *, file: str = "part.mp4") -> "Recording":
        """The frames `first` to `last` - 1 as a recording of their own."""
        frames = self.clip.frames[first:last]
        kept = {frame.seconds for frame in frames}
        faces = tuple(
            TrackedFace(file, tracked.frame, tracked.face)
            for tracked in self.faces
            if tracked.frame.seconds in kept
        )
        length = frames[-1].seconds - frames[0].seconds
        return Recording(Clip(file, frames, length, self.clip.frames_per_second), faces)


def a_clip(pictures: Sequence[RgbImage], file: str = "clip.mp4") -> Clip:
    """Pictures a quarter of a second apart."""
    frames = tuple(Frame(i / SAMPLED_PER_SECOND, pixels) for i, pixels in enumerate(pictures))
    return Clip(file, frames, len(frames) / SAMPLED_PER_SECOND, float(SAMPLED_PER_SECOND))


def watched(engine: OnnxEngine, clip: Clip) -> Recording:
    """The recording with the largest face of every frame."""
    found = [(frame, engine.detect(frame.pixels)) for frame in clip.frames]
    return Recording(
        clip, tuple(TrackedFace(clip.file, frame, faces[0]) for frame, faces in found if faces)
    )


def shrunk(recording: Recording, factor: float) -> Recording:
    """The same, filmed from farther away."""

    def smaller(frame: Frame) -> Frame:
        size = (round(frame.pixels.shape[1] * factor), round(frame.pixels.shape[0] * factor))
        pixels = cv2.resize(frame.pixels, size, interpolation=cv2.INTER_AREA)
        return Frame(frame.seconds, np.asarray(pixels, np.uint8))

    frames = {frame.seconds: smaller(frame) for frame in recording.clip.frames}
    faces = []
    for tracked in recording.faces:
        old = tracked.face
        left, top, right, bottom = (
            side * factor for side in (old.left, old.top, old.right, old.bottom)
        )
        face = Face(left, top, right, bottom, landmarks=old.landmarks * factor)
        faces.append(TrackedFace(tracked.file, frames[tracked.frame.seconds], face))
    clip = recording.clip
    small = Clip(clip.file, tuple(frames.values()), clip.duration_seconds, clip.frames_per_second)
    return Recording(small, tuple(faces))


@pytest.fixture(scope="session")
def engine() -> OnnxEngine:
    cv2.setNumThreads(1)
    return OnnxEngine()


def _recorded(engine: OnnxEngine, made: footage.Clip, file: str) -> Recording:
    return watched(engine, a_clip(made.frames[:: made.fps // SAMPLED_PER_SECOND], file))


@pytest.fixture(scope="session")
def genuine(engine: OnnxEngine) -> Recording:
    """A head that turns to both sides and nods; 24 frames in 6 s."""
    return _recorded(engine, footage.genuine(identity_one()), "genuine.mp4")


@pytest.fixture(scope="session")
def flat(engine: OnnxEngine) -> Recording:
    """The same face on a screen, held up, turned, with a sheen that runs across."""
    return _recorded(engine, footage.flat(identity_one()), "flat.mp4")


@pytest.fixture(scope="session")
def frozen(engine: OnnxEngine) -> Recording:
    return _recorded(engine, footage.frozen(identity_one()), "frozen.mp4")


@pytest.fixture(scope="session")
def looped(engine: OnnxEngine) -> Recording:
    return _recorded(engine, footage.looped(identity_one()), "looped.mp4")
