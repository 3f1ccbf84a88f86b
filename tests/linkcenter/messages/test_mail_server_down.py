"""The mail server is away for a day: the mail goes when it is back, and goes once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from linkcenter.messages import outbox
from linkcenter.models import Channel, Message, MessageState
from linkcenter.tasks import MAIL_RETRIES
from tests import recipes

pytestmark = pytest.mark.django_db(transaction=True)

BACKEND = "django.core.mail.backends.locmem.EmailBackend"


class Away(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError


@pytest.fixture
def message():
    return outbox.queue(
        recipes.participant(recipes.centre()),
        matter="registration:1",
        kind="receipt",
        channel=Channel.EMAIL,
        to="kari@example.org",
        language="nb",
        subject="Hei",
        text="Hei",
    )


def try_now() -> timedelta:
    """Let the worker try, and tell for how long it waits until the next time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update procrastinate_jobs set scheduled_at = null where queue_name = 'mail'"
        )
    call_command("worker", one_shot=True)
    job = ProcrastinateJob.objects.filter(queue_name="mail", status="todo").first()
    return job.scheduled_at - timezone.now() if job else timedelta()


def test_mail_waits_for_a_day_and_is_sent_once(monkeypatch, message):
    with monkeypatch.context() as away:
        away.setattr(BACKEND, Away)
        waits = [try_now() for _try in range(MAIL_RETRIES)]
    try_now()

    assert sum(waits, timedelta()) > timedelta(hours=24)
    assert [sent.extra_headers["Message-ID"] for sent in mail.outbox] == [message.message_id]
    assert Message.objects.get().state == MessageState.SENT


def test_mail_that_does_not_go_for_longer_is_for_staff_to_tell(monkeypatch, message):
    monkeypatch.setattr(BACKEND, Away)

    for _try in range(MAIL_RETRIES + 1):
        try_now()

    assert Message.objects.get().state == MessageState.FAILED
    assert Message.objects.ring_instead().count() == 1
