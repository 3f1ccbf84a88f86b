"""A weekly time before it is taken: each of its dates, and what stands in the way."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.functional import Promise

from centres.models import Booking, Slot, Venue
from centres.states import Skipped, UseKind

from .house_days import HouseDays
from .spans import day_of, weekly
from .weekly_times import bookings_on


@dataclass(frozen=True)
class PlannedDate:
    """A date on the clock of the house. ``reason`` says why it is not to be had; none if it is."""

    starts: datetime
    ends: datetime
    because: str = ""  # of ``Skipped``
    reason: str | Promise = ""

    @property
    def is_free(self) -> bool:
        return not self.because

    @property
    def is_taken(self) -> bool:
        return self.because == Skipped.TAKEN


@dataclass(frozen=True)
class Preview:
    dates: tuple[PlannedDate, ...]

    @property
    def taken(self) -> list[PlannedDate]:
        return [each for each in self.dates if each.is_taken]

    @property
    def shut(self) -> list[PlannedDate]:
        return [each for each in self.dates if each.because and not each.is_taken]

    @property
    def free(self) -> list[PlannedDate]:
        return [each for each in self.dates if each.is_free]


def preview(
    venue: Venue,
    *,
    weekday: int,
    starts: time,
    first_date: date,
    minutes: int = 120,
    weeks: int = 52,
    instead_of: Slot | None = None,
) -> Preview:
    """Every date of such a weekly time: free, taken by what kind of use, or shut. Books nothing.

    ``instead_of`` is a weekly time that would be given up for it.
    """
    slot = Slot(venue=venue, weekday=weekday, starts=starts, minutes=minutes, first_date=first_date)
    bookings = bookings_on(slot, weekly(first_date, weeks))
    house = HouseDays([venue], first=first_date)
    others = _others(venue, bookings, instead_of)
    return Preview(tuple(_planned(venue, booking, others, house) for booking in bookings))


def use_of(booking: Booking) -> UseKind:
    """What kind of use a booking is: enough to know why the room is taken, and no name."""
    if booking.event_id:
        return UseKind.EVENT
    if booking.holder_id or (booking.slot is not None and booking.slot.holder_id):
        return UseKind.ORGANISATION
    return UseKind.GROUP if booking.slot_id else UseKind.HOUSE


def in_the_way(
    venue: Venue, starts: datetime, ends: datetime, *, but: Booking | None = None
) -> list[Booking]:
    """What takes ``venue`` at that time, with what tells the kind of use."""
    found = Booking.objects.taking_the_venue().filter(
        venue=venue, span__overlap=DateTimeTZRange(starts, ends)
    )
    if but is not None:
        found = found.exclude(pk=but.pk)
    return list(found.select_related("slot").order_by("span"))


def _others(venue: Venue, bookings: list[Booking], instead_of: Slot | None) -> list[Booking]:
    whole = DateTimeTZRange(bookings[0].span.lower, bookings[-1].span.upper)
    found = Booking.objects.taking_the_venue().filter(venue=venue, span__overlap=whole)
    if instead_of is not None:
        found = found.exclude(slot=instead_of)
    return list(found.select_related("slot").order_by("span"))


def _planned(
    venue: Venue, booking: Booking, others: list[Booking], house: HouseDays
) -> PlannedDate:
    span = booking.span
    starts, ends = timezone.localtime(span.lower), timezone.localtime(span.upper)
    if shut := house.shut(venue, day_of(booking)):
        return PlannedDate(starts, ends, shut.because, shut.words or shut.because.label)
    for other in others:
        if other.span.lower < span.upper and span.lower < other.span.upper:
            return PlannedDate(starts, ends, Skipped.TAKEN, use_of(other).label)
    return PlannedDate(starts, ends)
