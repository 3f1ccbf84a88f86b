"""News as an Atom feed (RFC 4287), for other people's pages and readers."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from centres.models import Article, Centre
from centres.publishing.languages import language_of
from centres.publishing.markdown import render_markdown
from centres.states import ArticleKind

_EMPTY_SINCE = datetime(2026, 1, 1, tzinfo=UTC)


class _Feed(Atom1Feed):
    """Django's, with the whole text of each entry and the language that it is in."""

    def latest_post_date(self) -> datetime:
        # An empty feed is not new each time that somebody asks.
        return super().latest_post_date() if self.items else _EMPTY_SINCE

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def news_feed(articles: Iterable[Article], centre: Centre | None = None) -> bytes:
    """The feed of ``articles`` in the language of the moment; those of ``centre`` if it is given.

    Every address in it is absolute and stands on the site's own, whoever asks.
    """
    chosen = f"?senter={centre.slug}" if centre else ""
    title = _("News from LINK")
    feed = _Feed(
        title=f"{title}: {centre.name}" if centre else title,
        link=_absolute(reverse("centres:news-list") + chosen),
        feed_url=_absolute(reverse("centres:news-feed") + chosen),
        description=None,
        language=get_language(),
        author_name=centre.name if centre else "LINK",
    )
    for article in articles:
        published = _midnight(article.published_on)
        feed.add_item(
            title=article.title,
            link=_absolute(article.get_absolute_url()),
            description=escape(article.summary),
            unique_id=_name_for_ever(article),
            author_name=article.centre.name if article.centre else "LINK",
            pubdate=published,
            updateddate=max(published, _midnight(article.updated_on)),
            content=_with_absolute_links(render_markdown(article.body)),
            language=language_of(article, "title"),
        )
    return feed.writeString("utf-8").encode()


def changed_at(shown: Iterable[Article]) -> datetime | None:
    """When a feed with the articles ``shown`` came to look as it does; nothing for none at all.

    News that has been hidden again counts as well as news whose day has come.
    """
    changed = Article.objects.filter(kind=ArticleKind.NEWS).aggregate(at=Max("changed_at"))["at"]
    return max(
        (at for at in (changed, *(_midnight(each.published_on) for each in shown)) if at),
        default=None,
    )


def _midnight(day: date) -> datetime:
    """When ``day`` begins in Norway."""
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())


def _absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def _with_absolute_links(html: str) -> str:
    return html.replace('href="/', f'href="{settings.BASE_URL}/')


def _name_for_ever(article: Article) -> str:
    """What readers know the article by, also when its address changes."""
    host = urlsplit(settings.BASE_URL).hostname
    return f"tag:{host},2026:{get_language()}/{article.pk}"
