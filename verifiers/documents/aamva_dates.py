"""Dates of AAMVA payloads: eight digits, in the order of a country and a version.

Annex D: `CCYYMMDD` in version 1 (2000) and in Canada, `MMDDCCYY` in the United States since version
2 (2003). No day from 1900 to 2099 can be read in both orders (there is no month 19 or 20), so a
date in the other one is understood, and told.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

_FIRST_YEAR, _LAST_YEAR = 1900, 2099


class Order(Enum):
    """Which digits are the year."""

    YEAR_FIRST = "CCYYMMDD"
    MONTH_FIRST = "MMDDCCYY"


@dataclass(frozen=True)
class DateRead:
    """What eight digits say."""

    day: date | None
    other_order: bool = False
    """Whether it stands in another order than the standard asks of this issuer and version."""
    reason: str | None = None
    """Why it is no date."""


def order_of(version: int | None, country: str | None) -> Order:
    """The order that the standard asks for."""
    year_first = country == "CAN" or (version is not None and version <= 1)
    return Order.YEAR_FIRST if year_first else Order.MONTH_FIRST


def read_date(raw: str, order: Order) -> DateRead:
    """The day that these digits name; points, slashes and hyphens among them are passed over."""
    digits = re.sub(r"[-/. ]", "", raw)
    if not re.fullmatch(r"[0-9]{8}", digits):
        return DateRead(None, reason=f"{raw} is not eight digits")
    expected, other = _day(digits, order), _day(digits, _other(order))
    if expected or other:
        return DateRead(expected or other, other_order=expected is None)
    return DateRead(None, reason=_why(digits, order))


def names_no_end(raw: str) -> bool:
    """Whether an expiry date says that there is none, as some cards of the elderly do."""
    letters = raw.upper().replace("-", "").replace(" ", "")
    return letters in _WITHOUT_END


_WITHOUT_END = frozenset(
    (
        "00000000",
        "99999999",
        "12319999",
        "99991231",
        "INDEF",
        "INDEFINITE",
        "NEVER",
        "NONE",
        "NOEXP",
    )
)


def last_valid_day_of_stripe(raw: str, birth: date | None) -> DateRead:
    """The last day that a magnetic stripe's `YYMM` names (Annex F): month 77 never, 88 the end of
    the month of birth, 99 the birthday, in that year; years are those of 2000 to 2099.
    """
    year, month = 2000 + int(raw[:2]), int(raw[2:])
    if month == 77:
        return DateRead(None, reason=f"{raw} names no end")
    if month == 99 and birth:
        day = min(birth.day, monthrange(year, birth.month)[1])
        return DateRead(date(year, birth.month, day))
    if month == 88 and birth:
        month = birth.month
    if not 1 <= month <= 12:
        return DateRead(None, reason=f"{raw} names a month {month:02d}, which there is not")
    last = date(year, month, monthrange(year, month)[1])
    return DateRead(last, reason="the magnetic stripe names the month only")


def later_by_years(day: date, years: int) -> Sequence[date]:
    """The same day so many years later; for 29 February of other years, both days beside it."""
    try:
        return (day.replace(year=day.year + years),)
    except ValueError:
        return (date(day.year + years, 2, 28), date(day.year + years, 3, 1))


def _other(order: Order) -> Order:
    return Order.MONTH_FIRST if order is Order.YEAR_FIRST else Order.YEAR_FIRST


def _parts(digits: str, order: Order) -> tuple[int, int, int]:
    if order is Order.YEAR_FIRST:
        return int(digits[:4]), int(digits[4:6]), int(digits[6:])
    return int(digits[4:]), int(digits[:2]), int(digits[2:4])


def _day(digits: str, order: Order) -> date | None:
    year, month, day = _parts(digits, order)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _why(digits: str, order: Order) -> str:
    """Said in the order in which the year makes sense."""
    if not _FIRST_YEAR <= _parts(digits, order)[0] <= _LAST_YEAR:
        order = _other(order)
    year, month, day = _parts(digits, order)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return f"{digits} has no year from {_FIRST_YEAR} to {_LAST_YEAR}"
    if not 1 <= month <= 12:
        return f"{digits} names a month {month:02d}, which there is not"
    return f"{digits} names day {day:02d} of month {month:02d}, which {year} does not have"
