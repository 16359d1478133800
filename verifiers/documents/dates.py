"""Dates on documents: six digits in the machine readable zone, words in print (ICAO 9303-3 §4.8).

Two digits of a year leave the century open. A birth lies in the last hundred years; an expiry
between sixty years ago and forty years ahead. Parts of a birth date that nobody knows are fillers.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

EXPIRY_YEARS_AHEAD = 40
"""Documents are valid for ten years as a rule, some cards of the elderly for thirty and more."""


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
    if year == "<<":
        return DateRead(None, None, note="the year of birth is unknown")
    if not month_known or not day_known:
        century = _latest_century(int(year), today.year)
        value = f"{century:04d}" + (f"-{month}" if month_known else "")
        unknown = "day" if month_known else "month and day" if not day_known else "month"
        return DateRead(value, None, note=f"the {unknown} of birth is unknown")
    days = [d for d in _in_each_century(raw) if d <= today]
    if days:
        return DateRead(max(days).isoformat(), max(days))
    return _impossible(raw, f"there is no {day}.{month} in that year")


def expiry_date(raw: str, today: date) -> DateRead:
    """Six digits `YYMMDD`; all fillers mean that the document does not expire."""
    if raw == "<<<<<<":
        return DateRead(None, None, note="no expiry date is given")
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


def printed_date(text: str) -> date | None:
    """A date in print: `12 AUG 1974`, `12 AUG / AOUT 1974`, `12.08.1974`, `1974-08-12`.

    `None` where the text is none of these, or where day and month could be either way round in a
    country's custom that is not known (`04/05/1974`); points stand between day and month in that
    order wherever they are used.
    """
    text = " ".join(re.sub(r"[^A-Z0-9./ -]", "", text.upper()).split())
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", text):
        day, month, year = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2}) ?([A-Z]{3})[A-Z]*(?: ?/ ?[A-Z]+)? ?(\d{4})", text):
        if match[2] not in _MONTHS:
            return None
        day, month, year = int(match[1]), _MONTHS.index(match[2]) + 1, int(match[3])
    else:
        return None
    return _day(year, month, day)


_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def _impossible(raw: str, why: str) -> DateRead:
    return DateRead(None, None, impossible=f"{raw} cannot be a date: {why}")


def _in_each_century(raw: str) -> list[date]:
    year, month, day = int(raw[:2]), int(raw[2:4]), int(raw[4:])
    days = (_day(century + year, month, day) for century in (1900, 2000, 2100))
    return [d for d in days if d]


def _latest_century(year: int, this_year: int) -> int:
    """The latest year with these two last digits that is not to come."""
    return max(y for y in (1900 + year, 2000 + year, 2100 + year) if y <= this_year)


def _day(year: int, month: int, day: int) -> date | None:
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None
