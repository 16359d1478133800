"""Periods as people write them, in several languages, never finer than written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers.resume.dates import is_all_date, periods

MONTHS = "January February March April May June July August September October November December"


def said(text: str) -> tuple[str, str, bool]:
    """Start, end and whether it goes on."""
    (one,) = periods(text)
    return str(one.start), str(one.end), one.ongoing


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("03/2018 - 11/2020", "2018-03", "2020-11"),
        ("2015–2017", "2015", "2017"),
        ("2015-17", "2015", "2017"),
        ("Jan – Mar 2020", "2020-01", "2020-03"),
        ("01.03.2018 – 31.12.2019", "2018-03-01", "2019-12-31"),
        ("Mar '18 - Apr '20", "2018-03", "2020-04"),
        ("09/17 – 08/20", "2017-09", "2020-08"),
        ("janvier 2015 à mars 2017", "2015-01", "2017-03"),
        ("enero de 2015 a marzo de 2017", "2015-01", "2017-03"),
        ("Mai 2015 bis Dezember 2016", "2015-05", "2016-12"),
        ("styczeń 2019 – kwiecień 2021", "2019-01", "2021-04"),
        ("Июнь 2015 — Май 2018", "2015-06", "2018-05"),
        ("2018年3月 – 2020年11月", "2018-03", "2020-11"),
        ("Fall 2016 - Spring 2018", "2016", "2018"),
    ],
)
def test_a_range_keeps_the_precision_it_is_stated_in(text: str, start: str, end: str) -> None:
    assert said(text) == (start, end, False)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Jan 2019 – present",
            "Jan. 2019 to date",
            "01/2019 - heute",
            "janvier 2019 – aujourd'hui",
        ),
        *("enero 2019 - actualidad", "gennaio 2019 – oggi", "seit Januar 2019"),
        "janvier 2019 – aujourd'hui",
        *("2019年1月 – 至今", "Январь 2019 — настоящее время", "jan 2019 – nu"),
    ],
)
def test_what_goes_on_has_no_end(text: str) -> None:
    assert said(text) == ("2019-01", "None", True)


@pytest.mark.parametrize(
    ("text", "start"),
    [("03/04/2019 – 05/2020", "2019"), ("listopad 2018 – 2020", "2018"), ("2010-12", "2010")],
)
def test_what_can_be_read_in_two_ways_is_kept_as_the_year_with_a_doubt(
    text: str, start: str
) -> None:
    (one,) = periods(text)
    assert str(one.start) == start
    assert one.doubts


@pytest.mark.parametrize("text", ["+46 8 2019 2020 55", "v2.2019", "Python 3.11", "1234/2019/12"])
def test_numbers_that_are_no_dates_are_no_ranges(text: str) -> None:
    assert [one for one in periods(text) if not one.alone] == []


def test_a_column_of_dates_is_told_from_text_with_a_date() -> None:
    assert is_all_date("01/2019 – 03/2020")
    assert is_all_date("seit 2019")
    assert not is_all_date("Engineer 2019")


@settings(max_examples=50, deadline=None)
@given(st.integers(1950, 2040), st.integers(1, 12), st.sampled_from(["full", "short", "number"]))
def test_a_month_comes_back_as_the_month_it_was(year: int, month: int, how: str) -> None:
    word = MONTHS.split()[month - 1]
    text = {
        "full": f"{word} {year}",
        "short": f"{word[:3]}. {year}",
        "number": f"{month:02d}/{year}",
    }
    assert said(f"{text[how]} - {text[how]}")[0] == f"{year}-{month:02d}"


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="0123456789/-.–' JanMrc年月", max_size=40))
def test_no_text_makes_the_reader_fail_or_finds_a_period_outside_it(text: str) -> None:
    for one in periods(text):
        assert 0 <= one.begins < one.ends <= len(text)
