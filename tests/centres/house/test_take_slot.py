from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from centres.domain.booking.free_times import free_start
from centres.domain.booking.weekly_times import (
    AlreadyStarted,
    VenueNotInUse,
    VenueTaken,
    WrongWeekday,
    give_up_slot,
    move_first_date,
    take_slot,
)
from centres.models import Booking
from centres.states import Skipped
from tests import recipes

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def room():
    return recipes.venue(recipes.centre())


def take(room, **fields):
    wanted: dict[str, Any] = {"weekday": 1, "starts": time(18), "first_date": TUESDAY, "weeks": 4}
    return take_slot(room, **(wanted | fields))


def local_starts(slot):
    return [timezone.localtime(booking.span.lower) for booking in slot.bookings.all()]


def test_take_slot_books_every_week(room):
    slot = take(room)

    assert slot.week_slot == "tue-evening"
    assert [start.date().isoformat() for start in local_starts(slot)] == [
        "2026-11-24",
        "2026-12-01",
        "2026-12-08",
        "2026-12-15",
    ]


def test_take_slot_keeps_the_hour_when_summer_time_begins(room):
    slot = take(room, first_date=date(2027, 3, 23), weeks=2)

    assert [start.hour for start in local_starts(slot)] == [18, 18]
    assert [booking.span.lower for booking in slot.bookings.all()] == [
        datetime(2027, 3, 23, 17, tzinfo=UTC),
        datetime(2027, 3, 30, 16, tzinfo=UTC),
    ]


def test_take_slot_skips_public_holidays_and_says_why(room):
    slot = take(room, weekday=3, first_date=date(2027, 3, 18), weeks=3)

    assert list(slot.bookings.values_list("skipped_because", flat=True)) == [
        "",
        Skipped.HOLIDAY,
        "",
    ]


def test_take_slot_refuses_and_lists_the_dates_that_are_taken(room):
    take(room, weeks=2)

    with pytest.raises(VenueTaken) as refused:
        take(room, starts=time(19), weeks=4)

    assert refused.value.dates == [date(2026, 11, 24), date(2026, 12, 1)]
    assert room.slots.count() == 1


def test_take_slot_leaves_room_for_the_next_right_after(room):
    take(room)

    later = take(room, starts=time(20))

    assert later.bookings.count() == 4


def test_take_slot_may_have_a_date_that_another_skips(room):
    take(room, weekday=3, first_date=date(2027, 3, 25), weeks=1)
    Booking.objects.create(
        venue=room,
        span=DateTimeTZRange(
            datetime(2027, 3, 25, 17, tzinfo=UTC), datetime(2027, 3, 25, 18, tzinfo=UTC)
        ),
    )

    slot = take(room, weekday=3, first_date=date(2027, 3, 25), weeks=1)

    assert slot.bookings.get().skipped_because == Skipped.HOLIDAY


def test_take_slot_refuses_a_first_date_on_another_weekday(room):
    with pytest.raises(WrongWeekday):
        take(room, first_date=date(2026, 11, 25))


def test_take_slot_refuses_a_room_out_of_use():
    room = recipes.venue(recipes.centre(), active=False)

    with pytest.raises(VenueNotInUse):
        take(room)


def test_booking_twice_is_refused_by_the_database_alone(room):
    slot = take(room, weeks=1)
    twin = Booking(venue=room, span=slot.bookings.get().span)

    with pytest.raises(IntegrityError, match="booking_venue_taken_once"), transaction.atomic():
        Booking.objects.bulk_create([twin])


def test_give_up_slot_cancels_from_that_day_and_frees_the_room(room):
    slot = take(room)
    now = datetime(2026, 12, 2, 12, tzinfo=UTC)

    give_up_slot(slot, on=date(2026, 12, 8), now=now)

    assert list(slot.bookings.values_list("cancelled_at", flat=True)) == [None, None, now, now]
    assert take(room, first_date=date(2026, 12, 8)).bookings.count() == 4


def test_give_up_slot_leaves_what_was_held_the_same_day(room):
    slot = take(room)

    give_up_slot(slot, on=TUESDAY, now=datetime(2026, 11, 24, 20, tzinfo=UTC))

    assert [timezone.localdate(each.span.lower) for each in slot.bookings.taking_the_venue()] == [
        TUESDAY
    ]


def test_give_up_slot_again_later_changes_nothing(room):
    slot = take(room)
    give_up_slot(slot, on=date(2026, 12, 1))

    give_up_slot(slot, on=date(2026, 12, 15))

    slot.refresh_from_db()
    assert slot.given_up_on == date(2026, 12, 1)


@pytest.mark.parametrize("first", [date(2026, 11, 17), date(2026, 12, 8)])
def test_move_first_date_keeps_the_number_of_weeks(room, first):
    slot = take(room)

    move_first_date(slot, first, now=datetime(2026, 11, 10, tzinfo=UTC))

    assert slot.first_date == first
    starts = local_starts(slot)
    assert (starts[0].date(), len(starts)) == (first, 4)


def test_move_first_date_refuses_when_the_first_meeting_has_begun(room):
    slot = take(room)

    with pytest.raises(AlreadyStarted):
        move_first_date(slot, date(2026, 12, 1), now=datetime(2026, 11, 24, 17, tzinfo=UTC))


def test_move_first_date_refuses_another_weekday(room):
    slot = take(room)

    with pytest.raises(WrongWeekday):
        move_first_date(slot, date(2026, 12, 2), now=datetime(2026, 11, 10, tzinfo=UTC))


def test_move_first_date_onto_a_taken_date_leaves_all_as_it_was(room):
    slot = take(room, weeks=1)
    take(room, first_date=date(2026, 12, 8), weeks=1)

    with pytest.raises(VenueTaken):
        move_first_date(slot, date(2026, 12, 8), now=datetime(2026, 11, 10, tzinfo=UTC))

    slot.refresh_from_db()
    assert slot.first_date == TUESDAY
    assert slot.bookings.count() == 1


def test_free_start_is_the_usual_start_when_nothing_is_booked(room):
    assert free_start(room, "tue-evening", first_date=date(2026, 11, 22)) == time(18)


def test_free_start_moves_aside_for_what_is_booked(room):
    take(room, starts=time(18), minutes=60)

    start = free_start(room, "tue-evening", first_date=date(2026, 11, 22), weeks=4)

    assert start == time(19)


def test_free_start_is_nothing_in_a_full_part(room):
    take(room, starts=time(15), minutes=420)

    assert free_start(room, "tue-evening", first_date=TUESDAY, weeks=4) is None


def test_free_start_can_always_be_taken(room):
    take(room, starts=time(17, 15), minutes=60)

    start = free_start(room, "tue-evening", first_date=TUESDAY, weeks=4)

    assert take(room, starts=start).bookings.count() == 4


def test_slot_on_another_weekday_than_its_date_is_refused_by_the_database(room):
    slot = take(room)

    with pytest.raises(IntegrityError, match="slot_first_date_on_weekday"), transaction.atomic():
        type(slot).objects.filter(pk=slot.pk).update(weekday=2)


def test_booking_without_an_end_is_refused_by_the_database(room):
    slot = take(room, weeks=1)

    with (
        pytest.raises(IntegrityError, match="booking_span_whole"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE centres_booking SET span = tstzrange(lower(span), NULL) WHERE slot_id = %s",
            [slot.pk],
        )
