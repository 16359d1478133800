"""Countries' clocks and distances, as rules use them."""

import pytest

from verifiers.environment.distance import kilometres_between
from verifiers.environment.regions import same_region
from verifiers.zones import offsets_of_country, zone


def test_a_country_has_all_its_clocks_with_summer_time() -> None:
    assert offsets_of_country("DE", 2024) == {60, 120}
    assert offsets_of_country("IN", 2024) == {330}
    assert {-300, -480, -600} <= offsets_of_country("US", 2024)


def test_clocks_are_those_of_the_year() -> None:
    assert offsets_of_country("KP", 2014) == {540}
    assert offsets_of_country("KP", 2017) == {510}


def test_what_is_not_on_the_list_has_no_clock() -> None:
    assert offsets_of_country("ZZ", 2024) == frozenset()
    assert zone("Mars/Olympus") is None
    assert zone("../etc/passwd") is None
    assert zone(None) is None


def test_london_is_as_far_from_new_york_as_maps_say() -> None:
    assert kilometres_between(51.5074, -0.1278, 40.7128, -74.0060) == pytest.approx(5570, rel=0.005)
    assert kilometres_between(10, 179.9, 10, -179.9) == pytest.approx(21.9, rel=0.01)


@pytest.mark.parametrize(
    ("one", "other", "country", "same"),
    [
        ("TX", "Texas", "US", True),
        ("n.y.", "New York", "US", True),
        ("QC", "Québec", "CA", True),
        ("WA", "Washington", "US", True),
        ("WA", "Washington", "AU", None),
        ("Bayern", "Bavaria", "DE", None),
        ("TX", "NJ", "US", False),
        ("TX", "NJ", None, None),
    ],
)
def test_a_region_is_one_in_short_and_in_full(
    one: str, other: str, country: str | None, same: bool | None
) -> None:
    assert same_region(one, other, country) is same
