"""What search engines may find: every page that is the same for everybody, in each language."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from centres.models import Article, Centre, Event, Municipality

PAGES = (
    "centres:home",
    "centres:centre-list",
    "centres:municipality-list",
    "centres:about",
    "centres:event-list",
    "centres:news-list",
    "centres:join",
    "groups:statistics",
)


class _EveryLanguage(Sitemap):
    """At the site's own address, whoever asks."""

    i18n = True

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.BASE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme


class Pages(_EveryLanguage):
    def items(self) -> Iterable[str]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class Centres(_EveryLanguage):
    def items(self) -> Iterable[Centre]:
        return Centre.objects.current()


class Municipalities(_EveryLanguage):
    """Each county, and each municipality."""

    def items(self) -> list[str]:
        places = list(Municipality.objects.all())
        counties = sorted({place.county_slug for place in places})
        return [*counties, *(f"{place.number}-{place.slug}" for place in places)]

    def location(self, item: str) -> str:
        return f"{reverse('centres:municipality-list')}{item}/"


class Articles(_EveryLanguage):
    def items(self) -> Iterable[Article]:
        return Article.objects.for_everybody() | Article.objects.news()

    def lastmod(self, item: Article) -> date:
        return item.updated_on


class Events(_EveryLanguage):
    def items(self) -> Iterable[Event]:
        return Event.objects.published().coming()

    def lastmod(self, item: Event) -> datetime:
        return item.updated_at


SITEMAPS = {
    each.__name__.lower(): each for each in (Pages, Centres, Municipalities, Articles, Events)
}
