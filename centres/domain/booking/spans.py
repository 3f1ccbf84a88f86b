"""Spans of time on the clock of the house, and what takes a room or a licence in them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from centres.models import Booking, Venue

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Interval:
    """From one moment until before another."""

    lower: datetime
    upper: datetime


TakenByDay = dict[date, list[Interval]]


def moment(day: date, clock: time = time.min) -> datetime:
    """``clock`` on ``day``, in UTC, since adding to a local time goes wrong when clocks change.

    A time that the clocks leave out in March comes an hour later by the clock, as long after
    midnight as on other days. One that comes twice in October is the first of the two.
    """
    return timezone.make_aware(datetime.combine(day, clock)).astimezone(UTC)


def span_on(day: date, starts: time, minutes: int) -> Interval:
    lower = moment(day, starts)
    return Interval(lower, lower + timedelta(minutes=minutes))


def day_of(booking: Booking) -> date:
    """The day on which the booking begins, in the house."""
    return timezone.localdate(booking.span.lower)


def weekly(first_date: date, weeks: int) -> list[date]:
    return [first_date + week * WEEK for week in range(weeks)]


def taken_by_day(venue: Venue, first: date, last: date, *, but: Collection[int] = ()) -> TakenByDay:
    """What takes the venue from ``first`` to ``last``, under each day that it touches.

    ``but`` are keys of weekly times that are left out.
    """
    return taken_by_venue([venue.pk], first, last, but=but)[venue.pk]


def taken_by_venue(
    venues: Collection[int], first: date, last: date, *, but: Collection[int] = ()
) -> dict[int, TakenByDay]:
    """The same for several venues, by their keys."""
    within = DateTimeTZRange(moment(first), moment(last + 2 * DAY))
    bookings = Booking.objects.taking_the_venue().filter(venue__in=venues, span__overlap=within)
    if but:
        bookings = bookings.exclude(slot__in=but)
    taken: dict[int, TakenByDay] = {venue: defaultdict(list) for venue in venues}
    for venue, span in bookings.values_list("venue", "span"):
        day = timezone.localdate(span.lower)
        while day <= timezone.localdate(span.upper):
            taken[venue][day].append(Interval(span.lower, span.upper))
            day += DAY
    return taken


def is_taken(taken: TakenByDay, day: date, span: Interval) -> bool:
    others = taken.get(day, []) + taken.get(day + DAY, [])
    return any(_overlap(span, other) for other in others)


def _overlap(one: Interval, other: Interval) -> bool:
    return one.lower < other.upper and other.lower < one.upper
