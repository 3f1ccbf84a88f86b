"""Who has not answered is reminded once, or gets more time; each hears it with the right date."""

from datetime import UTC, date, datetime, timedelta

import pytest

from groups.domain.asking import answering, asking, reminding
from groups.domain.errors import NobodyToAsk, NotLater, WrongMoment
from groups.domain.lifecycle.ending import let_go
from groups.mail.seats import TEXTS
from groups.models import Seat
from groups.states import SeatActivity, SeatState
from linkcenter.models import Message, MessageState
from linkcenter.tokens import token_for
from participants.models import PersonalLink, Registration
from tests import recipes

DAY = timedelta(days=1)
LAST_DAY = date(2026, 11, 9)  # seven days after everybody was asked
LATER = date(2026, 11, 16)


def tell_all(now):
    Message.objects.filter(state=MessageState.QUEUED).update(state=MessageState.SENT, sent_at=now)


@pytest.fixture
def told(asked, now):
    """Everybody was asked on 2 November, and has heard it."""
    tell_all(now)
    return asked


def test_everybody_is_reminded_once_two_days_before_and_never_again(told, now):
    too_soon = reminding.remind_before_it_is_late(now=now + 4 * DAY)
    first = reminding.remind_before_it_is_late(now=now + 5 * DAY)
    tell_all(now + 5 * DAY)
    second = reminding.remind_before_it_is_late(now=now + 6 * DAY)

    assert (too_soon, first, second) == (0, 4, 0)
    assert Message.objects.filter(kind="reminder").count() == 4
    assert not any(
        reminding.remind(seat, actor=None, now=now + 6 * DAY) for seat in told.seats.all()
    )


def test_nobody_is_reminded_who_has_answered_or_has_not_heard_the_question(told, staff, now):
    answered, unheard, *others = told.seats.order_by("pk")
    answering.say_yes(answered, actor=staff, now=now)
    Message.objects.filter(pk=unheard.message_id).update(
        channel="call", state=MessageState.QUEUED, sent_at=None
    )

    reminding.remind_before_it_is_late(now=now + 5 * DAY)

    reminded = set(Seat.objects.filter(reminded_at__isnull=False))
    assert reminded == set(others)


def test_link_in_the_reminder_is_the_one_they_have_and_both_work(client, told, now):
    seat = told.seats.first()
    before = seat.message
    with_link = [message.link_seed for message in Message.objects.filter(kind="asked")]

    reminding.remind(seat, actor=None, now=now + DAY)

    seat.refresh_from_db()
    assert seat.message.kind == "reminder"
    assert (seat.message.link_seed, seat.message.link_path) == (before.link_seed, before.link_path)
    assert PersonalLink.objects.live().count() == len(with_link) == 4


def test_reminder_is_cancelled_by_the_answer(told, staff, now):
    seat = told.seats.first()
    reminding.remind(seat, actor=staff, now=now)

    answering.say_no(seat, actor=staff, now=now)

    assert Message.objects.unsent().filter(kind="reminder").count() == 0


def test_more_time_moves_the_date_and_the_link_and_tells_each_once(told, staff, now):
    yes, *_others = told.seats.order_by("pk")
    answering.say_yes(yes, actor=staff, now=now)

    reminding.extend(told, answer_by=LATER, actor=staff, now=now + DAY)

    assert set(told.seats.values_list("answer_by", flat=True)) == {LATER}
    extended = Message.objects.filter(kind="extended")
    assert extended.count() == 4
    assert "16. november" in extended.get(recipient_id=yes.registration.participant_id).text
    links = PersonalLink.objects.live().filter(purpose="answer")
    assert {link.expires_at for link in links} == {datetime(2026, 11, 16, 23, tzinfo=UTC)}
    assert asking.expire_unanswered(now=now + 10 * DAY) == 0


def test_more_time_for_one_leaves_the_others_alone(told, staff, now):
    one, *others = told.seats.order_by("pk")

    reminding.extend(told, seats=[one.pk], answer_by=LATER, actor=staff, now=now)

    assert Message.objects.filter(kind="extended").count() == 1
    dates = dict(told.seats.values_list("pk", "answer_by"))
    assert dates == {one.pk: LATER} | {seat.pk: LAST_DAY for seat in others}


