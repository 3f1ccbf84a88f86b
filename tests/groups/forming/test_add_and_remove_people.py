"""Adding people to a forming group and taking them out."""

import pytest

from groups.domain.errors import (
    AlreadyPlaced,
    GroupFull,
    KeptApart,
    NoNewcomers,
    NotWaiting,
    WrongMoment,
)
from groups.domain.forming.members import add_person, remove_person
from groups.states import GroupActivity, SeatActivity, SeatEndReason, SeatState
from linkcenter.models import Message, MessageState
from participants.domain.person.links import find_link
from participants.domain.registration.closing import close
from participants.models import KeepApart, PersonalLink, Registration
from participants.states import CloseReason, LinkPurpose, RegistrationState
from tests import recipes


def said_of(subject):
    return list(subject.activities.order_by("pk").values_list("what", flat=True))


def test_add_person_gives_a_proposed_seat_and_tells_nobody(forming, centre, staff, now):
    registration = recipes.waiting(centre)

    seat = add_person(forming, registration, actor=staff, now=now)

    assert seat.state == SeatState.PROPOSED
    assert said_of(registration) == [SeatActivity.PROPOSED]
    assert said_of(forming) == [GroupActivity.PERSON_ADDED]
    assert Message.objects.count() == 0


def test_add_person_to_a_full_group_is_refused(forming, centre, staff, now):
    add_person(forming, recipes.waiting(centre), actor=staff, now=now)

    with pytest.raises(GroupFull):
        add_person(forming, recipes.waiting(centre), actor=staff, now=now)

    assert forming.seats.live().count() == 5


def test_add_person_with_a_place_elsewhere_is_refused(forming, centre, staff, now):
    registration = recipes.seat(recipes.group(centre)).registration

    with pytest.raises(AlreadyPlaced):
        add_person(forming, registration, actor=staff, now=now)


def test_add_person_before_the_talk_is_refused(forming, centre, staff, now):
    registration = recipes.waiting(centre, state=RegistrationState.RECEIVED)

    with pytest.raises(NotWaiting):
        add_person(forming, registration, actor=staff, now=now)


def test_add_person_who_has_just_left_is_refused(forming, centre, staff, now):
    registration = recipes.waiting(centre)
    seen_before = Registration.objects.get(pk=registration.pk)
    close(registration, reason=CloseReason.WITHDRAWN, now=now)

    with pytest.raises(NotWaiting):
        add_person(forming, seen_before, actor=staff, now=now)


def test_add_person_to_be_kept_apart_from_a_member_is_refused(forming, centre, staff, now):
    member = forming.seats.first().registration
    registration = recipes.waiting(centre)
    KeepApart.objects.create(first=member.participant, second=registration.participant)

    with pytest.raises(KeptApart):
        add_person(forming, registration, actor=staff, now=now)


def test_add_person_to_a_settled_group_is_refused(settled, centre, staff, now):
    with pytest.raises(NoNewcomers):
        add_person(settled, recipes.waiting(centre), actor=staff, now=now)


def test_remove_proposed_person_is_silent_and_they_wait_on(forming, staff, now):
    seat = forming.seats.first()
    registered_at = seat.registration.registered_at

    remove_person(seat, actor=staff, now=now)

    seat.refresh_from_db()
    assert (seat.state, seat.end_reason) == (SeatState.ENDED, SeatEndReason.RELEASED)
    assert seat.registration.state == RegistrationState.WAITING
    assert seat.registration.registered_at == registered_at
    assert Message.objects.count() == 0


def test_remove_asked_person_replaces_the_unsent_question(asked, staff, now):
    seat = asked.seats.first()

    remove_person(seat, actor=staff, now=now)

    messages = Message.objects.filter(matter=f"seat:{seat.pk}").order_by("pk")
    assert [(message.kind, message.state) for message in messages] == [
        ("asked", MessageState.CANCELLED),
        ("released", MessageState.QUEUED),
    ]


def test_remove_asked_person_ends_the_link(asked, staff, now):
    seat = asked.seats.first()

    remove_person(seat, actor=staff, now=now)

    answers = PersonalLink.objects.live().filter(purpose=LinkPurpose.ANSWER)
    assert not answers.filter(participant=seat.registration.participant).exists()
    assert find_link("invented", "answer", now=now) is None


def test_remove_twice_is_refused(forming, staff, now):
    seat = forming.seats.first()
    remove_person(seat, actor=staff, now=now)

    with pytest.raises(WrongMoment):
        remove_person(seat, actor=staff, now=now)
