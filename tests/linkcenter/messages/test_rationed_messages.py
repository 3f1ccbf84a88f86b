"""What anybody can make us send: at most three an hour and five a day to one address."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from linkcenter.messages import outbox
from linkcenter.models import Channel, Message, MessageState, Spending
from linkcenter.web.limits import is_turn, turn
from tests import recipes

NOON = datetime(2026, 11, 22, 12, 20, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


def hours_until(moments):
    return [moment and round((moment - NOON) / timedelta(hours=1), 2) for moment in moments]


def queue(person, number, **fields):
    return outbox.queue(
        person,
        matter=f"registration:{number}",
        kind="receipt",
        channel=Channel.EMAIL,
        to="Kari@example.org",
        language="nb",
        subject="Vi har fått meldingen din",
        text="Hei",
        is_rationed=True,
        now=NOON,
        **fields,
    )


@pytest.mark.django_db
def test_turns_are_three_an_hour_and_five_a_day_today_and_tomorrow():
    turns = [turn("kari@example.org", now=NOON) for _each in range(12)]

    tomorrow = [11.67] * 3 + [12.67] * 2
    assert hours_until(turns) == [0, 0, 0, 0.67, 0.67, *tomorrow, None, None]


@pytest.mark.django_db
def test_late_in_the_evening_the_next_turn_is_tomorrow():
    late = MIDNIGHT - timedelta(minutes=5)

    turns = [turn("kari@example.org", now=late) for _each in range(5)]

    assert turns == [late] * 3 + [MIDNIGHT] * 2


@pytest.mark.django_db
def test_what_is_worth_nothing_later_is_not_sent_later():
    now = [is_turn("kari@example.org", now=NOON) for _each in range(9)]
    an_hour_later = [is_turn("kari@example.org", now=NOON + timedelta(hours=1)) for _each in "123"]

    assert now == [True] * 3 + [False] * 6
    assert an_hour_later == [True, True, False]


@pytest.mark.django_db
def test_one_address_is_one_however_it_is_written():
    for _each in range(3):
        turn("Kari@Example.org", now=NOON)

    assert not is_turn("kari@example.ORG", now=NOON)
    assert is_turn("ola@example.org", now=NOON)


@pytest.mark.django_db
def test_database_does_not_hold_the_address_and_calls_it_something_else_tomorrow():
    turn("kari@example.org", now=NOON)
    turn("kari@example.org", now=NOON + timedelta(days=1))

    rows = str(Spending.objects.values())
    assert "kari" not in rows
    assert Spending.objects.values("key").distinct().count() == Spending.objects.count() == 4


@pytest.mark.django_db
def test_one_too_many_waits_for_its_turn_and_then_nothing_comes_of_it():
    person = recipes.participant(recipes.centre())

    messages = [queue(person, number) for number in range(12)]

    assert Counter(message.state for message in messages) == {
        MessageState.QUEUED: 10,
        MessageState.CANCELLED: 2,
    }
    jobs = ProcrastinateJob.objects.filter(task_name=outbox.SEND_JOB).order_by("id")
    assert hours_until(jobs.values_list("scheduled_at", flat=True)) == [
        *[None] * 3,
        *[0.67] * 2,
        *[11.67] * 3,
        *[12.67] * 2,
    ]


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_get_no_more_through():
    person = recipes.participant(recipes.centre())

    def one(number):
        try:
            return queue(person, number).state
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        states = Counter(threads.map(one, range(100)))

    assert states == {MessageState.QUEUED: 10, MessageState.CANCELLED: 90}
    assert ProcrastinateJob.objects.filter(scheduled_at=None).count() == 3


@pytest.mark.django_db(transaction=True)
def test_worker_leaves_alone_what_waits_for_its_turn():
    person = recipes.participant(recipes.centre())
    messages = [queue(person, number) for number in range(4)]
    ProcrastinateJob.objects.filter(scheduled_at__isnull=False).update(
        scheduled_at=datetime(2100, 1, 1, tzinfo=UTC)
    )

    call_command("worker", one_shot=True)

    sent = Message.objects.filter(state=MessageState.SENT).count()
    assert (sent, len(messages)) == (3, 4)
