"""A break frees the room, and the dates come back after it where nobody else has them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from centres.domain.booking.breaks import pause, resume
from centres.domain.booking.skipping import skipped_dates
from centres.domain.booking.weekly_times import book_ahead, take_slot
from centres.states import Skipped
from tests import recipes

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 24)
BEFORE = datetime(2026, 11, 22, 12, tzinfo=UTC)
BREAK = {"from_date": date(2026, 12, 1), "until": date(2026, 12, 15)}


@pytest.fixture
def room():
    return recipes.venue(recipes.centre())


@pytest.fixture
def slot(room):
    return take_slot(room, weekday=1, starts=time(18), first_date=TUESDAY, weeks=4)


def reasons(slot):
    return list(slot.bookings.values_list("skipped_because", flat=True))


def test_break_frees_the_room_for_others_and_keeps_what_comes_after(room, slot):
    assert pause(slot, **BREAK, now=BEFORE) == []

    assert reasons(slot) == ["", Skipped.BREAK, Skipped.BREAK, ""]
    other = take_slot(room, weekday=1, starts=time(18), first_date=date(2026, 12, 1), weeks=2)
    assert reasons(other) == ["", ""]


def test_what_has_been_is_not_paused(slot):
    pause(slot, **BREAK, now=datetime(2026, 12, 3, 12, tzinfo=UTC))

    assert reasons(slot) == ["", "", Skipped.BREAK, ""]


def test_break_called_off_takes_the_dates_back(slot):
    pause(slot, **BREAK, now=BEFORE)

    assert resume(slot, now=BEFORE) == []
    assert reasons(slot) == ["", "", "", ""]
    assert not slot.is_on_break(date(2026, 12, 1))


def test_dates_that_somebody_else_has_by_now_are_lost_and_told(room, slot):
    pause(slot, **BREAK, now=BEFORE)
    take_slot(room, weekday=1, starts=time(19), first_date=date(2026, 12, 8), weeks=1)

    assert resume(slot, now=BEFORE) == [date(2026, 12, 8)]
    assert reasons(slot) == ["", "", Skipped.TAKEN, ""]
    (lost,) = skipped_dates(slot, TUESDAY, date(2027, 1, 1))
    assert (lost.day, lost.because) == (date(2026, 12, 8), Skipped.TAKEN)


def test_another_break_takes_back_what_falls_out_of_it(slot):
    pause(slot, **BREAK, now=BEFORE)

    pause(slot, from_date=date(2026, 12, 8), until=date(2027, 1, 1), now=BEFORE)

    assert reasons(slot) == ["", "", Skipped.BREAK, Skipped.BREAK]


def test_holiday_in_a_break_is_a_holiday_before_and_after(room):
    slot = take_slot(room, weekday=3, starts=time(18), first_date=date(2027, 3, 18), weeks=3)
    pause(slot, from_date=date(2027, 3, 18), until=date(2027, 5, 1), now=BEFORE)
    assert reasons(slot) == [Skipped.BREAK, Skipped.HOLIDAY, Skipped.BREAK]

    resume(slot, now=BEFORE)

    assert reasons(slot) == ["", Skipped.HOLIDAY, ""]


def test_weeks_booked_at_night_respect_a_break(slot):
    until = TUESDAY + timedelta(weeks=6)
    pause(slot, from_date=date(2026, 12, 1), until=until, now=BEFORE)

    book_ahead(slot, today=TUESDAY)

    on_break = slot.bookings.filter(skipped_because=Skipped.BREAK)
    days = [timezone.localdate(booking.span.lower) for booking in on_break]
    assert days == [TUESDAY + timedelta(weeks=week) for week in range(1, 6)]
