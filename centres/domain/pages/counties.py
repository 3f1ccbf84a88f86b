"""Norway's counties, and which of their municipalities have somewhere to turn."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet, Value

from centres.models import Centre, Municipality
from centres.models.sorting import NorwegianKey
from centres.names import slug_of
from centres.states import CentreStatus
from linkcenter.database.prepared import prepared


@dataclass
class Served:
    """A municipality, and the names of the centres that serve it, now or some time."""

    place: Municipality
    centre_names: list[str]
    coming_names: list[str]


@dataclass
class County:
    """A county with its municipalities in Norwegian order."""

    name: str
    municipalities: list[Served] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return slug_of(self.name)

    @property
    def served(self) -> int:
        """How many of the municipalities have a centre that helps today."""
        return sum(bool(each.centre_names) for each in self.municipalities)

    @property
    def centre_names(self) -> list[str]:
        """The centres that serve any of it, each once."""
        return _once(name for each in self.municipalities for name in each.centre_names)

    @property
    def coming_names(self) -> list[str]:
        """Those that are only being set up, or have a break."""
        return _once(name for each in self.municipalities for name in each.coming_names)


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def counties() -> list[County]:
    """All counties in Norwegian order, in one query."""
    found: dict[str, County] = {}
    for row in _municipalities():
        county = found.setdefault(row.county, County(row.county))
        county.municipalities.append(Served(row, row.centre_names, row.coming_names))
    return list(found.values())


@prepared
def _municipalities() -> QuerySet[Any]:
    is_open = Q(centres__status=CentreStatus.OPEN)
    is_current = Q(centres__in=Centre.objects.current())
    return Municipality.objects.annotate(
        centre_names=_names(is_open), coming_names=_names(is_current & ~is_open)
    ).order_by(NorwegianKey("county"), "sort_name", "number")


def _names(which: Q) -> ArrayAgg:
    return ArrayAgg("centres__name", filter=which, order_by="centres__sort_name", default=Value([]))


def county_at(slug: str) -> County | None:
    """The county with this address."""
    return next((county for county in counties() if county.slug == slug), None)
