"""No two uses of one room overlap, and no licence is used more at once, whatever path writes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from django.db import connection

from centres.domain.booking.breaks import pause, resume
from centres.domain.booking.closed_days import follow_house
from centres.domain.booking.moving import move_slot
from centres.domain.booking.single_uses import hold_rooms, lend_once
from centres.domain.booking.weekly_times import BookingError, book_ahead, move_first_date, take_slot
from centres.models import Booking, OpeningException, Organisation, Slot, Venue
from centres.states import VenueKind
from tests import recipes
from tests.database import refused_by

TUESDAY = date(2026, 12, 1)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FROM, TO = datetime(2026, 12, 8, 18, tzinfo=UTC), datetime(2026, 12, 8, 19, tzinfo=UTC)
OVERLAPS = """
    SELECT count(*) FROM centres_booking one JOIN centres_booking other
      ON one.venue_id = other.venue_id AND one.id < other.id AND one.span && other.span
     AND one.skipped_because = '' AND one.cancelled_at IS NULL
     AND other.skipped_because = '' AND other.cancelled_at IS NULL
"""


def overlaps() -> int:
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS)
        return cursor.fetchone()[0]


@pytest.fixture
def room(db):
    return recipes.venue(recipes.centre())


def lend(room: Venue) -> None:
    tenant, _new = Organisation.objects.get_or_create(name="Tolvtrinn")
    lend_once(room, holder=tenant, starts_at=FROM, ends_at=TO)


def weekly(room: Venue, **fields: object) -> Slot:
    wanted = {"weekday": 1, "starts": time(18), "first_date": TUESDAY, "weeks": 3}
    return take_slot(room, **(wanted | fields))  # type: ignore[arg-type]  # facts of a test


def take_around(room: Venue) -> None:
    lend(room)
    weekly(room, skip_taken=True)


def take_onto(room: Venue) -> None:
    lend(room)
    weekly(room)


def grow_into(room: Venue) -> None:
    slot = weekly(room, weeks=1)
    lend(room)
    book_ahead(slot, today=date(2025, 12, 16))


def begin_later(room: Venue) -> None:
    slot = weekly(room, weeks=1)
    lend(room)
    move_first_date(slot, date(2026, 12, 8), now=NOW)


def come_back(room: Venue) -> None:
    slot = weekly(room)
    pause(slot, from_date=TUESDAY, until=date(2027, 1, 1), now=NOW)
    lend(room)
    resume(slot, now=NOW)


def open_again(room: Venue) -> None:
    closing = OpeningException.objects.create(
        centre=room.centre, first_date=TUESDAY, last_date=date(2026, 12, 31)
    )
    weekly(room)
    lend(room)
    closing.delete()
    follow_house(room.centre, now=NOW)


def move_onto(room: Venue) -> None:
    slot = weekly(recipes.venue(room.centre))
    lend(room)
    move_slot(slot, venue=room, weekday=1, starts=time(19), from_date=date(2026, 12, 8), now=NOW)


def meet_there(room: Venue) -> None:
    lend(room)
    event = recipes.event(room.centre, starts_at=FROM)
    hold_rooms(event, [room])


def lend_twice(room: Venue) -> None:
    weekly(room)
    lend(room)


PATHS: list[Callable[[Venue], None]] = [
    *(take_around, take_onto, grow_into, begin_later, come_back, open_again),
    *(move_onto, meet_there, lend_twice),
]


@pytest.mark.parametrize("path", PATHS)
def test_path_books_around_what_is_there_or_is_refused(room, path):
    with suppress(BookingError):
        path(room)

    assert overlaps() == 0
    assert Booking.objects.taking_the_venue().exists()


def test_database_refuses_what_goes_round_the_code(room):
    weekly(room)

    with refused_by("booking_venue_taken_once"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO centres_booking (venue_id, span, skipped_because)"
            " VALUES (%s, tstzrange('2026-12-08 18:59+01', '2026-12-08 19:30+01'), '')",
            [room.pk],
        )
    with refused_by("booking_venue_taken_once"):
        elsewhere = weekly(recipes.venue(room.centre))
        elsewhere.bookings.update(venue=room)


@pytest.mark.django_db(transaction=True)
def test_pool_of_three_licences_is_used_by_three_of_twenty_at_once():
    centre = recipes.centre()
    pool = [
        recipes.venue(centre, kind=VenueKind.LICENCE, provider="Whereby", name=f"Whereby {each}")
        for each in range(3)
    ]

    def take_any(taker: int) -> bool:
        try:
            for licence in pool[taker % 3 :] + pool[: taker % 3]:
                try:
                    weekly(licence)
                except BookingError:
                    continue
                return True
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as takers:
        won = list(takers.map(take_any, range(20)))

    assert sum(won) == 3
    assert Booking.objects.count() == 9
    assert overlaps() == 0
