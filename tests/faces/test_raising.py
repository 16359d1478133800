"""A band is raised by one step: where every other engine agrees, or by the portrait of a chip.

The person compared is a blend of two: the more of the other is in it, the further it is away.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.finding import Finding, Strength
from models.person import Band, FaceTemplate, TemplateKind
from models.policy import GalleryCoverage
from models.weights import SupportUpTo
from tests.faces.conftest import clip, lit, picture, room, scaled
from tests.faces.stand_ins import an_embedder
from verifiers.face_engine import unit
from verifiers.face_engines.dlib_weights import ENGINE
from verifiers.face_engines.embedder import Embedder
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces import compare, person_template, verify_faces
from verifiers.faces.cohort import CohortTest
from verifiers.faces.matching import BANDS, Bands, PairKind
from verifiers.faces.raising import Raise, raised
from verifiers.faces.second import Opinion
from verifiers.picture import Pixels

STRICT, LOOSE = 0.01, 1.99
ORDER = [Band.CONTRADICTS, Band.UNKNOWN, Band.MODERATE, Band.STRONG]
SURE = SupportUpTo(distance=1.0, impostor_rate=0.01, source="made up for a test")
NOT_MADE = CohortTest(0, None)

Blend = Callable[[float], Pixels]


def _other(support: float, name: str = "acme-1", rate: float | None = 0.01) -> Embedder:
    model, data = an_embedder(name, support=support)
    stated = SupportUpTo(distance=support, impostor_rate=rate, source="made up for a test")
    return Embedder(model.model_copy(update={"support": stated}), data)


@pytest.fixture(scope="module")
def blend(engine: OnnxEngine, collins: Pixels, hopper: Pixels) -> Blend:
    """Collins with a share of Hopper laid over him, eyes on eyes."""
    his, theirs = (engine.detect(pixels)[0].landmarks for pixels in (collins, hopper))
    turn, _ = cv2.estimateAffinePartial2D(theirs, his)
    laid = cv2.warpAffine(hopper, turn, collins.shape[:2], borderMode=cv2.BORDER_REPLICATE)
    return lambda share: np.asarray((1 - share) * collins + share * laid, dtype=np.uint8)


MODERATE, NEAR, FAR = 0.3, 0.4, 0.5
"""Shares of the other: .25, .30 and .33 away."""


@pytest.mark.parametrize(
    ("share", "alone", "agreed"),
    [
        (MODERATE, Band.MODERATE, Band.STRONG),
        (NEAR, Band.UNKNOWN, Band.MODERATE),
        (FAR, Band.UNKNOWN, Band.UNKNOWN),
    ],
)
def test_another_engine_that_agrees_raises_the_band_by_one_up_to_a_bound(
    engine: OnnxEngine, collins: Pixels, blend: Blend, share: float, alone: Band, agreed: Band
) -> None:
    pictures = picture(collins), picture(blend(share))
    assert compare(engine, *pictures).band is alone
    result = compare(engine, *pictures, others=[_other(LOOSE)])
    assert result.band is agreed
    assert result.judgement
    assert result.judgement.raised == (
        Raise(alone, agreed, "every other engine agrees, at 1 % of impostors or fewer")
        if agreed is not alone
        else None
    )


@pytest.mark.parametrize(
    "others",
    [
        [_other(LOOSE, rate=0.02)],
        [_other(LOOSE, rate=None)],
        [_other(LOOSE, "sure"), _other(LOOSE, "not-known", rate=None)],
    ],
    ids=["a high rate", "no rate", "one of two without a rate"],
)
def test_agreement_that_says_little_of_impostors_raises_nothing(
    engine: OnnxEngine, collins: Pixels, blend: Blend, others: list[Embedder]
) -> None:
    for share, band in ((MODERATE, Band.MODERATE), (NEAR, Band.UNKNOWN)):
        result = compare(engine, picture(collins), picture(blend(share)), others=others)
        assert result.band is band


def test_one_engine_of_two_that_does_not_agree_leaves_it_to_a_person(
    engine: OnnxEngine, collins: Pixels, blend: Blend
) -> None:
    others = [_other(LOOSE, "agrees"), _other(STRICT, "does-not")]
    for share in (MODERATE, NEAR):
        result = compare(engine, picture(collins), picture(blend(share)), others=others)
        assert result.band is Band.UNKNOWN


def test_what_contradicts_is_never_raised(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    bands = BANDS[ENGINE][PairKind.PHOTO_PHOTO]
    apart = bands.unknown + 0.01
    agreeing = [Opinion("acme-1", 0.1, SURE)]
    assert raised(apart, bands, Band.CONTRADICTS, NOT_MADE, agreeing, signed=True) is None
    result = compare(engine, picture(collins), picture(hopper), others=[_other(LOOSE)])
    assert result.band is Band.CONTRADICTS


def test_a_picture_too_poor_to_count_is_not_raised(
    engine: OnnxEngine, collins: Pixels, blend: Blend
) -> None:
    poor = picture(scaled(blend(MODERATE), 0.2), "poor.png")
    result = compare(engine, picture(collins), poor, others=[_other(LOOSE)])
    assert result.band is Band.UNKNOWN
    assert result.judgement
    assert result.judgement.raised is None


def test_who_does_not_stand_beside_other_people_is_not_raised(
    engine: OnnxEngine, collins: Pixels, blend: Blend
) -> None:
    alike = person_template(engine, [picture(lit(collins, 0.8))])
    assert alike
    result = compare(
        engine,
        picture(collins),
        picture(blend(MODERATE)),
        others=[_other(LOOSE)],
        gallery=[alike] * 20,
    )
    assert result.band is Band.UNKNOWN
    assert result.judgement
    assert result.judgement.raised is None


def _match(
    engine: OnnxEngine, portrait: Pixels, shown: Pixels, *, chip: bool, others: list[Embedder]
) -> Finding:
    side = [picture(portrait)]
    result = verify_faces(
        engine,
        [] if chip else side,
        [clip(room((shown, 150)))],
        chips=side if chip else (),
        others=others,
    )
    (found,) = [each for each in result.findings if each.code.startswith("face.match")]
    return found


def _why(found: Finding) -> list[object]:
    return [seen.value for seen in found.seen if seen.what == "band raised"]


def test_the_portrait_of_a_chip_raises_moderate_to_strong_and_says_so(
    engine: OnnxEngine, collins: Pixels, blend: Blend
) -> None:
    shown = blend(MODERATE)
    printed = _match(engine, collins, shown, chip=False, others=[])
    assert printed.strength is Strength.MODERATE
    assert _why(printed) == []
    signed = _match(engine, collins, shown, chip=True, others=[])
    assert signed.strength is Strength.STRONG
    assert _why(signed) == [
        "from moderate to strong, because the portrait is that of the chip, signed by its issuer"
    ]


def test_the_portrait_of_a_chip_makes_nothing_of_what_a_person_must_look_at(
    engine: OnnxEngine, collins: Pixels, blend: Blend
) -> None:
    found = _match(engine, collins, blend(NEAR), chip=True, others=[])
    assert found.code == "face.match.undecided"
    assert _why(found) == []


def test_a_chip_does_not_outweigh_an_engine_that_disagrees(
    engine: OnnxEngine, collins: Pixels, blend: Blend
) -> None:
    found = _match(engine, collins, blend(MODERATE), chip=True, others=[_other(STRICT)])
    assert found.code == "face.match.undecided"
    assert _why(found) == []


KINDS = st.sampled_from(list(BANDS[ENGINE].values()))
AGREEING = st.builds(
    Opinion,
    engine=st.just("acme-1"),
    distance=st.floats(0, 1),
    support=st.builds(
        SupportUpTo,
        distance=st.just(1.0),
        impostor_rate=st.floats(0.001, 0.01),
        source=st.just("made up for a test"),
    ),
)
PASSED = st.builds(CohortTest, people=st.just(20), relative=st.none() | st.floats(-0.3, -0.12))


@given(KINDS, st.data(), PASSED, st.lists(AGREEING, min_size=1, max_size=3), st.booleans())
def test_where_all_agree_the_band_is_raised_by_exactly_one_up_to_a_bound(
    bands: Bands, data: st.DataObject, test: CohortTest, opinions: list[Opinion], signed: bool
) -> None:
    apart = data.draw(st.floats(bands.strong + 0.001, bands.moderate + 0.05))
    step = raised(apart, bands, bands.band(apart), test, opinions, signed=signed)
    assert step
    assert step.before is bands.band(apart)
    assert ORDER.index(step.band) == ORDER.index(step.before) + 1
    assert apart <= 0.33 + 1e-9


AGAINST = {
    "the cohort test is not as near as strong asks": {"test": CohortTest(20, -0.11)},
    "the cohort test changed the band": {"left": Band.UNKNOWN},
    "another engine does not agree": {"more": [Opinion("other-1", 1.1, SURE)]},
}


@pytest.mark.parametrize("against", AGAINST.values(), ids=list(AGAINST))
@given(KINDS, st.data(), st.lists(AGREEING, min_size=1, max_size=2), st.booleans())
def test_nothing_is_raised_against_what_was_heard(
    against: dict[str, Any],
    bands: Bands,
    data: st.DataObject,
    opinions: list[Opinion],
    signed: bool,
) -> None:
    apart = data.draw(st.floats(bands.strong + 0.001, bands.moderate))
    left = bands.band(apart)
    assert raised(apart, bands, left, NOT_MADE, opinions, signed=signed)
    test, left = against.get("test", NOT_MADE), against.get("left", left)
    heard = [*opinions, *against.get("more", ())]
    assert raised(apart, bands, left, test, heard, signed=signed) is None


@given(KINDS, st.data(), PASSED, st.lists(AGREEING, max_size=3), st.booleans())
def test_nothing_beyond_the_bound_and_nothing_already_strong_is_raised(
    bands: Bands, data: st.DataObject, test: CohortTest, opinions: list[Opinion], signed: bool
) -> None:
    beyond, near = st.floats(bands.moderate + 0.051, 2), st.floats(0, bands.strong)
    apart = data.draw(beyond | near)
    assert raised(apart, bands, bands.band(apart), test, opinions, signed=signed) is None


def test_an_operators_coverage_gives_support_in_colour_and_none_to_a_black_and_white_print(
    engine: OnnxEngine, collins: Pixels, blend: Blend
) -> None:
    random = np.random.default_rng(0)
    strangers = [
        FaceTemplate(
            kind=TemplateKind.LIVE, engine=engine.name, vector=tuple(map(float, vector)), faces=5
        )
        for vector in map(unit, random.normal(size=(20, 128)))
    ]
    coverage = GalleryCoverage(recorded_by="Dana", recorded_on=date(2026, 11, 1), people=40)
    grey = np.repeat(collins.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8)
    person = [picture(blend(share)) for share in (0.2, 0.4, 0.5, 0.6, 0.7)]
    for portrait, band in ((collins, Band.MODERATE), (grey, Band.UNKNOWN)):
        result = compare(engine, picture(portrait), *person, gallery=strangers, coverage=coverage)
        assert result.judgement
        assert result.judgement.bands.band(result.judgement.distance) is Band.UNKNOWN
        assert result.band is band


def test_support_that_an_operators_coverage_gave_is_not_raised_again() -> None:
    bands = BANDS[ENGINE][PairKind.PORTRAIT_LIVE]
    passed, agreeing = CohortTest(30, -0.2), [Opinion("acme-1", 0.1, SURE)]
    assert raised(0.31, bands, Band.MODERATE, passed, agreeing, signed=True) is None
    own = raised(0.27, bands, Band.MODERATE, passed, agreeing, signed=False)
    assert own
    assert own.band is Band.STRONG


def test_the_mark_of_a_portrait_without_colour_is_kept_and_old_templates_are_read(
    engine: OnnxEngine, collins: Pixels
) -> None:
    grey = np.repeat(collins.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8)
    kept = [verify_faces(engine, [picture(p)], []).templates[0] for p in (collins, grey)]
    assert [each.without_colour for each in kept] == [False, True]
    old = kept[0].model_dump(exclude={"without_colour"})
    assert FaceTemplate.model_validate(old) == kept[0]
