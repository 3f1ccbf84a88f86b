"""What lists and feeds of news are made of."""

from datetime import date, datetime, time

from django.db.models import Max, QuerySet
from django.utils import timezone

from centres.models import Article, Centre
from centres.states import ArticleKind


def centres_with_news() -> QuerySet[Centre]:
    """The centres that have news to show."""
    return Centre.objects.filter(pk__in=Article.objects.news().values("centre"))


def news_changed_at(shown: list[Article]) -> datetime | None:
    """When a feed with the articles ``shown`` came to look as it does; nothing for none at all.

    News that has been hidden again counts as well as news whose day has come.
    """
    changed = Article.objects.filter(kind=ArticleKind.NEWS).aggregate(at=Max("changed_at"))["at"]
    return max(
        (at for at in (changed, *(midnight(each.published_on) for each in shown)) if at),
        default=None,
    )


def midnight(day: date) -> datetime:
    """When ``day`` begins in Norway."""
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())
