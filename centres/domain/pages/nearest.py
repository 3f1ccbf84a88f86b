"""Who helps the people of a municipality, and where they turn when nobody does."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.utils import timezone

from centres.models import Centre, Municipality, Venue
from centres.states import CentreKind, CentreStatus, VenueKind
from linkcenter.database.prepared import TODAY, Given, prepared

from .cards import listed

FEW = 3
FAR = 500  # km; farther off, only the very nearest centre is worth naming
EARTH_RADIUS = 6371  # km


class Point(NamedTuple):
    """Somewhere on earth, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Way:
    """A centre that does not serve the place, and about how far off it is, where that is known."""

    centre: Centre
    km: int | None = None

    @property
    def is_far(self) -> bool:
        return self.km is not None and self.km > FAR


@dataclass(frozen=True)
class Help:
    """What there is for the people of a municipality.

    Where nobody serves it: the nearest centres and contact points that answer, and those whose
    groups meet on video.
    """

    serving: list[Centre]
    nearest: list[Way] = field(default_factory=list)
    contact_points: list[Way] = field(default_factory=list)
    digital: list[Centre] = field(default_factory=list)

    @property
    def can_register(self) -> bool:
        return any(centre.registers_at() for centre in self.serving)


def help_in(municipality: Municipality) -> Help:
    """Who serves ``municipality``; if nobody there takes registrations, also who else. One query.

    Distances are from the place that the municipality is run from, in a straight line.
    """
    centres: list[Any] = _ways_to_help(number=municipality.number, today=timezone.localdate())
    serving: list[Centre] = [centre for centre in centres if centre.serves]
    serving.sort(key=lambda centre: (not centre.takes_registrations, _KINDS.index(centre.kind)))
    found = Help(serving)
    if found.can_register:
        return found
    others = [centre for centre in centres if not centre.serves]
    ways = _by_distance(municipality, filter(_answers, others))
    links = [way for way in ways if way.centre.kind == CentreKind.LINK]
    points = [way for way in ways if way.centre.kind == CentreKind.CONTACT_POINT]
    return Help(
        serving,
        links[:1] + [way for way in links[1:FEW] if not way.is_far],
        [way for way in points[:FEW] if not way.is_far],
        [
            centre
            for centre in others
            if centre.has_video
            and centre.takes_registrations
            and centre.status == CentreStatus.OPEN
        ],
    )


@prepared
def _ways_to_help() -> QuerySet[Centre]:
    serves = Centre.municipalities.through.objects.filter(
        municipality=Given("number", CharField()), centre=OuterRef("pk")
    )
    return listed(Centre.objects.current(), today=TODAY).annotate(
        serves=Exists(serves), has_video=Exists(_licences())
    )


def on_video() -> QuerySet[Centre]:
    """Where one can register for a group on video, wherever one lives."""
    return Centre.objects.filter(
        Exists(_licences()), takes_registrations=True, status=CentreStatus.OPEN
    )


def _licences() -> QuerySet[Venue]:
    """Those of a centre for video meetings."""
    return Venue.objects.filter(centre=OuterRef("pk"), kind=VenueKind.LICENCE, active=True)


_KINDS = CentreKind.values


def _answers(centre: Centre) -> bool:
    """Whether it can be asked today: one that is only planned, or gives no way, cannot."""
    return centre.status == CentreStatus.OPEN and bool(
        centre.phones or centre.email or centre.website
    )


def _by_distance(municipality: Municipality, centres: Iterable[Centre]) -> list[Way]:
    """The nearest first, and last those of which nobody knows where they are."""
    here = _point(municipality)
    measured = []
    for centre in centres:
        there = _point(centre)
        distance = kilometres(here, there) if here and there else None
        measured.append((distance is None, distance or 0, centre.sort_name, centre, distance))
    measured.sort(key=lambda each: each[:3])
    return [
        Way(centre, None if distance is None else about(distance))
        for *_order, centre, distance in measured
    ]


def _point(where: Municipality | Centre) -> Point | None:
    if where.latitude is None or where.longitude is None:
        return None
    return Point(float(where.latitude), float(where.longitude))


def kilometres(one: Point, other: Point) -> float:
    """How far it is along the surface, as the crow flies (the haversine formula)."""
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
