"""However a group ends, it holds no room, key or licence, and its people are told once."""

from datetime import timedelta

import pytest

from centres.models import Booking, Key
from groups.domain.lifecycle import ending
from groups.domain.running import breaks, taking_over
from groups.models import FollowUp, SelfHelpGroup
from groups.states import FollowUpKind, GroupEndReason, GroupState, SeatEndReason
from linkcenter.models import Message
from participants.domain.erasure import erase
from participants.domain.registration.closing import close
from participants.domain.retention import people_to_forget
from participants.models import Participant
from participants.states import CloseReason
from tests import recipes


@pytest.fixture
def meeting(started, now):
    """A group of three that runs itself, with a key, something to do, and a link passed on."""
    contact = started.seats.members().order_by("pk").first()
    SelfHelpGroup.objects.filter(pk=started.pk).update(
        state=GroupState.SELF_RUN, handed_over_on=now.date(), contact=contact
    )
    started.refresh_from_db()
    recipes.key(started.slot.venue, holder="Kari", slot=started.slot, since=now.date())
    FollowUp.objects.create(group=started, what=FollowUpKind.VISIT, due=now.date())
    taking_over.pass_on(started, contact=contact, now=now)
    return started


def end(group, now):
    ending.end(group, reason=GroupEndReason.FINISHED, actor=None, now=now)


def all_leave(group, now):
    for seat in group.seats.live():
        close(seat.registration, reason=CloseReason.WITHDRAWN, now=now)


def all_are_erased(group, now):
    for seat in group.seats.live():
        erase(seat.registration.participant, now=now)


def end_on_a_break(group, now):
    later = now.date() + timedelta(days=40)
    breaks.take_break(
        group,
        from_date=now.date(),
        until=later + timedelta(days=60),
        contact=group.contact,
        now=now,
    )
    end(group, now)
    breaks.end_breaks(now=now + timedelta(days=120))


@pytest.mark.parametrize("how", [end, all_leave, all_are_erased, end_on_a_break])
def test_dead_group_holds_nothing(meeting, now, how):
    slot = meeting.slot

    how(meeting, now)

    meeting.refresh_from_db()
    slot.refresh_from_db()
    assert (meeting.state, meeting.slot, meeting.contact) == (GroupState.ENDED, None, None)
    assert slot.given_up_on == now.date()
    assert not Booking.objects.taking_the_venue().filter(slot=slot).exists()
    assert Key.objects.get(slot=slot).due == now.date()
    assert not FollowUp.objects.open().filter(group=meeting).exists()
    assert not meeting.links.live().exists()
    assert not meeting.seats.live().exists()


def test_group_whose_members_nobody_knows_does_not_end_with_its_contact(meeting, now):
    SelfHelpGroup.objects.filter(pk=meeting.pk).update(unnamed_members=2)

    all_leave(meeting, now)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.contact) == (GroupState.SELF_RUN, None)
    assert meeting.slot is not None


def test_settled_group_that_everybody_leaves_is_let_go(settled, now):
    slot = settled.slot

    all_leave(settled, now)

    settled.refresh_from_db()
    assert settled.end_reason == GroupEndReason.LET_GO
    assert not Booking.objects.taking_the_venue().filter(slot=slot).exists()


def test_members_are_told_once_and_those_who_left_before_are_not(meeting, now):
    gone, *stayed = meeting.seats.members().order_by("-pk")
    close(gone.registration, reason=CloseReason.DONE, now=now)

    end(meeting, now)

    told = Message.objects.filter(kind="ended")
    assert sorted(told.values_list("recipient_id", flat=True)) == sorted(
        seat.registration.participant_id for seat in stayed
    )


def test_retention_clock_of_the_members_starts(meeting, now):
    members = Participant.objects.filter(registrations__seats__in=meeting.seats.members())
    pks = set(members.values_list("pk", flat=True))

    end(meeting, now)

    assert not people_to_forget(now + timedelta(days=170)).filter(pk__in=pks).exists()
    due = people_to_forget(now + timedelta(days=190)).filter(pk__in=pks)
    assert set(due.values_list("pk", flat=True)) == pks


def test_seats_of_the_members_say_that_they_left(meeting, now):
    end(meeting, now)

    ended = meeting.seats.exclude(end_reason=SeatEndReason.RELEASED)
    assert set(ended.values_list("end_reason", flat=True)) == {SeatEndReason.LEFT}
