"""Attack detectors that an operator installs: fed as described, or refused."""

import hashlib
import os
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from pydantic import ValidationError

from models.weights import ChannelOrder, LiveFrom, LivenessOutput, ModelInput, ModelWeights, Use
from verifiers.face_engine import Face
from verifiers.face_engines.antispoof import AttackDetector, face_box
from verifiers.face_engines.installed import installed, try_out
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.face_engines.weights import LISTED, WeightsFolder
from verifiers.imaging import load_pictures

MANIFEST = """
name = "{name}"
file = "{file}"
sha256 = "{sha256}"
size = {size}
licence = "Apache-2.0"
licence_url = "https://example.com/licence"
[input]
width = {side}
height = {side}
channels = "bgr"
[output]
kind = "liveness"
classes = 3
live = 1
probabilities = {probabilities}
crop = {crop}
"""


def a_detector(answers: tuple[float, ...] = (0.0, 2.0, 0.0)) -> bytes:
    """Answers with these logits, the second raised by the mean blue of what it sees."""
    nodes = [
        helper.make_node("Slice", ["face", "none", "one", "channel"], ["blue"]),
        helper.make_node("ReduceMean", ["blue"], ["mean"], keepdims=0),
        helper.make_node("Mul", ["mean", "second"], ["raised"]),
        helper.make_node("Add", ["raised", "given"], ["answer"]),
    ]
    constants = {
        "none": np.array([0]),
        "one": np.array([1]),
        "channel": np.array([1]),
        "second": np.array([[0, 0.01, 0]], np.float32),
        "given": np.array([answers], np.float32),
    }
    graph = helper.make_graph(
        nodes,
        "stand-in",
        [helper.make_tensor_value_info("face", TensorProto.FLOAT, [1, 3, 80, 80])],
        [helper.make_tensor_value_info("answer", TensorProto.FLOAT, [1, len(answers)])],
        [numpy_helper.from_array(values, name) for name, values in constants.items()],
    )
    opset = [helper.make_opsetid("", 17)]
    made = helper.make_model(graph, opset_imports=opset, ir_version=9)
    onnx.checker.check_model(made)
    data = made.SerializeToString()
    assert isinstance(data, bytes)
    return data


def described(data: bytes, *, live_from: LiveFrom | None = None, crop: float = 2.7) -> ModelWeights:
    output = LivenessOutput(
        kind="liveness", classes=3, live=1, probabilities=False, crop=crop, live_from=live_from
    )
    return ModelWeights(
        name="acme-pad",
        file="acme-pad.onnx",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        licence="CC0-1.0",
        licence_url="https://example.com/licence",
        input=ModelInput(width=80, height=80, channels=ChannelOrder.BGR),
        output=output,
    )


def a_face(left: float = 100, top: float = 100, size: float = 60) -> Face:
    """A face whose landmarks say: jaw from left to right, brows and nose a third apart."""
    points = np.full((68, 2), (left + size / 2, top + size / 2))
    points[0], points[16] = (left, top + 30), (left + size, top + 30)
    points[17:27, 1], points[33, 1], points[8, 1] = top + size / 3, top + 2 * size / 3, top + size
    return Face(left, top, left + size, top + size, points)


def test_the_box_reaches_from_the_hairline_to_the_chin() -> None:
    assert face_box(a_face()) == pytest.approx((100, 100, 160, 160))


def test_blue_is_fed_first_and_a_softmax_is_taken_of_what_is_none() -> None:
    detector = AttackDetector(described(data := a_detector()), data)
    black, blue = np.zeros((80, 80, 3), np.uint8), np.zeros((80, 80, 3), np.uint8)
    blue[..., 2] = 200
    assert detector.score(black) == pytest.approx(np.exp(2) / (np.exp(2) + 2), abs=1e-5)
    assert detector.score(blue) == pytest.approx(np.exp(4) / (np.exp(4) + 2), abs=1e-5)


