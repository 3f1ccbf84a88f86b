"""The named views of the list of events: what is on, what is not shown yet, whom to count."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linkcenter.admin.named_views import NamedView

NEXT_FIRST = ("starts_at", "pk")
LATEST_FIRST = ("-starts_at", "-pk")


def _held(rows: Any) -> QuerySet[Any]:
    return rows.filter(cancelled_at__isnull=True)


COMING = NamedView(
    slug="coming",
    title=_("Coming"),
    help=_("Shown on the page, the next one first."),
    rows=lambda rows, today: _held(rows.published().coming()),
    ordering=NEXT_FIRST,
)
DRAFTS = NamedView(
    slug="drafts",
    title=_("Drafts"),
    help=_("Not shown on the page yet."),
    rows=lambda rows, today: rows.filter(published=False),
    ordering=NEXT_FIRST,
)
WITHOUT_COUNT = NamedView(
    slug="count",
    title=_("How many came?"),
    help=_("They are over. Open each, and write down how many came."),
    rows=lambda rows, today: rows.without_head_count(),
    ordering=LATEST_FIRST,
)
CANCELLED = NamedView(
    slug="cancelled",
    title=pgettext_lazy("events", "Cancelled"),
    help=_("Not held. Those who had signed up were told why."),
    rows=lambda rows, today: rows.filter(cancelled_at__isnull=False),
    ordering=LATEST_FIRST,
)
EVENT_VIEWS: tuple[NamedView, ...] = (COMING, DRAFTS, WITHOUT_COUNT, CANCELLED)
