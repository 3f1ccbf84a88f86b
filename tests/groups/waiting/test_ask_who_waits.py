"""Who has waited long and said nothing is asked whether they still want to, a few each day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from groups.domain.waiting.silence import A_NIGHT, ask_who_waits
from groups.tasks import ask_who_waits_long
from linkcenter.messages.outbox import full_text
from linkcenter.models import Channel, JobRun, Message, MessageState
from participants.domain.registration.changes import change_availability
from participants.mail import receipt
from participants.models import PersonalLink, Registration
from participants.states import RegistrationState
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 9, tzinfo=UTC)
THREE_MONTHS = timedelta(days=92)
SIX_MONTHS = timedelta(days=183)
DAY = timedelta(days=1)


@pytest.fixture
def centre():
    return recipes.centre()


def silent(centre, since=NOW - THREE_MONTHS, person=None, **fields):
    return recipes.waiting(centre, person, registered_at=since, **fields)


def asked():
    rows = Registration.objects.filter(still_asked_on=NOW.date())
    return set(rows.values_list("pk", flat=True))


def test_who_has_said_nothing_for_three_months_is_asked_and_not_a_day_before(centre):
    long_silent = silent(centre)
    silent(centre, NOW - THREE_MONTHS + DAY)
    received = silent(centre, state=RegistrationState.RECEIVED)

    assert ask_who_waits(now=NOW) == 2

    assert asked() == {long_silent.pk, received.pk}
    message = Message.objects.get(participant=long_silent.participant)
    assert (message.kind, message.channel) == ("still", Channel.EMAIL)
    assert "/lenke/" in full_text(message)
    assert "10. august 2027" in full_text(message)
    assert list(long_silent.activities.values_list("what", flat=True)) == ["still_asked"]


def test_once_more_after_six_months_and_then_no_more(centre):
    registration = silent(centre, NOW - THREE_MONTHS)
    days = [day for day in range(300) if _asks(NOW + day * DAY)]

    assert days == [0, (SIX_MONTHS - THREE_MONTHS).days]
    assert registration.activities.count() == 2


def _asks(now):
    asks = ask_who_waits(now=now)
    Message.objects.filter(state=MessageState.QUEUED).update(state=MessageState.SENT, sent_at=now)
    return asks


def test_who_was_first_asked_late_gets_a_month_before_the_next(centre):
    silent(centre, NOW - SIX_MONTHS + 5 * DAY)

    assert [day for day in (0, 1, 5, 29, 30, 31, 59) if _asks(NOW + day * DAY)] == [0, 30]


def test_whoever_says_something_is_not_asked_for_three_months_more(centre):
    registration = silent(centre)
    change_availability(registration, availability=["mon-morning"], now=NOW - DAY)

    assert ask_who_waits(now=NOW) == 0
    assert ask_who_waits(now=NOW - DAY + THREE_MONTHS) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"state": RegistrationState.HELD, "held_because": "links"},
        {"state": "closed", "close_reason": "done", "closed_at": NOW},
        {"paused_until": NOW.date() + DAY},
        {"paused_until": NOW.date() - THREE_MONTHS + DAY},
    ],
    ids=["held back", "closed", "on a break", "back from a break"],
)
def test_who_does_not_wait_is_not_asked(centre, fields):
    silent(centre, **fields)

    assert ask_who_waits(now=NOW) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"state": "asked", "asked_at": NOW, "answer_by": NOW.date()},
        {
            "state": "ended",
            "asked_at": NOW - 20 * DAY,
            "answer_by": NOW.date() - 13 * DAY,
            "ended_at": NOW - 13 * DAY,
            "end_reason": "expired",
        },
    ],
    ids=["proposed", "asked", "did not answer"],
)
def test_who_is_or_was_just_asked_to_join_a_group_is_not_asked(centre, fields):
    recipes.seat(recipes.group(centre), silent(centre), **fields)

    assert ask_who_waits(now=NOW) == 0
    assert ask_who_waits(now=NOW + 2 * DAY) == (1 if "ended_at" in fields else 0)


def test_one_message_at_a_time(centre):
    registration = silent(centre)
    receipt(registration, link=None, is_rationed=False, now=NOW - DAY)

    assert ask_who_waits(now=NOW) == 0


@pytest.mark.parametrize(("way", "channel"), [("phone", "call"), ("sms", "sms")])
def test_without_e_mail_it_is_for_staff_to_say(centre, way, channel):
    person = {"email": None, "phone": "+4741234567", "preferred_way": way}
    registration = silent(centre, person=person)

    ask_who_waits(now=NOW)

    message = Message.objects.get()
    assert message.channel == channel
    assert list(Message.objects.ring_instead()) == [message]
    assert PersonalLink.objects.count() == (0 if way == "phone" else 1)
    not_told = Registration.objects.without_answer(NOW.date() + 20 * DAY)
    assert list(not_told.all()) == []
    Message.objects.update(state=MessageState.SENT, sent_at=NOW + DAY)
    assert list(not_told.all()) == [registration]


def test_a_few_a_day_at_each_centre_the_longest_silent_first(centre):
    rows = [silent(centre, NOW - THREE_MONTHS - n * DAY) for n in range(A_NIGHT + 2)]
    elsewhere = silent(recipes.centre())

    assert ask_who_waits(now=NOW) == A_NIGHT + 1

    assert asked() == {row.pk for row in rows[2:]} | {elsewhere.pk}
    assert ask_who_waits(now=NOW) == 2
    assert ask_who_waits(now=NOW) == 0


def test_who_does_not_answer_is_a_task_for_staff(centre):
    registration = silent(centre)
    _asks(NOW)

    def on(day: date) -> list[Registration]:
        return list(Registration.objects.without_answer(day))

    assert on(NOW.date() + 13 * DAY) == []
    assert on(NOW.date() + 14 * DAY) == [registration]
    change_availability(registration, availability=["mon-morning"], now=NOW + DAY)
    assert on(NOW.date() + 14 * DAY) == []


def test_job_leaves_a_report(centre):
    silent(centre, datetime(2026, 1, 1, tzinfo=UTC))

    ask_who_waits_long(0)

    run = JobRun.objects.get(job="groups.ask_who_waits")
    assert (run.counts, run.finished_at is None) == ({"people": 1}, False)
