from datetime import date

import pytest

from centres.domain.booking.weekly_times import VenueTaken, WrongWeekday, take_slot
from groups.domain.asking.answering import say_yes
from groups.domain.errors import TooFewYes, WrongMoment
from groups.domain.lifecycle.settling import settle
from groups.states import GroupActivity, GroupState, SeatActivity, SeatEndReason, SeatState
from linkcenter.models import Message, MessageState
from participants.models import Registration
from participants.states import RegistrationState


@pytest.fixture
def three_yes(asked, staff, now):
    for seat in asked.seats.order_by("pk")[:3]:
        say_yes(seat, actor=staff, now=now)
    return asked


def test_settle_gives_places_to_those_who_said_yes(three_yes, staff, now):
    group = settle(three_yes, first_date=three_yes.first_date, actor=staff, now=now)

    assert group.state == GroupState.SETTLED
    assert list(group.seats.order_by("pk").values_list("state", flat=True)) == [
        SeatState.YES,
        SeatState.YES,
        SeatState.YES,
        SeatState.ENDED,
    ]


def test_settle_tells_time_and_place_to_members_and_thanks_to_the_rest(three_yes, staff, now):
    settle(three_yes, first_date=three_yes.first_date, actor=staff, now=now)

    queued = Message.objects.filter(state=MessageState.QUEUED)
    assert sorted(message.kind for message in queued) == ["released", *["settled"] * 3]
    texts = [message.text for message in queued.filter(kind="settled")]
    assert all(three_yes.slot.venue.name in text for text in texts)


def test_settle_lets_the_others_wait_on_with_their_date(three_yes, staff, now):
    before = dict(Registration.objects.values_list("pk", "registered_at"))

    settle(three_yes, first_date=three_yes.first_date, actor=staff, now=now)

    other = three_yes.seats.get(state=SeatState.ENDED)
    assert other.end_reason == SeatEndReason.RELEASED
    assert other.registration.state == RegistrationState.WAITING
    assert dict(Registration.objects.values_list("pk", "registered_at")) == before


def test_settle_with_another_first_date_moves_the_bookings(three_yes, staff, now):
    group = settle(three_yes, first_date=date(2026, 12, 1), actor=staff, now=now)

    first = group.slot.bookings.order_by("span").first()
    assert first.span.lower.date() == group.first_date == date(2026, 12, 1)


def test_settle_on_another_weekday_is_refused(three_yes, staff, now):
    with pytest.raises(WrongWeekday):
        settle(three_yes, first_date=date(2026, 12, 2), actor=staff, now=now)

    three_yes.refresh_from_db()
    assert three_yes.state == GroupState.FORMING


def test_settle_on_dates_that_others_have_is_refused(three_yes, staff, now):
    slot = three_yes.slot
    take_slot(slot.venue, weekday=1, starts=slot.starts, first_date=date(2026, 12, 22), weeks=1)

    with pytest.raises(VenueTaken):
        settle(three_yes, first_date=date(2026, 12, 1), actor=staff, now=now)

    assert Message.objects.filter(kind="settled").count() == 0


def test_settle_with_too_few_is_refused(asked, staff, now):
    say_yes(asked.seats.first(), actor=staff, now=now)

    with pytest.raises(TooFewYes):
        settle(asked, first_date=asked.first_date, actor=staff, now=now)

    assert asked.seats.live().count() == 4


def test_settle_twice_is_refused(settled, staff, now):
    with pytest.raises(WrongMoment):
        settle(settled, first_date=settled.first_date, actor=staff, now=now)


def test_settle_is_in_the_timelines(three_yes, staff, now):
    settle(three_yes, first_date=three_yes.first_date, actor=staff, now=now)

    member = three_yes.seats.order_by("pk").first().registration
    assert three_yes.activities.latest_first().first().what == GroupActivity.SETTLED
    assert member.activities.latest_first().first().what == SeatActivity.PLACED
