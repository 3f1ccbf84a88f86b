"""After the hand-over the centre keeps one contact, the time and a head count, and nothing more."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from groups.domain.lifecycle.forgetting import forget, people_to_forget, tell_newcomers
from groups.domain.running.contact import choose_contact
from groups.models import Seat, SelfHelpGroup
from groups.states import GroupActivity, GroupState
from linkcenter.models import Message
from linkcenter.personal_data import retention
from participants.domain.erasure import erase
from participants.domain.registration.closing import close
from participants.models import Participant, Registration
from participants.privacy import register
from participants.states import CloseReason
from tests import recipes
from tests.database import InBackground, is_waiting
from tests.groups.meeting_group import NOW, TODAY, member, running_group

DAY = timedelta(days=1)


@pytest.fixture
def group(centre):
    """Of five places; three members, of whom the first is the contact, known until today."""
    made = running_group(centre)
    made.seats.update(known_until=TODAY)
    return made


def due(now=NOW):
    return list(people_to_forget(now).order_by("pk"))


def others(group):
    seats = group.seats.members().exclude(pk=group.contact_id).order_by("pk")
    return [seat.registration.participant for seat in seats]


def test_members_are_due_on_the_day_they_were_told_and_the_contact_never(group):
    assert due(NOW - DAY) == []
    assert due(NOW) == others(group)
    assert group.contact.registration.participant not in due(NOW + 4000 * DAY)


def test_forgotten_members_are_gone_and_their_places_stay_taken(group):
    people = others(group)

    for person in people:
        forget(person, NOW)

    group.refresh_from_db()
    live = group.seats.live()
    assert not Participant.objects.filter(pk__in=[person.pk for person in people]).exists()
    assert (group.unnamed_members, [seat.pk for seat in live]) == (2, [group.contact_id])
    assert list(group.activities.values_list("what", flat=True)) == [GroupActivity.FORGOTTEN]
    for _place in range(2):
        member(group)
    with pytest.raises(IntegrityError, match="full"), transaction.atomic():
        member(group)


def test_members_of_a_full_group_are_forgotten_too(group):
    SelfHelpGroup.objects.filter(pk=group.pk).update(min_size=3, max_size=3)

    for person in others(group):
        forget(person, NOW)

    group.refresh_from_db()
    assert (group.unnamed_members, group.seats.live().count()) == (2, 1)


def test_group_of_whom_we_know_nobody_any_more_meets_on(centre):
    alone = running_group(centre, members=1)
    alone.seats.update(known_until=TODAY)
    SelfHelpGroup.objects.filter(pk=alone.pk).update(contact=None)

    forget(alone.seats.get().registration.participant, NOW)

    alone.refresh_from_db()
    assert (alone.state, alone.unnamed_members) == (GroupState.SELF_RUN, 1)


def test_member_who_asks_to_be_deleted_leaves_the_group(group):
    erase(others(group)[0], now=NOW)

    group.refresh_from_db()
    assert (group.unnamed_members, group.seats.live().count()) == (0, 2)


def test_whoever_leaves_before_the_night_is_not_counted(group):
    person = others(group)[0]
    Seat.objects.filter(registration__participant=person).delete()

    forget(person, NOW)

    group.refresh_from_db()
    assert (group.unnamed_members, Participant.objects.filter(pk=person.pk).count()) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_night_waits_for_whoever_is_leaving_and_counts_them_no_more(group):
    person = others(group)[0]
    runner = InBackground()
    with transaction.atomic():
        registration = Registration.objects.select_for_update().get(participant=person)
        call = runner.start(forget, person, NOW)
        assert is_waiting(call)
        close(registration, reason=CloseReason.WITHDRAWN, now=NOW)
    call.result(timeout=10)
    runner.stop()

    group.refresh_from_db()
    assert (group.unnamed_members, Participant.objects.filter(pk=person.pk).count()) == (0, 1)


def test_whom_we_have_something_else_with_is_kept_meanwhile(group, staff):
    person, other = others(group)
    person.registrations.update(talk_at=NOW + 3 * DAY, talk_kind="rang", talk_by=staff)
    other.kept_until = TODAY + DAY
    other.save()

    assert due() == []
    assert due(NOW + 4 * DAY) == [person, other]


def test_who_has_not_been_told_yet_is_kept(group, staff):
    person, other = others(group)
    choose_contact(group, Seat.objects.get(registration__participant=other), actor=staff, now=NOW)

    assert due() == [person]


def test_newcomer_is_told_once_and_forgotten_as_late_as_the_others_were(group, centre):
    seat = member(group, is_newcomer=True, group_asked_at=NOW, group_answer_by=TODAY)
    assert tell_newcomers(now=NOW) == 0
    Seat.objects.filter(pk=seat.pk).update(group_agreed_at=NOW)

    assert [tell_newcomers(now=NOW), tell_newcomers(now=NOW)] == [1, 0]

    seat.refresh_from_db()
    assert Message.objects.get(kind="handed_over").recipient == seat.registration.participant
    assert seat.known_until == TODAY + timedelta(weeks=centre.hand_over_weeks)


def test_nightly_rule_waits_until_somebody_has_looked(group):
    (rule,) = (each for each in register.rules() if each.code.startswith("members of groups"))

    retention.run(now=NOW)
    assert Participant.objects.count() == 3

    retention.let_go(rule, by=recipes.staff("administrator"), most=2, now=NOW)
    group.refresh_from_db()
    assert (Participant.objects.count(), group.unnamed_members) == (1, 2)