def test_what_is_fed_is_so_much_of_the_surroundings_as_described() -> None:
    picture = np.zeros((400, 400, 3), np.uint8)
    picture[..., 2] = 200
    picture[70:191, 70:191] = 0  # Twice the box about its middle.
    near, far = (
        AttackDetector(described(data, crop=crop), data).look(picture, a_face())
        for data in [a_detector()]
        for crop in (2.0, 4.0)
    )
    assert near == pytest.approx(np.exp(2) / (np.exp(2) + 2), abs=0.01)
    assert far > near + 0.05


@pytest.mark.parametrize("place", [(-20.0, -20.0), (370.0, 380.0)])
def test_a_face_at_the_pictures_edge_is_looked_at_all_the_same(place: tuple[float, float]) -> None:
    detector = AttackDetector(described(data := a_detector()), data)
    assert 0 < detector.look(np.zeros((400, 400, 3), np.uint8), a_face(*place)) < 1


def test_a_model_of_other_classes_than_described_is_refused() -> None:
    data = a_detector((0.0, 2.0, 0.0))
    model = described(data)
    output = LivenessOutput(kind="liveness", classes=2, live=1, probabilities=True, crop=2.7)
    detector = AttackDetector(model.model_copy(update={"output": output}), data)
    with pytest.raises(UnusableWeights, match="gives 3 numbers, not 2"):
        detector.score(np.zeros((80, 80, 3), np.uint8))


def test_a_live_class_that_is_none_cannot_be_described() -> None:
    with pytest.raises(ValidationError, match="they count from 0"):
        LivenessOutput(kind="liveness", classes=3, live=3, probabilities=True, crop=2.7)


def test_one_that_is_installed_is_asked_and_a_damaged_one_is_told(
    tmp_path: Path, engine: OnnxEngine
) -> None:
    data = a_detector()
    manifest = MANIFEST.format(
        name="acme-pad",
        file="acme-pad.onnx",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        side=80,
        probabilities="false",
        crop=2.7,
    )
    live_from = '[output.live_from]\nscore = 0.4\nsource = "200 of our own recordings"\n'
    (tmp_path / "acme.toml").write_text(manifest + live_from)
    (tmp_path / "acme-pad.onnx").write_bytes(data)
    (detector,) = installed(engine, tmp_path).attack_detectors
    assert detector.live_from == LiveFrom(score=0.4, source="200 of our own recordings")
    (tmp_path / "acme-pad.onnx").write_bytes(data[:-1] + b"?")
    found = installed(engine, tmp_path)
    assert found.attack_detectors == ()
    assert "SHA-256" in found.problems[0]
    assert found.unheard == ()


def test_no_attack_detector_is_listed() -> None:
    assert Use.PRESENTATION_ATTACKS not in {model.use for model in LISTED}


@pytest.mark.parametrize(("version", "crop"), [("V2", 2.7), ("V1SE", 4.0)])
def test_minifasnet_runs_by_a_manifest_and_knows_its_authors_own_pictures(
    tmp_path: Path, engine: OnnxEngine, version: str, crop: float
) -> None:
    place = os.environ.get("BONAFIDE_DATA")
    if not place:
        pytest.skip("BONAFIDE_DATA is not set")
    data = (Path(place) / f"weights/MiniFASNet{version}.onnx").read_bytes()
    name = f"minifasnet-{version.lower()}"
    file = f"MiniFASNet{version}.onnx"
    manifest = MANIFEST.format(
        name=name,
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        side=80,
        probabilities="true",
        crop=crop,
    )
    (tmp_path / "mini.toml").write_text(manifest)
    (tmp_path / file).write_bytes(data)
    folder = WeightsFolder(tmp_path)
    try_out(folder.named(name), folder)
    detector = AttackDetector(folder.named(name), data)
    pictures = Path(place) / "faces/minivision-ai+Silent-Face-Anti-Spoofing/images/sample"
    scores = {}
    for file in ("image_F1.jpg", "image_F2.jpg", "image_T1.jpg"):
        (picture,) = load_pictures(pictures / file)
        scores[file] = detector.look(picture.pixels, engine.detect(picture.pixels)[0])
    assert scores["image_T1.jpg"] > 0.9
    assert max(scores["image_F1.jpg"], scores["image_F2.jpg"]) < 0.2
