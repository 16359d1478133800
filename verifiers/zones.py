"""Which offsets from UTC a country's clocks show, by the time zone database's own list of zones."""

from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone(name: str | None) -> ZoneInfo | None:
    """The zone of this IANA name; `None` where there is no such zone."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def offset_minutes(of: ZoneInfo, at: datetime) -> int:
    """Minutes that a zone's clocks are ahead of UTC at a moment."""
    return round((local_time(of, at).utcoffset() or timedelta()).total_seconds() / 60)


def local_time(of: ZoneInfo, at: datetime) -> datetime:
    """What a zone's clocks show at a moment; the calendar's very ends stay as they are."""
    try:
        return at.astimezone(of)
    except OverflowError:
        return at.replace(tzinfo=of)


@cache
def offsets_of_country(country_code: str, year: int) -> frozenset[int]:
    """Minutes ahead of UTC that any clock of a country showed in a year, summer time included.

    Empty where the country is not on the list, or the year not in the calendar.
    """
    if not MINYEAR < year < MAXYEAR:
        return frozenset()
    months = [datetime(year, month, 1, tzinfo=UTC) for month in range(1, 13)]
    zones = [found for name in _zones_by_country().get(country_code, ()) if (found := zone(name))]
    return frozenset(offset_minutes(found, at) for found in zones for at in months)


@cache
def only_zone_of(country_code: str) -> str | None:
    """The zone of a country whose clocks all show the same; `None` where they do not.

    "The same" is from 2020 to 2030: who asks is about today, and nothing here knows the day.
    """
    names = _zones_by_country().get(country_code, ())
    zones = [zone(name) for name in names]
    months = [datetime(year, m, 1, tzinfo=UTC) for year in range(2020, 2031) for m in range(1, 13)]
    clocks = {tuple(offset_minutes(one, at) for at in months) if one else None for one in zones}
    return names[0] if len(clocks) == 1 and None not in clocks else None


@cache
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    """`zone.tab`: country, coordinates and zone on each line, parted by tabs."""
    try:
        table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return {}
    zones: dict[str, tuple[str, ...]] = {}
    for line in table.splitlines():
        if not line.startswith("#"):
            country, _, name, *_ = line.split("\t")
            zones[country] = (*zones.get(country, ()), name)
    return zones
