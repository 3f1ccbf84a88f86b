from datetime import timedelta

import pytest

from groups.domain.asking.answering import say_no, say_other_time, say_yes
from groups.domain.asking.asking import ask, asked_seat, expire_unanswered
from groups.domain.errors import TooLate
from groups.domain.lifecycle.ending import let_go
from groups.states import NoReason, SeatActivity, SeatEndReason, SeatState
from linkcenter.models import Message, MessageState
from linkcenter.tokens import token_for
from participants.domain.person.links import find_link
from participants.states import LinkPurpose, RegistrationState
from tests import recipes


@pytest.fixture
def seat(asked):
    return asked.seats.select_related("registration__participant", "message").first()


@pytest.fixture
def link(seat, now):
    return find_link(token_for(seat.message.link_seed), LinkPurpose.ANSWER, now=now)


def last_said_of(registration):
    return registration.activities.latest_first().first()


def test_yes_by_link_holds_the_seat(seat, link, now):
    say_yes(seat, link=link, now=now)

    seat.refresh_from_db()
    activity = last_said_of(seat.registration)
    assert (seat.state, seat.answered_at) == (SeatState.YES, now)
    assert (activity.what, activity.actor) == (SeatActivity.YES, None)


def test_yes_uses_the_link_up(seat, link, now):
    say_yes(seat, link=link, now=now)

    link.refresh_from_db()
    assert link.used_at == now
    assert find_link(token_for(seat.message.link_seed), LinkPurpose.ANSWER, now=now) is None


def test_looking_at_the_link_changes_nothing(seat, link, now):
    find_link(token_for(seat.message.link_seed), LinkPurpose.ANSWER, now=now)

    assert asked_seat(seat.registration.participant) == seat
    link.refresh_from_db()
    assert (link.used_at, link.superseded_at) == (None, None)


def test_second_answer_is_too_late(seat, link, now):
    say_yes(seat, link=link, now=now)

    with pytest.raises(TooLate):
        say_no(seat, link=link, now=now)

    seat.refresh_from_db()
    assert seat.state == SeatState.YES


def test_no_frees_the_seat_and_the_person_waits_on(seat, link, now):
    registered_at = seat.registration.registered_at

    say_no(seat, link=link, no_reason=NoReason.PLACE, now=now)

    seat.refresh_from_db()
    assert (seat.state, seat.end_reason, seat.no_reason) == (
        SeatState.ENDED,
        SeatEndReason.NO,
        NoReason.PLACE,
    )
    assert seat.answered_at == now
    assert seat.registration.state == RegistrationState.WAITING
    assert seat.registration.registered_at == registered_at


def test_no_is_silent_and_takes_the_unsent_question_back(seat, link, now):
    say_no(seat, link=link, now=now)

    messages = Message.objects.filter(matter=f"seat:{seat.pk}")
    assert [message.state for message in messages] == [MessageState.CANCELLED]


def test_other_time_frees_the_seat_and_keeps_the_new_week(seat, link, now):
    say_other_time(seat, link=link, availability=["sat-morning", "mon-evening"], now=now)

    seat.refresh_from_db()
    assert (seat.state, seat.end_reason) == (SeatState.ENDED, SeatEndReason.OTHER_TIME)
    assert seat.registration.availability == ["mon-evening", "sat-morning"]
    assert seat.registration.state == RegistrationState.WAITING


def test_answer_that_staff_heard_ends_the_link(seat, link, staff, now):
    say_yes(seat, actor=staff, now=now)

    link.refresh_from_db()
    assert link.superseded_at == now
    assert last_said_of(seat.registration).actor == staff


def test_answer_on_the_telephone_ticks_the_call_off(centre, staff, now):
    group = recipes.group(centre)
    person = recipes.waiting(centre, {"email": None, "phone": "+4741234567"})
    seat = recipes.seat(group, person)
    ask(group, actor=staff, now=now)

    say_yes(seat, actor=staff, now=now)

    assert Message.objects.ring_instead().count() == 0
    assert person.participant.messages.get().state == MessageState.SENT


def test_answer_that_staff_heard_takes_the_unsent_mail_back(seat, staff, now):
    say_yes(seat, actor=staff, now=now)

    seat.message.refresh_from_db()
    assert seat.message.state == MessageState.CANCELLED


def test_somebody_elses_link_answers_nothing(asked, seat, now):
    other = asked.seats.exclude(pk=seat.pk).select_related("message").first()
    others_link = find_link(token_for(other.message.link_seed), LinkPurpose.ANSWER, now=now)

    with pytest.raises(TooLate):
        say_yes(seat, link=others_link, now=now)

    seat.refresh_from_db()
    others_link.refresh_from_db()
    assert seat.state == SeatState.ASKED
    assert others_link.used_at is None


def test_answer_after_the_last_day_is_too_late(seat, link, now):
    with pytest.raises(TooLate):
        say_yes(seat, link=link, now=now + timedelta(days=8))


def test_answer_after_the_group_was_let_go_is_too_late(asked, seat, link, staff, now):
    let_go(asked, actor=staff, now=now)

    with pytest.raises(TooLate):
        say_yes(seat, link=link, now=now)


def test_last_day_is_a_whole_day(asked, seat, now):
    evening = now.replace(day=9, hour=22, minute=30)

    expired = expire_unanswered(now=evening)

    assert expired == 0
    assert find_link(token_for(seat.message.link_seed), LinkPurpose.ANSWER, now=evening)


def test_expired_seats_are_free_and_people_are_told(asked, staff, now):
    yes = asked.seats.first()
    say_yes(yes, actor=staff, now=now)

    expired = expire_unanswered(now=now + timedelta(days=8))

    assert expired == 3
    assert list(asked.seats.live()) == [yes]
    assert set(asked.seats.filter(state=SeatState.ENDED).values_list("end_reason", flat=True)) == {
        SeatEndReason.EXPIRED
    }
    assert Message.objects.filter(kind="expired", state=MessageState.QUEUED).count() == 3


def test_expiring_twice_changes_nothing(asked, now):
    expire_unanswered(now=now + timedelta(days=8))

    again = expire_unanswered(now=now + timedelta(days=8))

    assert again == 0
    assert Message.objects.filter(kind="expired").count() == 4
