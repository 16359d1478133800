"""Head pose: signs as documented, zero for a portrait that looks into the camera."""

import numpy as np
import pytest

from verifiers.face_engine import Face
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces.quality import assess
from verifiers.head_pose import HeadPose, head_pose
from verifiers.picture import Pixels


@pytest.fixture(scope="module")
def face(engine: OnnxEngine, collins: Pixels) -> Face:
    return engine.detect(collins)[0]


def pose(face: Face, pixels: Pixels) -> HeadPose:
    return assess(pixels, face).pose


def test_a_portrait_into_the_camera_is_frontal(face: Face, collins: Pixels) -> None:
    assert pose(face, collins).from_frontal < 8


def test_a_mirrored_face_has_the_opposite_yaw_and_roll(
    engine: OnnxEngine, face: Face, collins: Pixels
) -> None:
    mirrored = np.ascontiguousarray(collins[:, ::-1])
    other = pose(engine.detect(mirrored)[0], mirrored)
    one = pose(face, collins)
    assert other.yaw == pytest.approx(-one.yaw, abs=4)
    assert other.roll == pytest.approx(-one.roll, abs=4)
    assert other.pitch == pytest.approx(one.pitch, abs=4)


def test_a_tilt_of_the_picture_changes_the_roll_alone(face: Face) -> None:
    turn = np.radians(20)
    clockwise = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    centre = face.landmarks.mean(axis=0)
    straight = head_pose(face.landmarks - centre + 150, 300, 300)
    tilted = head_pose((face.landmarks - centre) @ clockwise + 150, 300, 300)
    assert tilted.roll - straight.roll == pytest.approx(20, abs=2)
    assert tilted.yaw == pytest.approx(straight.yaw, abs=3)
    assert tilted.pitch == pytest.approx(straight.pitch, abs=3)


def test_a_nose_to_the_right_is_a_positive_yaw_and_a_raised_one_a_positive_pitch(
    face: Face,
) -> None:
    straight = head_pose(face.landmarks, 300, 300)
    for shift, axis in ((np.array([6.0, 0.0]), "yaw"), (np.array([0.0, -6.0]), "pitch")):
        moved = face.landmarks.copy()
        moved[[30, 31, 33, 35]] += shift
        assert getattr(head_pose(moved, 300, 300), axis) > getattr(straight, axis) + 3
