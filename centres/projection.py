"""From a place in Norway to a dot on the map.

Lambert's azimuthal equal-area projection: a square centimetre is as much land in the north as in
the south.
"""

from math import cos, radians, sin, sqrt
from typing import NamedTuple

WIDTH, HEIGHT = 616, 752  # of the drawing, in units of its own
KM_A_UNIT = 2.0

_EARTH_RADIUS = 6371  # km
_MIDDLE_EAST, _MIDDLE_NORTH = radians(16.5), radians(65)
_LEFT, _TOP = -660.0, 741.0  # km from the middle to the corner of the drawing


class Dot(NamedTuple):
    """A spot in the drawing, from its upper left corner."""

    x: float
    y: float


def project(place: tuple[float, float]) -> Dot:
    """The dot of a longitude and latitude in degrees."""
    east, north = radians(place[0]) - _MIDDLE_EAST, radians(place[1])
    level = sin(_MIDDLE_NORTH) * sin(north) + cos(_MIDDLE_NORTH) * cos(north) * cos(east)
    scale = _EARTH_RADIUS * sqrt(2 / (1 + level))
    x = scale * cos(north) * sin(east)
    y = scale * (cos(_MIDDLE_NORTH) * sin(north) - sin(_MIDDLE_NORTH) * cos(north) * cos(east))
    return Dot((x - _LEFT) / KM_A_UNIT, (_TOP - y) / KM_A_UNIT)
