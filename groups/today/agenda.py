"""What is on the calendar of the centres: talks, groups that meet for the first times, events."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from centres.access import centres_of, events_for
from centres.models import Booking
from groups.access import groups_for
from groups.states import GroupState
from groups.today.staff_tasks import ALL, Only
from linkcenter.models import User
from participants.access import registrations_for

DAYS = 7  # from today on
MOST = 60  # of each sort: more than anybody reads


@dataclass(frozen=True)
class Entry:
    """One thing at its time. Of people it says the reference and never the name."""

    at: datetime
    what: str
    where: str
    who: str  # of the staff
    url: str
    centre: str


@dataclass(frozen=True)
class AgendaDay:
    """What is on one day, in the order of the clock."""

    date: date
    is_today: bool
    entries: list[Entry]


def agenda(user: User, *, today: date, only: Only = ALL) -> list[AgendaDay]:
    """Today, also when nothing is on, and those of the coming days that have something.

    Of somebody's own there are the talks that they hold.
    """
    begin = timezone.make_aware(datetime.combine(today, time()))
    end = begin + timedelta(days=DAYS)
    own = centres_of(user).filter(pk=only.centre_id) if only.centre_id else centres_of(user)
    found = list(_talks(user, own, begin, end, only=only))
    if not only.mine:
        found += [*_meetings(user, own, begin, end), *_events(user, own, begin, end)]
    found.sort(key=lambda entry: (entry.at, entry.url))
    days = {day: list(entries) for day, entries in groupby(found, key=_day)}
    return [AgendaDay(day, day == today, days.get(day, [])) for day in sorted({today, *days})]


def _day(entry: Entry) -> date:
    return timezone.localtime(entry.at).date()


def _talks(user: User, own: Any, begin: datetime, end: datetime, *, only: Only) -> Iterator[Entry]:
    rows = registrations_for(user).open().filter(talk_at__gte=begin, talk_at__lt=end)
    rows = rows.filter(participant__centre__in=own)
    if only.mine:
        rows = rows.filter(talk_by=user)
    for row in rows.select_related("participant__centre", "talk_by").order_by("talk_at")[:MOST]:
        if row.talk_at is not None:
            yield Entry(
                at=row.talk_at,
                what=_("Talk with %(reference)s") % {"reference": row.participant.reference},
                where=row.get_talk_kind_display(),
                who=str(row.talk_by or ""),
                url=reverse("admin:participants_registration_change", args=[row.pk]),
                centre=row.participant.centre.name,
            )


def _meetings(user: User, own: Any, begin: datetime, end: datetime) -> Iterator[Entry]:
    """Of groups that do not run themselves yet."""
    settled = groups_for(user).filter(state=GroupState.SETTLED, centre__in=own)
    bookings = Booking.objects.taking_the_venue().filter(
        slot__group__in=settled,
        span__startswith__gte=begin,
        span__overlap=DateTimeTZRange(begin, end),
    )
    for booking in bookings.select_related("venue", "slot__group__centre").order_by("span")[:MOST]:
        group = booking.slot.group  # type: ignore[union-attr]  # those of a group have a slot
        is_first = timezone.localtime(booking.span.lower).date() == group.first_date
        words = _("%(group)s meets for the first time") if is_first else _("%(group)s meets")
        yield Entry(
            at=booking.span.lower,
            what=words % {"group": group.name},
            where=booking.venue.name,
            who="",
            url=reverse("admin:groups_selfhelpgroup_change", args=[group.pk]),
            centre=group.centre.name,
        )


def _events(user: User, own: Any, begin: datetime, end: datetime) -> Iterator[Entry]:
    rows = events_for(user).published().filter(starts_at__gte=begin, starts_at__lt=end)
    rows = rows.filter(centre__in=own)
    on = rows.filter(cancelled_at__isnull=True).select_related("centre")
    for event in on.order_by("starts_at")[:MOST]:
        if event.starts_at is not None:
            yield Entry(
                at=event.starts_at,
                what=event.title,
                where=event.where,
                who="",
                url=reverse("admin:centres_event_change", args=[event.pk]),
                centre=event.centre.name,
            )
