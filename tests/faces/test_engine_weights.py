"""Weights that are not ours are refused and the reference serves; a broken cache is made anew."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.person import Band
from tests.faces.conftest import picture
from verifiers.face_engines.converted import kept
from verifiers.face_engines.dlib_engine import DlibEngine, DlibLandmarks
from verifiers.face_engines.dlib_weights import (
    DETECTOR,
    EMBEDDER,
    FIVE_POINTS,
    SIXTY_EIGHT_POINTS,
    models_folder,
    read_detector,
    read_embedder,
)
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.face_engines.served import ServedEngine, served_notes
from verifiers.face_engines.shape_weights import read_shape_weights
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.faces import compare
from verifiers.imaging import load_pictures
from verifiers.picture import Pixels

Spoil = Callable[[bytes], bytes]

SPOILED: dict[str, Spoil] = {
    "cut short": lambda data: data[:-1],
    "with a byte more": lambda data: data + b"\0",
    "with one bit of a weight changed": lambda data: (
        data[:2000] + bytes([data[2000] ^ 1]) + data[2001:]
    ),
    "empty": lambda _: b"",
}


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """The installed files in a folder of their own, to be spoiled one by one."""
    folder = tmp_path / "models"
    folder.mkdir()
    for path in models_folder().glob("*.dat"):
        (folder / path.name).symlink_to(path)
    return folder


def spoil(models: Path, file: str, how: Spoil) -> None:
    data = (models / file).read_bytes()
    (models / file).unlink()
    (models / file).write_bytes(how(data))


@pytest.mark.parametrize("how", SPOILED)
def test_damaged_or_different_weights_are_refused_by_name(
    models: Path, tmp_path: Path, how: str
) -> None:
    spoil(models, EMBEDDER, SPOILED[how])
    with pytest.raises(UnusableWeights, match=f"{EMBEDDER} is damaged, or not that of"):
        OnnxEngine(models, tmp_path / "cache")


def test_damaged_weights_are_refused_though_the_cache_has_what_was_made_of_whole_ones(
    models: Path, tmp_path: Path
) -> None:
    OnnxEngine(models, tmp_path / "cache")
    spoil(models, EMBEDDER, SPOILED["cut short"])
    with pytest.raises(UnusableWeights):
        OnnxEngine(models, tmp_path / "cache")


def test_a_missing_file_is_named(models: Path, tmp_path: Path) -> None:
    engine = OnnxEngine(models, tmp_path / "cache")
    (models / DETECTOR).unlink()
    with pytest.raises(UnusableWeights, match=f"{DETECTOR} cannot be read: No such file"):
        _ = engine.cnn


@pytest.mark.parametrize(("file", "read"), [(EMBEDDER, read_embedder), (DETECTOR, read_detector)])
@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.999999])
def test_a_file_that_ends_early_makes_no_network(
    file: str, read: Callable[[bytes], object], share: float
) -> None:
    data = (models_folder() / file).read_bytes()
    with pytest.raises(UnusableWeights, match="ends before it is complete"):
        read(data[: int(share * len(data))])


def test_a_file_that_goes_on_or_holds_another_network_makes_none() -> None:
    embedder, detector = ((models_folder() / file).read_bytes() for file in (EMBEDDER, DETECTOR))
    with pytest.raises(UnusableWeights, match="1 as bytes after its end"):
        read_embedder(embedder + b"\0")
    with pytest.raises(UnusableWeights, match="'loss_mmod_' as loss"):
        read_embedder(detector)
    with pytest.raises(UnusableWeights, match="'loss_metric_2' as loss"):
        read_detector(embedder)
    with pytest.raises(UnusableWeights, match="'con_9', which is not known"):
        read_embedder(embedder.replace(b"con_4", b"con_9", 1))


def change_one_bit(models: Path, file: str) -> None:
    spoil(models, file, lambda data: data[:-2000] + bytes([data[-2000] ^ 1]) + data[-1999:])


def test_the_reference_serves_where_the_weights_are_others_and_its_templates_stay_apart(
    models: Path, collins: Pixels, caplog: pytest.LogCaptureFixture
) -> None:
    change_one_bit(models, EMBEDDER)
    engine = ServedEngine(models)
    assert served_notes(engine) == ()
    with caplog.at_level(logging.WARNING):
        faces = engine.detect(collins)
    (told,) = caplog.messages
    assert EMBEDDER in told
    assert "dlib ran them" in told
    assert all(note in told for note in served_notes(engine))
    assert served_notes(engine)
    assert engine.describe(collins, faces).shape == (1, 128)
    assert engine.name.startswith("dlib-resnet-v1+10/0.3.0-")
    assert engine.name != DlibEngine(models_folder()).name


def test_with_other_weights_one_photograph_twice_supports_nothing(
    models: Path, collins: Pixels
) -> None:
    change_one_bit(models, EMBEDDER)
    result = compare(ServedEngine(models), picture(collins), picture(collins))
    assert result.band is Band.UNKNOWN
    assert result.problem
    assert "no bands were measured for this engine, dlib-resnet-v1+10/0.3.0-" in result.problem


def test_templates_cut_out_by_other_landmarks_have_another_engines_name(models: Path) -> None:
    change_one_bit(models, FIVE_POINTS)
    assert DlibEngine(models).name.startswith("dlib-resnet-v1+10/0.3.0-")


@pytest.mark.parametrize("how", ["cut short", "empty", "missing"])
def test_an_embedder_that_dlib_cannot_read_either_is_named(models: Path, how: str) -> None:
    if how == "missing":
        (models / EMBEDDER).unlink()
        with pytest.raises(UnusableWeights, match=f"{EMBEDDER} cannot be read: No such file"):
            _ = DlibEngine(models).name
    else:
        spoil(models, EMBEDDER, SPOILED[how])
    with pytest.raises(UnusableWeights, match=f"{EMBEDDER} cannot be read by dlib"):
        ServedEngine(models).load()


def test_whoever_compares_without_a_usable_engine_is_told_which_file_is_wrong(
    models: Path, collins: Pixels, tmp_path: Path
) -> None:
    spoil(models, EMBEDDER, SPOILED["cut short"])
    package = tmp_path / "face_recognition_models"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "models").symlink_to(models)
    Image.fromarray(collins).save(tmp_path / "face.png")
    done = subprocess.run(
        [Path(sys.executable).with_name("bonafide"), "compare", "face.png", "face.png"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert f"{EMBEDDER} cannot be read by dlib" in done.stderr
    assert "Traceback" not in done.stderr


def test_landmarks_of_another_size_are_refused_before_they_are_read(
    models: Path, tmp_path: Path
) -> None:
    spoil(models, FIVE_POINTS, SPOILED["cut short"])
    with pytest.raises(UnusableWeights, match=f"{FIVE_POINTS} is damaged.* 9,150,488 bytes"):
        OnnxEngine(models, tmp_path / "cache").load()


def test_where_others_are_installed_the_68_landmarks_of_dlib_need_not_be_there(
    models: Path, engine: OnnxEngine, collins: Pixels, caplog: pytest.LogCaptureFixture
) -> None:
    (models / SIXTY_EIGHT_POINTS).unlink()
    others = DlibLandmarks(models_folder() / SIXTY_EIGHT_POINTS)
    with caplog.at_level(logging.WARNING):
        (face,) = ServedEngine(models).with_landmarks(others).detect(collins)
    assert not caplog.messages
    assert np.array_equal(face.landmarks, engine.detect(collins)[0].landmarks)


def test_damaged_landmarks_are_refused_by_name_and_the_reference_serves(
    models: Path,
    collins: Pixels,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    spoil(models, FIVE_POINTS, SPOILED["with one bit of a weight changed"])
    monkeypatch.setenv("BONAFIDE_CACHE", str(tmp_path / "cache"))
    with caplog.at_level(logging.WARNING):
        assert len(ServedEngine(models).detect(collins)) == 1
    (told,) = caplog.messages
    assert f"{FIVE_POINTS} is damaged, or not that of" in told
    assert "dlib ran them" in told


def test_landmarks_that_dlib_cannot_read_either_are_named(tmp_path: Path) -> None:
    (tmp_path / FIVE_POINTS).write_bytes(b"\1\1\1")
    with pytest.raises(UnusableWeights, match=f"{FIVE_POINTS} cannot be read by dlib"):
        DlibLandmarks(tmp_path / FIVE_POINTS).load()


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.999999])
def test_landmarks_that_end_early_make_no_model(share: float) -> None:
    data = (models_folder() / FIVE_POINTS).read_bytes()
    with pytest.raises(UnusableWeights, match="ends before it is complete"):
        read_shape_weights(FIVE_POINTS, data[: int(share * len(data))])


def test_landmarks_of_another_version_or_with_a_byte_more_make_no_model() -> None:
    data = (models_folder() / FIVE_POINTS).read_bytes()
    with pytest.raises(UnusableWeights, match="has 2 as version"):
        read_shape_weights(FIVE_POINTS, b"\1\2" + data[2:])
    with pytest.raises(UnusableWeights, match="1 as bytes after its end"):
        read_shape_weights(FIVE_POINTS, data + b"\0")


def in_cache(cache: Path) -> Path:
    """What was made of the embedder."""
    (path,) = cache.glob("dlib_face_recognition*")
    return path


def assert_same(one: OnnxEngine, other: OnnxEngine, pixels: Pixels) -> None:
    faces = other.detect(pixels)
    assert np.array_equal(one.describe(pixels, faces), other.describe(pixels, faces))


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_cache_is_made_anew(
    engine: OnnxEngine, collins: Pixels, tmp_path: Path, how: str
) -> None:
    OnnxEngine(cache=tmp_path)
    path = in_cache(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(SPOILED[how](whole))
    again = OnnxEngine(cache=tmp_path)
    assert in_cache(tmp_path).read_bytes() == whole
    assert_same(again, engine, collins)


@pytest.mark.parametrize("blocked", ["a file in its place", "a folder in the file's place"])
def test_without_a_cache_the_engine_still_works(
    engine: OnnxEngine, collins: Pixels, tmp_path: Path, blocked: str
) -> None:
    cache = tmp_path / "cache"
    if blocked == "a file in its place":
        cache.write_bytes(b"")
    else:
        OnnxEngine(cache=cache)
        path = in_cache(cache)
        path.unlink()
        path.mkdir()
    assert_same(OnnxEngine(cache=cache), engine, collins)
    assert cache.is_file() or in_cache(cache).is_dir()


def test_what_is_kept_is_made_once(tmp_path: Path) -> None:
    made = []

    def make() -> bytes:
        made.append(1)
        return b"weights"

    found = [bytes(kept("weights", make, tmp_path / "cache")) for _ in range(3)]
    assert found == [b"weights"] * 3
    assert len(made) == 1
    assert bytes(kept("weights", make, None)) == b"weights"
    assert len(made) == 2


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_cache_that_others_can_write_into_is_neither_read_nor_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, mode: int
) -> None:
    folder = tmp_path / "cache"
    assert bytes(kept("weights", lambda: b"planted", folder)) == b"planted"
    folder.chmod(mode)
    with caplog.at_level(logging.WARNING):
        assert bytes(kept("weights", lambda: b"ours", folder)) == b"ours"
        assert bytes(kept("others", lambda: b"ours", folder)) == b"ours"
    assert [path.name for path in folder.iterdir()] == ["weights"]
    assert "can be written by others" in caplog.text
    folder.chmod(0o755)
    assert bytes(kept("weights", lambda: b"ours", folder)) == b"planted"


def test_processes_that_convert_at_the_same_time_leave_one_whole_file(tmp_path: Path) -> None:
    script = "from verifiers.face_engines.onnx_engine import OnnxEngine; OnnxEngine()"
    environment = os.environ | {"BONAFIDE_CACHE": str(tmp_path), "OMP_NUM_THREADS": "1"}
    both = [subprocess.Popen([sys.executable, "-c", script], env=environment) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    path = in_cache(tmp_path)
    before = path.stat().st_mtime_ns
    OnnxEngine(cache=tmp_path)
    assert path.stat().st_mtime_ns == before


def test_an_operator_may_ask_for_the_reference_and_gets_the_same_distance(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels, tmp_path: Path
) -> None:
    files = [tmp_path / "one.png", tmp_path / "other.png"]
    for path, pixels in zip(files, (collins, hopper), strict=True):
        Image.fromarray(pixels).save(path)
    command = [str(Path(sys.executable).with_name("bonafide")), "compare", "--engine", "dlib"]
    done = subprocess.run(
        [*command, "--json", *map(str, files)], check=True, capture_output=True, text=True
    )
    result = compare(engine, *(load_pictures(path)[0] for path in files))
    assert json.loads(done.stdout)["distance"] == pytest.approx(result.distance, abs=2e-4)


def test_landmarks_that_each_job_places_by_another_model_are_not_read_before_it_is_forked(
    models: Path, collins: Pixels
) -> None:
    (models / SIXTY_EIGHT_POINTS).unlink()
    engine = ServedEngine(models)
    engine.load_without_landmarks()
    (models / EMBEDDER).unlink()
    others = DlibLandmarks(models_folder() / SIXTY_EIGHT_POINTS)
    (face,) = engine.with_landmarks(others).detect(collins)
    assert face.landmarks.shape == (68, 2)
