"""The named views of the dates that are booked: which are to come, and which have been."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.admin.named_views import NamedView

COMING = NamedView(
    slug="coming",
    title=_("Coming"),
    help=_("What is booked from now on, the next one first."),
    rows=lambda rows, today: rows.filter(span__endswith__gt=timezone.now()),
    ordering=("span", "venue"),
)
PAST = NamedView(
    slug="past",
    title=_("Been"),
    help=_("Write down whether it was held, and how many came. The latest is on top."),
    rows=lambda rows, today: rows.filter(span__endswith__lte=timezone.now()),
    ordering=("-span", "venue"),
)
BOOKING_VIEWS: tuple[NamedView, ...] = (COMING, PAST)
