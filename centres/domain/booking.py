"""Who has a room or a licence when: a weekly time is taken, moved and given up.

All times are on the clock of the house, so that a meeting at 18 stays at 18 in summer time.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.models import Booking, Organisation, Slot, Venue
from centres.states import Skipped
from centres.week import DEFAULT_START, PART_HOURS, WEEK_SLOTS, on_or_after, split

from . import keys
from .calendar import public_holiday

STEP = timedelta(minutes=30)  # between the times that a free one is looked for
WEEK = timedelta(weeks=1)
AHEAD = timedelta(weeks=52)  # for which a weekly time is booked


class BookingError(Exception):
    """A room or licence cannot be had as asked."""

    message: str | Promise = _("That time cannot be booked.")


class VenueTaken(BookingError):
    """Somebody else has the venue on ``dates``."""

    message = _("The room or licence is taken at that time.")

    def __init__(self, dates: Iterable[date]) -> None:
        self.dates = sorted(dates)
        super().__init__(", ".join(day.isoformat() for day in self.dates))


class VenueNotInUse(BookingError):
    message = _("That room or licence is no longer in use. Choose another one.")


class WrongWeekday(BookingError):
    message = _("Choose a first date on the same weekday as the weekly time.")


class AlreadyStarted(BookingError):
    message = _("The first meeting has been. Give up this time and take a new one.")


@transaction.atomic
def take_slot(
    venue: Venue,
    *,
    weekday: int,
    starts: time,
    first_date: date,
    minutes: int = 120,
    weeks: int = 52,
    holder: Organisation | None = None,
) -> Slot:
    """Give away ``venue`` weekly from ``first_date``: a slot with one booking for each week.

    Public holidays are skipped, and the reason is kept. Refused: a venue out of use
    (``VenueNotInUse``), a first date on another weekday (``WrongWeekday``), and any date that
    somebody else has (``VenueTaken``, which lists the dates; then nothing is booked).
    """
    venue = Venue.objects.select_for_update().get(pk=venue.pk)
    if not venue.active:
        raise VenueNotInUse
    if first_date.weekday() != weekday:
        raise WrongWeekday
    slot = Slot(
        venue=venue,
        weekday=weekday,
        starts=starts,
        minutes=minutes,
        first_date=first_date,
        holder=holder,
    )
    bookings = [_booking(slot, day) for day in _weekly(first_date, weeks)]
    _refuse_taken(venue, bookings)
    slot.save()
    Booking.objects.bulk_create(bookings)
    return slot


def slots_to_book(today: date) -> QuerySet[Slot]:
    """The weekly times in use that are not booked for a whole ``AHEAD`` from ``today``."""
    last = Max("bookings__span__startswith")
    in_use = Slot.objects.filter(given_up_on__isnull=True, venue__active=True)
    latest = _moment(today + AHEAD - WEEK, time.max)
    return in_use.alias(last=last).filter(last__lte=latest)


@transaction.atomic
def book_ahead(slot: Slot, *, today: date) -> int:
    """Book the weeks of ``slot`` that are missing in ``AHEAD`` from ``today``; returns how many.

    A public holiday is skipped, and so is a date that somebody else has got meanwhile: the others
    stay this slot's. The reason is kept. A slot that is given up books nothing.
    """
    venue = Venue.objects.select_for_update().get(pk=slot.venue_id)
    slot.refresh_from_db(from_queryset=Slot.objects.select_for_update())
    last = slot.bookings.aggregate(last=Max("span__startswith"))["last"]
    if slot.given_up_on is not None or last is None:
        return 0
    following = timezone.localdate(last) + WEEK
    weeks = (today + AHEAD - following).days // WEEK.days + 1
    bookings = [_booking(slot, day) for day in _weekly(following, weeks)]
    if not bookings:
        return 0
    taken = set(_taken_dates(venue, bookings))
    for booking in bookings:
        if timezone.localdate(booking.span.lower) in taken:
            booking.skipped_because = Skipped.TAKEN
    Booking.objects.bulk_create(bookings)
    return len(bookings)


@transaction.atomic
def give_up_slot(slot: Slot, *, on: date, now: datetime | None = None) -> None:
    """Set ``slot`` free from ``on``: its bookings from that day are cancelled, its keys are due.

    Giving up twice changes nothing, unless the second day is earlier.
    """
    slot.refresh_from_db(from_queryset=Slot.objects.select_for_update())
    if slot.given_up_on is not None and slot.given_up_on <= on:
        return
    slot.given_up_on = on
    slot.save(update_fields=["given_up_on"])
    slot.bookings.filter(cancelled_at__isnull=True, span__endswith__gt=_moment(on, time())).update(
        cancelled_at=now or timezone.now()
    )
    keys.call_back(slot, on=on, now=now)


@transaction.atomic
def move_first_date(slot: Slot, first_date: date, *, now: datetime | None = None) -> None:
    """Let ``slot`` begin on ``first_date`` instead, earlier or later, for as many weeks as before.

    Refused: another weekday (``WrongWeekday``), a slot whose first meeting has begun or that is
    given up (``AlreadyStarted``), and dates that somebody else has (``VenueTaken``).
    """
    now = now or timezone.now()
    venue = Venue.objects.select_for_update().get(pk=slot.venue_id)
    slot.refresh_from_db(from_queryset=Slot.objects.select_for_update())
    if first_date.weekday() != slot.weekday:
        raise WrongWeekday
    if slot.given_up_on is not None or _moment(slot.first_date, slot.starts) <= now:
        raise AlreadyStarted
    weeks = slot.bookings.count()
    slot.bookings.all().delete()
    slot.first_date = first_date
    bookings = [_booking(slot, day) for day in _weekly(first_date, weeks)]
    _refuse_taken(venue, bookings)
    slot.save(update_fields=["first_date"])
    Booking.objects.bulk_create(bookings)


def taken_dates(
    venue: Venue,
    *,
    weekday: int,
    starts: time,
    first_date: date,
    minutes: int = 120,
    weeks: int = 52,
) -> list[date]:
    """The dates of such a weekly time on which somebody else has ``venue``. Books nothing."""
    slot = Slot(venue=venue, weekday=weekday, starts=starts, minutes=minutes, first_date=first_date)
    return _taken_dates(venue, [_booking(slot, day) for day in _weekly(first_date, weeks)])


def free_start(
    venue: Venue, week_slot: str, *, first_date: date, minutes: int = 120, weeks: int = 52
) -> time | None:
    """A start in ``week_slot`` at which ``venue`` is free in every week, or nothing.

    Counted from the first such weekday on or after ``first_date``. The usual start of that part
    of the day is tried first, then those nearest to it.
    """
    taken = _taken_by_day(venue, first_date, first_date + timedelta(weeks=weeks + 1))
    return _free_start(taken, week_slot, first_date, minutes, weeks)


def free_week_slots(
    venue: Venue, *, first_date: date, minutes: int = 120, weeks: int = 52
) -> list[str]:
    """The parts of the week in which ``venue`` can be had weekly from ``first_date`` on."""
    taken = _taken_by_day(venue, first_date, first_date + timedelta(weeks=weeks + 1))
    return [
        slot
        for slot in WEEK_SLOTS
        if _free_start(taken, slot, first_date, minutes, weeks) is not None
    ]


def still_free(
    wanted: Collection[tuple[int, str]], *, first_date: date, minutes: int = 120, weeks: int = 52
) -> set[tuple[int, str]]:
    """Those of ``wanted`` (keys of venues in use, parts of the week) that can be had weekly.

    Two queries, however many are asked about.
    """
    venues = {venue for venue, _week_slot in wanted}
    in_use = set(Venue.objects.filter(pk__in=venues, active=True).values_list("pk", flat=True))
    taken = _taken_by_venue(venues, first_date, first_date + timedelta(weeks=weeks + 1))
    return {
        (venue, slot)
        for venue, slot in wanted
        if venue in in_use
        and _free_start(taken[venue], slot, first_date, minutes, weeks) is not None
    }


def _free_start(
    taken: "_TakenByDay", week_slot: str, first_date: date, minutes: int, weeks: int
) -> time | None:
    weekday, part = split(week_slot)
    days = [
        day
        for day in _weekly(on_or_after(first_date, weekday), weeks)
        if public_holiday(day) is None
    ]
    for starts in _starts_within(part):
        if not any(_is_taken(taken, day, _span(day, starts, minutes)) for day in days):
            return starts
    return None


@dataclass(frozen=True)
class _Span:
    lower: datetime
    upper: datetime


def _moment(day: date, clock: time) -> datetime:
    # In UTC, since adding minutes to a local time goes wrong when the clocks change.
    return timezone.make_aware(datetime.combine(day, clock)).astimezone(UTC)


def _span(day: date, starts: time, minutes: int) -> _Span:
    lower = _moment(day, starts)
    return _Span(lower, lower + timedelta(minutes=minutes))


def _overlap(one: _Span, other: _Span) -> bool:
    return one.lower < other.upper and other.lower < one.upper


def _weekly(first_date: date, weeks: int) -> list[date]:
    return [first_date + week * WEEK for week in range(weeks)]


def _booking(slot: Slot, day: date) -> Booking:
    span = _span(day, slot.starts, slot.minutes)
    return Booking(
        venue=slot.venue,
        slot=slot,
        span=DateTimeTZRange(span.lower, span.upper),
        skipped_because=Skipped.HOLIDAY if public_holiday(day) else "",
    )


_TakenByDay = dict[date, list[_Span]]


def _taken_by_day(venue: Venue, first: date, last: date) -> _TakenByDay:
    """What takes the venue from ``first`` to ``last``, under each day that it touches."""
    return _taken_by_venue([venue.pk], first, last)[venue.pk]


def _taken_by_venue(venues: Collection[int], first: date, last: date) -> dict[int, _TakenByDay]:
    """The same for several venues, by their keys."""
    within = DateTimeTZRange(_moment(first, time()), _moment(last + timedelta(days=2), time()))
    spans = (
        Booking.objects.taking_the_venue()
        .filter(venue__in=venues, span__overlap=within)
        .values_list("venue", "span")
    )
    taken: dict[int, _TakenByDay] = {venue: defaultdict(list) for venue in venues}
    for venue, span in spans:
        day = timezone.localdate(span.lower)
        while day <= timezone.localdate(span.upper):
            taken[venue][day].append(_Span(span.lower, span.upper))
            day += timedelta(days=1)
    return taken


def _is_taken(taken: _TakenByDay, day: date, span: _Span) -> bool:
    others = taken.get(day, []) + taken.get(day + timedelta(days=1), [])
    return any(_overlap(span, other) for other in others)


def _taken_dates(venue: Venue, bookings: list[Booking]) -> list[date]:
    days = [timezone.localdate(booking.span.lower) for booking in bookings]
    taken = _taken_by_day(venue, days[0], days[-1])
    return [
        day
        for day, booking in zip(days, bookings, strict=True)
        if not booking.skipped_because
        and _is_taken(taken, day, _Span(booking.span.lower, booking.span.upper))
    ]


def _refuse_taken(venue: Venue, bookings: list[Booking]) -> None:
    clashes = _taken_dates(venue, bookings)
    if clashes:
        raise VenueTaken(clashes)


def _starts_within(part: str) -> list[time]:
    first, last = PART_HOURS[part]
    clock = datetime.combine(date.min, first)
    starts = []
    while clock.time() < last:
        starts.append(clock.time())
        clock += STEP
    usual = DEFAULT_START[part]
    return sorted(starts, key=lambda start: (abs(_minutes(start) - _minutes(usual)), start))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
