"""Quality of faces: what is wrong is told with what to do, and what only looks like it is not."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samples.portraits import Portrait, RgbImage, identity_one
from samples.spoilt_faces import (
    beard,
    clear_glasses,
    dark_skin,
    face_mask,
    glaring_glasses,
    hand,
    side_lit,
    sunglasses,
)
from tests.faces.conftest import blurred, lit, scaled
from verifiers.face_engine import Face
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces.quality import FaceQuality, Measure, assess
from verifiers.faces.quality_rules import RULES, Component, Level
from verifiers.head_pose import HeadPose
from verifiers.picture import Pixels

SEED = 21
OF_LIGHT = (
    Component.BURNT_OUT,
    Component.LOST_IN_THE_DARK,
    Component.CONTRAST,
    Component.EVEN_LIGHT,
)
OF_COVER = (Component.EYES_SEEN, Component.EYES_WITHOUT_GLARE, Component.MOUTH_SEEN)

Put = Callable[[Portrait, int], Portrait]


def shown(portrait: Portrait) -> RgbImage:
    """Head and shoulders, about 60 pixels between the eyes."""
    image = portrait.image[20:320, 70:370]
    return np.asarray(cv2.resize(image, (420, 420), interpolation=cv2.INTER_CUBIC), np.uint8)


@pytest.fixture(scope="module")
def portrait() -> Portrait:
    return identity_one()


@pytest.fixture(scope="module")
def face(engine: OnnxEngine, portrait: Portrait) -> Face:
    """Where the face is on every picture that is `shown`."""
    return engine.detect(shown(portrait))[0]


def found(engine: OnnxEngine, pixels: Pixels) -> FaceQuality:
    return assess(pixels, engine.detect(pixels)[0])


def test_a_plain_portrait_is_usable_in_every_component(face: Face, portrait: Portrait) -> None:
    quality = assess(shown(portrait), face)
    assert quality.level is Level.USABLE
    assert quality.good
    assert not quality.problems
    assert not quality.hints
    assert [measure.component for measure in quality.measures] == list(Component)


@pytest.mark.parametrize(
    ("put", "component", "advice"),
    [
        (sunglasses, Component.EYES_SEEN, "take off dark glasses"),
        (glaring_glasses, Component.EYES_WITHOUT_GLARE, "do not reflect it"),
        (hand, Component.MOUTH_SEEN, "the hand from the face"),
        (face_mask, Component.MOUTH_SEEN, "take off the mask"),
    ],
)
def test_what_hides_a_part_of_the_face_is_told(
    face: Face, portrait: Portrait, put: Put, component: Component, advice: str
) -> None:
    quality = assess(shown(put(portrait, SEED)), face)
    assert quality.of(component).level is Level.UNUSABLE
    assert quality.level is Level.UNUSABLE
    assert any(advice in problem for problem in quality.problems)


@pytest.mark.parametrize("put", [clear_glasses, beard, dark_skin])
def test_glasses_a_beard_and_dark_skin_hide_nothing(
    face: Face, portrait: Portrait, put: Put
) -> None:
    quality = assess(shown(put(portrait, SEED)), face)
    assert all(quality.of(component).level is Level.USABLE for component in OF_COVER)
    assert quality.good


@pytest.mark.parametrize("gain", [0.5, 0.75, 1.0, 1.1])
@pytest.mark.parametrize("share", [1.0, 0.4])
def test_the_same_light_is_judged_the_same_on_dark_and_light_skin(
    face: Face, portrait: Portrait, gain: float, share: float
) -> None:
    def judged(person: Portrait) -> list[Level]:
        quality = assess(lit(shown(side_lit(person, share)), gain), face)
        return [quality.of(component).level for component in OF_LIGHT]

    assert judged(portrait) == judged(dark_skin(portrait, SEED)) == [Level.USABLE] * 4


@pytest.mark.parametrize(
    ("spoil", "component", "advice"),
    [
        (lambda p: blurred(p, 4), Component.SHARPNESS, "hold still"),
        (lambda p: lit(p, 0.06), Component.LOST_IN_THE_DARK, "put a light in front"),
        (lambda p: lit(p, 3.0), Component.BURNT_OUT, "turn away from the lamp"),
        (lambda p: lit(p, 0.1) + np.uint8(110), Component.CONTRAST, "add light from the front"),
    ],
)
def test_a_spoilt_picture_is_unusable_and_says_what_to_do(
    face: Face,
    portrait: Portrait,
    spoil: Callable[[Pixels], Pixels],
    component: Component,
    advice: str,
) -> None:
    quality = assess(spoil(shown(portrait)), face)
    assert quality.of(component).level is Level.UNUSABLE
    assert not quality.good
    assert any(advice in problem for problem in quality.problems)


def test_a_face_of_few_pixels_is_unusable_and_one_of_some_is_weak(
    engine: OnnxEngine, portrait: Portrait
) -> None:
    small, middle = (found(engine, scaled(shown(portrait), by)) for by in (0.42, 0.62))
    assert small.of(Component.INTER_EYE_DISTANCE).level is Level.UNUSABLE
    assert middle.of(Component.INTER_EYE_DISTANCE).level is Level.WEAK
    assert "come closer" in " ".join(small.problems)
    assert "come closer" in " ".join(middle.hints)


def test_light_from_one_side_tells_the_side_and_keeps_the_face(
    face: Face, portrait: Portrait
) -> None:
    dim_right = shown(side_lit(portrait, 0.08))
    quality = assess(dim_right, face)
    assert quality.level is Level.WEAK
    assert any(hint.startswith("The right of the face") for hint in quality.hints)
    mirrored = replace(portrait, image=np.ascontiguousarray(shown(portrait)[:, ::-1]))
    assert quality.of(Component.EVEN_LIGHT).value > 0
    across = face.landmarks * (-1, 1) + (mirrored.image.shape[1] - 1, 0)
    other_way = replace(face, landmarks=across[_MIRROR])
    dim_left = np.ascontiguousarray(dim_right[:, ::-1])
    assert assess(dim_left, other_way).of(Component.EVEN_LIGHT).value < 0


_MIRROR = [
    *range(16, -1, -1), *range(26, 16, -1), *range(27, 31), *range(35, 30, -1),
    45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40,
    *range(54, 47, -1), *range(59, 54, -1), *range(64, 59, -1), 67, 66, 65,
]  # fmt: skip


def test_closed_eyes_and_an_open_mouth_are_hints_and_no_more(
    face: Face, portrait: Portrait
) -> None:
    points = face.landmarks.copy()
    for first in (36, 42):
        lids = (points[[first + 1, first + 2]] + points[[first + 5, first + 4]]) / 2
        points[[first + 1, first + 2]] = points[[first + 5, first + 4]] = lids
    points[65:68, 1] += 0.6 * face.inter_eye_distance
    quality = assess(shown(portrait), replace(face, landmarks=points))
    assert quality.level is Level.WEAK
    assert any("keep them open" in hint for hint in quality.hints)
    assert any("close it" in hint for hint in quality.hints)


def test_blocks_of_heavy_compression_are_told_and_light_compression_is_not(
    face: Face, portrait: Portrait
) -> None:
    def compressed(quality: int) -> Measure:
        _, data = cv2.imencode(".jpg", shown(portrait), [cv2.IMWRITE_JPEG_QUALITY, quality])
        pixels = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
        return assess(pixels, face).of(Component.COMPRESSION)

    assert compressed(5).level is not Level.USABLE
    assert compressed(85).level is Level.USABLE


@pytest.mark.parametrize(
    ("component", "degrees", "way"),
    [
        (Component.YAW, -40, "to the left of the picture; look into the camera"),
        (Component.YAW, 40, "to the right of the picture; look into the camera"),
        (Component.PITCH, 40, "40 degrees up; hold the camera"),
        (Component.PITCH, -40, "40 degrees down; hold the camera"),
    ],
)
def test_a_turned_head_is_told_which_way_and_by_how_much(
    component: Component, degrees: float, way: str
) -> None:
    measure = Measure(component, degrees)
    assert measure.level is Level.UNUSABLE
    assert "40 degrees" in (measure.reason or "")
    assert way in (measure.reason or "")


def test_the_worst_component_decides_and_a_weak_face_ranks_below_a_usable_one(
    face: Face, portrait: Portrait
) -> None:
    usable = assess(shown(portrait), face)

    def but(component: Component, value: float) -> FaceQuality:
        changed = [Measure(component, value) if m.component is component else m
                   for m in usable.measures]  # fmt: skip
        return FaceQuality(HeadPose(0, 0, 0), tuple(changed))

    weak, unusable = but(Component.EYES_OPEN, 0.01), but(Component.CONTRAST, 0.01)
    assert (weak.level, weak.good) == (Level.WEAK, True)
    assert (unusable.level, unusable.good) == (Level.UNUSABLE, False)
    assert usable.rank > weak.rank > unusable.rank


@given(st.sampled_from(Component), st.floats(-500, 500), st.floats(-500, 500))
def test_a_better_value_is_never_judged_worse_and_what_is_judged_bad_says_what_to_do(
    component: Component, one: float, other: float
) -> None:
    rule, (low, high) = RULES[component], sorted((one, other), key=abs)
    better, worse = (low, high) if rule.at_most else (high, low)
    assert 0 <= rule.quality(worse) <= rule.quality(better) <= 100
    order = list(Level)
    assert order.index(rule.level(better)) <= order.index(rule.level(worse))
    reason = Measure(component, worse).reason
    assert (reason is None) == (rule.level(worse) is Level.USABLE)
    assert reason is None or "; " in reason


@example(81)  # Where no pose of a head comes near them.
@given(st.integers(0, 2**32 - 1))
def test_landmarks_gone_astray_are_measured_all_the_same(seed: int) -> None:
    random = np.random.default_rng(seed)
    pixels = random.integers(0, 256, (48, 64, 3), dtype=np.uint8)
    astray = Face(-9, -9, 90, 90, random.uniform(-40, 120, (68, 2)))
    quality = assess(pixels, astray)
    assert all(np.isfinite(measure.value) for measure in quality.measures)
