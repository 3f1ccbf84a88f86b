"""The named views of the log of readings: what whoever leads a centre looks through each month."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.named_views import NamedView
from participants.models import LookThrough
from participants.states import Door

NOT_OWN = ~Q(reason="")
TAKEN_OUT = Q(door=Door.EXPORT)


def start_of_month(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day.replace(day=1), time.min))


def _to_look_through(rows: Any, today: date) -> QuerySet[Any]:
    """Others' cases and files, of the months that are over and nobody has looked through."""
    looked = LookThrough.objects.filter(
        centre=OuterRef("participant__centre"), until__gt=OuterRef("at")
    )
    return rows.filter(NOT_OWN | TAKEN_OUT, ~Exists(looked), at__lt=start_of_month(today))


TO_LOOK_THROUGH = NamedView(
    slug="look",
    title=_("To look through"),
    help=_(
        "Cases of colleagues and lists taken out, of the months that are over. Do you wonder"
        " about one? Ask who did it. Then say that you have looked."
    ),
    rows=_to_look_through,
)
NOT_THEIR_OWN = NamedView(
    slug="others",
    title=_("Cases of colleagues"),
    help=_("Somebody opened a case that a colleague is responsible for, and said why."),
    rows=lambda rows, today: rows.filter(NOT_OWN).exclude(TAKEN_OUT),
)
SEARCHES = NamedView(
    slug="searches",
    title=_("Searches"),
    help=_("Whom a search has found."),
    rows=lambda rows, today: rows.filter(door=Door.SEARCH),
)
FILES = NamedView(
    slug="files",
    title=_("Taken out"),
    help=_("Who stood on a list that was taken out as a file, and why."),
    rows=lambda rows, today: rows.filter(TAKEN_OUT),
)
READING_VIEWS = (TO_LOOK_THROUGH, NOT_THEIR_OWN, SEARCHES, FILES)
