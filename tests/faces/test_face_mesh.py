"""The 68 points by MediaPipe's landmarker, where it is installed, in place of dlib's."""

import hashlib
import io
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from models.weights import ModelWeights
from tests.faces.conftest import room, tilted
from verifiers.face_engine import Face
from verifiers.face_engines.dlib_weights import SIXTY_EIGHT_POINTS, models_folder
from verifiers.face_engines.face_mesh import FaceMesh
from verifiers.face_engines.installed import installed, try_out
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.face_engines.weights import FACE_MESH, YUNET, WeightsFolder
from verifiers.picture import Pixels


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of weights with the landmarker in it."""
    data = os.environ.get("BONAFIDE_DATA")
    if not data:
        pytest.skip("BONAFIDE_DATA is not set: MediaPipe's landmarker lies there")
    place = tmp_path_factory.mktemp("weights")
    bundle = Path(data, "weights", FACE_MESH.file).read_bytes()
    WeightsFolder(place).install(FACE_MESH, [bundle])
    return place


@pytest.fixture(scope="module")
def mesh_engine(folder: Path, engine: OnnxEngine) -> OnnxEngine:
    found = installed(engine, folder)
    assert found.problems == ()
    assert isinstance(found.engine, OnnxEngine)
    return found.engine


def _apart(one: Face, other: Face) -> float:
    """Between landmarks on average, the jaw left out, in distances between the eyes."""
    left, right = one.eyes
    eyes = float(np.linalg.norm(right - left))
    return float(np.linalg.norm(one.landmarks - other.landmarks, axis=1)[17:].mean()) / eyes


@pytest.mark.parametrize("lean", [0, 15, -15])
def test_both_models_place_the_same_68_points_of_a_face(
    engine: OnnxEngine, mesh_engine: OnnxEngine, collins: Pixels, hopper: Pixels, lean: float
) -> None:
    for head in (collins, hopper):
        pixels = room((tilted(head, lean), 100))
        (theirs,), (ours,) = engine.detect(pixels), mesh_engine.detect(pixels)
        assert (ours.left, ours.top, ours.right, ours.bottom) == (
            theirs.left, theirs.top, theirs.right, theirs.bottom,
        )  # fmt: skip
        assert _apart(theirs, ours) < 0.1


def test_a_face_at_the_border_of_the_picture_has_its_landmarks_too(
    mesh_engine: OnnxEngine, collins: Pixels
) -> None:
    (face,) = mesh_engine.detect(collins[20:, 40:260])
    assert face.landmarks.shape == (68, 2)
    left, right = face.eyes
    assert left[0] < right[0]


def test_descriptors_do_not_depend_on_who_places_the_68_points(
    engine: OnnxEngine, mesh_engine: OnnxEngine, hopper: Pixels
) -> None:
    ours, theirs = (one.describe(hopper, one.detect(hopper)) for one in (mesh_engine, engine))
    np.testing.assert_array_equal(ours, theirs)
    assert mesh_engine.name == engine.name


def test_where_it_is_installed_the_model_trained_on_300_w_is_not_even_read(
    folder: Path, tmp_path: Path, collins: Pixels
) -> None:
    for path in models_folder().glob("*.dat"):
        if path.name != SIXTY_EIGHT_POINTS:
            (tmp_path / path.name).symlink_to(path)
    found = installed(OnnxEngine(tmp_path), folder).engine
    assert len(found.detect(collins)) == 1


def _damaged(data: bytes) -> tuple[ModelWeights, bytes]:
    stated = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    return FACE_MESH.model_copy(update=stated), data


def _zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        bundle.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"no archive", "is no bundle"),
        (_zipped("face_detector.tflite", b"x"), "is no bundle with face_landmarks_detector"),
        (_zipped("face_landmarks_detector.tflite", b"no network"), "cannot be run"),
    ],
)
def test_a_bundle_that_cannot_be_run_is_told_and_never_used(data: bytes, told: str) -> None:
    with pytest.raises(UnusableWeights, match=told):
        FaceMesh(*_damaged(data)).load()


def test_another_models_description_is_refused() -> None:
    with pytest.raises(UnusableWeights, match="not for landmarks"):
        FaceMesh(YUNET, b"")


def test_a_damaged_file_leaves_the_engines_own_landmarks_and_is_told(
    tmp_path: Path, engine: OnnxEngine
) -> None:
    (tmp_path / FACE_MESH.file).write_bytes(b"half of it")
    found = installed(engine, tmp_path)
    assert found.engine is engine
    assert [problem.partition(" ")[0] for problem in found.problems] == [FACE_MESH.file]


def test_it_is_tried_out_once_when_it_is_installed(folder: Path) -> None:
    try_out(FACE_MESH, WeightsFolder(folder))
