"""Norway's counties, and which of their municipalities have somewhere to turn."""

from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet, Value

from centres.models import Centre, Municipality
from centres.models.sorting import NorwegianKey
from centres.names import slug_of


@dataclass
class County:
    """A county with its municipalities in Norwegian order; each knows the centres it has."""

    name: str
    municipalities: list[Municipality] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return slug_of(self.name)

    @property
    def served(self) -> int:
        """How many of the municipalities have a centre."""
        return sum(bool(place.centre_names) for place in self.municipalities)

    @property
    def centre_names(self) -> list[str]:
        """The centres that serve any of it, each once."""
        return list(
            dict.fromkeys(name for place in self.municipalities for name in place.centre_names)
        )


def counties() -> list[County]:
    """All counties in Norwegian order, in one query."""
    found: dict[str, County] = {}
    for place in _municipalities().order_by(NorwegianKey("county"), "sort_name", "number"):
        found.setdefault(place.county, County(place.county)).municipalities.append(place)
    return list(found.values())


def county(slug: str) -> County | None:
    """The county with this address."""
    return next((each for each in counties() if each.slug == slug), None)


def _municipalities() -> QuerySet[Municipality]:
    return Municipality.objects.annotate(
        centre_names=ArrayAgg(
            "centres__name",
            filter=Q(centres__in=Centre.objects.current()),
            order_by="centres__sort_name",
            default=Value([]),
        )
    )
