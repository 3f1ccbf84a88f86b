"""Who has a room or a licence when: a weekly time is taken, moved and given up.

All times are on the clock of the house, so that a meeting at 18 stays at 18 in summer time.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.domain.booking import keys
from centres.models import Booking, Centre, Organisation, Slot, Venue
from centres.states import Skipped

from .house_days import HouseDays
from .spans import WEEK, Interval, day_of, is_taken, moment, span_on, taken_by_day, weekly

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
    centre: Centre | None = None,
    holder: Organisation | None = None,
    skip_taken: bool = False,
) -> Slot:
    """Give away ``venue`` weekly from ``first_date``: a slot with one booking for each week.

    Of a licence that centres share, ``centre`` is the one whose group has it; a room has its own.
    Days on which the house is shut are skipped, and the reason is kept; with ``skip_taken`` so are
    the dates that somebody else has. Refused: a venue out of use (``VenueNotInUse``), a first date
    on another weekday (``WrongWeekday``), and, without ``skip_taken`` or where nothing else is
    left, any date that somebody else has (``VenueTaken``, which lists the dates; then nothing is
    booked).
    """
    venue = Venue.objects.select_for_update().get(pk=venue.pk)
    if not venue.active:
        raise VenueNotInUse
    if first_date.weekday() != weekday:
        raise WrongWeekday
    slot = Slot(
        venue=venue,
        centre=venue.centre or centre,
        weekday=weekday,
        starts=starts,
        minutes=minutes,
        first_date=first_date,
        holder=holder,
    )
    bookings = bookings_on(slot, weekly(first_date, weeks))
    clashes = skip_those_taken(venue, bookings)
    nothing_left = all(booking.skipped_because == Skipped.TAKEN for booking in bookings)
    if clashes and (nothing_left or not skip_taken):
        raise VenueTaken(clashes)
    slot.save()
    Booking.objects.bulk_create(bookings)
    return slot


def slots_to_book(today: date) -> QuerySet[Slot]:
    """The weekly times in use that are not booked for a whole ``AHEAD`` from ``today``."""
    last = Max("bookings__span__startswith")
    in_use = Slot.objects.filter(given_up_on__isnull=True, venue__active=True)
    latest = moment(today + AHEAD - WEEK, time.max)
    return in_use.alias(last=last).filter(last__lte=latest)


@transaction.atomic
def book_ahead(slot: Slot, *, today: date) -> int:
    """Book the weeks of ``slot`` that are missing in ``AHEAD`` from ``today``; returns how many.

    A day on which the house is shut is skipped, one in a break, and a date that somebody else has
    got meanwhile: the others stay this slot's. The reason is kept. A slot that is given up books
    nothing.
    """
    venue, slot = lock(slot)
    last = slot.bookings.aggregate(last=Max("span__startswith"))["last"]
    if slot.given_up_on is not None or last is None:
        return 0
    following = timezone.localdate(last) + WEEK
    weeks = (today + AHEAD - following).days // WEEK.days + 1
    bookings = bookings_on(slot, weekly(following, weeks))
    skip_those_taken(venue, bookings)
    Booking.objects.bulk_create(bookings)
    return len(bookings)


@transaction.atomic
def give_up_slot(slot: Slot, *, on: date, now: datetime | None = None) -> None:
    """Set ``slot`` free from ``on``: its bookings from that day are cancelled, its keys are due.

    What has begun today was held, and stays. Giving up twice changes nothing, unless the second
    day is earlier.
    """
    now = now or timezone.now()
    slot.refresh_from_db(from_queryset=Slot.objects.select_for_update())
    if slot.given_up_on is not None and slot.given_up_on <= on:
        return
    slot.given_up_on = on
    slot.save(update_fields=["given_up_on"])
    first = max(moment(on), now) if on == timezone.localdate(now) else moment(on)
    slot.bookings.filter(cancelled_at__isnull=True, span__startswith__gte=first).update(
        cancelled_at=now
    )
    keys.call_back(slot, on=on, now=now)


@transaction.atomic
def move_first_date(slot: Slot, first_date: date, *, now: datetime | None = None) -> None:
    """Let ``slot`` begin on ``first_date`` instead, earlier or later, for as many weeks as before.

    Refused: another weekday (``WrongWeekday``), a slot whose first meeting has begun or that is
    given up (``AlreadyStarted``), and dates that somebody else has (``VenueTaken``), but for those
    that were skipped for it before.
    """
    now = now or timezone.now()
    venue, slot_now = lock(slot)
    if first_date.weekday() != slot_now.weekday:
        raise WrongWeekday
    if slot_now.given_up_on is not None or moment(slot_now.first_date, slot_now.starts) <= now:
        raise AlreadyStarted
    before = slot_now.bookings.filter(skipped_because=Skipped.TAKEN)
    skipped = {day_of(booking) for booking in before}
    weeks = slot_now.bookings.count()
    slot_now.bookings.all().delete()
    slot_now.first_date = slot.first_date = first_date
    bookings = bookings_on(slot_now, weekly(first_date, weeks))
    clashes = set(skip_those_taken(venue, bookings)) - skipped
    if clashes:
        raise VenueTaken(clashes)
    slot_now.save(update_fields=["first_date"])
    Booking.objects.bulk_create(bookings)


def lock(slot: Slot) -> tuple[Venue, Slot]:
    """The rows of the venue and then of the slot, held until the transaction ends."""
    venue = Venue.objects.select_for_update().get(pk=slot.venue_id)
    locked = Slot.objects.select_for_update(of=("self",)).get(pk=slot.pk)
    locked.venue = venue
    return venue, locked


def bookings_on(slot: Slot, days: list[date]) -> list[Booking]:
    """Unsaved bookings of ``slot``, skipped where it has a break or the house is shut."""
    if not days:
        return []
    house = HouseDays([slot.venue], first=days[0])
    return [_booking(slot, day, house) for day in days]


def _booking(slot: Slot, day: date, house: HouseDays) -> Booking:
    span = span_on(day, slot.starts, slot.minutes)
    shut = house.shut(slot.venue, day)
    because = shut.because if shut else Skipped.BREAK if slot.is_on_break(day) else ""
    return Booking(
        venue=slot.venue,
        slot=slot,
        span=DateTimeTZRange(span.lower, span.upper),
        skipped_because=because,
    )


def skip_those_taken(venue: Venue, bookings: list[Booking]) -> list[date]:
    """Skip those of ``bookings`` whose time somebody else has; returns their dates.

    Saves nothing. The caller has locked the venue, where it means to save them.
    """
    if not bookings:
        return []
    days = [day_of(booking) for booking in bookings]
    taken = taken_by_day(venue, min(days), max(days))
    clashes = []
    for day, booking in zip(days, bookings, strict=True):
        span = Interval(booking.span.lower, booking.span.upper)
        if not booking.skipped_because and is_taken(taken, day, span):
            booking.skipped_because = Skipped.TAKEN
            clashes.append(day)
    return clashes
