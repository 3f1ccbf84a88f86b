"""A break for a group: the room is free meanwhile, and the group gets it back by itself."""

from datetime import date, datetime, timedelta

import pytest

from centres.states import Skipped
from groups.domain.errors import NoBreak, NoMeetingInBreak, NoSuchBreak, WrongMoment
from groups.domain.running.breaks import (
    call_off_break,
    end_breaks,
    preview,
    take_break,
    tell_of_ends,
)
from groups.states import GroupActivity
from linkcenter.models import Message
from tests.groups.meeting_group import NOW, TODAY, running_group

DAY = timedelta(days=1)
FIRST, UNTIL = date(2026, 12, 1), date(2026, 12, 15)
BREAK = {"from_date": FIRST, "until": UNTIL}


def at(day: date) -> datetime:
    return NOW + (day - TODAY)


@pytest.fixture
def group(centre):
    return running_group(centre)


def free(group):
    return list(group.slot.bookings.filter(skipped_because=Skipped.BREAK))


def test_preview_says_what_falls_out_and_what_comes_back_and_changes_nothing(group):
    shown = preview(group, **BREAK, now=NOW)

    assert shown.falls_out == [date(2026, 12, 1), date(2026, 12, 8)]
    assert shown.comes_back[0] == date(2026, 12, 15)
    assert free(group) == []


def test_break_frees_the_room_and_is_over_by_itself(group):
    take_break(group, **BREAK, contact=group.contact, now=NOW)

    group.refresh_from_db()
    assert (len(free(group)), group.is_paused(FIRST), group.is_paused(UNTIL)) == (2, True, False)
    assert end_breaks(now=at(UNTIL - DAY)) == 0
    assert end_breaks(now=at(UNTIL)) == 1
    group.refresh_from_db()
    told = list(group.activities.order_by("pk").values_list("what", flat=True))
    assert group.paused_until is None
    assert told == [GroupActivity.PAUSED, GroupActivity.PAUSE_ENDED]


def test_break_called_off_takes_the_dates_back(group, staff):
    take_break(group, **BREAK, contact=group.contact, now=NOW)

    assert call_off_break(group, actor=staff, now=NOW) == []

    assert free(group) == []
    with pytest.raises(NoBreak):
        call_off_break(group, actor=staff, now=NOW)


@pytest.mark.parametrize(
    ("first", "until", "error"),
    [
        (TODAY - DAY, UNTIL, NoSuchBreak),
        (UNTIL, FIRST, NoSuchBreak),
        (FIRST, FIRST + 200 * DAY, NoSuchBreak),
        (date(2026, 12, 2), date(2026, 12, 7), NoMeetingInBreak),
        (date(9999, 12, 1), date(9999, 12, 31), NoMeetingInBreak),
    ],
)
def test_break_that_makes_no_sense_is_refused(group, first, until, error):
    with pytest.raises(error):
        take_break(group, from_date=first, until=until, contact=group.contact, now=NOW)


def test_second_break_and_one_by_somebody_else_are_refused(group):
    _first, second, _third = group.seats.order_by("pk")
    with pytest.raises(WrongMoment):
        take_break(group, **BREAK, contact=second, now=NOW)
    take_break(group, **BREAK, contact=group.contact, now=NOW)

    with pytest.raises(WrongMoment):
        take_break(group, **BREAK, contact=group.contact, now=NOW)


def test_contact_is_told_once_a_week_before_the_break_is_over(group):
    take_break(group, from_date=FIRST, until=date(2027, 1, 12), contact=group.contact, now=NOW)

    nights = [at(date(2027, 1, 4) + day * DAY) for day in range(6)]
    told = [tell_of_ends(now=night) for night in nights]

    message = Message.objects.get(kind="break_ends")
    assert told == [0, 1, 0, 0, 0, 0]
    assert message.recipient == group.contact.registration.participant
    assert "12. januar" in message.text
