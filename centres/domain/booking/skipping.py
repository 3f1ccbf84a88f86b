"""Dates of a weekly time that are not held, told with the reason, and taken back where free."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from centres.models import Booking, Slot, Venue
from centres.models.house import SkippedDate
from centres.states import Skipped

from .house_days import HouseDays
from .spans import day_of, moment
from .weekly_times import skip_those_taken


def skipped_dates(slot: Slot, first: date, until: date) -> list[SkippedDate]:
    """The dates of ``slot`` from ``first`` until before ``until`` that are not held, and why."""
    skipped = slot.bookings.filter(
        cancelled_at__isnull=True,
        span__startswith__gte=moment(first),
        span__startswith__lt=moment(until),
    ).exclude(skipped_because="")
    house = HouseDays([slot.venue], first=first)
    return [
        told(slot.venue, day_of(booking), booking.skipped_because, house) for booking in skipped
    ]


def told(venue: Venue, day: date, because: str, house: HouseDays) -> SkippedDate:
    """Why ``day`` is skipped: in the calendar's words or staff's, else in those of the reason."""
    reason = Skipped(because)
    shut = house.shut(venue, day)
    words = shut.words if shut and shut.because == reason else ""
    return SkippedDate(day, reason, words or reason.label)


def hold_again(bookings: Iterable[Booking]) -> list[Booking]:
    """Take the dates of these skipped bookings back where that can be; returns those it cannot.

    Those stay skipped: the house is shut, the weekly time has a break, or somebody else has the
    room by now. The caller has locked the venues.
    """
    lost = []
    for venue, rows in groupby(bookings, key=lambda booking: booking.venue):
        wanted = list(rows)
        house = HouseDays([venue], first=min(map(day_of, wanted)))
        for booking in wanted:
            day = day_of(booking)
            shut = house.shut(venue, day)
            on_break = booking.slot is not None and booking.slot.is_on_break(day)
            booking.skipped_because = shut.because if shut else Skipped.BREAK if on_break else ""
        skip_those_taken(venue, wanted)
        Booking.objects.bulk_update(wanted, ["skipped_because"])
        lost += [booking for booking in wanted if booking.skipped_because]
    return lost
