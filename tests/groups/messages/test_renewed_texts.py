"""What waits unsent about a place or to a group's contact is said again only while it holds."""

from datetime import timedelta

import pytest

from groups.domain.asking import answering
from groups.domain.lifecycle.handing_over import hand_over
from groups.domain.running.contact import choose_contact
from groups.mail import contact
from groups.models import Seat, SelfHelpGroup
from groups.states import SeatState
from linkcenter.messages import drafts, subjects
from linkcenter.models import Message, MessageState
from tests.groups.meeting_group import NOW, TODAY, running_group


def untold(seat: Seat) -> Message:
    person = seat.registration.participant
    found: Message = Message.objects.untold().get(recipient_id=person.pk)
    return found


def test_former_and_new_contact_are_told_again_as_long_as_it_is_so(centre, staff) -> None:
    group = running_group(centre)
    first, second, _third = group.seats.order_by("pk")
    choose_contact(group, second, actor=staff, now=NOW)

    again = [drafts.renew(untold(seat), now=NOW) for seat in (first, second)]

    assert [message.kind for message in again] == ["contact_before", "contact"]
    assert not any(subjects.has_changed(message) for message in again)

    SelfHelpGroup.objects.filter(pk=group.pk).update(contact=first)
    for message in again:
        with pytest.raises(drafts.NotRenewed):
            drafts.renew(message, now=NOW)


def test_hand_over_is_told_again_to_members_and_contact(started, staff, now) -> None:
    Message.objects.all().delete()
    first, other, *_rest = started.seats.members().order_by("pk")
    hand_over(started, contact=first, actor=staff, now=now)

    again = [drafts.renew(untold(seat), now=now) for seat in (first, other)]

    assert [message.kind for message in again] == ["handed_over_contact", "handed_over"]
    assert {message.state for message in again} == {MessageState.QUEUED}


def test_break_and_use_of_the_time_are_told_again_while_they_are_asked_about(centre) -> None:
    over = TODAY + timedelta(days=7)
    group = running_group(centre, paused_from=TODAY, paused_until=over, still_asked_on=TODAY)
    seat = group.contact
    ends = contact.break_ends(seat, now=NOW)
    use = contact.time_in_use(seat, now=NOW)

    assert drafts.renew(ends, now=NOW).kind == "break_ends"
    assert drafts.renew(use, now=NOW).kind == "time_in_use"

    SelfHelpGroup.objects.update(paused_from=None, paused_until=None, still_asked_on=None)
    for message in Message.objects.untold():
        with pytest.raises(drafts.NotRenewed):
            drafts.renew(message, now=NOW)


def test_question_is_said_again_while_it_waits_and_not_once_it_is_answered(
    asked, staff, now
) -> None:
    seat = asked.seats.order_by("pk").first()

    fresh = drafts.renew(untold(seat), now=now)
    seat.refresh_from_db()
    assert seat.message == fresh

    answering.say_yes(seat, actor=staff, now=now)
    Message.objects.filter(pk=fresh.pk).update(state=MessageState.QUEUED)
    with pytest.raises(drafts.NotRenewed):
        drafts.renew(fresh, now=now)


def test_place_is_said_again_to_members_only(settled, now) -> None:
    seat = settled.seats.members().order_by("pk").first()
    message = untold(seat)

    assert drafts.renew(message, now=now).kind == message.kind

    Seat.objects.filter(pk=seat.pk).update(state=SeatState.ASKED, answered_at=None)
    with pytest.raises(drafts.NotRenewed):
        drafts.renew(untold(seat), now=now)
