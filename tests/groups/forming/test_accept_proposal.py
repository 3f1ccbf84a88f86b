from datetime import date, time, timedelta

import pytest
from django.db import transaction

from centres.domain.booking.weekly_times import take_slot
from centres.models import Slot
from groups.domain.errors import InitiatorBusy, ProposalOutdated
from groups.domain.forming.accepting import accept
from groups.domain.forming.match_runs import propose
from groups.domain.initiators.helping import add_initiator
from groups.models import SelfHelpGroup
from groups.states import GroupState, SeatState
from linkcenter.models import Message
from participants.domain.registration.changes import change_availability
from participants.domain.registration.closing import close
from participants.models import KeepApart
from participants.states import CloseReason, GenderWish, RegistrationState
from tests import recipes
from tests.database import InBackground, is_waiting


@pytest.fixture
def house(centre):
    """A room and an initiator on Tuesday evenings, and five who can meet then."""
    room = recipes.venue(centre, name="Stua", capacity=6)
    recipes.initiator(centre)
    people = [recipes.waiting(centre) for _person in range(5)]
    return room, people


def references(registrations):
    return {registration.participant.reference for registration in registrations}


def test_propose_puts_together_those_who_can_meet(house, centre, staff, now):
    _room, people = house

    run = propose([centre], actor=staff, now=now)

    (group,) = run.result["groups"]
    assert set(group["members"]) == references(people)
    assert group["slot"] == "tue-evening"


def test_propose_keeps_names_out_of_what_it_stores(house, centre, staff, now):
    run = propose([centre], actor=staff, now=now)

    stored = f"{run.problem} {run.result}"

    assert "Person" not in stored
    assert "example.org" not in stored


def test_propose_places_and_tells_nobody(house, centre, staff, now):
    propose([centre], actor=staff, now=now)

    assert SelfHelpGroup.objects.count() == 0
    assert Message.objects.count() == 0


def test_propose_passes_by_those_who_have_a_seat_or_do_not_wait(house, centre, staff, now):
    _room, people = house
    recipes.seat(recipes.group(centre))
    recipes.waiting(centre, state=RegistrationState.RECEIVED)
    recipes.waiting(centre, paused_until=date(2027, 1, 1))
    recipes.waiting(recipes.centre())

    run = propose([centre], actor=staff, now=now)

    assert {person["id"] for person in run.problem["participants"]} == references(people)


def test_propose_keeps_two_apart(house, centre, staff, now):
    _room, people = house
    first, second = sorted(people, key=lambda person: person.participant_id)[:2]
    KeepApart.objects.create(first=first.participant, second=second.participant)

    run = propose([centre], actor=staff, now=now)

    (group,) = run.result["groups"]
    assert len(set(group["members"]) & references([first, second])) == 1


def test_propose_heeds_a_wish_for_women_only(house, centre, staff, now):
    _room, people = house
    wishing = recipes.waiting(
        centre, {"gender": "woman"}, gender_wish=GenderWish.WOMEN, registered_at=now
    )

    run = propose([centre], actor=staff, now=now)

    (group,) = run.result["groups"]
    assert set(group["members"]) == references(people)
    assert [person["participant"] for person in run.result["unplaced"]] == [
        wishing.participant.reference
    ]


def test_accept_forms_the_group_as_proposed(house, centre, staff, now):
    room, people = house
    run = propose([centre], actor=staff, now=now)

    group = accept(run, 0, actor=staff, now=now)

    assert group.state == GroupState.FORMING
    assert {seat.registration for seat in group.seats.all()} == set(people)
    assert set(group.seats.values_list("state", flat=True)) == {SeatState.PROPOSED}
    assert (group.slot.venue, group.slot.week_slot) == (room, "tue-evening")
    assert group.first_date == date(2026, 11, 17)
    assert group.max_size == 6
    assert group.initiators.count() == 1


def test_accept_tells_nobody(house, centre, staff, now):
    run = propose([centre], actor=staff, now=now)

    accept(run, 0, actor=staff, now=now)

    assert Message.objects.count() == 0


def test_accept_twice_is_refused(house, centre, staff, now):
    run = propose([centre], actor=staff, now=now)
    accept(run, 0, actor=staff, now=now)

    with pytest.raises(ProposalOutdated):
        accept(run, 0, actor=staff, now=now)

    assert SelfHelpGroup.objects.count() == 1


def test_accept_is_refused_when_somebody_has_left(house, centre, staff, now):
    _room, people = house
    run = propose([centre], actor=staff, now=now)
    close(people[0], reason=CloseReason.WITHDRAWN, actor=staff, now=now)

    with pytest.raises(ProposalOutdated):
        accept(run, 0, actor=staff, now=now)

    assert SelfHelpGroup.objects.count() == 0


def test_accept_is_refused_when_the_room_is_taken(house, centre, staff, now):
    room, _people = house
    run = propose([centre], actor=staff, now=now)
    take_slot(room, weekday=1, starts=time(16), minutes=300, first_date=date(2026, 11, 3))

    with pytest.raises(ProposalOutdated):
        accept(run, 0, actor=staff, now=now)

    assert Slot.objects.count() == 1


def test_accept_is_refused_when_the_initiator_is_taken(house, centre, staff, now):
    run = propose([centre], actor=staff, now=now)
    recipes.group(centre).initiators.add(centre.initiators.get())

    with pytest.raises(ProposalOutdated):
        accept(run, 0, actor=staff, now=now)

    assert centre.groups.count() == 1
    assert Slot.objects.count() == 1


def test_second_proposal_uses_what_the_first_left(house, centre, staff, now):
    accept(propose([centre], actor=staff, now=now), 0, actor=staff, now=now)

    again = propose([centre], actor=staff, now=now + timedelta(minutes=1))

    assert again.problem["participants"] == []
    assert again.result["groups"] == []


def test_add_initiator_is_refused_beyond_the_agreed_load(centre):
    initiator = recipes.initiator(centre, max_groups=1)
    add_initiator(recipes.group(centre), initiator)

    with pytest.raises(InitiatorBusy):
        add_initiator(recipes.group(centre), initiator)


@pytest.mark.django_db(transaction=True)
def test_accept_sees_what_somebody_changes_in_the_same_moment(house, centre, staff, now):
    _room, people = house
    run = propose([centre], actor=staff, now=now)
    runner = InBackground()

    with transaction.atomic():
        change_availability(people[0], availability=["mon-morning"], now=now)
        call = runner.start(accept, run, 0, actor=staff, now=now)
        assert is_waiting(call)

    with pytest.raises(ProposalOutdated):
        call.result(timeout=10)
    runner.stop()
