"""Distance between two points of the earth, near enough for cities."""

from math import asin, cos, radians, sin, sqrt

_EARTH_RADIUS_KM = 6371.0


def kilometres_between(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """The great circle's length by the haversine formula; degrees in, kilometres out."""
    one, other = radians(latitude), radians(other_latitude)
    half_north = (other - one) / 2
    half_east = radians(other_longitude - longitude) / 2
    chord = sin(half_north) ** 2 + cos(one) * cos(other) * sin(half_east) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
