"""YuNet by onnxruntime: its answers read as they are meant, its faces fit for everything else."""

import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from models.person import Band
from tests.faces.conftest import picture, room, scaled, tilted
from tests.faces.stand_ins import SIDE, a_yunet, an_embedder
from verifiers.face_engine import Face, aligned_chip, cut
from verifiers.face_engines.alignment import upright
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.face_engines.weights import YUNET
from verifiers.face_engines.yunet import Floats, YuNet
from verifiers.face_engines.yunet_engine import YuNetEngine
from verifiers.faces import compare
from verifiers.picture import Pixels

DATA = os.environ.get("BONAFIDE_DATA")
FILE = Path(DATA or "", "weights", "face_detection_yunet_2026may.onnx")
needs_yunet = pytest.mark.skipif(
    not DATA or not FILE.is_file(), reason="BONAFIDE_DATA has no weights of YuNet"
)
"""A later version with the same outputs: the listed one cannot be fetched by a test."""


def _cells(stride: int, numbers: int) -> Floats:
    return np.zeros(((SIDE // stride) ** 2, numbers), np.float32)


def _answers(stride: int, column: int, row: int, sure: float) -> dict[str, Floats]:
    """One cell that sees a face of 4 x 6 cells, its middle half a cell from the cell's corner."""
    cell = row * (SIDE // stride) + column
    cls, obj, bbox, kps = (_cells(stride, numbers) for numbers in (1, 1, 4, 10))
    cls[cell], obj[cell] = sure, sure
    bbox[cell] = 0.5, 0.5, np.log(4), np.log(6)
    kps[cell] = [-1, -1, 1, -1, 0, 0, -0.5, 1, 0.5, 1]
    return {
        f"cls_{stride}": cls,
        f"obj_{stride}": obj,
        f"bbox_{stride}": bbox,
        f"kps_{stride}": kps,
    }


def test_eyes_far_beyond_a_tiny_picture_still_give_a_chip() -> None:
    tiny = np.full((16, 16, 3), 200, np.uint8)
    points = np.array([[-2000, 0], [2000, 0], [0, 2000], [-1500, 4000], [1500, 4000]], float)
    assert cut(tiny, upright(points, 112), 112).shape == (112, 112, 3)
    landmarks = np.zeros((68, 2))
    landmarks[36:42, 0], landmarks[42:48, 0] = -2000, 2000
    face = Face(-3000, -3000, 3000, 3000, landmarks)
    assert aligned_chip(tiny, face).shape == (160, 160, 3)


def test_a_large_face_is_cut_out_alike_wherever_it_is_on_the_picture(collins: Pixels) -> None:
    large = scaled(collins, 3)
    points = np.array([[350, 420], [550, 420], [450, 530], [370, 640], [530, 640]], float)
    alone = cut(large, upright(points, 112), 112)
    around = np.pad(large, ((37, 5), (101, 9), (0, 0)), mode="edge")
    within = cut(around, upright(points + np.array([101, 37]), 112), 112)
    np.testing.assert_array_equal(alone, within)


def test_a_cell_is_read_as_a_box_and_five_points_on_the_picture_that_was_sent() -> None:
    yunet = YuNet(*a_yunet(_answers(16, column=5, row=10, sure=0.9)))
    # Twice as wide as the network takes, so everything lies at twice the place.
    (face,) = yunet(np.zeros((2 * SIDE, 2 * SIDE, 3), np.uint8))
    assert face.score == pytest.approx(0.9)
    x, y = 5.5 * 32, 10.5 * 32
    assert face.box == pytest.approx((x - 64, y - 96, x + 64, y + 96), abs=1e-3)
    corner = np.array([5, 10]) * 32
    assert face.points - corner == pytest.approx(
        np.array([[-32, -32], [32, -32], [0, 0], [-16, 32], [16, 32]]), abs=1e-3
    )


def test_of_two_boxes_around_one_face_the_surer_is_kept_and_a_doubtful_one_is_none() -> None:
    same = _answers(16, column=5, row=10, sure=0.8)
    both = {name: values.copy() for name, values in same.items()}
    for name, values in _answers(16, column=6, row=10, sure=0.95).items():
        both[name] += values
    far_but_doubtful = _answers(32, column=8, row=2, sure=0.5)
    faces = YuNet(*a_yunet(both | far_but_doubtful))(np.zeros((SIDE, SIDE, 3), np.uint8))
    assert [face.score for face in faces] == [pytest.approx(0.95)]


def test_two_faces_side_by_side_are_two() -> None:
    near, far = (_answers(stride, column=3, row=3, sure=0.9) for stride in (8, 32))
    faces = YuNet(*a_yunet(near | far))(np.zeros((SIDE, SIDE, 3), np.uint8))
    assert len(faces) == 2


@pytest.mark.parametrize("shape", [(8, 8, 3), (1, 900, 3)])
def test_a_tiny_picture_has_no_faces(shape: tuple[int, int, int]) -> None:
    yunet = YuNet(*a_yunet(_answers(16, column=0, row=0, sure=0.9)))
    assert yunet(np.zeros(shape, np.uint8)) == ()


def test_a_network_without_yunets_outputs_is_refused() -> None:
    with pytest.raises(UnusableWeights, match="has no outputs called cls_8"):
        YuNet(YUNET, an_embedder()[1])


@pytest.fixture(scope="module")
def yunet() -> YuNet:
    return YuNet(YUNET, FILE.read_bytes())


@pytest.fixture(scope="module")
def by_yunet(yunet: YuNet, engine: OnnxEngine) -> YuNetEngine:
    return YuNetEngine(yunet, engine)


@needs_yunet
def test_faces_are_those_that_opencv_reads_from_the_same_network(
    yunet: YuNet, collins: Pixels, hopper: Pixels
) -> None:
    scene = np.zeros((640, 640, 3), np.uint8)
    scene[160:] = room((collins, 10), (hopper, 330))
    opencv = cv2.FaceDetectorYN.create(str(FILE), "", (640, 640), 0.6, 0.3)
    _, theirs = opencv.detect(np.ascontiguousarray(scene[..., ::-1]))
    ours = yunet(scene)
    assert len(ours) == len(theirs) == 2
    for face, row in zip(ours, sorted(theirs, key=lambda row: -row[14]), strict=True):
        left, top, right, bottom = face.box
        assert (left, top, right - left, bottom - top) == pytest.approx(row[:4], abs=0.05)
        assert face.points == pytest.approx(row[4:14].reshape(5, 2), abs=0.05)
        assert face.score == pytest.approx(row[14], abs=1e-3)


def _landmarks_apart(one: Face, other: Face) -> float:
    """Mean distance, in distances between the eyes."""
    apart = np.linalg.norm(one.landmarks - other.landmarks, axis=1).mean()
    return float(apart) / other.inter_eye_distance


@needs_yunet
@pytest.mark.parametrize("degrees", [0, 30])
def test_yunets_faces_are_those_of_the_engine_it_serves_tilted_or_not(
    by_yunet: YuNetEngine, engine: OnnxEngine, collins: Pixels, degrees: float
) -> None:
    turned = tilted(collins, degrees)
    (ours,), (theirs,) = by_yunet.detect(turned), engine.detect(turned)
    assert _landmarks_apart(ours, theirs) < 0.1
    one, two = (by_yunet.describe(turned, (face,))[0] for face in (ours, theirs))
    assert np.linalg.norm(one - two) < 0.1


@needs_yunet
def test_a_head_tilted_too_far_for_the_engine_alone_is_found_and_is_the_same_person(
    by_yunet: YuNetEngine, engine: OnnxEngine, hopper: Pixels
) -> None:
    turned = tilted(hopper, 45)
    assert engine.detect(turned) == ()
    (found,), (upright,) = by_yunet.detect(turned), by_yunet.detect(hopper)
    one = by_yunet.describe(turned, (found,))[0]
    assert np.linalg.norm(one - by_yunet.describe(hopper, (upright,))[0]) < 0.24


@needs_yunet
def test_a_head_on_its_side_of_which_yunet_gives_wrong_points_is_no_face(
    yunet: YuNet, by_yunet: YuNetEngine, collins: Pixels
) -> None:
    sideways = np.ascontiguousarray(np.rot90(collins))
    (seen,) = yunet(sideways)
    eyes = seen.points[1] - seen.points[0]
    assert abs(eyes[0]) > abs(eyes[1])  # As if it were upright.
    assert by_yunet.detect(sideways) == ()


@needs_yunet
def test_faces_too_small_for_the_engine_alone_are_found(
    by_yunet: YuNetEngine, engine: OnnxEngine, collins: Pixels
) -> None:
    scene = room((scaled(collins, 0.3), 100), (scaled(collins, 0.3), 400))
    assert engine.detect(scene) == ()
    left = [float(face.eyes[0][0]) for face in by_yunet.detect(scene)]
    assert sorted(round(x) // 100 for x in left) == [1, 4]


@needs_yunet
def test_one_person_is_supported_and_two_are_told_apart_on_yunets_faces(
    by_yunet: YuNetEngine, engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    assert by_yunet.name == engine.name
    mirrored = picture(np.ascontiguousarray(collins[:, ::-1]))
    assert compare(by_yunet, picture(collins), mirrored).band is Band.STRONG
    other = compare(by_yunet, picture(collins), picture(hopper)).band
    assert other in {Band.UNKNOWN, Band.CONTRADICTS}
