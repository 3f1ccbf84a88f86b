"""All that a centre's page shows, read in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from centres.domain.hours.opening import (
    Period,
    Span,
    ordinary_week,
    special_periods,
    with_timetables,
)
from centres.models import (
    Article,
    Centre,
    ContactPerson,
    Event,
    Municipality,
    Organisation,
    Partnership,
    Venue,
)
from centres.models.rows import rows, typed
from centres.states import ArticleKind, PartnerRole, VenueKind
from linkcenter.database.prepared import NOW, TODAY, Given, prepared

EVENTS_SHOWN = 5
NEWS_SHOWN = 3


@dataclass(frozen=True)
class Card:
    """A centre as its page shows it."""

    centre: Centre
    notice: str
    week: list[tuple[Span, ...]]
    periods: list[Period]
    people: list[ContactPerson]
    partnerships: list[Partnership]
    programmes: list[Article]
    municipalities: list[Municipality]
    events: list[Event]
    news: list[Article]
    is_step_free: bool
    has_hearing_loop: bool
    has_own_key: bool
    has_licence: bool

    @property
    def registers_at(self) -> Centre | None:
        return self.centre.registers_at()

    @property
    def funders(self) -> list[Partnership]:
        return self._in_role(PartnerRole.FUNDER)

    @property
    def partners(self) -> list[Partnership]:
        return self._in_role(PartnerRole.PARTNER)

    @property
    def referrers(self) -> list[Partnership]:
        return self._in_role(PartnerRole.REFERRER)

    def _in_role(self, role: str) -> list[Partnership]:
        return [each for each in self.partnerships if each.role == role]


def listed(centres: QuerySet[Centre], *, today: date | Given) -> QuerySet[Centre]:
    """The same centres with what a list shows of each: hours, and the names of whom it serves."""
    served = Municipality.objects.filter(centres=OuterRef("pk")).values("name")
    return (
        with_timetables(centres, today=today)
        .select_related("operator", "forwards_to")
        .annotate(served=ArraySubquery(served))
    )


def card(slug: str, now: datetime | None = None) -> Card:
    """The card of one centre, also of one that is gone. Raises ``Centre.DoesNotExist``."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    for centre in _one_with_all(slug=slug, now=now, today=today):
        return _card(centre, today)
    raise Centre.DoesNotExist


def all_cards(now: datetime | None = None) -> list[Card]:
    """The card of every centre, in one query as well."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    return [_card(centre, today) for centre in _each_with_all(now=now, today=today)]


def _card(centre: Any, today: date) -> Card:
    return Card(
        centre=centre,
        notice=centre.notice_on(today),
        week=ordinary_week(centre),
        periods=special_periods(centre, today=today),
        people=[ContactPerson(**row) for row in centre.people_rows],
        partnerships=list(_partnerships(centre.partnership_rows)),
        programmes=[Article(**row) for row in centre.programme_rows],
        municipalities=[Municipality(**row) for row in centre.municipality_rows],
        events=[Event(centre=centre, **typed(Event, row)) for row in centre.event_rows],
        news=[Article(centre=centre, **typed(Article, row)) for row in centre.news_rows],
        is_step_free=centre.is_step_free,
        has_hearing_loop=centre.has_hearing_loop,
        has_own_key=centre.has_own_key,
        has_licence=centre.has_licence,
    )


@prepared
def _one_with_all() -> QuerySet[Centre]:
    return _with_all(Centre.objects.filter(slug=Given("slug", CharField())))


@prepared
def _each_with_all() -> QuerySet[Centre]:
    return _with_all(Centre.objects.all())


def _with_all(centres: QuerySet[Centre]) -> QuerySet[Centre]:
    """The same centres with all that hangs on each."""
    venues = Venue.objects.filter(centre=OuterRef("pk"), active=True)
    return (
        with_timetables(centres, today=TODAY)
        .select_related("operator", "forwards_to")
        .annotate(
            is_step_free=Exists(venues.filter(kind=VenueKind.ROOM, step_free=True)),
            has_hearing_loop=Exists(venues.filter(kind=VenueKind.ROOM, hearing_loop=True)),
            has_own_key=Exists(venues.filter(kind=VenueKind.ROOM, own_key=True)),
            has_licence=Exists(venues.filter(kind=VenueKind.LICENCE)),
            people_rows=rows(
                ContactPerson.objects.filter(centre=OuterRef("pk"), published=True),
                *("name", "title", "phone", "email", "languages"),
            ),
            partnership_rows=rows(
                Partnership.objects.filter(centre=OuterRef("pk")),
                *("role", "amount", "years", "from_year", "to_year", "note"),
                organisation_name="organisation__name",
                website="organisation__website",
            ),
            programme_rows=rows(
                Article.objects.filter(
                    centre=OuterRef("pk"), kind=ArticleKind.PROGRAMME, published=True
                ),
                *("title_nb", "title_nn", "title_en"),
                *("summary_nb", "summary_nn", "summary_en"),
                *("body_nb", "body_nn", "body_en"),
            ),
            municipality_rows=rows(
                Municipality.objects.filter(centres=OuterRef("pk")),
                *("number", "name", "county"),
            ),
            event_rows=rows(
                Event.objects.published().coming(NOW).filter(centre=OuterRef("pk"))[:EVENTS_SHOWN],
                *("id", "kind", "title_nb", "title_nn", "title_en", "starts_at", "ends_at"),
                *("place", "digital", "cancelled_at"),
            ),
            news_rows=rows(
                Article.objects.news(TODAY).filter(centre=OuterRef("pk"))[:NEWS_SHOWN],
                *("id", "kind", "slug", "title_nb", "title_nn", "title_en"),
                *("summary_nb", "summary_nn", "summary_en", "published_on"),
            ),
        )
    )


def instead_of(centre: Centre) -> list[Centre]:
    """Where to turn when ``centre`` is gone: who serves the same municipalities now. One query.

    First the one that it forwards to.
    """
    serves = Q(municipalities__in=centre.municipalities.all())
    if centre.forwards_to_id is not None:
        serves |= Q(pk=centre.forwards_to_id)
    found = Centre.objects.current().filter(serves).exclude(pk=centre.pk).distinct()
    return sorted(found, key=lambda each: each.pk != centre.forwards_to_id)


def _partnerships(found: Iterable[dict]) -> Iterable[Partnership]:
    for row in found:
        organisation = Organisation(name=row.pop("organisation_name"), website=row.pop("website"))
        yield Partnership(organisation=organisation, **row)
