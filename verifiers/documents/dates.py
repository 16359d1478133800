"""Dates in the machine readable zone: six digits (ICAO 9303-3 §4.8).

Two digits of a year leave the century open, and 9303 says nothing of it. The rules here: a birth is
the latest such day that is not to come, so that nobody is older than a hundred; an expiry lies
between sixty years ago and forty years ahead. Parts of a birth date that nobody knows are fillers.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

EXPIRY_YEARS_AHEAD = 40
"""Documents are valid for ten years as a rule, some cards of the elderly for thirty and more."""

_WITHOUT_END = ("000000", "990101", "991231", "999999")
"""What issuers print on cards that do not expire, some for the year 9999; whether one of them ran
out in 1999 instead stays open."""


@dataclass(frozen=True)
class DateRead:
    """A date as far as it is known, and why it is not wholly known."""

    value: str | None
    """ISO 8601, shortened to the month or year where the rest is unknown."""
    day: date | None
    """Only where the whole date is known."""
    impossible: str | None = None
    """Why there can be no such date."""
    note: str | None = None


def birth_date(raw: str, today: date) -> DateRead:
    """Six characters `YYMMDD`; a filler (or `00`, as some issuers print) is an unknown part."""
    if raw == "<<<<<<":
        return DateRead(None, None, note="the birth date is unknown")
    if not re.fullmatch(r"(?:\d\d|<<)(?:\d\d|<<)(?:\d\d|<<)", raw):
        return _impossible(raw, "it mixes digits and other characters within a part")
    year, month, day = raw[:2], raw[2:4], raw[4:]
    month_known, day_known = month not in ("<<", "00"), day not in ("<<", "00")
    if month_known and not 1 <= int(month) <= 12:
        return _impossible(raw, f"there is no month {month}")
    if day_known and not 1 <= int(day) <= 31:
        return _impossible(raw, f"there is no day {day}")
    if month_known and day_known and not _day(2000, int(month), int(day)):
        return _impossible(raw, f"month {month} has no day {day}")
    if year == "<<":
        return DateRead(None, None, note="the year of birth is unknown")
    if raw == "000000":
        return DateRead(None, None, note="the birth date is unknown, or in 2000")
    if not month_known or not day_known:
        not_to_come = today.year - (month_known and int(month) > today.month)
        value = f"{_latest(int(year), not_to_come):04d}" + (f"-{month}" if month_known else "")
        unknown = "day" if month_known else "month" if day_known else "month and day"
        verb = "are" if unknown == "month and day" else "is"
        return DateRead(value, None, note=f"the {unknown} of birth {verb} unknown")
    days = [d for d in _in_each_century(raw) if d <= today]
    if days:
        return DateRead(max(days).isoformat(), max(days))
    return _impossible(raw, f"there is no {day}.{month} in that year")


def expiry_date(raw: str, today: date) -> DateRead:
    """Six digits `YYMMDD`; fillers or a day out of reach mean that the document does not expire."""
    if raw == "<<<<<<":
        return DateRead(None, None, note="no expiry date is given")
    if raw in _WITHOUT_END:
        return DateRead(None, None, note=f"{raw}, as cards have that do not expire")
    if not re.fullmatch(r"\d{6}", raw):
        return _impossible(raw, "it is not six digits")
    days = [
        d
        for d in _in_each_century(raw)
        if today.year + EXPIRY_YEARS_AHEAD - 100 < d.year <= today.year + EXPIRY_YEARS_AHEAD
    ]
    if not days:
        return _impossible(raw, f"there is no day {raw[4:]} in month {raw[2:4]} of that year")
    return DateRead(days[0].isoformat(), days[0])


def _impossible(raw: str, why: str) -> DateRead:
    return DateRead(None, None, impossible=f"{raw} cannot be a date: {why}")


def _in_each_century(raw: str) -> list[date]:
    year, month, day = int(raw[:2]), int(raw[2:4]), int(raw[4:])
    days = (_day(century + year, month, day) for century in (1900, 2000, 2100))
    return [d for d in days if d]


def _latest(year: int, until: int) -> int:
    """The latest year with these two last digits."""
    return max(y for y in (1900 + year, 2000 + year, 2100 + year) if y <= until)


def _day(year: int, month: int, day: int) -> date | None:
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None
