"""A weekly time goes on for as long as it is used, though it is booked a year at a time."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from time_machine import travel

from centres.domain.booking.weekly_times import book_ahead, give_up_slot, slots_to_book, take_slot
from centres.models import Booking, Venue
from centres.states import Skipped
from centres.tasks import book_weekly_times
from linkcenter.models import JobRun
from tests import recipes

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 24)
YEARS = 10


@pytest.fixture
def slot():
    room = recipes.venue(recipes.centre())
    return take_slot(room, weekday=1, starts=time(18), first_date=TUESDAY)


def test_slot_is_booked_for_a_year_from_each_day(slot):
    assert book_ahead(slot, today=TUESDAY) == 1
    assert book_ahead(slot, today=TUESDAY) == 0
    assert book_ahead(slot, today=TUESDAY + timedelta(days=6)) == 0
    assert book_ahead(slot, today=TUESDAY + timedelta(days=7)) == 1


def test_slots_to_book_are_those_that_a_week_is_missing_from(slot):
    assert list(slots_to_book(TUESDAY)) == [slot]

    book_ahead(slot, today=TUESDAY)

    assert list(slots_to_book(TUESDAY)) == []
    assert list(slots_to_book(TUESDAY + timedelta(days=7))) == [slot]


def test_hour_and_weekday_stay_for_ten_years(slot):
    for year in range(YEARS):
        book_ahead(slot, today=TUESDAY + timedelta(weeks=52 * year))

    starts = [timezone.localtime(booking.span.lower) for booking in slot.bookings.all()]
    days = [start.date() for start in starts]
    assert len(days) == 52 * YEARS + 1
    assert {(start.weekday(), start.time()) for start in starts} == {(1, time(18))}
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(weeks=1)}


def test_holiday_in_the_year_after_is_skipped(slot):
    book_ahead(slot, today=date(2029, 1, 2))

    may = slot.bookings.get(span__startswith__date=date(2029, 5, 1))
    assert may.skipped_because == Skipped.HOLIDAY


def test_date_that_somebody_else_has_is_skipped_and_the_next_is_not(slot):
    next_year = TUESDAY + timedelta(weeks=53)
    starts = datetime.combine(next_year, time(16), UTC)
    Booking.objects.create(
        venue=slot.venue, span=DateTimeTZRange(starts, starts + timedelta(hours=3))
    )

    book_ahead(slot, today=TUESDAY + timedelta(weeks=2))

    reasons = slot.bookings.filter(span__startswith__gt=starts - timedelta(days=1))
    assert list(reasons.values_list("skipped_because", flat=True)) == [Skipped.TAKEN, ""]


def test_slot_that_is_given_up_or_out_of_use_is_left_alone(slot):
    room = recipes.venue(recipes.centre())
    closed = take_slot(room, weekday=1, starts=time(18), first_date=TUESDAY)
    Venue.objects.filter(pk=room.pk).update(active=False)
    give_up_slot(slot, on=TUESDAY)

    assert list(slots_to_book(date(2030, 1, 1))) == []
    assert book_ahead(slot, today=date(2030, 1, 1)) == 0
    assert closed.bookings.count() == 52


def test_at_night_every_weekly_time_is_booked(slot):
    with travel(datetime(2026, 12, 8, 2, tzinfo=UTC)):
        book_weekly_times(timestamp=0)

    assert slot.bookings.count() == 55
    assert JobRun.objects.get(job="centres.book_ahead").counts == {"bookings": 3}
