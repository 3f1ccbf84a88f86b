from datetime import date, timedelta

import pytest

from groups.domain.asking.asking import ask
from groups.domain.errors import NobodyToAsk, WrongMoment
from groups.domain.forming.members import add_person
from groups.states import SeatActivity, SeatState
from linkcenter.messages.outbox import address, full_text
from linkcenter.models import Channel, Message, MessageState
from participants.models import PersonalLink
from tests import recipes


def test_ask_asks_each_with_a_date_to_answer_by(forming, staff, now):
    ask(forming, actor=staff, now=now)

    seats = forming.seats.all()
    assert [seat.state for seat in seats] == [SeatState.ASKED] * 4
    assert {seat.answer_by for seat in seats} == {date(2026, 11, 9)}


def test_ask_queues_one_message_each(forming, staff, now):
    ask(forming, actor=staff, now=now)

    addressed = {(message.kind, message.to, message.state) for message in Message.objects.all()}
    assert addressed == {
        ("asked", seat.registration.participant.email, MessageState.QUEUED)
        for seat in forming.seats.select_related("registration__participant")
    }


def test_question_holds_a_link_of_its_own_and_no_other_name(forming, staff, now):
    ask(forming, actor=staff, now=now)

    links = {address(message) for message in Message.objects.all()}
    assert len(links) == 4
    for seat in forming.seats.select_related("message", "registration__participant"):
        others = forming.seats.exclude(pk=seat.pk).select_related("registration__participant")
        text = full_text(seat.message)
        assert address(seat.message) in text
        assert not [o for o in others if o.registration.participant.name in text]


def test_link_works_through_the_last_day(forming, staff, now):
    ask(forming, actor=staff, now=now)

    expiries = set(PersonalLink.objects.values_list("expires_at", flat=True))

    assert [expiry.isoformat() for expiry in expiries] == ["2026-11-09T23:00:00+00:00"]


def test_person_without_email_is_to_be_rung_and_gets_no_link(centre, staff, now):
    group = recipes.group(centre)
    registration = recipes.waiting(centre, {"email": None, "phone": "+4741234567"})
    recipes.seat(group, registration)

    ask(group, actor=staff, now=now)

    message = Message.objects.ring_instead().get()
    assert (message.channel, message.to) == (Channel.CALL, "+4741234567")
    assert message.link_seed == ""
    assert PersonalLink.objects.count() == 0


def test_person_who_wants_a_text_message_gets_a_link_in_it(centre, staff, now):
    group = recipes.group(centre)
    person = {"email": None, "phone": "+4741234567", "preferred_way": "sms"}
    recipes.seat(group, recipes.waiting(centre, person))

    ask(group, actor=staff, now=now)

    message = Message.objects.ring_instead().get()
    assert message.channel == Channel.SMS
    assert address(message) in full_text(message)


def test_ask_again_asks_only_the_new_one(asked, centre, staff, now):
    seat = add_person(asked, recipes.waiting(centre), actor=staff, now=now)

    again = ask(asked, actor=staff, now=now + timedelta(days=1))

    assert again == [seat]
    assert Message.objects.filter(kind="asked").count() == 5


def test_ask_with_nobody_to_ask_is_refused(asked, staff, now):
    with pytest.raises(NobodyToAsk):
        ask(asked, actor=staff, now=now)


def test_ask_in_a_settled_group_is_refused(settled, staff, now):
    with pytest.raises(WrongMoment):
        ask(settled, actor=staff, now=now)


def test_ask_is_in_the_timeline_of_each(forming, staff, now):
    ask(forming, actor=staff, now=now)

    for seat in forming.seats.all():
        (activity,) = seat.registration.activities.all()
        assert (activity.what, activity.actor, activity.at) == (SeatActivity.ASKED, staff, now)
