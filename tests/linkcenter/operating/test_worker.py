"""The real worker on the real queue."""

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from groups.today import nightly_jobs
from linkcenter.messages import outbox
from linkcenter.models import Channel, JobRun, Message, MessageState
from linkcenter.tasks import MOST_TRIES, forget
from tests import recipes

pytestmark = pytest.mark.django_db(transaction=True)


class Unreachable(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError


class Deadlocked(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise OperationalError("deadlock detected")


def queue(matter):
    return outbox.queue(
        recipes.participant(recipes.centre()),
        matter=matter,
        kind="receipt",
        channel=Channel.EMAIL,
        to="kari@example.org",
        language="nb",
        subject="Vi har fått meldingen din",
        text="Hei",
    )


def test_worker_sends_what_is_queued_and_stops():
    messages = [queue("registration:1"), queue("registration:2")]

    call_command("worker", one_shot=True)

    assert {sent.extra_headers["Message-ID"] for sent in mail.outbox} == {
        message.message_id for message in messages
    }
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}
    jobs = ProcrastinateJob.objects.filter(args__in=[{"message_id": m.pk} for m in messages])
    assert list(jobs) == []  # nothing is left of what is done


def test_worker_leaves_cancelled_mails_alone():
    message = queue("registration:1")
    outbox.cancel(message.recipient, matter=message.matter)

    call_command("worker", one_shot=True)

    assert mail.outbox == []


@pytest.mark.parametrize("backend", [Unreachable, Deadlocked])
def test_mail_that_does_not_go_now_is_tried_again(monkeypatch, backend):
    message = queue("registration:1")
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend", backend)

    call_command("worker", one_shot=True)

    job = ProcrastinateJob.objects.get(args={"message_id": message.pk})
    assert (job.status, job.attempts) == ("todo", 1)
    assert job.scheduled_at > timezone.now()


def break_text(message):
    """Nobody can read it any more, whatever key they have."""
    with connection.cursor() as cursor:
        cursor.execute("update linkcenter_message set text = 'x' where id = %s", [message.pk])


def test_mail_that_nobody_can_write_is_given_to_staff_and_holds_up_no_other():
    poisoned, sound = queue("registration:1"), queue("registration:2")
    break_text(poisoned)

    call_command("worker", one_shot=True)
    outbox.fail_given_up()

    assert [sent.extra_headers["Message-ID"] for sent in mail.outbox] == [sound.message_id]
    states = Message.objects.order_by("pk").values_list("state", "error")
    assert list(states) == [("failed", outbox.GIVEN_UP), ("sent", "")]


def test_mail_that_waits_for_its_turn_is_not_given_up():
    queue("registration:1")

    assert outbox.fail_given_up() == 0


@pytest.mark.parametrize(("attempts", "sent"), [(0, 1), (MOST_TRIES, 0)])
def test_job_of_a_killed_worker_is_done_again_but_not_for_ever(attempts, sent):
    message = queue("registration:1")
    mine = ProcrastinateJob.objects.filter(args={"message_id": message.pk})
    with connection.cursor() as cursor:  # as a worker leaves it that is gone
        cursor.execute(
            "update procrastinate_jobs set status = 'doing', attempts = %s where id = %s",
            [attempts, mine.get().pk],
        )

    app.configure_task("linkcenter.retry_lost_jobs").defer(timestamp=0)
    call_command("worker", one_shot=True)

    assert len(mail.outbox) == sent
    assert [job.status for job in mine] == (["failed"] if not sent else [])


def test_nightly_jobs_are_known_to_the_worker():
    app.perform_import_paths()

    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    often = {"linkcenter.retry_lost_jobs", "linkcenter.mark_stale"}
    assert periodic == {*nightly_jobs.NIGHTLY, *often}


def test_nightly_job_leaves_its_run_behind():
    forget(timestamp=0)

    run = JobRun.objects.get()
    assert (run.job, set(run.counts.values())) == ("linkcenter.retention", {0})
    assert run.finished_at is not None
