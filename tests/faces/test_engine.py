"""The engine that serves and dlib agree: descriptors, landmarks, and both detectors' boxes.

On pictures rendered from two faces, and on labelled real ones where BONAFIDE_DATA is set.
"""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import dlib
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.faces.conftest import blurred, lit, room, scaled, tilted
from verifiers.face_engines.dlib_engine import DlibEngine
from verifiers.face_engines.dlib_weights import DETECTOR, models_folder
from verifiers.face_engines.mmod import MOST_SIDE
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.imaging import load_pictures
from verifiers.picture import Pixels

DESCRIPTORS_AGREE = 1e-5
SCORES_AGREE = 1e-4

Two = tuple[Pixels, Pixels]
Scene = Callable[[Two], Pixels]

ALONE: dict[str, Scene] = {
    "as photographed": lambda two: two[0],
    "mirrored": lambda two: two[1][:, ::-1],
    "tilted": lambda two: tilted(two[0], 20),
    "dark": lambda two: lit(two[1], 0.15),
    "blurred": lambda two: blurred(two[0], 3),
    "grey": lambda two: np.repeat(two[1][..., :1], 3, axis=2),
}

SCENES: dict[str, Scene] = {
    **ALONE,
    "nobody": lambda _: room()[:240, :320],
    "two people": lambda two: np.hstack(two)[:220],
    "upside down": lambda two: two[0][::-1],
    "on its side": lambda two: np.rot90(two[1]),
    "small": lambda two: scaled(two[0], 0.4),
    "half of a face": lambda two: two[1][:, 150:],
    "tall": lambda two: np.vstack([two[0], two[1]]),
    "odd sides": lambda two: two[0][3:, 7:].copy(),
}


@pytest.fixture(scope="session")
def reference() -> DlibEngine:
    return DlibEngine()


@pytest.fixture(scope="session")
def dlib_cnn() -> Any:
    return dlib.cnn_face_detection_model_v1(str(models_folder() / DETECTOR))


def crowd(two: Two, across: int, down: int) -> Pixels:
    """Rows of both people's faces in turn."""
    rows = [[two[(row + column) % 2] for column in range(across)] for row in range(down)]
    return np.vstack([np.hstack(row) for row in rows])


def assert_descriptors_agree(one: NDArray[Any], other: NDArray[Any]) -> None:
    assert one.shape == other.shape
    assert np.allclose(np.linalg.norm(one, axis=1), 1)
    assert np.linalg.norm(one - other, axis=1).max(initial=0) <= DESCRIPTORS_AGREE


def assert_boxes_agree(engine: OnnxEngine, dlib_cnn: Any, pixels: Pixels) -> None:
    image = np.ascontiguousarray(pixels)
    theirs = [(r.rect, r.confidence) for r in dlib_cnn(image, 0)]
    ours = engine.cnn(image)
    assert [(b.left, b.top, b.right, b.bottom) for b in ours] == [
        (rect.left(), rect.top(), rect.right(), rect.bottom()) for rect, _ in theirs
    ]
    scores = [box.score for box in ours]
    assert scores == pytest.approx([score for _, score in theirs], abs=SCORES_AGREE)


@pytest.mark.parametrize("scene", ALONE)
def test_descriptors_are_those_of_dlib(
    engine: OnnxEngine, reference: DlibEngine, collins: Pixels, hopper: Pixels, scene: str
) -> None:
    pixels = ALONE[scene]((collins, hopper))
    faces = engine.detect(pixels)
    assert len(faces) == 1
    described = engine.describe(pixels, faces)
    assert_descriptors_agree(described, reference.describe(pixels, faces))


