"""How far it is from one place to another, as the crow flies."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS = 6371  # km


class Point(NamedTuple):
    """Somewhere on earth, in degrees."""

    latitude: float
    longitude: float


def kilometres(one: Point, other: Point) -> float:
    """The distance along the surface (the haversine formula)."""
    north = radians(other.latitude - one.latitude)
    east = radians(other.longitude - one.longitude)
    squared = (
        sin(north / 2) ** 2
        + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    )
    return 2 * EARTH_RADIUS * asin(sqrt(squared))


def about(distance: float) -> int:
    """``distance`` as one says it: to the nearest 10 km, or 5 where it is near."""
    step = 10 if distance > 30 else 5
    return max(5, step * round(distance / step))
