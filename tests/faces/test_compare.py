"""Two photographs: the same person, another person, and pictures that cannot say."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from models.person import Band
from tests.faces.conftest import Change, blurred, lit, picture, room, scaled, tilted
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces import CohortAnswer, PairKind, compare, person_template
from verifiers.faces.matching import BANDS
from verifiers.picture import Pixels

CHANGES: dict[str, Change] = {
    "mirrored": lambda pixels: pixels[:, ::-1],
    "tilted by 10 degrees": lambda pixels: tilted(pixels, 10),
    "in half the light": lambda pixels: lit(pixels, 0.5),
    "in black and white": lambda pixels: np.repeat(
        pixels.mean(axis=2, keepdims=True), 3, axis=2
    ).astype(np.uint8),
    "cropped": lambda pixels: pixels[20:280, 30:270],
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_photograph_of_the_same_person_is_supported(
    engine: OnnxEngine, collins: Pixels, change: str
) -> None:
    result = compare(engine, picture(collins), picture(CHANGES[change](collins), "face.png"))
    assert result.band is Band.STRONG
    assert result.problem is None


def test_two_people_are_not_supported_and_lie_above_the_bands_of_support(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    result = compare(engine, picture(collins), picture(hopper, "face.png"))
    assert result.band in {Band.UNKNOWN, Band.CONTRADICTS}
    assert result.distance is not None
    assert 0.40 < result.distance < 0.55


@pytest.mark.parametrize(
    ("spoiled", "reason"),
    [
        (lambda pixels: scaled(pixels, 0.4), "pixels between the eyes; come closer"),
        (lambda pixels: blurred(pixels, 3), "is blurred"),
        (lambda pixels: lit(pixels, 0.08), "put a light in front"),
    ],
)
def test_a_poor_picture_of_the_same_person_is_unknown_and_says_how_to_retake_it(
    engine: OnnxEngine, hopper: Pixels, spoiled: Change, reason: str
) -> None:
    result = compare(engine, picture(hopper), picture(spoiled(hopper), "face.png"))
    assert result.band is Band.UNKNOWN
    assert result.problem is not None
    assert "face.png" in result.problem
    assert reason in result.problem


def test_five_faces_are_counted_and_one_is_asked_for(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    above = np.hstack([collins, hopper, collins])
    below = np.hstack([hopper, collins, np.full_like(collins, 90)])
    five = np.vstack([above, below])
    result = compare(engine, picture(collins), picture(five, "party.jpg"))
    assert result.distance is None
    assert result.band is Band.UNKNOWN
    assert result.problem is not None
    assert "5 faces" in result.problem
    assert "party.jpg" in result.problem


def test_a_ghost_image_beside_the_portrait_is_ignored(engine: OnnxEngine, collins: Pixels) -> None:
    ghost = lit(scaled(collins, 0.6), 0.7)
    result = compare(engine, picture(room((collins, 10), (ghost, 400))), picture(collins))
    assert result.band is Band.STRONG


@pytest.mark.parametrize("pixels", [room(), np.zeros((8, 8, 3), np.uint8)], ids=["room", "8x8"])
def test_a_picture_without_a_face_is_named(
    engine: OnnxEngine, collins: Pixels, pixels: Pixels
) -> None:
    result = compare(engine, picture(collins), picture(pixels, "empty.png"))
    assert result.band is Band.UNKNOWN
    assert result.problem is not None
    assert "No face was found in empty.png" in result.problem


def test_several_photographs_of_one_person_make_one_template(
    engine: OnnxEngine, collins: Pixels
) -> None:
    changes = [lit(collins, 0.7), tilted(collins, 12), scaled(collins, 0.8), collins[:, ::-1]]
    faces = [picture(changed, f"{n}.png") for n, changed in enumerate(changes)]
    empty = picture(room(), "empty.png")
    result = compare(engine, picture(collins), *faces, empty)
    assert result.band is Band.STRONG
    assert result.judgement is not None
    assert result.judgement.cohort.answer is CohortAnswer.TOO_FEW
    assert result.problem is not None
    assert "empty.png" in result.problem


def test_one_photograph_sent_five_times_is_one_photograph(
    engine: OnnxEngine, collins: Pixels
) -> None:
    five = [picture(lit(collins, 0.9), f"{n}.png") for n in range(5)]
    judgement = compare(engine, picture(collins), *five).judgement
    assert judgement is not None
    assert judgement.bands == BANDS[engine.name][PairKind.PHOTO_PHOTO]


def test_who_resembles_a_whole_gallery_as_much_is_left_to_a_person(
    engine: OnnxEngine, collins: Pixels
) -> None:
    again = picture(lit(collins, 0.8))
    one = person_template(engine, [again])
    assert one is not None
    other = person_template(engine, [picture(scaled(collins, 0.7))])
    assert other is not None
    alike = compare(engine, picture(collins), again, gallery=[one, other] * 10)
    assert alike.judgement is not None
    assert alike.judgement.cohort.answer is CohortAnswer.FAILED
    assert alike.band is Band.UNKNOWN
    assert alike.distance is not None
    assert alike.distance < 0.2


def test_who_resembles_nobody_else_in_the_gallery_passes(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    other = person_template(engine, [picture(hopper)])
    assert other is not None
    again = picture(lit(collins, 0.8))
    result = compare(engine, picture(collins), again, gallery=[other] * 20)
    assert result.judgement is not None
    assert result.judgement.cohort.answer is CohortAnswer.PASSED
    assert result.band is Band.STRONG


def _tinted(pixels: Pixels) -> Pixels:
    grey = pixels.mean(axis=2, keepdims=True)
    return np.asarray(grey * (1.0, 0.96, 0.88), dtype=np.uint8)


TINTS = pytest.mark.parametrize(
    "tint", [CHANGES["in black and white"], _tinted], ids=["grey", "sepia"]
)


@TINTS
@pytest.mark.parametrize("side", ["portrait", "face"])
def test_a_side_without_colour_must_be_nearer_and_contradicts_later(
    engine: OnnxEngine, collins: Pixels, tint: Change, side: str
) -> None:
    again = lit(collins, 0.8)
    printed = (tint(collins), again) if side == "portrait" else (collins, tint(again))
    in_colour, in_one_hue = (
        compare(engine, picture(portrait), picture(face)).judgement
        for portrait, face in ((collins, again), printed)
    )
    assert in_colour is not None
    assert in_one_hue is not None
    assert in_one_hue.bands.strong < in_one_hue.bands.moderate < in_colour.bands.moderate
    assert in_one_hue.bands.unknown > in_colour.bands.unknown


def test_one_frame_without_colour_of_three_does_not_make_a_template_so(
    engine: OnnxEngine, collins: Pixels
) -> None:
    grey = CHANGES["in black and white"](collins)
    for shown, without in (([collins, collins, grey], False), ([collins, grey, grey], True)):
        made = person_template(engine, [picture(pixels) for pixels in shown])
        assert made is not None
        assert made.without_colour is without


def _objects(*arguments: str | Path) -> list[dict[str, Any]]:
    command = [str(Path(sys.executable).with_name("bonafide")), "compare", "--json"]
    done = subprocess.run(
        [*command, *map(str, arguments)], check=True, capture_output=True, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_command_makes_one_answer_of_faces_that_are_one_persons(
    collins: Pixels, hopper: Pixels, tmp_path: Path
) -> None:
    files = []
    for name, pixels in (("p", collins), ("a", lit(collins, 0.8)), ("b", tilted(collins, 10))):
        files.append(tmp_path / f"{name}.png")
        Image.fromarray(pixels).save(files[-1])
    for number in range(20):
        other = tmp_path / "people" / f"{number:02}"
        other.mkdir(parents=True)
        Image.fromarray(hopper).save(other / "face.png")
    (answer,) = _objects(*files, "--together", "--gallery", tmp_path / "people")
    assert answer["file"] == [str(path) for path in files[1:]]
    assert answer["band"] == "strong"
    assert answer["cohort"] == "passed"
    assert answer["quality"]["good"] is True
    assert answer["problem"] is None
