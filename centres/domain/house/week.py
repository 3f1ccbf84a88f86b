"""A week of a house: who has which room when, what is not held and why, and what is free."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import Promise

from centres.domain.booking.house_days import HouseDays, Shut
from centres.domain.booking.spans import WEEK, moment
from centres.domain.hours.public_holidays import public_holiday
from centres.models import Booking, Centre, Event, Organisation, Slot, Venue


@dataclass(frozen=True)
class Use:
    """One booking on the clock of the house: of a group, an organisation or an event.

    Without any of them it is the centre's own.
    """

    starts: datetime
    ends: datetime
    slot: Slot | None
    holder: Organisation | None
    event: Event | None
    not_held: str  # why the room is free all the same; empty when it is taken

    @property
    def slot_key(self) -> int:
        """The key of the weekly time; 0 for a single occasion."""
        return self.slot.pk if self.slot else 0


@dataclass(frozen=True)
class Day:
    """A day of the week, with the uses of each room in the order of ``Week.rooms``.

    ``shut`` says in the same order why nobody meets there that day; nothing on an ordinary one.
    """

    date: date
    holiday: Promise | None
    rooms: tuple[tuple[Use, ...], ...]
    shut: tuple[Shut | None, ...]

    @property
    def is_empty(self) -> bool:
        return not any(self.rooms)

    @property
    def cells(self) -> Iterator[tuple[tuple[Use, ...], Shut | None]]:
        """Each room's uses, and why it is shut."""
        return zip(self.rooms, self.shut, strict=True)


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on."""

    rooms: tuple[Venue, ...]
    days: tuple[Day, ...]


def week_of(centre: Centre, day: date) -> Week:
    """The week that ``day`` is in, at ``centre``: its rooms and licences in use. Three queries."""
    monday = day - timedelta(days=day.weekday())
    within = DateTimeTZRange(moment(monday), moment(monday + WEEK))
    bookings = Booking.objects.filter(span__overlap=within, cancelled_at__isnull=True)
    ordered = bookings.select_related("slot__holder", "holder", "event").order_by("span")
    rooms = tuple(
        Venue.objects.filter(centre=centre, active=True).prefetch_related(
            Prefetch("bookings", ordered, to_attr="bookings_of_the_week")
        )
    )
    uses = [_by_day(room.bookings_of_the_week) for room in rooms]
    house = HouseDays(rooms, first=monday)
    days = [monday + timedelta(days=number) for number in range(7)]
    return Week(
        rooms=rooms,
        days=tuple(
            Day(
                day,
                public_holiday(day),
                rooms=tuple(tuple(room[day]) for room in uses),
                shut=tuple(house.shut(room, day) for room in rooms),
            )
            for day in days
        ),
    )


def _by_day(bookings: list[Booking]) -> dict[date, list[Use]]:
    days: dict[date, list[Use]] = defaultdict(list)
    for booking in bookings:
        use = Use(
            starts=timezone.localtime(booking.span.lower),
            ends=timezone.localtime(booking.span.upper),
            slot=booking.slot,
            holder=booking.slot.holder if booking.slot else booking.holder,
            event=booking.event,
            not_held=booking.get_skipped_because_display() if booking.skipped_because else "",
        )
        days[use.starts.date()].append(use)
    return days
