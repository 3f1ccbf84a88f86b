"""The named views of what there is to do for groups: due, mine, this month, and done."""

from datetime import date
from typing import Any

from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from groups.states import FollowUpKind
from linkcenter.admin.named_views import NamedView

# Whoever asks to be rung comes first.
URGENT_FIRST = (Case(When(what=FollowUpKind.RING, then=0), default=1), "due", "pk")


def _this_month(rows: Any, today: date) -> QuerySet[Any]:
    return rows.open().filter(due__year=today.year, due__month=today.month)


DUE = NamedView(
    slug="due",
    title=_("Due"),
    help=_("Their day has come. Whoever asks to be rung is on top."),
    rows=lambda rows, today: rows.due(today),
    ordering=URGENT_FIRST,
)
TO_RING = NamedView(
    slug="ring",
    title=_("To ring"),
    help=_("The contact of a group has said that something does not work, and waits for you."),
    rows=lambda rows, today: rows.to_ring(),
    ordering=("due", "pk"),
)
MINE = NamedView(
    slug="mine",
    title=pgettext_lazy("follow-ups", "Mine"),
    help=_("What you have said that you do."),
    rows=lambda rows, today: rows.open().filter(is_mine=True),
    ordering=URGENT_FIRST,
)
THIS_MONTH = NamedView(
    slug="month",
    title=_("This month"),
    help=_("What is still to do before the month is over."),
    rows=_this_month,
    ordering=URGENT_FIRST,
)
DONE = NamedView(
    slug="done",
    title=pgettext_lazy("follow-ups", "Done"),
    help=_("What has been done for the groups, and who did it."),
    rows=lambda rows, today: rows.filter(done_on__isnull=False),
    ordering=("-done_on", "-pk"),
)
FOLLOW_UP_VIEWS = (DUE, TO_RING, MINE, THIS_MONTH, DONE)
