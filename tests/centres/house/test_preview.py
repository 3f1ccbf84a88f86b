"""A weekly time is looked at date by date before it is taken."""

from datetime import UTC, date, datetime, time

import pytest
from pytest_django import DjangoAssertNumQueries

from centres.domain.booking.preview import preview
from centres.domain.booking.single_uses import hold_rooms, lend_once
from centres.domain.booking.weekly_times import VenueTaken, take_slot
from centres.models import OpeningException, Organisation
from centres.states import Skipped
from tests import recipes

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 24)
SERIES = {"weekday": 1, "starts": time(18), "first_date": TUESDAY, "weeks": 6}


@pytest.fixture
def room():
    room = recipes.venue(recipes.centre())
    tenant = Organisation.objects.create(name="Tolvtrinn")
    take_slot(room, weekday=1, starts=time(17), first_date=TUESDAY, weeks=1)
    take_slot(
        room, weekday=1, starts=time(19), first_date=date(2026, 12, 1), weeks=1, holder=tenant
    )
    lend_once(
        room,
        holder=tenant,
        starts_at=datetime(2026, 12, 8, 18, tzinfo=UTC),
        ends_at=datetime(2026, 12, 8, 20, tzinfo=UTC),
    )
    event = recipes.event(room.centre, starts_at=datetime(2026, 12, 15, 17, tzinfo=UTC))
    hold_rooms(event, [room])
    closed = date(2026, 12, 22)
    OpeningException.objects.create(
        centre=room.centre, first_date=closed, last_date=closed, reason_nb="Julebord"
    )
    return room


def test_every_date_says_what_stands_in_the_way_and_names_nobody(room):
    shown = preview(room, **SERIES)

    assert [str(each.reason) for each in shown.dates] == [
        "en gruppe",
        "en organisasjon",
        "en organisasjon",
        "et arrangement",
        "Julebord",
        "",
    ]
    assert (len(shown.taken), len(shown.shut), len(shown.free)) == (4, 1, 1)


def test_holiday_is_named(room):
    shown = preview(room, weekday=3, starts=time(18), first_date=date(2027, 3, 25), weeks=1)

    assert [(each.because, str(each.reason)) for each in shown.dates] == [
        (Skipped.HOLIDAY, "skjærtorsdag")
    ]


def test_own_time_that_would_be_given_up_is_not_in_the_way(room):
    own = room.slots.get(starts=time(17))

    assert preview(room, **SERIES, instead_of=own).dates[0].is_free


def test_preview_is_what_is_stored_when_the_dates_are_skipped(room):
    shown = preview(room, **SERIES)

    slot = take_slot(room, **SERIES, skip_taken=True)

    stored = list(slot.bookings.values_list("skipped_because", flat=True))
    assert stored == [each.because for each in shown.dates]


def test_series_without_a_free_date_is_refused_all_the_same(room):
    with pytest.raises(VenueTaken):
        take_slot(room, **(SERIES | {"weeks": 4}), skip_taken=True)


def test_preview_of_a_year_costs_no_more_than_one_of_a_week(
    room, django_assert_num_queries: DjangoAssertNumQueries
):
    with django_assert_num_queries(3):
        preview(room, **(SERIES | {"weeks": 52}))
