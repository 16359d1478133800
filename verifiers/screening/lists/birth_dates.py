"""Birth dates as lists write them: whole, by month or year, about a year, within a range."""

import re
from calendar import monthrange
from datetime import date

from models.sanctions import BirthSpan

CIRCA_YEARS = 1
"""How far "circa" reaches to either side. No list says; a year keeps it narrower than a guess."""
_YEARS = range(1850, 2101)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"(?<!\d)(?:"
    r"(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})[./](?P<y2>\d{4})"
    rf"|(?:(?P<d3>\d{{1,2}})\s+)?(?P<m3>{'|'.join(_MONTHS)})[a-z]*\.?,?\s+(?P<y3>\d{{4}})"
    r"|(?P<y4>\d{4})"
    r")(?!\d)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:circa|about|approx(?:imately)?\.?|c\.)\s*$", re.IGNORECASE)
_TO = re.compile(
    r"\s*(?:to|until|-|–|—)\s*(?:circa|about|approx(?:imately)?\.?)?\s*", re.IGNORECASE
)
_AND = re.compile(r"\s*and\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)


def births_in(text: str) -> tuple[BirthSpan, ...]:
    """Every birth date in a text; what is no date of the calendar is left out.

    "07 Jan 1930", "7.1.1930", "1930-01-07", "Jan 1930", "1930", "circa 1930", "1930 to 1933",
    "between 1930 and 1933"; several beside each other ("1930 or 1931") are each their own.
    """
    found = list(_DATE.finditer(text))
    spans: list[BirthSpan | None] = []
    at = end = 0
    while at < len(found):
        first, before = found[at], text[end : found[at].start()]
        last = first
        if at + 1 < len(found):
            between = text[first.end() : found[at + 1].start()]
            joined = _AND if _BETWEEN.search(before) else _TO
            if joined.fullmatch(between):
                at += 1
                last = found[at]
        about = _ABOUT.search(before) is not None
        spans.append(span(_parts(first), _parts(last), about=about))
        at, end = at + 1, last.end()
    return tuple(dict.fromkeys(one for one in spans if one is not None))


Parts = tuple[int, int | None, int | None]
"""Year, month, day."""


def span(first: Parts, last: Parts, *, about: bool = False) -> BirthSpan | None:
    """From the first day that is meant to the last; `None` where that is not in the calendar."""
    try:
        earliest, latest = _first_day(*first), _last_day(*last)
    except ValueError:
        return None
    if about:
        earliest = _first_day(max(earliest.year - CIRCA_YEARS, _YEARS[0]), None, None)
        latest = _last_day(min(latest.year + CIRCA_YEARS, _YEARS[-1]), None, None)
    return BirthSpan(earliest=earliest, latest=latest) if earliest <= latest else None


def _parts(found: re.Match[str]) -> Parts:
    part = {name[0]: value for name, value in found.groupdict().items() if value is not None}
    month = part.get("m")
    if month and not month.isdigit():
        month = str(_MONTHS.index(month.lower()) + 1)
    return int(part["y"]), int(month) if month else None, int(part["d"]) if "d" in part else None


def _first_day(year: int, month: int | None, day: int | None) -> date:
    return date(_known(year), month or 1, day or 1)


def _last_day(year: int, month: int | None, day: int | None) -> date:
    month = month or 12
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(_known(year), month, day or monthrange(year, month)[1])


def _known(year: int) -> int:
    if year not in _YEARS:
        raise ValueError(year)
    return year
