"""Somebody new in a group that meets: nobody is a member before both have said yes."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from groups.domain.asking import answering, asking
from groups.domain.errors import GroupFull, KeptApart, NoNewcomers, TooLate
from groups.domain.forming import members
from groups.domain.running import newcomers
from groups.domain.running.contact import choose_contact
from groups.domain.waiting.prospects import wait_band
from groups.match_input import build_problem
from groups.models import Seat, SelfHelpGroup
from groups.states import GroupState, Newcomers, SeatEndReason, SeatState
from linkcenter.models import Message, MessageState
from participants.domain.registration.closing import close
from participants.models import KeepApart
from participants.states import CloseReason
from tests import recipes
from tests.database import InBackground, is_waiting


@pytest.fixture
def meeting(started, now):
    """A group of three that runs itself, with a contact and room for two more."""
    contact = started.seats.members().order_by("pk").first()
    SelfHelpGroup.objects.filter(pk=started.pk).update(
        state=GroupState.SELF_RUN,
        handed_over_on=now.date(),
        contact=contact,
        newcomers=Newcomers.YES,
    )
    started.refresh_from_db()
    return started


@pytest.fixture
def one(meeting):
    return recipes.waiting(meeting.centre, {"name": "Plantet Hemmelig", "birth_year": 1980})


@pytest.fixture
def wants(meeting, one, staff, now):
    """The seat of somebody who has been asked and has said yes."""
    members.add_person(meeting, one, actor=staff, now=now)
    [seat] = asking.ask(meeting, actor=staff, now=now)
    answering.say_yes(seat, actor=staff, now=now)
    seat.refresh_from_db()
    return seat


def open_group(group, now):
    [found] = build_problem([group.centre], today=now.date()).open_groups or [None]
    return found


def test_group_with_room_is_open_to_the_matcher(meeting, now):
    found = open_group(meeting, now)

    assert (found.id, found.vacancies, len(found.members)) == (f"g{meeting.pk}", 2, 3)


@pytest.mark.parametrize(
    "change",
    [
        {"newcomers": Newcomers.NO},
        {"newcomers": Newcomers.ASK},
        {"contact": None},
        {"unnamed_members": 2},
        {"paused_from": date(2026, 11, 1), "paused_until": date(2026, 12, 1)},
    ],
)
def test_group_that_cannot_take_anybody_in_is_not(meeting, now, change):
    SelfHelpGroup.objects.filter(pk=meeting.pk).update(**change)

    assert open_group(meeting, now) is None


def test_members_whom_nobody_knows_any_more_hold_their_places(meeting, one, staff, now):
    SelfHelpGroup.objects.filter(pk=meeting.pk).update(unnamed_members=2)

    with pytest.raises(GroupFull):
        members.add_person(meeting, one, actor=staff, now=now)


def test_group_that_wants_to_be_asked_gets_only_whom_staff_offer(meeting, one, staff, now):
    SelfHelpGroup.objects.filter(pk=meeting.pk).update(newcomers=Newcomers.ASK)

    assert members.add_person(meeting, one, actor=staff, now=now).is_newcomer


def test_nobody_is_offered_a_group_that_takes_nobody_in(meeting, one, staff, now):
    SelfHelpGroup.objects.filter(pk=meeting.pk).update(newcomers=Newcomers.NO)

    with pytest.raises(NoNewcomers):
        members.add_person(meeting, one, actor=staff, now=now)


def test_pair_to_keep_apart_stays_apart(meeting, one, staff, now):
    member = meeting.seats.members().first().registration.participant
    first, second = sorted([member.pk, one.participant_id])
    KeepApart.objects.create(first_id=first, second_id=second)

    with pytest.raises(KeptApart):
        members.add_person(meeting, one, actor=staff, now=now)


def test_yes_of_the_person_asks_the_group_and_makes_no_member(meeting, wants, now):
    assert wants.waits_for_group
    assert not wants.is_member
    assert wants not in meeting.seats.members()
    assert wants.group_answer_by == now.date() + timedelta(days=meeting.centre.answer_days)
    told = Message.objects.get(kind="newcomer")
    assert told.recipient_id == meeting.contact.registration.participant_id
    assert "40-årene" in told.text or "40s" in told.text
    assert "Plantet" not in told.text + told.subject


def test_yes_of_the_group_makes_a_member_who_is_told_time_and_place(meeting, wants, now):
    newcomers.take_in(wants, contact=meeting.contact, now=now)

    wants.refresh_from_db()
    assert wants.is_member
    assert wants in meeting.seats.members()
    told = Message.objects.get(kind="joined")
    assert told.recipient_id == wants.registration.participant_id
    assert meeting.slot.starts.strftime("%H.%M") in told.text
    assert Message.objects.get(kind="newcomer").state != MessageState.QUEUED


def test_no_of_the_group_lets_the_person_wait_on_with_the_date(meeting, wants, one, now):
    before = one.registered_at

    newcomers.turn_down(wants, contact=meeting.contact, now=now)

    wants.refresh_from_db()
    one.refresh_from_db()
    assert (wants.state, wants.end_reason) == (SeatState.ENDED, SeatEndReason.GROUP_NO)
    assert (one.state, one.registered_at) == ("waiting", before)
    assert [m.kind for m in one.participant.messages.untold()] == ["group_no"]
    assert open_group(meeting, now).vacancies == 2


def test_silence_of_the_group_is_a_no_on_the_day_after(meeting, wants, now):
    last = now + timedelta(days=meeting.centre.answer_days)

    assert newcomers.end_unanswered(now=last) == 0
    assert newcomers.end_unanswered(now=last + timedelta(days=1)) == 1
    assert newcomers.end_unanswered(now=last + timedelta(days=1)) == 0

    wants.refresh_from_db()
    assert wants.end_reason == SeatEndReason.GROUP_NO
    assert Message.objects.filter(kind="group_no").count() == 1
    assert not Message.objects.untold().filter(kind="newcomer").exists()


def test_silence_of_the_person_ends_the_place_as_always(meeting, one, staff, now):
    seat = members.add_person(meeting, one, actor=staff, now=now)
    asking.ask(meeting, actor=staff, now=now)

    asking.expire_unanswered(now=now + timedelta(days=meeting.centre.answer_days + 1))

    seat.refresh_from_db()
    assert seat.end_reason == SeatEndReason.EXPIRED


def test_group_that_takes_nobody_in_now_says_no_to_whoever_was_on_the_way(meeting, wants, now):
    newcomers.choose_newcomers(meeting, newcomers=Newcomers.NO, contact=meeting.contact, now=now)

    wants.refresh_from_db()
    assert wants.end_reason == SeatEndReason.GROUP_NO
    assert meeting.seats.members().count() == 3


def test_whoever_withdraws_is_not_asked_about_any_more(meeting, wants, one, staff, now):
    close(one, reason=CloseReason.WITHDRAWN, actor=staff, now=now)

    assert not Message.objects.untold().filter(kind="newcomer").exists()
    with pytest.raises(TooLate):
        newcomers.take_in(wants, contact=meeting.contact, now=now)


def test_answer_of_somebody_who_is_not_the_contact_any_more_is_too_late(meeting, wants, now):
    former = meeting.contact
    other = meeting.seats.members().exclude(pk=former.pk).first()
    SelfHelpGroup.objects.filter(pk=meeting.pk).update(contact=other)

    with pytest.raises(TooLate):
        newcomers.take_in(wants, contact=former, now=now)


def test_contact_who_leaves_is_asked_about_nobody_any_more(meeting, wants, staff, now):
    close(meeting.contact.registration, reason=CloseReason.WITHDRAWN, now=now)
    assert not Message.objects.untold().filter(kind="newcomer").exists()

    other = meeting.seats.members().order_by("pk").last()
    choose_contact(meeting, other, actor=staff, now=now)

    [asked] = Message.objects.untold().filter(kind="newcomer")
    assert asked.recipient == other.registration.participant


def test_new_contact_is_asked_about_whoever_waits(meeting, wants, staff, now):
    other = meeting.seats.members().exclude(pk=meeting.contact_id).first()

    choose_contact(meeting, other, actor=staff, now=now)

    told = Message.objects.untold().get(kind="newcomer")
    assert told.recipient_id == other.registration.participant_id


def test_newcomers_do_not_count_in_the_wait_that_is_told(meeting, wants, now):
    newcomers.take_in(wants, contact=meeting.contact, now=now)

    assert wait_band(meeting.centre, today=now.date()) is None  # not the ten that are needed
    assert Seat.objects.filter(is_newcomer=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_come_one_after_the_other(meeting, wants, now):
    background = InBackground()
    try:
        with transaction.atomic():
            newcomers.take_in(wants, contact=meeting.contact, now=now)
            call = background.start(newcomers.turn_down, wants, contact=meeting.contact, now=now)
            assert is_waiting(call)
        with pytest.raises(TooLate):
            call.result(timeout=10)
    finally:
        background.stop()
    wants.refresh_from_db()
    assert wants.is_member
    assert meeting.state == GroupState.SELF_RUN
