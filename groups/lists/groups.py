"""The named views of the list of groups: what each of them needs."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from groups.domain.running import time_in_use
from groups.models import Seat
from groups.states import GroupState, SeatState
from linkcenter.admin.named_views import NamedView


def _seats(state: SeatState) -> Exists:
    return Exists(Seat.objects.filter(group=OuterRef("pk"), state=state))


def _forming(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(state=GroupState.FORMING)


def _date_has_come(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Everybody was asked, the last date to answer has come, and too few have said yes."""
    seats = Seat.objects.filter(group=OuterRef("pk"))
    awaited = seats.live().filter(Q(state=SeatState.PROPOSED) | Q(answer_by__gt=today))
    asked = seats.filter(asked_at__isnull=False)
    return _forming(rows).filter(Exists(asked), ~Exists(awaited), ~_enough())


def _said_yes(**number: Any) -> Exists:
    """Whether so many have said yes, counted in the same query."""
    said_yes = (
        Seat.objects.yes()
        .filter(group=OuterRef("pk"))
        .order_by()
        .values("group")
        .annotate(number=Count("pk"))
        .filter(**number)
    )
    return Exists(said_yes)


def _enough() -> Exists:
    """Whether as many as the group needs have said yes."""
    return _said_yes(number__gte=OuterRef("min_size"))


def _answer_is_due(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Somebody's last date to answer is today or within two days."""
    soon = today + timedelta(days=2)
    due = Seat.objects.asked().filter(group=OuterRef("pk"), answer_by__range=(today, soon))
    return rows.filter(Exists(due))


TO_ASK = NamedView(
    slug="ask",
    title=_("To ask"),
    help=_("Groups with people who have a place to think about, and have not been asked yet."),
    rows=lambda rows, today: rows.filter(_seats(SeatState.PROPOSED)),
)


ASKING = NamedView(
    slug="asking",
    title=_("Asking"),
    help=_("People have been asked, and some have not answered yet."),
    rows=lambda rows, today: rows.filter(_seats(SeatState.ASKED)),
)


EXPIRING = NamedView(
    slug="expiring",
    title=_("Answer soon due"),
    help=_("Somebody must answer within two days. Ring them, or give them more time."),
    rows=_answer_is_due,
    is_rare=True,
)


ONE_MORE = NamedView(
    slug="one-more",
    title=_("One more needed"),
    help=_("One more yes, and the group can start. See who fits, and ask."),
    rows=lambda rows, today: _forming(rows).filter(_said_yes(number=OuterRef("min_size") - 1)),
    is_rare=True,
)


LATE = NamedView(
    slug="late",
    title=_("The date has come"),
    help=_("Too few have said yes by the date. Start all the same, give more time, or let go."),
    rows=_date_has_come,
    is_rare=True,
)


ENOUGH = NamedView(
    slug="enough",
    title=_("Enough said yes"),
    help=_("As many as needed have said yes. You can settle the group."),
    rows=lambda rows, today: _forming(rows).filter(_enough()),
)


STARTING = NamedView(
    slug="starting",
    title=_("Starting"),
    help=_("The first date has come. Write down that the start meeting was held."),
    rows=lambda rows, today: rows.filter(
        state=GroupState.SETTLED, first_date__lte=today, started_on__isnull=True
    ),
)


STARTS_SOON = NamedView(
    slug="soon",
    title=_("Start this week"),
    help=_("Their first meeting is within seven days. Print the start sheet, and see to the key."),
    rows=lambda rows, today: rows.filter(
        state=GroupState.SETTLED,
        first_date__gt=today,
        first_date__lte=today + timedelta(days=7),
        started_on__isnull=True,
    ),
    ordering=("first_date", "pk"),
    is_rare=True,
)


SETTLED = NamedView(
    slug="settled",
    title=_("Settled"),
    help=_("Time, place and members are settled. An initiator helps until the hand-over."),
    rows=lambda rows, today: rows.filter(state=GroupState.SETTLED),
)


SELF_RUN = NamedView(
    slug="self-run",
    title=_("Run themselves"),
    help=_("Handed over. They meet without us."),
    rows=lambda rows, today: rows.filter(state=GroupState.SELF_RUN),
)


WITHOUT_CONTACT = NamedView(
    slug="without-contact",
    title=_("Without a contact"),
    help=_("They run themselves, and we have nobody to talk with. Go by, and ask who it is now."),
    rows=lambda rows, today: rows.filter(state=GroupState.SELF_RUN, contact__isnull=True),
    is_rare=True,
)


NOT_SAID_IF_USED = NamedView(
    slug="in-use",
    title=_("Time in use? No answer"),
    help=_("Asked three weeks ago if they still meet. Ring the contact: nobody loses the room."),
    rows=time_in_use.unanswered,
    ordering=("still_asked_on", "pk"),
    is_rare=True,
)


ON_BREAK = NamedView(
    slug="break",
    title=_("On a break"),
    help=_("They have a break, now or soon. The room is free meanwhile, and theirs after it."),
    rows=lambda rows, today: rows.filter(paused_until__gt=today),
    ordering=("paused_until", "pk"),
    is_rare=True,
)


GROUP_ASKED = NamedView(
    slug="newcomers",
    title=_("Asked about somebody new"),
    help=_("Somebody would like to join, and the contact has not answered yet. Silence is a no."),
    rows=lambda rows, today: rows.filter(
        Exists(Seat.objects.waiting_for_group().filter(group=OuterRef("pk")))
    ),
    is_rare=True,
)


HAS_ROOM = NamedView(
    slug="room",
    title=_("Has room"),
    help=_("They meet, and have said that they have room for more. The proposals include them."),
    rows=lambda rows, today: rows.take_newcomers(today),
)


BEGUN_AGAIN = NamedView(
    slug="again",
    title=_("Begun again"),
    help=_("Being formed by people from a group before it. Look at who has come, then settle it."),
    rows=lambda rows, today: _forming(rows).filter(previous_group__isnull=False),
    is_rare=True,
)


ENDED = NamedView(
    slug="ended",
    title=_("Ended"),
    help=_("Finished or let go, with the reason."),
    rows=lambda rows, today: rows.filter(state=GroupState.ENDED),
)


GROUP_VIEWS = (
    TO_ASK,
    ASKING,
    EXPIRING,
    LATE,
    ONE_MORE,
    ENOUGH,
    STARTS_SOON,
    STARTING,
    SETTLED,
    SELF_RUN,
    WITHOUT_CONTACT,
    NOT_SAID_IF_USED,
    ON_BREAK,
    GROUP_ASKED,
    HAS_ROOM,
    BEGUN_AGAIN,
    ENDED,
)
