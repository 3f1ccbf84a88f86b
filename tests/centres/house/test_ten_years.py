"""A weekly time is on the clock of the house for ten years, wherever the server stands."""

import time as clock
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from centres.domain.booking.preview import preview
from centres.domain.booking.weekly_times import book_ahead, take_slot
from centres.domain.hours.public_holidays import public_holiday
from centres.domain.house.host_keys import host_key_for, set_host_key
from centres.domain.house.week import week_of
from centres.states import Role, Skipped, VenueKind
from tests import recipes

pytestmark = pytest.mark.django_db

YEARS = 10
CLOCKS_GO_ON = date(2026, 3, 29)
CLOCKS_GO_BACK = date(2026, 10, 25)
HALF_PAST_TWO = time(2, 30)


@pytest.fixture(params=["UTC", "Pacific/Kiritimati", "America/St_Johns"], autouse=True)
def server_in(request, monkeypatch):
    """The clock of the process in that zone. Sessions of the database are in UTC, always."""
    monkeypatch.setenv("TZ", request.param)
    clock.tzset()
    yield
    monkeypatch.undo()
    clock.tzset()


@pytest.fixture
def room():
    return recipes.venue(recipes.centre())


def starts_of(slot) -> list[datetime]:
    return [timezone.localtime(booking.span.lower) for booking in slot.bookings.all()]


def last_sundays_of_march(years: Iterator[int] | range) -> set[date]:
    return {
        date(year, 3, 31) - timedelta(days=(date(year, 3, 31).weekday() + 1) % 7) for year in years
    }


@pytest.mark.prove
@pytest.mark.parametrize(
    ("first_date", "starts"),
    [
        (date(2026, 1, 6), time(18)),
        (date(2026, 1, 4), HALF_PAST_TWO),
        (date(2026, 1, 3), time(23, 30)),
        (date(2026, 1, 1), time(0)),
    ],
)
def test_clock_on_the_wall_never_moves_in_ten_years(room, first_date, starts):
    slot = take_slot(
        room, weekday=first_date.weekday(), starts=starts, minutes=90, first_date=first_date
    )
    for year in range(YEARS):
        book_ahead(slot, today=first_date + timedelta(weeks=52 * year))

    begins = starts_of(slot)
    days = [each.date() for each in begins]
    missing = last_sundays_of_march(range(2026, 2037)) if starts == HALF_PAST_TWO else set()
    assert len(days) == 52 * YEARS + 1
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(weeks=1)}
    assert {each.time() for each in begins if each.date() not in missing} == {starts}
    lengths = {booking.span.upper - booking.span.lower for booking in slot.bookings.all()}
    assert lengths == {timedelta(minutes=90)}
    on_holidays = slot.bookings.filter(skipped_because=Skipped.HOLIDAY).count()
    assert on_holidays == sum(public_holiday(day) is not None for day in days)


def test_half_past_two_that_does_not_exist_is_an_hour_later_that_night(room):
    slot = take_slot(
        room, weekday=6, starts=HALF_PAST_TWO, first_date=CLOCKS_GO_ON, minutes=60, weeks=2
    )

    assert [booking.span.lower for booking in slot.bookings.all()] == [
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        datetime(2026, 4, 5, 0, 30, tzinfo=UTC),
    ]
    assert [each.strftime("%H.%M") for each in starts_of(slot)] == ["03.30", "02.30"]


def test_half_past_two_that_comes_twice_is_the_first_one(room):
    slot = take_slot(
        room, weekday=6, starts=HALF_PAST_TWO, first_date=CLOCKS_GO_BACK, minutes=60, weeks=2
    )

    assert [booking.span.lower for booking in slot.bookings.all()] == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 1, 30, tzinfo=UTC),
    ]
    at_half_past_three = {"weekday": 6, "starts": time(3, 30), "first_date": CLOCKS_GO_BACK}
    assert all(each.is_free for each in preview(room, **at_half_past_three, weeks=2).dates)


def test_meeting_over_the_change_takes_as_long_as_ever(room):
    slot = take_slot(room, weekday=6, starts=time(1), first_date=CLOCKS_GO_ON, minutes=120, weeks=1)

    booking = slot.bookings.get()
    assert booking.span.upper - booking.span.lower == timedelta(hours=2)
    assert timezone.localtime(booking.span.upper).time() == time(4)


def test_year_with_a_week_53_has_one_meeting_in_each_week(room, client):
    slot = take_slot(room, weekday=3, starts=time(18), first_date=date(2026, 12, 17), weeks=5)

    weeks = [each.isocalendar()[:2] for each in starts_of(slot)]
    assert weeks == [(2026, 51), (2026, 52), (2026, 53), (2027, 1), (2027, 2)]
    client.force_login(recipes.staff(Role.COORDINATOR, room.centre))
    for day in ("2026-12-28", "2026-12-31", "2027-01-03"):
        text = client.get(reverse("admin:centres_venue_week"), {"day": day}).text
        assert "uke 53" in text
        assert "Torsdag 31. desember" in text
        assert "day=2026-12-21" in text
        assert "day=2027-01-04" in text
    week = week_of(room.centre, date(2027, 1, 1))
    assert [use.starts.date() for use in week.days[3].rooms[0]] == [date(2026, 12, 31)]


def test_host_key_follows_the_day_in_norway(room):
    licence = recipes.venue(room.centre, kind=VenueKind.LICENCE, provider="Zoom")
    set_host_key(licence, "482911")
    slot = take_slot(licence, weekday=6, starts=HALF_PAST_TWO, first_date=CLOCKS_GO_BACK, weeks=1)

    hours = [datetime(2026, 10, 24, 21, 59, tzinfo=UTC), datetime(2026, 10, 24, 22, tzinfo=UTC)]
    hours += [datetime(2026, 10, 25, 22, 59, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)]
    shown = [host_key_for(slot, hour) is not None for hour in hours]
    assert shown == [False, True, True, False]
