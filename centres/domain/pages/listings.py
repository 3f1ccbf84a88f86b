"""What the lists of the public pages hold, each read in one query whose SQL is written once."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, CharField, Func, QuerySet, SlugField
from django.utils import timezone

from centres.domain.hours.opening import with_timetables
from centres.models import Article, Centre, CrisisLine, Event, Municipality
from centres.states import CentreKind
from linkcenter.database.prepared import NOW, TODAY, Given, prepared

from .cards import listed

SHOWN = 3  # where a page shows the first few of what is on or new


def all_centres() -> list[Centre]:
    """Every centre as lists show it, also those that are gone."""
    return _all_centres(today=timezone.localdate())


@prepared
def _all_centres() -> QuerySet[Centre]:
    return listed(Centre.objects.all(), today=TODAY)


def link_centres() -> list[Centre]:
    """The LINK centres that there are, as lists show them."""
    return _link_centres(today=timezone.localdate())


@prepared
def _link_centres() -> QuerySet[Centre]:
    return listed(Centre.objects.current().filter(kind=CentreKind.LINK), today=TODAY)


def centre_with_hours(slug: str) -> Centre:
    """One centre and when it is open. Raises ``Centre.DoesNotExist``."""
    for centre in _centre_with_hours(slug=slug, today=timezone.localdate()):
        return centre
    raise Centre.DoesNotExist


@prepared
def _centre_with_hours() -> QuerySet[Centre]:
    return with_timetables(Centre.objects.filter(slug=Given("slug", SlugField())), today=TODAY)


@prepared
def current_centres() -> QuerySet[Centre]:
    """The centres that there are."""
    return Centre.objects.current()


def coming_events(now: datetime) -> list[Event]:
    """All that is on, the next one first."""
    return _coming_events(now=now)


@prepared
def _coming_events() -> QuerySet[Event]:
    return Event.objects.to_show(NOW)


def next_events(now: datetime) -> list[Event]:
    """The few that come first."""
    return _next_events(now=now)


@prepared
def _next_events() -> QuerySet[Event]:
    return Event.objects.to_show(NOW)[:SHOWN]


def next_events_at(centres: list[Centre], now: datetime) -> list[Event]:
    """The few that come first at these centres."""
    return _next_events_at(centres=[centre.pk for centre in centres], now=now)


class _OneOf(Func):
    """Whether a value is among the members of an array."""

    template = "%(expressions)s)"
    arg_joiner = " = any("
    output_field = BooleanField()


@prepared
def _next_events_at() -> QuerySet[Event]:
    centres = Given("centres", ArrayField(BigIntegerField()))
    return Event.objects.to_show(NOW).filter(_OneOf("centre_id", centres))[:SHOWN]


@prepared
def municipality() -> QuerySet[Municipality]:
    """The one with this number."""
    return Municipality.objects.filter(number=Given("number", CharField()))


def latest_news() -> list[Article]:
    """The few newest pieces of news."""
    return _latest_news(today=timezone.localdate())


@prepared
def _latest_news() -> QuerySet[Article]:
    return Article.objects.news(TODAY).select_related("centre")[:SHOWN]


@prepared
def information_pages() -> QuerySet[Article]:
    """The pages that explain self-help, in their order."""
    return Article.objects.information()


@prepared
def fixed_page() -> QuerySet[Article]:
    """The text of the page at an address of its own, if it is published."""
    return Article.objects.fixed_pages().filter(slug=Given("slug", SlugField()))


@prepared
def crisis_lines() -> QuerySet[CrisisLine]:
    """The telephones for those who cannot wait, in their order."""
    return CrisisLine.objects.all()
