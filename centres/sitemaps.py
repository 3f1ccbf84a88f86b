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
    def items(self) -> Iterable[Municipality]:
        return Municipality.objects.all()

    def location(self, item: Municipality) -> str:
        return reverse("centres:municipality", args=[item.number, item.slug])


class Articles(_EveryLanguage):
    def items(self) -> Iterable[Article]:
        found = Article.objects
        return [*found.information(), *found.fixed_pages(), *found.news()]

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
