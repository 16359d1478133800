"""Models that an operator installs: described, checked before they run, run as described."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from models.weights import ModelWeights, Use
from tests.faces.stand_ins import a_yunet, an_embedder, as_toml
from verifiers.face_engines.installed import (
    damaged,
    finding_by_yunet,
    installed,
    second_engines,
    try_out,
)
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.face_engines.weights import LISTED, SFACE, YUNET, WeightsFolder
from verifiers.face_engines.yunet_engine import YuNetEngine


def _installed(folder: Path, model: ModelWeights, data: bytes) -> WeightsFolder:
    folder.mkdir(exist_ok=True)
    (folder / f"{model.name}.toml").write_text(as_toml(model))
    (folder / model.file).write_bytes(data)
    return WeightsFolder(folder)


def test_only_models_whose_licence_allows_any_use_are_listed() -> None:
    assert {model.licence for model in LISTED} == {"MIT", "Apache-2.0"}
    assert [model.use for model in LISTED] == list(Use)[:3]


def test_sfaces_threshold_is_the_cosine_that_opencv_documents() -> None:
    assert SFACE.support
    assert SFACE.support.distance == pytest.approx(np.sqrt(2 - 2 * 0.363), abs=1e-3)
    assert SFACE.support.impostor_rate is None


def test_an_operators_own_model_is_known_by_its_description(tmp_path: Path) -> None:
    model, data = an_embedder()
    folder = _installed(tmp_path / "weights", model, data)
    assert folder.known() == (*LISTED, model)
    assert folder.named("acme-1") == model
    assert folder.read(model) == data
    try_out(model, folder)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("size = ", "weight = "), "weight: Extra inputs"),
        (("size = ", "# size = "), "size: Field required"),
        (('name = "acme-1"', 'name = "../acme"'), "name: String should match pattern"),
        (('file = "acme-1.onnx"', 'file = "../../acme.onnx"'), "file: String should match"),
        (('name = "acme-1"', 'name = "sface-2021dec"'), "sface-2021dec has already"),
        (('kind = "descriptor"', 'kind = "eyes"'), "output: Input tag 'eyes'"),
        (("width = 112", "width = 128"), "width and height must be equal"),
        (('channels = "rgb"', 'channels = "grey"'), "input.channels: Input should be 'rgb'"),
        (("distance = 0.5", "distance = 2.5"), "support.distance: Input should be less than 2"),
        (("impostor_rate = 0.01", "impostor_rate = 0"), "support.impostor_rate"),
        (("[input]", "[input"), "is not TOML"),
    ],
)
def test_a_description_that_is_wrong_is_refused_with_the_field_and_the_reason(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    model, _ = an_embedder()
    assert change[0] in as_toml(model)
    (tmp_path / "acme.toml").write_text(as_toml(model).replace(*change, 1))
    folder = WeightsFolder(tmp_path)
    (problem,) = map(str, folder.misdescribed())
    assert problem.startswith("acme.toml ")
    assert told in problem
    assert folder.known() == LISTED
    with pytest.raises(UnusableWeights, match=r"acme-2 is not known; .*acme\.toml "):
        folder.named("acme-2")


def test_a_wrong_description_leaves_the_others_known_and_their_engines_asked(
    tmp_path: Path, engine: OnnxEngine
) -> None:
    folder = _installed(tmp_path, *an_embedder())
    (tmp_path / "typo.toml").write_text('name = "acme-2')
    found = installed(engine, tmp_path)
    assert [second.name.partition("/")[0] for second in found.others] == ["acme-1"]
    assert [problem.partition(" ")[0] for problem in found.unheard] == ["typo.toml"]
    assert found.problems == found.unheard == damaged(folder)
    with pytest.raises(UnusableWeights, match=r"typo\.toml is not TOML"):
        second_engines(folder)


def test_a_second_engine_of_another_shape_than_described_is_noticed_before_it_is_asked(
    tmp_path: Path, engine: OnnxEngine
) -> None:
    data = an_embedder(length=32)[1]
    stated = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    folder = _installed(tmp_path, an_embedder()[0].model_copy(update=stated), data)
    found = installed(engine, tmp_path)
    assert found.others == ()
    (problem,) = found.unheard
    assert "gives 32 numbers a face, not 64" in problem
    with pytest.raises(UnusableWeights, match="gives 32 numbers"):
        second_engines(folder)


def test_an_operators_own_detector_serves_in_place_of_the_listed_one(
    tmp_path: Path, engine: OnnxEngine
) -> None:
    (tmp_path / YUNET.file).write_bytes(b"half of it")
    folder = _installed(tmp_path, *a_yunet({}))
    found = finding_by_yunet(engine, folder)
    assert isinstance(found, YuNetEngine)
    assert found.detect(np.zeros((64, 64, 3), np.uint8)) == ()
    assert installed(engine, tmp_path).problems == ()


def test_an_own_detector_that_answers_in_other_shapes_is_told_and_not_used(
    tmp_path: Path, engine: OnnxEngine
) -> None:
    _installed(tmp_path, *a_yunet({"kps_8": np.zeros((1600, 12), np.float32)}))
    found = installed(engine, tmp_path)
    assert found.in_footage is engine
    (problem,) = found.problems
    assert "(1, 1600, 12) as kps_8" in problem
    assert found.unheard == ()


def test_a_file_of_another_size_is_refused_unread(tmp_path: Path) -> None:
    model, data = an_embedder()
    folder = _installed(tmp_path, model, data)
    with (tmp_path / model.file).open("r+b") as file:
        file.truncate(1 << 40)  # A hole that no memory holds.
    with pytest.raises(UnusableWeights, match="it has 1,099,511,627,776 bytes, not"):
        folder.read(model)


def test_a_detector_states_no_distance_of_support() -> None:
    with pytest.raises(ValidationError, match="tells no people apart"):
        ModelWeights.model_validate(YUNET.model_dump() | {"support": SFACE.support})


def test_a_file_that_is_another_one_is_neither_kept_nor_does_it_take_the_place_of_the_right_one(
    tmp_path: Path,
) -> None:
    model, data = an_embedder()
    folder = _installed(tmp_path, model, data)
    changed = data[:-1] + bytes([data[-1] ^ 1])
    for parts, told in (
        ([changed], "its SHA-256 is"),
        ([data, b"more"], "it has more than"),
        ([data[:1000]], f"1,000 of {len(data):,} bytes came"),
    ):
        with pytest.raises(UnusableWeights, match=told):
            folder.install(model, parts)
        assert folder.read(model) == data
        assert len(list(tmp_path.iterdir())) == 2


def test_a_file_that_was_damaged_on_the_disk_is_never_run(tmp_path: Path) -> None:
    model, data = an_embedder()
    folder = _installed(tmp_path, model, data[:-1] + b"?")
    with pytest.raises(UnusableWeights, match=r"acme-1\.onnx is damaged"):
        second_engines(folder)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"no network at all", "cannot be run"),
        (an_embedder(length=32)[1], "gives 32 numbers a face, not 64"),
        (a_yunet({})[1], "has 12 outputs, not one"),
    ],
)
def test_a_network_unlike_its_description_is_told_when_it_is_tried(
    tmp_path: Path, data: bytes, told: str
) -> None:
    model, _ = an_embedder()
    sha256 = hashlib.sha256(data).hexdigest()
    model = model.model_copy(update={"sha256": sha256, "size": len(data)})
    with pytest.raises(UnusableWeights, match=told):
        try_out(model, _installed(tmp_path, model, data))


def test_what_the_second_engines_are_is_what_is_installed_and_states_a_distance(
    tmp_path: Path, engine: OnnxEngine
) -> None:
    folder = _installed(tmp_path, *an_embedder())
    _installed(tmp_path, *an_embedder("without-a-distance", length=48, support=None))
    (other,) = second_engines(folder)
    assert other.name.startswith("acme-1/")
    assert second_engines(WeightsFolder(tmp_path / "none")) == ()
    assert finding_by_yunet(engine, folder) is engine


def test_of_several_installed_models_the_damaged_one_is_left_out_and_told(
    tmp_path: Path, engine: OnnxEngine
) -> None:
    whole, data = an_embedder()
    folder = _installed(tmp_path, whole, data)
    other, more = an_embedder("acme-2", length=48)
    _installed(tmp_path, other, more[:-1] + b"?")
    (tmp_path / YUNET.file).write_bytes(b"half of it")
    found = installed(engine, tmp_path)
    assert found.in_footage is engine
    assert [second.name.partition("/")[0] for second in found.others] == ["acme-1"]
    assert [problem.partition(" ")[0] for problem in found.problems] == [YUNET.file, "acme-2.onnx"]
    assert found.unheard == found.problems[1:]
    assert set(damaged(folder)) == set(found.problems)


def test_a_folder_without_models_or_none_at_all_adds_nothing_and_is_no_problem(
    tmp_path: Path, engine: OnnxEngine
) -> None:
    found = installed(engine, tmp_path / "none")
    assert (found.engine, found.in_footage, found.others) == (engine, engine, ())
    assert found.problems == ()
    assert damaged(WeightsFolder(tmp_path)) == ()
