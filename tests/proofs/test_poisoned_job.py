"""One job that raises or hangs holds up no other."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from linkcenter.messages import outbox
from linkcenter.models import Message, MessageState
from participants.domain.person import link_request
from tests import recipes
from tests.running.sink import Sink, listening
from tests.running.workers import Worker, at_work, break_text, queue_mail

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

OTHERS, SECONDS = 100, 60
SILENT = "taus@example.org"
IMPATIENT = """
from django.core.management import call_command
import django
django.setup()
from linkcenter.management.commands import worker
worker.LONGEST = 2
call_command("worker")
"""


def wait_for(what: Callable[[], bool], seconds: float, log: Callable[[], str] = str) -> float:
    """How long it took until it was so."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < seconds, log()
        time.sleep(0.1)
    return time.monotonic() - began


def somebody_asks_for_a_link() -> None:
    link_request.ask_for_link(email=recipes.participant(recipes.centre()).email or "")


def links() -> list[str]:
    mine = ProcrastinateJob.objects.filter(task_name=link_request.SEND_JOB)
    return list(mine.values_list("status", flat=True))


def test_a_hundred_mails_go_past_jobs_that_raise_and_hang(
    tmp_path: Path, web_database: str
) -> None:
    person = recipes.participant(recipes.centre())
    raises = queue_mail(person, 1)
    break_text(raises)
    queue_mail(person, 2, to=SILENT)
    somebody_asks_for_a_link()
    others = [queue_mail(person, 10 + number) for number in range(OTHERS)]

    def silence(recipient: str) -> None:
        if recipient == SILENT:
            time.sleep(SECONDS * 2)

    sink = Sink(recipient_hook=silence)
    worker = Worker(tmp_path, sink.url, web_database)

    def are_sent() -> bool:
        return {message.message_id for message in others} <= set(sink.copies)

    with transaction.atomic(), listening(sink):
        with connection.cursor() as cursor:  # what the job for a link waits for
            cursor.execute("lock table participants_personallink in access exclusive mode")
        with at_work(worker):
            took = wait_for(are_sent, SECONDS, worker.log.read_text)
            assert links() == ["doing"]

    outbox.fail_given_up()

    print(f"\n{OTHERS} mails past three poisoned jobs in {took:.1f} s")  # noqa: T201
    assert Message.objects.filter(pk=raises.pk, state=MessageState.FAILED).exists()
    assert len(sink.copies) == OTHERS
    assert Message.objects.filter(state=MessageState.SENT).count() == OTHERS


def test_job_that_hangs_takes_the_worker_along_and_is_done_by_the_next(
    tmp_path: Path, web_database: str
) -> None:
    sink = Sink()
    impatient = Worker(tmp_path, sink.url, web_database, command=["-c", IMPATIENT])
    patient = Worker(tmp_path, sink.url, web_database)
    somebody_asks_for_a_link()

    with listening(sink):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("lock table participants_personallink in access exclusive mode")
            with at_work(impatient):
                wait_for(lambda: not impatient.is_alive, 20, impatient.log.read_text)
        assert "hangs, and the worker ends" in impatient.log.read_text()
        assert links() == ["doing"]
        with at_work(patient):
            took = wait_for(lambda: len(sink.copies) == 1, 3 * SECONDS)

    print(f"\nA lost job is done again after {took:.0f} s")  # noqa: T201
    assert links() == []
