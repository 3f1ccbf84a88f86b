"""The map of Norway: its outline, and the dot of a place on it.

The outline is drawn from Natural Earth's public map, which comes by npm, into a static file of our
own. ``collectstatic`` draws it with the other static files, and in development it is drawn when it
is first asked for. Without the npm package there is none, and the map shows the centres alone.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "map/norway.svg"
SOURCE = Path(settings.BASE_DIR, "node_modules/world-atlas/countries-10m.json")
COUNTRY = "578"  # Norway's number in ISO 3166
MAINLAND = ((4, 57.5), (32, 71.5))  # without Svalbard, Jan Mayen and Bouvetøya

TOLERANCE = 1.0  # how far a simplified coast may be from the true one, in units of the drawing
SMALLEST = 8  # the least area of an island that is drawn, in square units

WIDTH, HEIGHT = 616, 752  # of the drawing, in units of its own
KM_A_UNIT = 2.0

_EARTH_RADIUS = 6371  # km
_MIDDLE_EAST, _MIDDLE_NORTH = radians(16.5), radians(65)
_LEFT, _TOP = -660.0, 741.0  # km from the middle to the corner of the drawing

Position = tuple[float, float]  # longitude and latitude


class Dot(NamedTuple):
    """A spot in the drawing, from its upper left corner."""

    x: float
    y: float


def project(place: tuple[float, float]) -> Dot:
    """The dot of a longitude and latitude in degrees.

    Lambert's azimuthal equal-area projection: a square centimetre is as much land in the north as
    in the south.
    """
    east, north = radians(place[0]) - _MIDDLE_EAST, radians(place[1])
    level = sin(_MIDDLE_NORTH) * sin(north) + cos(_MIDDLE_NORTH) * cos(north) * cos(east)
    scale = _EARTH_RADIUS * sqrt(2 / (1 + level))
    x = scale * cos(north) * sin(east)
    y = scale * (cos(_MIDDLE_NORTH) * sin(north) - sin(_MIDDLE_NORTH) * cos(north) * cos(east))
    return Dot((x - _LEFT) / KM_A_UNIT, (_TOP - y) / KM_A_UNIT)


class OutlineFinder(BaseFinder):
    """Finds the outline among the static files, and draws it when it is missing or old."""

    storage = FileSystemStorage(location=settings.STATE_DIR / "drawn")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [self.storage.path(NAME)] if path == NAME and self._is_drawn() else []
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        if self._is_drawn():
            yield NAME, self.storage

    def _is_drawn(self) -> bool:
        if not SOURCE.is_file():
            return False
        drawn = Path(self.storage.path(NAME))
        newest = max(file.stat().st_mtime for file in (SOURCE, Path(__file__)))
        if not drawn.is_file() or drawn.stat().st_mtime < newest:
            drawn.parent.mkdir(parents=True, exist_ok=True)
            unfinished = drawn.with_suffix(f".{uuid4()}")  # two processes may draw at once
            unfinished.write_text(drawing(json.loads(SOURCE.read_bytes())), encoding="utf-8")
            unfinished.replace(drawn)
        return True


def drawing(atlas: dict[str, Any]) -> str:
    """The SVG whose element "land" other drawings of the same size may use."""
    coasts = [simplified([project(at) for at in ring]) for ring in _rings(atlas)]
    path = "".join(_path(coast) for coast in coasts if _area(coast) >= SMALLEST)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path id="land" d="{path}"/></svg>\n'
    )


def _rings(atlas: dict[str, Any]) -> Iterator[list[Position]]:
    """The outer coasts of the mainland and its islands (the file is TopoJSON)."""
    arcs = [_unpacked(arc, atlas["transform"]) for arc in atlas["arcs"]]
    countries = atlas["objects"]["countries"]["geometries"]
    country = next(each for each in countries if each.get("id") == COUNTRY)
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    (west, south), (east, north) = MAINLAND
    for outer, *_lakes in polygons:
        # The complement of a number stands for the same arc the other way round.
        ring = [
            position
            for number in outer
            for position in (arcs[number] if number >= 0 else arcs[~number][::-1])[1:]
        ]
        if all(west < x < east and south < y < north for x, y in ring):
            yield ring


def _unpacked(arc: Iterable[Iterable[int]], transform: dict[str, Any]) -> list[Position]:
    """The positions of an arc, which is kept as whole steps from each to the next."""
    (width, height), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    positions = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        positions.append((x * width + left, y * height + bottom))
    return positions


def simplified(ring: list[Dot]) -> list[Dot]:
    """The ring with the fewest dots that stays within the tolerance (Douglas and Peucker)."""
    kept = {0, len(ring) - 1}
    to_do = [(0, len(ring) - 1)]
    while to_do:
        first, last = to_do.pop()
        between = range(first + 1, last)
        far = max(between, key=lambda i: _off(ring[i], ring[first], ring[last]), default=None)
        if far is not None and _off(ring[far], ring[first], ring[last]) > TOLERANCE:
            kept.add(far)
            to_do += [(first, far), (far, last)]
    return [ring[index] for index in sorted(kept)]


def _off(dot: Dot, one: Dot, other: Dot) -> float:
    """How far ``dot`` lies from the line between two others."""
    along, up = other.x - one.x, other.y - one.y
    length = along**2 + up**2
    part = ((dot.x - one.x) * along + (dot.y - one.y) * up) / length if length else 0
    part = min(1, max(0, part))
    return ((dot.x - one.x - part * along) ** 2 + (dot.y - one.y - part * up) ** 2) ** 0.5


def _area(ring: list[Dot]) -> float:
    corners = pairwise([*ring, ring[0]])
    return abs(sum(one.x * other.y - other.x * one.y for one, other in corners)) / 2


def _path(ring: list[Dot]) -> str:
    dots = [(round(dot.x), round(dot.y)) for dot in ring]
    start = "M{} {}".format(*dots[0])
    steps = (f"{to[0] - at[0]} {to[1] - at[1]}" for at, to in pairwise(dots) if to != at)
    return f"{start}l{' '.join(steps)}z".replace(" -", "-")