def test_the_upright_search_gives_the_boxes_of_dlib(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    pixels = room((collins, 10), (hopper, 330))
    theirs, scores, _ = dlib.get_frontal_face_detector().run(pixels, 0, 0.25)
    ours = sorted(engine.detect(pixels), key=lambda face: -face.score)
    assert [(f.left, f.top, f.right, f.bottom, f.score) for f in ours] == [
        (box.left(), box.top(), box.right(), box.bottom(), score)
        for box, score in zip(theirs, scores, strict=True)
    ]


@pytest.mark.parametrize("scene", SCENES)
def test_the_convolutional_detector_gives_the_boxes_of_dlib(
    engine: OnnxEngine, dlib_cnn: Any, collins: Pixels, hopper: Pixels, scene: str
) -> None:
    assert_boxes_agree(engine, dlib_cnn, SCENES[scene]((collins, hopper)))


def test_both_engines_have_one_name_because_their_templates_may_be_compared(
    engine: OnnxEngine, reference: DlibEngine
) -> None:
    assert engine.name == reference.name


def test_two_people_are_described_each_for_themselves(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    pixels = room((collins, 10), (hopper, 330))
    faces = engine.detect(pixels)
    together = engine.describe(pixels, faces)
    assert len(faces) == 2
    for face, descriptor in zip(faces, together, strict=True):
        assert_descriptors_agree(engine.describe(pixels, (face,)), descriptor[None])
    assert np.linalg.norm(together[0] - together[1]) > 0.4


def test_twenty_faces_are_found_and_described_whatever_fits_into_one_run(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    pixels = crowd((collins, hopper), across=5, down=4)
    faces = engine.detect(pixels)
    described = engine.describe(pixels, faces)
    assert len(faces) == 20
    apart = np.linalg.norm(described[:, None] - described[None], axis=2)
    # Ten pictures each of two people: everyone is near ten of the twenty.
    assert ((apart < 0.3).sum(axis=1) == 10).all()
    assert len(engine.cnn(pixels)) == 20


def test_no_face_gives_no_descriptor(engine: OnnxEngine) -> None:
    assert engine.detect(room()) == ()
    assert engine.describe(room(), ()).shape == (0, 128)
    assert engine.cnn(room()) == ()


def test_a_face_upside_down_or_on_its_side_is_not_found_by_the_upright_search(
    engine: OnnxEngine, collins: Pixels
) -> None:
    assert engine.detect(collins[::-1]) == ()
    assert engine.detect(tilted(collins, 90)) == ()


def test_the_convolutional_detector_finds_a_face_tilted_too_far_for_the_other(
    engine: OnnxEngine, collins: Pixels
) -> None:
    leaning = tilted(collins, 60)
    assert engine.detect(leaning) == ()
    assert len(engine.cnn(leaning)) == 1


@pytest.mark.parametrize(
    "shape", [(1, 1), (8, 8), (8, 4000), (4000, 8), (15, 15), (16, 16), (39, 41), (79, 79)]
)
def test_pictures_too_small_for_a_face_are_searched_safely(
    engine: OnnxEngine, shape: tuple[int, int]
) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (*shape, 3)).astype(np.uint8)
    assert engine.detect(pixels) == ()
    assert engine.cnn(pixels) == ()


def test_a_picture_too_large_for_the_convolutional_detector_is_searched_smaller(
    engine: OnnxEngine, collins: Pixels
) -> None:
    beside = np.pad(collins, ((0, 0), (0, MOST_SIDE - 300), (0, 0)))
    (face,) = engine.cnn(beside)
    (twice,) = engine.cnn(scaled(beside, 2))
    for side in ("left", "top", "right", "bottom"):
        assert getattr(twice, side) == pytest.approx(2 * getattr(face, side), abs=20)


def _saved(path: Path, pixels: Pixels, mode: str) -> Pixels:
    image = Image.fromarray(pixels)
    if mode == "RGBA":
        image.putalpha(200)
    image.convert(mode).save(path)
    return load_pictures(path)[0].pixels


@pytest.mark.parametrize(("mode", "kind"), [("L", "jpg"), ("RGBA", "png"), ("CMYK", "jpg")])
def test_grey_transparent_and_printers_pictures_show_the_same_person(
    engine: OnnxEngine, collins: Pixels, tmp_path: Path, mode: str, kind: str
) -> None:
    plain = engine.describe(collins, engine.detect(collins))
    pixels = _saved(tmp_path / f"face.{kind}", collins, mode)
    found = engine.describe(pixels, engine.detect(pixels))
    assert found.shape == (1, 128)
    assert np.linalg.norm(found - plain) < 0.3


def _real(every: int) -> Iterator[Pixels]:
    """Real pictures, searched at 640 pixels."""
    folder = os.environ.get("BONAFIDE_DATA")
    if not folder:
        pytest.skip("BONAFIDE_DATA is not set")
    wanted = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp"}
    files = sorted(p for p in Path(folder, "faces").rglob("*") if p.suffix.lower() in wanted)
    assert files
    for path in files[::every]:
        image = Image.open(path).convert("RGB")
        image.thumbnail((640, 640))
        yield np.asarray(image, dtype=np.uint8)


def _agrees(engine: OnnxEngine, reference: DlibEngine, pixels: Pixels) -> int:
    faces = engine.detect(pixels)
    for face, theirs in zip(faces, reference.detect(pixels), strict=True):
        assert np.array_equal(face.landmarks, theirs.landmarks)
    assert_descriptors_agree(engine.describe(pixels, faces), reference.describe(pixels, faces))
    return len(faces)


def test_descriptors_of_some_real_faces_are_those_of_dlib(
    engine: OnnxEngine, reference: DlibEngine
) -> None:
    assert sum(map(partial(_agrees, engine, reference), _real(every=40))) == 5


@pytest.mark.soak
def test_descriptors_and_boxes_of_all_real_faces_are_those_of_dlib(
    engine: OnnxEngine, reference: DlibEngine, dlib_cnn: Any
) -> None:
    cv2.setNumThreads(1)
    found, pictures = 0, 0
    for pixels in _real(every=1):
        found += _agrees(engine, reference, pixels)
        assert_boxes_agree(engine, dlib_cnn, pixels)
        pictures += 1
    assert (pictures, found) == (176, 182)
