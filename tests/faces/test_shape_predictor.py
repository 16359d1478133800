"""Landmarks by numpy are dlib's to the pixel, wherever the box lies and whatever is in it."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifiers.face_engines.converted import cache_folder
from verifiers.face_engines.dlib_engine import DlibLandmarks
from verifiers.face_engines.dlib_faces import Landmarks
from verifiers.face_engines.dlib_format import Parts, unpacked
from verifiers.face_engines.dlib_weights import FIVE_POINTS, SIXTY_EIGHT_POINTS, models_folder
from verifiers.face_engines.onnx_engine import ConvertedLandmarks
from verifiers.face_engines.shape_predictor import Box
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.picture import Pixels

FILES = (SIXTY_EIGHT_POINTS, FIVE_POINTS)


@cache
def ours(file: str) -> Landmarks:
    return ConvertedLandmarks(file, models_folder(), cache_folder())


@cache
def theirs(file: str) -> Landmarks:
    return DlibLandmarks(models_folder() / file)


def assert_same_points(pixels: Pixels, box: Box) -> None:
    for file in FILES:
        assert np.array_equal(ours(file)(pixels, box), theirs(file)(pixels, box))


@pytest.mark.parametrize(
    "box",
    [
        (80, 60, 230, 210),
        (81, 63, 180, 162),
        (-60, -40, 140, 160),
        (150, 150, 420, 420),
        (-900, -900, -700, -700),
        (120, 120, 121, 121),
        (0, 0, 299, 299),
    ],
)
def test_points_on_a_face_beside_it_and_beyond_the_picture_are_those_of_dlib(
    collins: Pixels, hopper: Pixels, box: Box
) -> None:
    assert_same_points(collins, box)
    assert_same_points(hopper, box)


@given(
    seed=st.integers(0, 2**32 - 1),
    shape=st.tuples(st.integers(16, 90), st.integers(16, 90)),
    box=st.tuples(st.integers(-40, 60), st.integers(-40, 60), st.integers(10, 99)),
)
def test_points_on_noise_are_those_of_dlib(
    seed: int, shape: tuple[int, int], box: tuple[int, int, int]
) -> None:
    random = np.random.default_rng(seed)
    pixels = random.integers(0, 256, (*shape, 3), dtype=np.uint8)
    left, top, side = box
    assert_same_points(pixels, (left, top, left + side, top + side))


def _written(value: int) -> bytes:
    """As dlib writes an integer."""
    digits = abs(value).to_bytes((max(abs(value), 1).bit_length() + 7) // 8, "little")
    return bytes([len(digits) | (0x80 if value < 0 else 0)]) + digits


@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), max_size=9))
def test_real_numbers_are_read_whatever_the_length_they_are_written_in(values: list[float]) -> None:
    data = b""
    for value in values:
        share, exponent = np.frexp(np.float64(value))
        mantissa, exponent = int(share * 2**24), int(exponent) - 24
        while mantissa and mantissa % 256 == 0:
            mantissa, exponent = mantissa // 256, exponent + 8
        data += _written(mantissa) + _written(exponent)
    parts = Parts("model", data)
    assert unpacked(parts.packed_reals(len(values))).tolist() == values
    parts.end()


def test_a_number_of_more_than_32_bits_is_refused() -> None:
    parts = Parts("model", _written(2**24) + _written(0))
    with pytest.raises(UnusableWeights, match="model has no number of 32 bits"):
        parts.packed_reals(1)
