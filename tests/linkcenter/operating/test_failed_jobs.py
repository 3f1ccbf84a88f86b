"""What a job was to do is kept for a month if it failed, and not at all if it did not."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from time_machine import travel

from linkcenter.jobs import KEEP_FAILED
from linkcenter.operating.logs import DiscreetFormatter
from linkcenter.personal_data import retention
from participants.domain.erasure import erase
from participants.domain.person import link_request
from tests import recipes

pytestmark = pytest.mark.django_db(transaction=True)

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"


def fail(monkeypatch):
    """Somebody asks for a link, and the worker stumbles over it."""
    person = recipes.participant(recipes.centre())
    link_request.ask_for_link(email=person.email)

    def stumble(*args, **kwargs):
        raise ValueError

    with monkeypatch.context() as broken:
        broken.setattr(link_request, "send_link", stumble)
        call_command("worker", one_shot=True)
    return person


def states():
    mine = ProcrastinateJob.objects.filter(task_name=link_request.SEND_JOB)
    return list(mine.values_list("status", flat=True))


def test_failed_job_goes_after_thirty_days(monkeypatch):
    fail(monkeypatch)
    now = timezone.now()

    left = []
    for moment in (now, now + KEEP_FAILED - 60 * SECOND, now + KEEP_FAILED):
        with travel(moment, tick=False):
            retention.run()
        left.append(states())

    assert left == [["failed"], ["failed"], []]


def test_job_that_waits_is_never_forgotten():
    link_request.ask_for_link(email=recipes.participant(recipes.centre()).email)

    retention.run(now=timezone.now() + 2 * KEEP_FAILED.length)

    assert states() == ["todo"]


def test_failed_job_holds_digests_and_no_address(monkeypatch):
    person = fail(monkeypatch)

    job = ProcrastinateJob.objects.get(task_name=link_request.SEND_JOB)

    assert person.email not in str(job.args)
    assert set(job.args) == {"digests"}


def test_log_of_a_failed_job_tells_nobody_who_it_was_for(monkeypatch, caplog):
    person = fail(monkeypatch)

    lines = [DiscreetFormatter().format(record) for record in caplog.records]

    assert any(
        f"{link_request.SEND_JOB}[" in line and "ended with status: Error" in line for line in lines
    )
    assert [key for key in person.search_keys if key in "".join(lines)] == []


def test_erasing_somebody_takes_the_failed_job_along(monkeypatch):
    gone, stays = (fail(monkeypatch) for _each in range(2))

    erase(gone)

    (job,) = ProcrastinateJob.objects.filter(task_name=link_request.SEND_JOB)
    assert set(job.args["digests"]) & set(stays.search_keys)
