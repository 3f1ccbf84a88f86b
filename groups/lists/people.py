"""The named views of the list of people that know of groups: whose turn it is."""

from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from groups.domain.initiators.recruiting import would_help
from groups.models import MatchRun, Question, Seat
from groups.states import Answer, RunState
from linkcenter.admin.named_views import NamedView
from participants.lists import (
    ANOTHER_TIME,
    CLOSED,
    FLOOD,
    IN_CONTACT,
    LEAVING,
    NEW,
    ODD,
    OLDEST_FIRST,
    SILENT,
    TALKS,
    TALKS_TO_WRITE_DOWN,
    TRY_AGAIN,
    TWICE,
)
from participants.states import OPEN


def _live_seats() -> Exists:
    return Exists(Seat.objects.live().filter(registration=OuterRef("pk")))


WAITING = NamedView(
    slug="waiting",
    title=_("Waiting"),
    help=_("Ready for a group and without a place. Ask for proposals to find them one."),
    rows=lambda rows, today: rows.waiting(today).filter(~_live_seats()),
    ordering=OLDEST_FIRST,
)


PLACED = NamedView(
    slug="placed",
    title=_("Asked or placed"),
    help=_("They have a place in a group, or are being asked if they want it."),
    rows=lambda rows, today: rows.filter(_live_seats()),
    ordering=OLDEST_FIRST,
)


def _said_yes_since(rows: Any, today: date) -> QuerySet[Any]:
    """Those without a place who said yes after the newest proposals at their centre."""
    centre = OuterRef("registration__participant__centre")
    runs = MatchRun.objects.filter(centre=centre, state=RunState.DONE).order_by("-run_at")
    newest = Coalesce(Subquery(runs.values("run_at")[:1]), datetime(2000, 1, 1, tzinfo=UTC))
    yes = Question.objects.filter(
        registration=OuterRef("pk"), answer=Answer.YES, answered_at__gt=newest
    )
    return rows.waiting(today).filter(~_live_seats(), Exists(yes))


QUESTIONS = NamedView(
    slug="question",
    title=_("Asked a question"),
    help=_("They have been asked one question that would help, and have not answered yet."),
    rows=lambda rows, today: rows.filter(
        Exists(Question.objects.open().filter(registration=OuterRef("pk")))
    ),
    ordering=OLDEST_FIRST,
    is_rare=True,
)


SAID_YES = NamedView(
    slug="flexible",
    title=_("Said yes to a question"),
    help=_("Something has become possible. Ask for proposals."),
    rows=_said_yes_since,
    ordering=OLDEST_FIRST,
    is_rare=True,
)


WOULD_HELP = NamedView(
    slug="would-help",
    title=_("Might help groups"),
    help=_("They have said that they might help groups to start. Talk with them about it."),
    rows=lambda rows, today: would_help(rows).filter(OPEN),
    ordering=OLDEST_FIRST,
    is_rare=True,
)


REGISTRATION_VIEWS = (
    NEW,
    IN_CONTACT,
    TRY_AGAIN,
    TALKS,
    TALKS_TO_WRITE_DOWN,
    ANOTHER_TIME,
    WAITING,
    QUESTIONS,
    SAID_YES,
    PLACED,
    WOULD_HELP,
    SILENT,
    TWICE,
    ODD,
    FLOOD,
    LEAVING,
    CLOSED,
)
