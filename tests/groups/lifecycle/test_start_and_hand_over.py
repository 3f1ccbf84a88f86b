"""From the start meeting to the end, and the group that does not come about."""

from datetime import date

import pytest
from django.db import transaction

from groups.domain.errors import NotStarted, WrongMoment
from groups.domain.lifecycle.ending import end, let_go
from groups.domain.lifecycle.handing_over import hand_over
from groups.domain.lifecycle.settling import hold_start_meeting
from groups.models import Initiator
from groups.states import GroupActivity, GroupEndReason, GroupState, SeatEndReason
from linkcenter.models import Message, MessageState
from participants.domain.registration.closing import close
from participants.models import Registration
from participants.states import CloseReason, RegistrationState
from tests import recipes
from tests.database import InBackground, is_waiting


def test_start_meeting_is_kept_with_the_signed_form(settled, staff, now):
    group = hold_start_meeting(
        settled, held_on=date(2026, 11, 24), confidentiality_signed=True, actor=staff, now=now
    )

    assert (group.started_on, group.confidentiality_signed_on) == (
        date(2026, 11, 24),
        date(2026, 11, 24),
    )
    assert group.activities.latest_first().first().what == GroupActivity.STARTED


def test_start_meeting_without_the_form_says_so(settled, staff, now):
    group = hold_start_meeting(
        settled, held_on=date(2026, 11, 24), confidentiality_signed=False, actor=staff, now=now
    )

    assert group.confidentiality_signed_on is None


def test_start_meeting_twice_is_refused(started, staff, now):
    with pytest.raises(WrongMoment):
        hold_start_meeting(
            started, held_on=date(2026, 12, 1), confidentiality_signed=True, actor=staff, now=now
        )


def test_start_meeting_of_a_forming_group_is_refused(forming, staff, now):
    with pytest.raises(WrongMoment):
        hold_start_meeting(
            forming, held_on=date(2026, 12, 1), confidentiality_signed=True, actor=staff, now=now
        )


def test_hand_over_lets_the_group_run_itself_and_frees_the_initiator(started, centre, staff, now):
    initiator = recipes.initiator(centre, max_groups=1)
    started.initiators.add(initiator)

    group = hand_over(started, contact=started.seats.members().first(), actor=staff, now=now)

    assert (group.state, group.handed_over_on) == (GroupState.SELF_RUN, date(2026, 11, 2))
    assert list(Initiator.objects.available()) == [initiator]


def test_hand_over_before_the_start_meeting_is_refused(settled, staff, now):
    with pytest.raises(NotStarted):
        hand_over(settled, actor=staff, now=now)


def test_hand_over_twice_is_refused(started, staff, now):
    hand_over(started, contact=started.seats.members().first(), actor=staff, now=now)

    with pytest.raises(WrongMoment):
        hand_over(started, contact=started.seats.members().first(), actor=staff, now=now)


def test_end_sets_the_room_free_and_closes_what_the_members_had(started, staff, now):
    slot = started.slot
    members = list(started.seats.live().values_list("registration", flat=True))

    group = end(started, reason=GroupEndReason.FINISHED, actor=staff, now=now)

    slot.refresh_from_db()
    closed = Registration.objects.filter(state=RegistrationState.CLOSED)
    assert (group.state, group.slot, group.end_reason) == (
        GroupState.ENDED,
        None,
        GroupEndReason.FINISHED,
    )
    assert slot.given_up_on == date(2026, 11, 2)
    assert slot.bookings.taking_the_venue().count() == 0
    assert set(closed.values_list("pk", "close_reason")) == {
        (pk, CloseReason.DONE) for pk in members
    }


def test_end_is_told_to_each_member_once(started, staff, now):
    members = set(started.seats.members().values_list("registration__participant", flat=True))

    end(started, reason=GroupEndReason.FINISHED, actor=staff, now=now)

    told = Message.objects.filter(kind="ended").values_list("recipient_id", flat=True)
    assert sorted(told) == sorted(members)


def test_end_of_a_group_that_runs_itself(started, staff, now):
    hand_over(started, contact=started.seats.members().first(), actor=staff, now=now)

    group = end(started, reason=GroupEndReason.TOO_FEW, actor=staff, now=now)

    assert group.state == GroupState.ENDED
    assert group.seats.live().count() == 0


def test_end_before_the_start_is_refused(settled, staff, now):
    with pytest.raises(WrongMoment):
        end(settled, reason=GroupEndReason.FINISHED, actor=staff, now=now)


def test_end_twice_is_refused(started, staff, now):
    end(started, reason=GroupEndReason.FINISHED, actor=staff, now=now)

    with pytest.raises(WrongMoment):
        end(started, reason=GroupEndReason.FINISHED, actor=staff, now=now)


@pytest.mark.parametrize("stage", ["forming", "asked", "settled"])
def test_let_go_lets_everybody_wait_on(request, stage, staff, now):
    group = request.getfixturevalue(stage)
    slot = group.slot
    before = dict(Registration.objects.values_list("pk", "registered_at"))

    let_go(group, actor=staff, now=now)

    group.refresh_from_db()
    slot.refresh_from_db()
    assert (group.state, group.end_reason) == (GroupState.ENDED, GroupEndReason.LET_GO)
    assert slot.given_up_on == date(2026, 11, 2)
    assert group.seats.live().count() == 0
    assert set(Registration.objects.values_list("state", flat=True)) == {RegistrationState.WAITING}
    assert dict(Registration.objects.values_list("pk", "registered_at")) == before


def test_let_go_tells_those_who_had_been_asked(asked, centre, staff, now):
    never_asked = recipes.seat(asked)

    let_go(asked, actor=staff, now=now)

    told = Message.objects.filter(state=MessageState.QUEUED)
    assert {message.kind for message in told} == {"let_go"}
    assert told.count() == 4
    assert never_asked.registration.participant.messages.count() == 0
    assert set(asked.seats.values_list("end_reason", flat=True)) == {SeatEndReason.LET_GO}


def test_let_go_after_the_start_meeting_is_refused(started, staff, now):
    with pytest.raises(WrongMoment):
        let_go(started, actor=staff, now=now)


@pytest.mark.django_db(transaction=True)
def test_let_go_and_somebody_who_withdraws_never_wait_for_each_other(settled, staff, now):
    registration = settled.seats.live().first().registration
    runner = InBackground()
    with transaction.atomic():
        Registration.objects.select_for_update().get(pk=registration.pk)
        call = runner.start(let_go, settled, actor=staff, now=now)
        assert is_waiting(call)
        close(registration, reason=CloseReason.WITHDRAWN, actor=None, now=now)
    call.result(timeout=10)
    runner.stop()

    assert settled.seats.live().count() == 0
