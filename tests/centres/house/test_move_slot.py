"""Who holds a weekly time may have another one from a day on: one act, or none."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import timezone

from centres.domain.booking import keys
from centres.domain.booking.breaks import pause
from centres.domain.booking.moving import AlreadyGone, HasBeen, move_slot
from centres.domain.booking.weekly_times import VenueTaken, take_slot
from centres.models import Organisation, Slot
from centres.states import Skipped
from tests import recipes

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TO_THURSDAYS = {"weekday": 3, "starts": time(10), "from_date": date(2026, 12, 8), "now": NOW}


@pytest.fixture
def room():
    return recipes.venue(recipes.centre())


@pytest.fixture
def slot(room):
    tenant = Organisation.objects.create(name="Tolvtrinn")
    return take_slot(room, weekday=1, starts=time(18), first_date=TUESDAY, weeks=6, holder=tenant)


def held(slot):
    live = slot.bookings.taking_the_venue()
    return [timezone.localtime(booking.span.lower).isoformat()[:16] for booking in live]


def test_old_time_is_held_until_that_day_and_the_new_one_from_then(room, slot):
    new = move_slot(slot, venue=room, **TO_THURSDAYS)

    assert held(slot) == ["2026-11-24T18:00", "2026-12-01T18:00"]
    assert held(new)[:2] == ["2026-12-10T10:00", "2026-12-17T10:00"]
    assert (new.holder, new.minutes) == (slot.holder, 120)


def test_half_an_hour_later_in_the_same_room_is_not_in_its_own_way(room, slot):
    move = {"weekday": 1, "starts": time(18, 30), "from_date": date(2026, 12, 8)}

    new = move_slot(slot, venue=room, now=NOW, **move)

    assert held(new)[0] == "2026-12-08T18:30"


def test_key_is_kept_in_the_same_room_and_called_back_from_another(room, slot):
    key = recipes.key(room)
    keys.lend(key, holder="Kari", slot=slot, now=NOW)

    second = move_slot(slot, venue=room, **TO_THURSDAYS)
    key.refresh_from_db()
    assert (key.slot, key.due) == (second, None)

    other = recipes.venue(room.centre)
    move_slot(second, venue=other, **(TO_THURSDAYS | {"from_date": date(2027, 1, 4)}))
    key.refresh_from_db()
    assert (key.slot, key.due) == (second, date(2027, 1, 4))


def test_move_to_a_taken_time_leaves_all_as_it_was(room, slot):
    take_slot(room, weekday=3, starts=time(11), first_date=date(2026, 12, 10), weeks=1)

    with pytest.raises(VenueTaken):
        move_slot(slot, venue=room, **TO_THURSDAYS)

    slot.refresh_from_db()
    assert (slot.given_up_on, len(held(slot)), Slot.objects.count()) == (None, 6, 2)
    new = move_slot(slot, venue=room, skip_taken=True, **TO_THURSDAYS)
    assert new.bookings.get(skipped_because=Skipped.TAKEN)


def test_break_goes_along(room, slot):
    pause(slot, from_date=date(2026, 12, 15), until=date(2026, 12, 23), now=NOW)

    new = move_slot(slot, venue=room, **TO_THURSDAYS)

    assert [booking.skipped_because for booking in new.bookings.all()[:3]] == [
        "",
        Skipped.BREAK,
        "",
    ]


def test_what_is_given_up_and_what_has_been_is_not_moved(room, slot):
    with pytest.raises(HasBeen):
        move_slot(slot, venue=room, **(TO_THURSDAYS | {"from_date": date(2026, 11, 24)}))
    move_slot(slot, venue=room, **TO_THURSDAYS)

    with pytest.raises(AlreadyGone):
        move_slot(slot, venue=room, **TO_THURSDAYS)
