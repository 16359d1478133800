"""Two faces beside other people: near to each other, or near to everybody of one crowd."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.person import Band, FaceTemplate, TemplateKind
from models.policy import GalleryCoverage
from verifiers.face_engine import unit
from verifiers.faces.cohort import (
    COVERED,
    LEAST_PEOPLE,
    CohortAnswer,
    CohortTest,
    cohort_test,
    with_cohort,
)
from verifiers.faces.matching import PairKind, distance

ORDER = [Band.CONTRADICTS, Band.UNKNOWN, Band.MODERATE, Band.STRONG]
COVERAGE = GalleryCoverage(recorded_by="Dana", recorded_on=date(2026, 11, 1), people=40)


def template(vector: NDArray[np.float64], engine: str = "e/1") -> FaceTemplate:
    values = tuple(map(float, unit(vector)))
    return FaceTemplate(kind=TemplateKind.LIVE, engine=engine, vector=values, faces=5)


def crowd(people: int, spread: float, seed: int = 1) -> list[FaceTemplate]:
    """People around one point of the engine's space, all about 1.4 x `spread` from each other."""
    random = np.random.default_rng(seed)
    centre = unit(np.random.default_rng(0).normal(size=128))
    return [template(centre + spread * unit(random.normal(size=128))) for _ in range(people)]


def test_near_to_each_other_and_far_from_others_passes() -> None:
    one = crowd(1, 0.5)[0]
    other = template(np.array(one.vector) + 0.2 * unit(np.random.default_rng(3).normal(size=128)))
    test = cohort_test(one, other, crowd(30, 0.5, seed=2))
    assert test.answer is CohortAnswer.PASSED
    assert with_cohort(Band.STRONG, 0.2, PairKind.PORTRAIT_LIVE, test) is Band.STRONG


def test_two_of_a_crowd_in_which_everybody_is_near_fail_at_the_same_distance() -> None:
    one, other, *rest = crowd(32, 0.17)
    apart = distance(one, other)
    test = cohort_test(one, other, rest)
    assert apart < 0.26
    assert test.answer is CohortAnswer.FAILED
    assert with_cohort(Band.STRONG, apart, PairKind.PORTRAIT_LIVE, test) is Band.UNKNOWN


def test_the_same_person_under_another_account_in_the_gallery_changes_next_to_nothing() -> None:
    one, other, *rest = crowd(42, 0.5)
    alone = cohort_test(one, other, rest).relative
    with_twin = cohort_test(one, other, [*rest, template(np.array(one.vector))]).relative
    assert alone is not None
    assert with_twin == pytest.approx(alone, abs=0.03)


def test_with_fewer_than_twenty_comparable_people_nothing_is_said() -> None:
    one, other, *rest = crowd(LEAST_PEOPLE + 1, 0.17)
    foreign = [each.model_copy(update={"engine": "e/2"}) for each in crowd(50, 0.17)]
    test = cohort_test(one, other, [*rest, *foreign])
    assert (test.people, test.answer) == (LEAST_PEOPLE - 1, CohortAnswer.TOO_FEW)
    assert with_cohort(Band.STRONG, 0.2, PairKind.LIVE_LIVE, test) is Band.STRONG


@given(
    st.sampled_from(Band),
    st.floats(0, 2),
    st.sampled_from(PairKind),
    st.none() | st.floats(-1.5, 1.5),
)
def test_without_a_recorded_coverage_it_only_tightens_and_never_accuses(
    band: Band, apart: float, kind: PairKind, relative: float | None
) -> None:
    told = with_cohort(band, apart, kind, CohortTest(30, relative))
    assert ORDER.index(told) <= ORDER.index(band)
    assert (told is Band.CONTRADICTS) == (band is Band.CONTRADICTS)


@pytest.mark.parametrize(
    ("band", "relative", "told"),
    [
        (Band.STRONG, -0.121, Band.STRONG),
        (Band.STRONG, -0.11, Band.MODERATE),
        (Band.MODERATE, -0.101, Band.MODERATE),
        (Band.STRONG, -0.09, Band.UNKNOWN),
        (Band.MODERATE, -0.09, Band.UNKNOWN),
    ],
)
def test_how_much_nearer_than_others_each_band_asks_for(
    band: Band, relative: float, told: Band
) -> None:
    assert with_cohort(band, 0.25, PairKind.PORTRAIT_LIVE, CohortTest(20, relative)) is told


@pytest.mark.parametrize(
    ("apart", "relative", "kind", "told"),
    [
        (COVERED, -0.13, PairKind.PORTRAIT_LIVE, Band.MODERATE),
        (COVERED + 0.01, -0.13, PairKind.PORTRAIT_LIVE, Band.UNKNOWN),
        (COVERED, -0.11, PairKind.PORTRAIT_LIVE, Band.UNKNOWN),
        (COVERED, -0.13, PairKind.PHOTO_PHOTO, Band.UNKNOWN),
    ],
)
def test_a_recorded_coverage_lets_a_template_pass_from_further_away(
    apart: float, relative: float, kind: PairKind, told: Band
) -> None:
    test = CohortTest(20, relative)
    assert with_cohort(Band.UNKNOWN, apart, kind, test, COVERAGE) is told
    assert with_cohort(Band.UNKNOWN, apart, kind, test) is Band.UNKNOWN


def test_a_recorded_coverage_gives_nothing_to_a_side_in_black_and_white() -> None:
    test, kind = CohortTest(20, -0.13), PairKind.PORTRAIT_LIVE
    for colourless, told in ((False, Band.MODERATE), (True, Band.UNKNOWN)):
        heard = with_cohort(Band.UNKNOWN, 0.3, kind, test, COVERAGE, colourless=colourless)
        assert heard is told
