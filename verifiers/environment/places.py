"""Where a network is, by a record of a database of places, as far as it can be relied on."""

import re
from dataclasses import dataclass
from typing import Any

from verifiers.environment.databases import Record

_VAGUE_KM = 200
"""From here on a database knows the country and puts its middle for the place."""
_SURE_FROM = 50
"""Per cent of a country's `confidence`, where one is told."""
_MOVING = {"cellular", "satellite"}
"""Kinds of connection whose gateway stands far from whoever uses it."""
_COUNTRY = re.compile("[A-Z]{2}")


@dataclass(frozen=True)
class Place:
    """A country, and a point where it is exact enough."""

    country_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def place_in(record: Record, connection: Record) -> Place:
    """The place that a record tells; `connection` is what is known of the kind of connection."""
    traits = _part(record, "traits")
    kinds = {
        str(told).casefold()
        for told in (
            connection.get("connection_type"),
            traits.get("connection_type"),
            traits.get("user_type"),
        )
    }
    # One address of an anycast network is in many places; a satellite's is where its dish is not.
    if traits.get("is_anycast") is True or traits.get("is_satellite_provider") is True:
        return Place()
    if "satellite" in kinds:
        return Place()
    country = _country(_part(record, "country"))
    point = None if kinds & _MOVING or traits.get("mobile_country_code") else _point(record)
    return Place(country, *(point or (None, None)))


def _part(record: Record, name: str) -> Record:
    part = record.get(name)
    return part if isinstance(part, dict) else {}


def _country(country: Record) -> str | None:
    code, sure = country.get("iso_code"), country.get("confidence")
    if not isinstance(code, str) or not _COUNTRY.fullmatch(code):
        return None
    return None if isinstance(sure, int | float) and sure < _SURE_FROM else code


def _point(record: Record) -> tuple[float, float] | None:
    """Degrees; a database that does not say how exact it is has to know the town."""
    location = _part(record, "location")
    radius = _number(location.get("accuracy_radius"), at_most=_VAGUE_KM)
    if radius is None and ("accuracy_radius" in location or not _part(record, "city")):
        return None
    latitude = _number(location.get("latitude"), at_most=90)
    longitude = _number(location.get("longitude"), at_most=180)
    return None if latitude is None or longitude is None else (latitude, longitude)


def _number(value: Any, *, at_most: float) -> float | None:
    """A number, negative or not, that is no larger than that; a damaged record may hold any."""
    return float(value) if isinstance(value, int | float) and abs(value) <= at_most else None
