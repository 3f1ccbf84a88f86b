"""The named views of the list of enquiries: which of them wait, and for how long still."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linkcenter.admin.named_views import NamedView

OLDEST_FIRST = ("created_at", "pk")
LATEST_HANDLED_FIRST = ("-handled_at", "-pk")


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


OPEN = NamedView(
    slug="open",
    title=pgettext_lazy("enquiries", "Open"),
    help=_("Nobody has answered yet. The one that has waited longest is on top."),
    rows=lambda rows, today: rows.open(),
    ordering=OLDEST_FIRST,
)
LAST_CALL = NamedView(
    slug="last-call",
    title=_("Soon deleted"),
    help=_("They have waited for nearly a year. What was written is deleted within a week."),
    rows=lambda rows, today: rows.soon_forgotten(_end_of(today)),
    ordering=OLDEST_FIRST,
)
DONE = NamedView(
    slug="done",
    title=pgettext_lazy("enquiries", "Taken care of"),
    help=_("What was written is deleted 90 days after. The rest stays for the yearly count."),
    rows=lambda rows, today: rows.handled(),
    ordering=LATEST_HANDLED_FIRST,
)
ENQUIRY_VIEWS = (OPEN, LAST_CALL, DONE)
