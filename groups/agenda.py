"""What is on the calendar of the centres: talks, groups that meet for the first times, events."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from centres.access import events_for
from centres.models import Booking
from groups.access import groups_for
from groups.states import GroupState
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


def agenda(user: User, *, today: date) -> list[AgendaDay]:
    """Today, also when nothing is on, and those of the coming days that have something."""
    begin = timezone.make_aware(datetime.combine(today, time()))
    end = begin + timedelta(days=DAYS)
    found = [*_talks(user, begin, end), *_meetings(user, begin, end), *_events(user, begin, end)]
    found.sort(key=lambda entry: (entry.at, entry.url))
    days = {day: list(entries) for day, entries in groupby(found, key=_day)}
    return [AgendaDay(day, day == today, days.get(day, [])) for day in sorted({today, *days})]


def _day(entry: Entry) -> date:
    return timezone.localtime(entry.at).date()


def _talks(user: User, begin: datetime, end: datetime) -> Iterator[Entry]:
    rows = registrations_for(user).open().filter(talk_at__gte=begin, talk_at__lt=end)
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


def _meetings(user: User, begin: datetime, end: datetime) -> Iterator[Entry]:
    """Of groups that do not run themselves yet."""
    own = groups_for(user).filter(state=GroupState.SETTLED)
    bookings = Booking.objects.taking_the_venue().filter(
        slot__group__in=own, span__startswith__gte=begin, span__overlap=DateTimeTZRange(begin, end)
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


def _events(user: User, begin: datetime, end: datetime) -> Iterator[Entry]:
    rows = events_for(user).published().filter(starts_at__gte=begin, starts_at__lt=end)
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
