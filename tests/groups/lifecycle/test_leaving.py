"""Whoever closes their registration frees their place in the same moment."""

import pytest

from groups.states import SeatActivity, SeatEndReason, SeatState
from linkcenter.models import Message, MessageState
from participants.domain.intake.talks import record_talk
from participants.domain.registration.closing import close
from participants.models import PersonalLink
from participants.states import CloseReason, LinkPurpose, RegistrationState, TalkKind, TalkOutcome


@pytest.mark.parametrize("stage", ["forming", "asked", "settled", "started"])
def test_closing_frees_the_seat_at_every_stage(request, stage, staff, now):
    group = request.getfixturevalue(stage)
    seat = group.seats.live().first()

    close(seat.registration, reason=CloseReason.WITHDRAWN, actor=staff, now=now)

    seat.refresh_from_db()
    assert (seat.state, seat.end_reason) == (SeatState.ENDED, SeatEndReason.LEFT)
    assert seat.registration.state == RegistrationState.CLOSED
    assert SeatActivity.LEFT in seat.registration.activities.values_list("what", flat=True)


def test_leaving_takes_the_question_and_its_link_back(asked, staff, now):
    seat = asked.seats.first()

    close(seat.registration, reason=CloseReason.WITHDRAWN, actor=staff, now=now)

    participant = seat.registration.participant
    told = participant.messages.order_by("pk").values_list("kind", "state")
    assert list(told) == [("asked", MessageState.CANCELLED), ("withdrawn", MessageState.QUEUED)]
    live = PersonalLink.objects.live().filter(participant=participant)
    assert [link.purpose for link in live] == [LinkPurpose.UNDO]


def test_talk_that_ends_the_interest_frees_the_seat(asked, staff, now):
    seat = asked.seats.first()

    record_talk(
        seat.registration, kind=TalkKind.RANG, outcome=TalkOutcome.NOT_NOW, by=staff, now=now
    )

    seat.refresh_from_db()
    assert seat.state == SeatState.ENDED
    assert asked.seats.live().count() == 3


def test_others_keep_their_seats(asked, staff, now):
    leaving, *others = asked.seats.order_by("pk")

    close(leaving.registration, reason=CloseReason.WITHDRAWN, actor=staff, now=now)

    assert list(asked.seats.live().order_by("pk")) == others
    queued = Message.objects.filter(state=MessageState.QUEUED).order_by("pk")
    assert list(queued.values_list("kind", flat=True)) == ["asked", "asked", "asked", "withdrawn"]
