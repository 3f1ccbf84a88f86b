"""A group that begins again is a new one: each registers anew, and nobody is in both."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from centres.models import Key
from groups.domain.errors import NotHere, NoTimeYet, TooLate
from groups.domain.lifecycle import beginning_again, ending, settling
from groups.domain.meeting.first_time import choose_time
from groups.domain.running import newcomers
from groups.domain.seats import lock
from groups.match_input import build_problem
from groups.models import Seat, SelfHelpGroup
from groups.states import BrokenBecause, BrokenRule, GroupEndReason, GroupState, SeatState
from linkcenter.models import Message
from participants.domain.errors import ConsentMissing
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.models import KeepApart, Participant, Registration
from participants.states import CloseReason, ConsentPurpose, EntryChannel, RegistrationState
from tests import recipes
from tests.database import InBackground, is_waiting

YES = Agreement(purposes=frozenset({ConsentPurpose.CONTACT}))
TUESDAY = date(2026, 12, 8)


@pytest.fixture
def old(started, now):
    """A group of three that runs itself; the first of them is its contact."""
    recipes.consent_texts()
    contact = started.seats.members().order_by("pk").first()
    SelfHelpGroup.objects.filter(pk=started.pk).update(
        state=GroupState.SELF_RUN, handed_over_on=now.date(), contact=contact
    )
    started.refresh_from_db()
    return started


@pytest.fixture
def link(old, now):
    return beginning_again.begin_again(old, contact=old.contact, now=now)


def person(of=None, **told):
    """Somebody new, or one of the old ones by their e-mail address."""
    email = of.registration.participant.email if of else "helt-ny@example.org"
    return Person(**({"name": "Plantet Hemmelig", "email": email} | told))


def join(link, who, *, now, key=None):
    return beginning_again.join_again(
        link, person=who, agreement=YES, submission_key=key or uuid4(), now=now
    )


def two_of_three(link, old, *, now):
    for seat in list(old.seats.members().order_by("pk"))[:2]:
        join(link, person(seat), now=now)
    return beginning_again.next_group(old)


def settle(new, *, actor, now):
    return settling.settle(
        new,
        first_date=TUESDAY,
        broken_rules=[BrokenRule.FEWER],
        broken_because=BrokenBecause.BEGUN_AGAIN,
        actor=actor,
        now=now,
    )


def test_contact_gets_one_link_that_many_use(link, old, now):
    assert beginning_again.begin_again(old, contact=old.contact, now=now) == link
    assert link.expires_at == now + timedelta(days=60)

    join(link, person(), now=now)
    join(link, person(email="en-til@example.org"), now=now)

    assert beginning_again.next_group(old).seats.live().count() == 2


def test_first_makes_a_forming_group_that_names_the_old_one(link, old, now):
    made = join(link, person(), now=now)

    new = beginning_again.next_group(old)
    seat = new.seats.get()
    assert (new.previous_group, new.state, new.slot) == (old, GroupState.FORMING, None)
    assert (new.kind, new.format, new.language, new.max_size) == (
        old.kind,
        old.format,
        old.language,
        old.max_size,
    )
    assert (seat.registration, seat.state, seat.is_newcomer) == (made, SeatState.YES, False)
    assert (made.state, made.channel) == (RegistrationState.WAITING, EntryChannel.GROUP)
    assert made.participant.consents.count() == 1
    assert [m.kind for m in made.participant.messages.all()] == ["begun_again"]


def test_address_that_anybody_can_write_takes_no_place_away(link, old, now):
    for seat in list(old.seats.members()):
        join(link, person(seat), now=now)

    old.refresh_from_db()
    assert (old.state, old.seats.members().count()) == (GroupState.SELF_RUN, 3)
    assert old.contact is not None
    new = beginning_again.next_group(old)
    assert (new.contact, new.seats.live().count()) == (None, 3)


def test_what_a_member_had_is_closed_in_silence_when_the_new_group_is_settled(
    link, old, staff, now
):
    new = two_of_three(link, old, now=now)
    first, second, third = old.seats.members().order_by("pk")

    settle(new, actor=staff, now=now)

    for seat in (first, second, third):
        before = Registration.objects.get(pk=seat.registration_id)
        assert (before.state, before.close_reason) == (RegistrationState.CLOSED, CloseReason.DONE)
        live = Seat.objects.live().filter(
            registration__participant__reach_keys__overlap=before.participant.reach_keys
        )
        assert [one.group for one in live] == ([] if seat == third else [new])
    told = Message.objects.filter(kind="ended")
    assert [m.recipient_id for m in told] == [third.registration.participant_id]


def test_of_two_at_one_address_the_one_of_that_name_is_meant(link, old, now):
    first, second, _third = old.seats.members().order_by("pk")
    both = first.registration.participant.email
    one = second.registration.participant
    one.name, one.email = "Ola Nordmann", both
    one.save()

    join(link, person(first, name="Ola"), now=now)

    assert beginning_again.registered_anew(old) == {second.registration_id}


def test_who_must_not_meet_does_not_meet_in_the_new_group_either(link, old, now):
    seat = old.seats.members().order_by("pk").last()
    stranger = recipes.participant(old.centre)
    first, second = sorted([seat.registration.participant_id, stranger.pk])
    KeepApart.objects.create(first_id=first, second_id=second)

    made = join(link, person(seat), now=now)

    assert KeepApart.objects.filter(first=stranger, second=made.participant).exists()


def test_who_cannot_be_with_one_who_has_signed_up_is_asked_to_call(link, old, now):
    first, second, _third = old.seats.members().order_by("pk")
    pair = sorted([first.registration.participant_id, second.registration.participant_id])
    KeepApart.objects.create(first_id=pair[0], second_id=pair[1])
    join(link, person(first), now=now)

    with pytest.raises(NotHere):
        join(link, person(second), now=now)

    assert beginning_again.next_group(old).seats.live().count() == 1


def test_settling_the_new_group_ends_the_old_one_and_gives_it_the_time(link, old, staff, now):
    slot = old.slot
    new = two_of_three(link, old, now=now)
    assert SelfHelpGroup.objects.get(pk=old.pk).state == GroupState.SELF_RUN

    settled = settle(new, actor=staff, now=now)

    old.refresh_from_db()
    slot.refresh_from_db()
    assert (old.state, old.end_reason) == (GroupState.ENDED, GroupEndReason.BEGUN_AGAIN)
    assert slot.given_up_on == now.date()
    assert (settled.slot.venue, settled.slot.starts, settled.first_date) == (
        slot.venue,
        slot.starts,
        TUESDAY,
    )
    assert settled.slot != slot
    with pytest.raises(TooLate):
        join(link, person(email="for-sein@example.org"), now=now)


def test_member_who_did_not_register_is_told_that_the_group_has_ended(link, old, staff, now):
    last = old.seats.members().order_by("pk").last()
    for seat in old.seats.members().exclude(pk=last.pk):
        join(link, person(seat), now=now)

    settle(beginning_again.next_group(old), actor=staff, now=now)

    last.registration.refresh_from_db()
    assert last.registration.close_reason == CloseReason.DONE
    told = list(Message.objects.filter(kind="ended"))
    assert [m.recipient_id for m in told] == [last.registration.participant_id]


def test_new_group_has_the_time_as_soon_as_the_old_one_has_ended(link, old, staff, now):
    join(link, person(), now=now)

    ending.end(old, reason=GroupEndReason.BEGUN_AGAIN, actor=staff, now=now)

    new = beginning_again.next_group(old)
    assert (new.slot.week_slot, new.first_date) == ("tue-evening", date(2026, 11, 3))
    join(link, person(email="en-til@example.org"), now=now)
    assert new.seats.live().count() == 2


@pytest.mark.parametrize(("hour", "first_date"), [(9, TUESDAY), (20, date(2026, 12, 15))])
def test_group_that_stops_on_the_evening_it_meets_gives_on_its_time(
    link, old, staff, now, hour, first_date
):
    join(link, person(), now=now)

    ending.end(
        old,
        reason=GroupEndReason.BEGUN_AGAIN,
        actor=staff,
        now=datetime(2026, 12, 8, hour, tzinfo=UTC),
    )

    assert beginning_again.next_group(old).first_date == first_date


def test_new_group_waits_for_staff_where_the_time_is_gone(link, old, staff, now):
    ending.end(old, reason=GroupEndReason.BEGUN_AGAIN, actor=staff, now=now)
    join(link, person(), now=now)
    join(link, person(email="en-til@example.org"), now=now)
    new = beginning_again.next_group(old)

    with pytest.raises(NoTimeYet):
        settle(new, actor=staff, now=now)
    room = recipes.venue(old.centre)
    choose_time(new, venue=room, week_slot="tue-evening", starts=time(18), actor=staff, now=now)
    assert settle(new, actor=staff, now=now).slot.venue == room


def test_forming_group_without_a_time_is_open_to_the_matcher_at_the_old_ones(link, old, now):
    join(link, person(), now=now)

    [found] = build_problem([old.centre], today=now.date()).open_groups

    new = beginning_again.next_group(old)
    assert (found.id, found.key.slot, found.vacancies) == (f"g{new.pk}", "tue-evening", 4)


def test_form_sent_twice_counts_once(link, old, now):
    key = uuid4()

    assert join(link, person(), now=now, key=key) == join(link, person(), now=now, key=key)
    assert beginning_again.next_group(old).seats.count() == 1


def test_no_consent_no_registration(link, old, now):
    before = Participant.objects.count()

    with pytest.raises(ConsentMissing):
        beginning_again.join_again(
            link, person=person(), agreement=Agreement(), submission_key=uuid4(), now=now
        )

    assert Participant.objects.count() == before
    assert beginning_again.next_group(old) is None


def test_old_link_and_link_of_a_group_that_ended_for_good_open_nothing(link, old, staff, now):
    with pytest.raises(TooLate):
        join(link, person(), now=link.expires_at)

    ending.end(old, reason=GroupEndReason.FINISHED, actor=staff, now=now)

    with pytest.raises(TooLate):
        join(link, person(), now=now)
    assert Participant.objects.count() == 4


def test_key_of_the_old_time_is_called_back(link, old, staff, now):
    key = recipes.key(old.slot.venue, holder="Kari", slot=old.slot, since=now.date(), due=None)

    ending.end(old, reason=GroupEndReason.BEGUN_AGAIN, actor=staff, now=now)

    assert Key.objects.get(pk=key.pk).due == now.date()


def test_newcomer_on_the_way_into_the_old_group_waits_on(link, old, staff, now):
    one = recipes.waiting(old.centre)
    seat = recipes.seat(
        old,
        one,
        is_newcomer=True,
        state=SeatState.YES,
        asked_at=now,
        answer_by=now.date(),
        answered_at=now,
    )
    newcomers.ask_group(seat, now=now)

    ending.end(old, reason=GroupEndReason.FINISHED, actor=staff, now=now)

    one.refresh_from_db()
    assert one.state == RegistrationState.WAITING
    assert [m.kind for m in one.participant.messages.untold()] == ["group_no"]
    assert not Message.objects.untold().filter(kind="newcomer").exists()


@pytest.mark.django_db(transaction=True)
def test_first_two_at_once_make_one_group(link, old, now):
    background = InBackground()
    try:
        with transaction.atomic():
            join(link, person(), now=now)
            call = background.start(join, link, person(email="en-til@example.org"), now=now)
            assert is_waiting(call)
        call.result(timeout=10)
    finally:
        background.stop()
    assert old.next_groups.count() == 1
    assert old.next_groups.get().seats.live().count() == 2


@pytest.mark.django_db(transaction=True)
def test_settling_and_signing_up_at_once_do_not_wait_for_each_other(link, old, staff, now):
    """Whoever signs up holds the old group and then the new one; so do staff who settle."""
    new = two_of_three(link, old, now=now)
    background = InBackground()
    try:
        with transaction.atomic():
            lock(old)
            call = background.start(settle, new, actor=staff, now=now)
            assert is_waiting(call)
            join(link, person(), now=now)
        call.result(timeout=10)
    finally:
        background.stop()
    old.refresh_from_db()
    assert old.state == GroupState.ENDED
