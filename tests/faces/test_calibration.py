"""Scores in, rates out: monotone, with intervals that cover, and nothing that was not shown."""

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers.faces.calibration import by_group, calibrate
from verifiers.faces.calibration_intervals import clopper_pearson, needed_for, shown_by
from verifiers.faces.calibration_people import ContradictoryLabels, LabelledPair, people_of
from verifiers.faces.calibration_scores import Comparison, TooFew, scores_of

ENGINE = "an engine"

_distances = st.lists(st.integers(0, 40).map(lambda n: n / 20), min_size=1, max_size=30)


def compared(
    genuine: list[float], impostors: list[float], group: str = "", people: bool = False
) -> list[Comparison]:
    """Comparisons by distance; with `people`, each of somebody new."""
    found = [Comparison(d, True, (i, i) if people else None, group) for i, d in enumerate(genuine)]
    start = len(genuine)
    return found + [
        Comparison(d, False, (start + 2 * i, start + 2 * i + 1) if people else None, group)
        for i, d in enumerate(impostors)
    ]


def spread(count: int, low: float, high: float) -> list[float]:
    return [float(value) for value in np.linspace(low, high, count)]


@settings(max_examples=50)
@given(genuine=_distances, impostors=_distances)
def test_fmr_never_falls_and_fnmr_never_rises_with_the_threshold(
    genuine: list[float], impostors: list[float]
) -> None:
    scores = scores_of(compared(genuine, impostors))
    rows = [(scores.fmr(t), scores.fnmr(t)) for t in spread(8, -0.05, 2.05)]
    fmr, fnmr = ([r.value for r in rates] for rates in zip(*rows, strict=True))
    assert fmr == sorted(fmr, key=float)
    assert fnmr == sorted(fnmr, key=float, reverse=True)
    assert (fmr[0], fnmr[0]) == (0, 1)
    assert (fmr[-1], fnmr[-1]) == (1, 0)
    for rate in (r for row in rows for r in row):
        assert rate.value is not None
        assert 0 <= rate.low <= rate.value <= rate.high <= 1


@settings(max_examples=25)
@given(genuine=_distances, impostors=_distances)
def test_the_equal_error_rate_lies_between_the_rates_on_both_sides_of_it(
    genuine: list[float], impostors: list[float]
) -> None:
    scores = scores_of(compared(genuine, impostors))
    _, fmr, fnmr = scores.curve()
    eer = scores.equal_error_rate()
    # Before any threshold nothing is accepted.
    smaller = np.minimum(np.append(0, fmr), np.append(1, fnmr)).max()
    larger = np.maximum(np.append(0, fmr), np.append(1, fnmr)).min()
    assert smaller - 1e-9 <= eer.rate <= larger + 1e-9
    assert eer.low <= eer.rate <= eer.high


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_ends_of_an_interval_make_what_was_seen_just_improbable(
    seen: tuple[int, int],
) -> None:
    """Clopper and Pearson's definition, by summing the binomial distribution itself."""
    hits, trials = seen
    low, high = clopper_pearson(hits, trials)

    def tail(rate: float, counts: range) -> float:
        return sum(comb(trials, k) * rate**k * (1 - rate) ** (trials - k) for k in counts)

    if hits:
        assert tail(low, range(hits, trials + 1)) == pytest.approx(0.025, rel=1e-6)
    else:
        assert low == 0
    if hits < trials:
        assert tail(high, range(hits + 1)) == pytest.approx(0.025, rel=1e-6)
    else:
        assert high == 1


@pytest.mark.parametrize("rate", [0.001, 0.03, 0.4])
def test_intervals_cover_the_true_rate_at_least_as_often_as_they_say(rate: float) -> None:
    seen = np.bincount(np.random.default_rng(4).binomial(300, rate, 2000))
    inside = 0
    for hits in np.flatnonzero(seen):
        low, high = clopper_pearson(int(hits), 300)
        inside += seen[hits] * (low <= rate <= high)
    assert inside / seen.sum() >= 0.945


@pytest.mark.parametrize(("rate", "needed"), [(0.001, 3000), (0.01, 300), (0.0001, 30_000)])
def test_the_rule_of_three(rate: float, needed: int) -> None:
    assert needed_for(rate) == needed
    assert shown_by(needed) == pytest.approx(rate)
    # Its meaning: with so many right, a rate beyond it would have shown 95 times in 100.
    assert (1 - rate) ** needed == pytest.approx(0.05, rel=0.03)


def test_a_rate_that_the_sample_cannot_show_is_refused_in_words_and_the_least_is_told() -> None:
    rates = calibrate(ENGINE, compared(spread(50, 0.1, 0.4), spread(299, 0.5, 0.9), people=True))
    assert [refused.needed for refused in rates.refused] == [3000, 300]
    assert "3,000 different pairs of people" in rates.refused[0].why
    assert "the file has 299, which show 1 % at best" in rates.refused[1].why
    (least,) = rates.true_accepts
    assert least.far == pytest.approx(3 / 299)
    assert least.tar.value == 1
    bands = rates.bands
    assert (bands.strong, bands.moderate, bands.unknown) == (None, None, None)
    assert len(bands.refused) == 3


