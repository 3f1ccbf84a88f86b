"""A group that is settled or runs itself gets another time or room, and all hear of it once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from centres.domain.booking import keys
from centres.domain.booking.breaks import pause, resume
from centres.domain.booking.spans import day_of
from centres.domain.booking.weekly_times import VenueTaken, take_slot
from centres.models import Booking
from groups.domain.errors import RoomTooSmall, WrongMoment, WrongPlace
from groups.domain.lifecycle.ending import let_go
from groups.domain.meeting.meetings import (
    initiator_meetings,
    meetings_ahead,
    past_meetings,
    report_meeting,
)
from groups.domain.meeting.moving import fit, free_times, move_group
from groups.mail import seats as mail
from groups.models import Seat, SelfHelpGroup
from groups.states import GroupState, SeatActivity, SeatState
from groups.views.contact_page import contact_page
from linkcenter.models import Message
from participants.models import Theme
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 2, 12, tzinfo=UTC)
THURSDAYS = {"weekday": 3, "starts": time(10), "from_date": date(2026, 12, 7)}


@pytest.fixture
def centre():
    return recipes.centre(visiting_address="Sjøgata 2")


@pytest.fixture
def room(centre):
    return recipes.venue(centre, capacity=6)


@pytest.fixture
def group(centre):
    theme = Theme.objects.create(slug="sorg", name="Sorg og tap")
    group = recipes.group(centre, state=GroupState.SETTLED, theme=theme)
    for _person in range(3):
        recipes.seat(group, state=SeatState.YES, **ANSWERED)
    return group


ANSWERED = {
    "asked_at": NOW - timedelta(days=30),
    "answer_by": date(2026, 11, 10),
    "answered_at": NOW - timedelta(days=29),
}


def move(group, venue, **changes):
    return move_group(group, venue=venue, actor=None, now=NOW, **(THURSDAYS | changes))


def test_old_room_is_free_and_the_group_has_the_new_one(group, room):
    old = group.slot

    moved = move(group, room)

    old.refresh_from_db()
    moved.refresh_from_db()
    assert old.given_up_on == date(2026, 12, 7)
    assert (moved.slot.venue, moved.slot.first_date) == (room, date(2026, 12, 10))
    assert moved.max_size == 6
    take_slot(old.venue, weekday=1, starts=time(18), first_date=date(2026, 12, 8))


def test_each_member_is_told_time_and_place_once_and_no_theme(group, room):
    recipes.seat(group)  # only proposed: knows of nothing

    move(group, room)

    told = Message.objects.filter(kind="moved_meeting")
    assert told.count() == 3
    for message in told:
        text = f"{message.subject} {message.text}"
        assert "Sjøgata 2" in text
        assert "10.00" in text
        assert "torsdag 10. desember" in text
        assert "sorg" not in text.lower()


def test_who_has_not_heard_of_the_group_yet_hears_of_it_with_the_new_time(group, room):
    seat = group.seats.order_by("pk").first()
    seat.group = group
    mail.tell_of(seat, SeatActivity.PLACED, now=NOW)

    move(group, room)

    told = Message.objects.untold().order_by("kind").values_list("kind", "recipient_id")
    assert [kind for kind, _person in told] == ["moved_meeting", "moved_meeting", "settled"]
    assert told[2][1] == seat.registration.participant_id


def test_first_meeting_moves_along_as_long_as_it_is_ahead(group, room):
    moved = move(group, room)
    assert moved.first_date == date(2026, 11, 24)  # it was to be before the move

    SelfHelpGroup.objects.filter(pk=group.pk).update(first_date=date(2027, 1, 5))
    again = move(moved, room, weekday=4, from_date=date(2027, 1, 4))
    assert again.first_date == date(2027, 1, 8)


def test_move_is_refused_to_a_place_that_cannot_be(group, room, centre):
    Seat.objects.filter(group=group).first()
    elsewhere = recipes.venue(recipes.centre())
    with pytest.raises(WrongPlace):
        move(group, elsewhere)
    with pytest.raises(RoomTooSmall):
        move(group, recipes.venue(centre, capacity=2))
    take_slot(room, weekday=3, starts=time(10), first_date=date(2026, 12, 10), weeks=1)
    with pytest.raises(VenueTaken):
        move(group, room)

    group.refresh_from_db()
    assert group.slot.given_up_on is None
    assert not Message.objects.exists()


def test_group_that_is_being_formed_is_not_moved(centre, room):
    with pytest.raises(WrongMoment):
        move(recipes.group(centre), room)


def test_fit_tells_who_cannot_come_then(group, centre):
    initiator = recipes.initiator(centre, availability=["tue-evening"])
    group.initiators.add(initiator)

    tuesday, thursday = fit(group, "tue-evening"), fit(group, "thu-morning")

    assert (tuesday.can, tuesday.of, tuesday.initiators) == (3, 3, ())
    assert (thursday.can, thursday.of, thursday.initiators) == (0, 3, (initiator,))


def test_free_times_leave_out_what_is_taken_and_what_is_too_small(group, room, centre):
    recipes.venue(centre, name="Kott", capacity=2)
    take_slot(room, weekday=3, starts=time(8), minutes=240, first_date=date(2026, 12, 10))

    free = free_times(group, from_date=date(2026, 12, 7))

    of_room = {each.week_slot: each.starts for each in free if each.venue == room}
    assert {each.venue for each in free} == {room, group.slot.venue}
    assert "thu-morning" not in of_room
    assert of_room["tue-evening"] == time(18)


def test_meetings_until_the_move_are_still_the_groups(group, room):
    old = group.slot

    moved = move(group, room, from_date=date(2026, 12, 14))

    ahead = meetings_ahead(moved, now=NOW)
    assert [(day_of(each), each.venue) for each in ahead[:2]] == [
        (date(2026, 12, 8), old.venue),
        (date(2026, 12, 17), room),
    ]
    days = contact_page(moved, now=NOW)["days"]
    assert [day.otherwise for day in days[:2]] == [f"18.00, {old.venue}", ""]
    report_meeting(moved, past_meetings(moved, now=NOW)[0].pk, head_count=3, now=NOW)


def test_group_that_ends_before_its_move_holds_neither_time(group, room):
    key = recipes.key(group.slot.venue)
    keys.lend(key, holder="Kari", slot=group.slot, now=NOW)
    moved = move(group, room, from_date=date(2027, 1, 4))
    key.refresh_from_db()
    assert key.due == date(2027, 1, 4)

    let_go(moved, actor=None, now=NOW)

    key.refresh_from_db()
    assert key.due == NOW.date()
    assert not Booking.objects.taking_the_venue().filter(span__startswith__gt=NOW).exists()


def test_break_before_a_move_gives_back_the_room_that_was_held(group, room):
    moved = move(group, room, from_date=date(2027, 1, 4))
    before = set(meetings_ahead(moved, now=NOW).values_list("venue", "span"))

    pause(moved.slot, from_date=date(2026, 12, 7), until=date(2027, 1, 12), now=NOW)
    assert not resume(moved.slot, now=NOW)

    assert set(meetings_ahead(moved, now=NOW).values_list("venue", "span")) == before


def test_weeks_before_a_move_are_counted_once(group, room):
    group.centre.initiator_meetings = 4
    group.centre.save()
    before = [day_of(each) for each in initiator_meetings(group)]

    moved = move(group, room, from_date=date(2026, 12, 14))

    assert before == [date(2026, 11, 24) + timedelta(weeks=week) for week in range(4)]
    assert [day_of(each) for each in initiator_meetings(moved)] == [
        *before[:3],
        date(2026, 12, 17),
    ]
