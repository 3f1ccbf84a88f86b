"""A day on which the house is closed skips the weekly times in it, and comes back with them."""

from datetime import UTC, date, datetime, time

import pytest

from centres.domain.booking.breaks import pause
from centres.domain.booking.closed_days import follow_house
from centres.domain.booking.single_uses import lend_once
from centres.domain.booking.skipping import skipped_dates
from centres.domain.booking.weekly_times import take_slot
from centres.models import ContactPerson, OpeningException, Organisation
from centres.states import Skipped, VenueKind
from linkcenter.models import Message
from tests import recipes

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHRISTMAS_WEEK = {"first_date": date(2026, 12, 1), "last_date": date(2026, 12, 8)}


@pytest.fixture
def centre():
    return recipes.centre()


@pytest.fixture
def room(centre):
    return recipes.venue(centre)


@pytest.fixture
def tenant():
    return Organisation.objects.create(name="Tolvtrinn")


@pytest.fixture
def slot(room, tenant):
    return take_slot(room, weekday=1, starts=time(18), first_date=TUESDAY, weeks=4, holder=tenant)


def close(centre, **fields):
    return OpeningException.objects.create(
        centre=centre, **(CHRISTMAS_WEEK | {"reason_nb": "Vi pusser opp"} | fields)
    )


def reasons(slot):
    return list(slot.bookings.values_list("skipped_because", flat=True))


def test_day_that_is_closed_already_is_skipped_and_the_words_are_kept(centre, room):
    close(centre)

    slot = take_slot(room, weekday=1, starts=time(18), first_date=TUESDAY, weeks=4)

    assert reasons(slot) == ["", Skipped.CLOSED, Skipped.CLOSED, ""]
    told = skipped_dates(slot, TUESDAY, date(2027, 1, 1))
    assert [str(each.words) for each in told] == ["Vi pusser opp"] * 2


def test_later_closing_skips_what_was_booked_and_tells_which(centre, slot):
    close(centre)

    found = follow_house(centre, now=NOW)

    assert [booking.slot for booking in found.skipped] == [slot, slot]
    assert reasons(slot) == ["", Skipped.CLOSED, Skipped.CLOSED, ""]
    assert not follow_house(centre, now=NOW)


def test_closing_that_is_taken_back_holds_the_dates_again_where_free(centre, room, slot, tenant):
    closing = close(centre)
    follow_house(centre, now=NOW)
    lend_once(
        room,
        holder=tenant,
        starts_at=datetime(2026, 12, 8, 17, tzinfo=UTC),
        ends_at=datetime(2026, 12, 8, 19, tzinfo=UTC),
    )
    closing.delete()

    found = follow_house(centre, now=NOW)

    assert (len(found.held_again), len(found.lost)) == (1, 1)
    assert reasons(slot) == ["", "", Skipped.TAKEN, ""]


def test_house_that_is_open_on_a_holiday_is_met_in(centre, room):
    slot = take_slot(room, weekday=3, starts=time(18), first_date=date(2027, 3, 25), weeks=1)
    hours = {"opens": time(10), "closes": time(20), "kind": "drop_in"}
    close(centre, first_date=date(2027, 3, 25), last_date=date(2027, 3, 25), **hours)

    follow_house(centre, now=NOW)

    assert reasons(slot) == [""]


def test_break_and_licence_are_left_alone(centre, slot):
    licence = recipes.venue(centre, kind=VenueKind.LICENCE, provider="Whereby")
    digital = take_slot(licence, weekday=1, starts=time(18), first_date=TUESDAY, weeks=4)
    pause(slot, from_date=date(2026, 12, 1), until=date(2026, 12, 8), now=NOW)
    close(centre)

    follow_house(centre, now=NOW)

    assert reasons(slot) == ["", Skipped.BREAK, Skipped.CLOSED, ""]
    assert reasons(digital) == ["", "", "", ""]


def test_tenant_with_an_address_is_told_once_how_it_stands(centre, slot, tenant):
    ContactPerson.objects.create(organisation=tenant, title="Leder", email="leder@example.org")
    close(centre)

    follow_house(centre, now=NOW)
    follow_house(centre, now=NOW)

    message = Message.objects.get(kind="weekly_time")
    assert message.to == "leder@example.org"
    assert "Vi pusser opp" in (message.text or "")
