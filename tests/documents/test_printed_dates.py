"""Dates in print: every order, language and length of year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifiers.documents.print_dates import printed_dates

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def days(text: str) -> set[date]:
    return {day for found in printed_dates(text) for day in found.days}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 AUG 1974", date(1974, 8, 12)),
        ("12 AUG/AOUT 1974", date(1974, 8, 12)),
        ("12 August 1974", date(1974, 8, 12)),
        ("12 AUGUST/AOUT 74", date(1974, 8, 12)),
        ("31 DES/DEC 66", date(1966, 12, 31)),
        ("26 MAÍ/MAY 09", date(2009, 5, 26)),
        ("20 Juin/Jun 1978", date(1978, 6, 20)),
        ("13 LIP/JUL 2016", date(2016, 7, 13)),
        ("22 FEB/FEB 78", date(1978, 2, 22)),
        ("01 MÁR/MAR 22", date(2022, 3, 1)),
        ("05FEB1965", date(1965, 2, 5)),
        ("01 СІЧ/JAN 90", date(1990, 1, 1)),
        ("12.08.1974", date(1974, 8, 12)),
        ("01.07.2014.", date(2014, 7, 1)),
        ("12-08-1974", date(1974, 8, 12)),
        ("1974-08-12", date(1974, 8, 12)),
        ("23 11 1959", date(1959, 11, 23)),
        ("MARCH 10, 1965", date(1965, 3, 10)),
        ("10 de marzo de 1965", date(1965, 3, 10)),
        ("10TH MARCH 1965", date(1965, 3, 10)),
        ("1965 MAR 10", date(1965, 3, 10)),
        ("23111959", date(1959, 11, 23)),
        ("10/04/49", date(1949, 10, 4)),
        ("12 AUG 1974 UTOPIA", date(1974, 8, 12)),
        ("1974年08月12日", date(1974, 8, 12)),
    ],
)
def test_a_printed_date_can_mean_its_day(text: str, day: date) -> None:
    assert day in days(text)


@pytest.mark.parametrize(
    "text",
    [
        "31 FEB 1974",
        "12 XYZ 1974",
        "45.13.1974",
        "L898902C3",
        "184226",
        "12.03.2517",
        "VALID",
        "",
        "14 3/MAR 1965",
    ],  # What OCR may leave of 14 3월/MAR 1965.
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert printed_dates(text) == ()


def test_points_stand_after_the_day_and_slashes_leave_the_order_open() -> None:
    assert days("04.05.1974") == {date(1974, 5, 4)}
    assert days("04/05/1974") == {date(1974, 5, 4), date(1974, 4, 5)}


def test_a_month_that_two_languages_use_differently_may_be_either() -> None:
    assert days("13 LIS 2016") == {date(2016, 10, 13), date(2016, 11, 13)}
    assert days("13 LIS/NOV 2016") == {date(2016, 11, 13)}


def test_two_dates_on_one_line_are_two() -> None:
    one, two = printed_dates("17.10.03-09.05.2013")
    assert date(2003, 10, 17) in one.days
    assert date(2013, 5, 9) in two.days


@given(
    DAYS, st.sampled_from(["%d %b %Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d %m %Y", "%d%b%y"])
)
def test_every_day_is_among_those_that_its_print_can_mean(day: date, form: str) -> None:
    assert day in days(day.strftime(form).upper())


@given(st.text(max_size=40))
def test_any_text_gives_dates_within_it_or_none(text: str) -> None:
    for found in printed_dates(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.days