def test_bands_hold_their_rates_where_there_is_enough_to_show_them() -> None:
    impostors = [*spread(3, 0.30, 0.31), *spread(30, 0.35, 0.38), *spread(2967, 0.5, 0.9)]
    found = compared(spread(300, 0.1, 0.44), impostors)
    rates = calibrate(ENGINE, found)
    assert not rates.refused
    assert not rates.bands.refused
    bands, scores = rates.bands, scores_of(found)
    assert bands.strong is not None
    assert bands.moderate is not None
    assert bands.unknown == pytest.approx(0.44)
    strong, moderate = scores.fmr(bands.strong), scores.fmr(bands.moderate)
    assert (strong.value, strong.comparisons) == (0.001, 3000)
    assert moderate.value == 0.01
    assert 0.31 <= bands.strong < 0.35 < bands.moderate < 0.5


def test_bands_follow_the_worst_group_and_the_average_hides_nothing() -> None:
    easy = compared(spread(200, 0.1, 0.5), spread(3000, 0.6, 0.9), "easy")
    hard = compared(spread(200, 0.1, 0.5), spread(3000, 0.35, 0.9), "hard")
    alone = calibrate(ENGINE, easy)
    both = calibrate(ENGINE, easy + hard)
    assert alone.bands.strong is not None
    assert both.bands.strong is not None
    assert both.bands.strong < alone.bands.strong
    groups = by_group(easy + hard)
    assert (groups["hard"].fmr(both.bands.strong).value or 0) <= 0.001
    assert (groups["hard"].fmr(alone.bands.strong).value or 0) > 0.3
    assert {row.worst_group for row in both.thresholds if row.threshold > 0.36} == {"hard"}


def test_a_group_too_small_to_show_a_rate_is_named() -> None:
    large = compared(spread(300, 0.1, 0.3), spread(4000, 0.6, 0.9), "large")
    small = compared(spread(4, 0.1, 0.3), spread(40, 0.6, 0.9), "small")
    bands = calibrate(ENGINE, large + small).bands
    assert (bands.strong, bands.moderate) == (None, None)
    assert all("the group small has 40" in refused.why for refused in bands.refused)


def test_a_group_without_genuine_comparisons_is_told_and_does_not_stop_the_others() -> None:
    found = compared([0.2, 0.3], [0.6, 0.7], "whole") + compared([], [0.5], "half")
    rates = calibrate(ENGINE, found)
    half = rates.thresholds[0].groups[0]
    assert (half.group, half.fnmr.value, half.fnmr.high) == ("half", None, 1)
    assert any("half" in note for note in rates.notes)


def test_many_pictures_of_few_people_count_as_few() -> None:
    people = [(person, picture) for person in range(6) for picture in range(10)]
    found = [
        Comparison(0.2 if a[0] == b[0] else 0.7, a[0] == b[0], (a[0], b[0]))
        for a, b in combinations(people, 2)
    ]
    rates = calibrate(ENGINE, found)
    assert (rates.sample.people, rates.sample.impostors) == (6, 1500)
    assert rates.sample.pairs_of_people == 15
    fmr = scores_of(found).fmr(0.5)
    assert (fmr.value, fmr.comparisons, fmr.independent) == (0, 1500, 15)
    assert fmr.high == pytest.approx(1 - 0.025 ** (1 / 15))
    # No error was seen, and still the interval of the EER is as wide as six people make it.
    assert rates.equal_error_rate.rate == 0
    assert rates.equal_error_rate.high > 0.4
    assert any("6 people in all" in note for note in rates.notes)


def test_without_names_the_same_distances_are_told_to_be_less_sure_than_they_look() -> None:
    rates = calibrate(ENGINE, compared([0.2, 0.3], spread(300, 0.5, 0.9)))
    assert rates.sample.people is None
    assert not rates.equal_error_rate.by_people
    assert any("does not say who is compared" in note for note in rates.notes)


def test_an_interval_by_people_is_wider_than_one_that_takes_their_pictures_for_independent() -> (
    None
):
    chance = np.random.default_rng(11)
    people = 24
    look = chance.normal(0, 0.08, people)  # Some people vary more than others, in all pictures.
    found = [
        Comparison(0.4 + look[p] + chance.normal(0, 0.01), True, (p, p))
        for p in range(people)
        for _ in range(12)
    ]
    found += [
        Comparison(0.5 + chance.normal(0, 0.03), False, pair)
        for pair in combinations(range(people), 2)
    ]
    by_people = scores_of(found).equal_error_rate()
    alone = scores_of([Comparison(c.distance, c.same) for c in found]).equal_error_rate()
    assert by_people.rate == alone.rate
    assert by_people.high - by_people.low > 1.5 * (alone.high - alone.low)


@pytest.mark.parametrize(("genuine", "impostors"), [([], [0.5]), ([0.5], [])])
def test_one_kind_of_comparison_alone_is_refused(
    genuine: list[float], impostors: list[float]
) -> None:
    with pytest.raises(TooFew, match="both kinds are needed"):
        calibrate(ENGINE, compared(genuine, impostors))


def test_pictures_joined_through_a_third_are_one_person() -> None:
    pairs = [LabelledPair("a", "b", True), LabelledPair("b", "c", True)]
    pairs.append(LabelledPair("a", "d", False))
    assert people_of(pairs) == {"a": 0, "b": 0, "c": 0, "d": 1}


def test_labels_that_cannot_all_be_true_are_refused_at_the_line_that_says_so() -> None:
    pairs = [LabelledPair("a", "c", False), LabelledPair("a", "b", True)]
    pairs.append(LabelledPair("b", "c", True))
    with pytest.raises(ContradictoryLabels, match="a and c") as raised:
        people_of(pairs)
    assert raised.value.index == 0
