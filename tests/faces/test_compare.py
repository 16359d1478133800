"""Two photographs: the same person, another person, and pictures that cannot say."""

import numpy as np
import pytest

from models.person import Band
from tests.faces.conftest import Change, blurred, lit, picture, room, scaled, tilted
from verifiers.face_engine import DlibEngine
from verifiers.faces import compare
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
    engine: DlibEngine, collins: Pixels, change: str
) -> None:
    result = compare(engine, picture(collins), picture(CHANGES[change](collins), "face.png"))
    assert result.band is Band.STRONG
    assert result.problem is None


def test_two_people_are_not_supported_and_lie_above_the_bands_of_support(
    engine: DlibEngine, collins: Pixels, hopper: Pixels
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
    engine: DlibEngine, hopper: Pixels, spoiled: Change, reason: str
) -> None:
    result = compare(engine, picture(hopper), picture(spoiled(hopper), "face.png"))
    assert result.band is Band.UNKNOWN
    assert result.problem is not None
    assert "face.png" in result.problem
    assert reason in result.problem


def test_five_faces_are_counted_and_one_is_asked_for(
    engine: DlibEngine, collins: Pixels, hopper: Pixels
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


def test_a_ghost_image_beside_the_portrait_is_ignored(engine: DlibEngine, collins: Pixels) -> None:
    ghost = lit(scaled(collins, 0.6), 0.7)
    result = compare(engine, picture(room((collins, 10), (ghost, 400))), picture(collins))
    assert result.band is Band.STRONG


@pytest.mark.parametrize("pixels", [room(), np.zeros((8, 8, 3), np.uint8)], ids=["room", "8x8"])
def test_a_picture_without_a_face_is_named(
    engine: DlibEngine, collins: Pixels, pixels: Pixels
) -> None:
    result = compare(engine, picture(collins), picture(pixels, "empty.png"))
    assert result.band is Band.UNKNOWN
    assert result.problem is not None
    assert "No face was found in empty.png" in result.problem