def test_who_has_not_heard_the_question_hears_it_with_the_new_date_only(asked, staff, now):
    reminding.extend(asked, answer_by=LATER, actor=staff, now=now)

    waiting = Message.objects.filter(state=MessageState.QUEUED)
    assert {message.kind for message in waiting} == {"asked"}
    assert all("16. november" in message.text for message in waiting)


def test_first_meeting_moves_when_it_would_come_before_the_date(told, staff, now):
    reminding.extend(told, answer_by=date(2026, 11, 25), actor=staff, now=now)

    told.refresh_from_db()
    assert told.first_date == date(2026, 12, 8)
    assert told.slot.bookings.order_by("span").first().span.lower.date() == told.first_date


def test_group_whose_first_date_has_passed_can_still_get_more_time(told, staff, now):
    late = datetime(2026, 11, 26, 12, tzinfo=UTC)
    told.seats.update(answer_by=date(2026, 11, 26))

    reminding.extend(told, answer_by=date(2026, 12, 1), actor=staff, now=late)

    told.refresh_from_db()
    assert told.first_date == date(2026, 12, 8)
    assert told.slot.given_up_on is None


@pytest.mark.parametrize("day", [date(2026, 11, 2), LAST_DAY])
def test_a_date_that_is_not_later_is_refused(told, staff, now, day):
    with pytest.raises(NotLater):
        reminding.extend(told, answer_by=day, actor=staff, now=now)

    assert Message.objects.filter(kind="extended").count() == 0


def test_nobody_to_give_time_to_is_refused(told, settled, staff, now):
    with pytest.raises(WrongMoment):
        reminding.extend(settled, answer_by=LATER, actor=staff, now=now)
    empty = recipes.group(told.centre)
    with pytest.raises(NobodyToAsk):
        reminding.extend(empty, answer_by=LATER, actor=staff, now=now)


def test_whatever_happens_nobody_loses_their_date(told, staff, now):
    before = dict(Registration.objects.values_list("pk", "registered_at"))

    reminding.remind_before_it_is_late(now=now + 5 * DAY)
    reminding.extend(told, answer_by=LATER, actor=staff, now=now + 6 * DAY)
    let_go(told, actor=staff, now=now + 7 * DAY)

    assert dict(Registration.objects.values_list("pk", "registered_at")) == before
    assert told.seats.exclude(state=SeatState.ENDED).count() == 0
    moves = told.seats.first().registration.activities.values_list("what", flat=True)
    assert {SeatActivity.REMINDED, SeatActivity.EXTENDED, SeatActivity.LET_GO} <= set(moves)


@pytest.mark.parametrize("way", ["email", "sms", "phone", "letter"])
@pytest.mark.parametrize("move", [SeatActivity.REMINDED, SeatActivity.EXTENDED])
def test_each_way_has_its_text_with_a_link_that_opens(client, forming, staff, way, move):
    now = datetime.now(UTC)
    person = {
        "phone": "+4741333186",
        "email": "kari@example.org" if way == "email" else None,
        "postal_address": "Storgata 1\n9008 Tromsø",
        "preferred_way": way,
    }
    seat = recipes.seat(forming, recipes.waiting(forming.centre, person))
    asking.ask(forming, actor=staff, now=now)
    tell_all(now)

    if move is SeatActivity.REMINDED:
        reminding.remind(seat, actor=staff, now=now)
    else:
        until = now.date() + timedelta(days=12)
        reminding.extend(forming, answer_by=until, actor=staff, now=now)

    seat.refresh_from_db()
    message = seat.message
    assert message.kind == TEXTS[move]
    assert message.channel == {"phone": "call"}.get(way, way)
    if way == "phone":
        assert message.link_path == ""
    else:
        path = message.link_path.format(token=token_for(message.link_seed))
        assert client.get(path).status_code == 200


def test_answer_that_comes_at_the_same_moment_is_not_reminded_of(told, staff, now):
    """The reminder waits for the group's row, and then looks whether the seat is still asked."""
    seat = told.seats.first()
    loaded_before = told.seats.get(pk=seat.pk)
    answering.say_yes(seat, actor=staff, now=now)

    assert not reminding.remind(loaded_before, actor=None, now=now)
    assert Message.objects.filter(kind="reminder").count() == 0
