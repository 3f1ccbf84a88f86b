"""Jobs that the database broke off, or whose worker is gone, are done again."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from linkcenter.messages import outbox
from linkcenter.models import Channel, JobRun
from linkcenter.personal_data import retention
from tests import recipes

pytestmark = pytest.mark.django_db(transaction=True)

# One comes again within a minute, and the other is procrastinate's own, which nobody here uses.
NEVER_TRIED = (
    "linkcenter.retry_lost_jobs",
    "builtin:procrastinate.builtin_tasks.remove_old_jobs",
    "procrastinate.builtin_tasks.remove_old_jobs",
)
BREAK_OFF = """
create function broken_off() returns trigger language plpgsql as
    $$ begin raise 'broken off' using errcode = '40001'; end $$;
create trigger broken_off before insert on linkcenter_jobrun execute function broken_off();
"""
LET_GO_ON = "drop trigger broken_off on linkcenter_jobrun; drop function broken_off;"


def run(statement, *told):
    with connection.cursor() as cursor:
        cursor.execute(statement, told)


def our_tasks():
    app.perform_import_paths()
    return [task for name, task in app.tasks.items() if name not in NEVER_TRIED]


def is_tried_again(task, error, attempts=0):
    job = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts)
    return task.get_retry_exception(exception=error, job=job) is not None


def test_every_job_is_tried_again_when_the_database_was_away():
    for error in (OperationalError("deadlock detected"), InterfaceError("closed")):
        assert {task.name: is_tried_again(task, error) for task in our_tasks()} == dict.fromkeys(
            [task.name for task in our_tasks()], True
        )


def test_no_job_is_tried_again_for_ever_or_when_it_is_wrong_in_itself():
    error = OperationalError("deadlock detected")

    assert not any(is_tried_again(task, error, attempts=8) for task in our_tasks())
    assert not any(is_tried_again(task, ValueError("wrong")) for task in our_tasks())


def test_nightly_job_that_was_broken_off_is_done_a_moment_later():
    run(BREAK_OFF)
    app.configure_task(retention.JOB).defer(timestamp=0)
    mine = ProcrastinateJob.objects.filter(task_name=retention.JOB)

    call_command("worker", one_shot=True)
    run(LET_GO_ON)
    tried = mine.get()
    run("update procrastinate_jobs set scheduled_at = null where id = %s", tried.pk)
    call_command("worker", one_shot=True)

    assert (tried.status, tried.attempts) == ("todo", 1)
    assert not mine.exists()
    assert JobRun.objects.get(job=retention.JOB).finished_at is not None


def test_lost_job_whose_next_one_waits_already_holds_up_no_other():
    for job in range(2):  # the nightly job of a worker that was killed, and the next night's
        app.configure_task(retention.JOB).defer(timestamp=job)
        if not job:
            run("update procrastinate_jobs set status = 'doing'")
    outbox.queue(
        recipes.participant(recipes.centre()),
        matter="registration:1",
        kind="receipt",
        channel=Channel.EMAIL,
        to="kari@example.org",
        language="nb",
        subject="Hei",
        text="Hei",
    )
    run("update procrastinate_jobs set status = 'doing' where queue_name = 'mail'")
    run("update procrastinate_jobs set scheduled_at = now() + '1 day' where status = 'todo'")

    app.configure_task("linkcenter.retry_lost_jobs").defer(timestamp=0)
    call_command("worker", one_shot=True)

    assert len(mail.outbox) == 1
    assert [job.status for job in ProcrastinateJob.objects.all()] == ["todo"]
