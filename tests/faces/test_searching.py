"""Frames are searched where something changed, and nobody is missed for it."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from tests.faces.conftest import room, scaled
from verifiers.face_engine import Descriptors, Face
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces.searching import faces_over_time
from verifiers.picture import Clip, Frame, Pixels


@dataclass
class Watched:
    """The engine, with a note of how many pixels each search had, close looks apart."""

    engine: OnnxEngine
    pixels: list[int] = field(default_factory=list)
    closely: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.engine.name

    def detect(self, pixels: Pixels, *, closer: bool = False) -> tuple[Face, ...]:
        noted = self.closely if closer else self.pixels
        noted.append(pixels.shape[0] * pixels.shape[1])
        return self.engine.detect(pixels, closer=closer)

    def describe(self, pixels: Pixels, faces: tuple[Face, ...]) -> Descriptors:
        return self.engine.describe(pixels, faces)

    @property
    def whole(self) -> int:
        """Searches of a whole frame."""
        return self.pixels.count(480 * 640)


@pytest.fixture
def watched(engine: OnnxEngine) -> Watched:
    return Watched(engine)


def filmed(*pictures: Pixels) -> Clip:
    """One picture a second, with a sensor's noise."""
    random = np.random.default_rng(5)
    frames = [
        Frame(float(i), np.clip(p + random.normal(0, 3, p.shape), 0, 255).astype(np.uint8))
        for i, p in enumerate(pictures)
    ]
    return Clip("interview.mp4", tuple(frames), float(len(frames)), 1.0)


def test_who_sits_alone_in_a_still_room_is_searched_for_where_they_were(
    watched: Watched, engine: OnnxEngine, collins: Pixels
) -> None:
    clip = filmed(*(room((collins, 160 + move)) for move in (0, 12, 30, 20, 5, 18, 40)))
    found = faces_over_time(watched, clip, 7)
    assert watched.whole == 3
    assert sum(watched.pixels) < 0.7 * 7 * 480 * 640
    for faces, frame in zip(found, clip.frames, strict=True):
        (face,), (whole,) = [tracked.face for tracked in faces], engine.detect(frame.pixels)
        apart = np.abs(face.landmarks - whole.landmarks).mean()
        assert apart < 0.03 * whole.inter_eye_distance


@pytest.mark.parametrize("size", [1.0, 0.5])
def test_a_second_person_is_found_in_the_very_frame_they_appear_in(
    watched: Watched, collins: Pixels, hopper: Pixels, size: float
) -> None:
    alone = room((collins, 10))
    both = room((collins, 10), (scaled(hopper, size), 400 if size < 1 else 330))
    found = faces_over_time(watched, filmed(alone, both, alone, alone, alone, both, both), 7)
    assert [len(faces) for faces in found] == [1, 2, 1, 1, 1, 2, 2]


def test_before_a_moving_camera_every_frame_is_searched_as_a_whole(
    watched: Watched, collins: Pixels
) -> None:
    wide = room((collins, 300), width=900)
    pans = (np.ascontiguousarray(wide[:, 25 * i : 25 * i + 640]) for i in range(6))
    found = faces_over_time(watched, filmed(*pans), 6)
    assert watched.whole == 6
    assert [len(faces) for faces in found] == [1] * 6


def test_who_leaves_is_gone_and_who_comes_back_elsewhere_is_found(
    watched: Watched, collins: Pixels
) -> None:
    empty, left, right = room(), room((collins, 0)), room((collins, 340))
    found = faces_over_time(watched, filmed(left, empty, empty, empty, right, right), 6)
    assert [len(faces) for faces in found] == [1, 0, 0, 0, 1, 1]


def test_a_light_that_is_switched_on_moves_nobody(watched: Watched, collins: Pixels) -> None:
    scene = room((collins, 160))
    brighter = np.clip(scene.astype(np.int16) + 25, 0, 255).astype(np.uint8)
    found = faces_over_time(watched, filmed(scene, brighter, scene, scene), 4)
    assert watched.whole == 2
    assert [len(faces) for faces in found] == [1] * 4


def test_a_recording_of_nobody_is_searched_in_a_third_of_its_frames(watched: Watched) -> None:
    found = faces_over_time(watched, filmed(*([room()] * 9)), 9)
    assert watched.whole == 3
    assert [len(faces) for faces in found] == [0, 0, 0]
