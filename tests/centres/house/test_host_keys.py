"""The host key of a licence is there on the days of its meetings, and at no other time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection

from centres.domain.booking.breaks import pause
from centres.domain.booking.weekly_times import give_up_slot, take_slot
from centres.domain.house.host_keys import host_key_for, set_host_key
from centres.models import Venue
from centres.states import VenueKind
from tests import recipes

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 24)
SET_ON = date(2026, 11, 1)


@pytest.fixture
def licence():
    licence = recipes.venue(recipes.centre(), kind=VenueKind.LICENCE, provider="Zoom")
    set_host_key(licence, "482911", today=SET_ON)
    return licence


@pytest.fixture
def slot(licence):
    return take_slot(licence, weekday=1, starts=time(18), first_date=TUESDAY, weeks=4)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-11-23T22:59", None),  # 23.59 on Monday in Norway
        ("2026-11-23T23:00", "482911"),
        ("2026-11-24T22:59", "482911"),
        ("2026-11-24T23:00", None),
    ],
)
def test_host_key_is_shown_from_midnight_to_midnight(slot, moment, shown):
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    assert host_key_for(slot, now) == shown


def test_host_key_is_not_shown_in_a_break_or_after_the_time_is_given_up(slot):
    noon = datetime(2026, 12, 1, 11, tzinfo=UTC)
    pause(slot, from_date=date(2026, 12, 1), until=date(2026, 12, 8), now=noon - timedelta(days=3))
    assert host_key_for(slot, noon) is None

    give_up_slot(slot, on=date(2026, 12, 8))

    assert host_key_for(slot, noon + timedelta(weeks=1)) is None


def test_host_key_is_to_be_changed_when_it_is_old_or_a_former_borrower_may_know_it(licence, slot):
    assert not Venue.objects.host_key_to_change(date(2027, 4, 1))
    assert list(Venue.objects.host_key_to_change(date(2027, 6, 1))) == [licence]

    give_up_slot(slot, on=date(2026, 12, 8))

    assert not Venue.objects.host_key_to_change(date(2026, 12, 7))
    assert list(Venue.objects.host_key_to_change(date(2026, 12, 8))) == [licence]
    set_host_key(licence, "993311", today=date(2026, 12, 9))
    assert not Venue.objects.host_key_to_change(date(2026, 12, 10))


def test_host_key_is_not_readable_in_the_database(licence):
    with connection.cursor() as cursor:
        cursor.execute("SELECT host_key::text FROM centres_venue WHERE id = %s", [licence.pk])
        (stored,) = cursor.fetchone()

    assert "482911" not in stored
