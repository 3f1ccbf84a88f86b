"""In the morning staff hear what has not gone as it should, and nothing of whom it is about."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from centres.states import Role
from groups.domain import failures
from linkcenter.jobs import job_run, nightly
from linkcenter.models import JobRun, Message, MessageState
from tests import recipes
from tests.running.workers import queue_mail

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def centre():
    return recipes.centre()


@pytest.fixture
def administrator():
    return recipes.staff(Role.ADMINISTRATOR)


@pytest.fixture
def coordinator(centre):
    return recipes.staff(Role.COORDINATOR, centre)


@pytest.fixture
def night():
    """Everything was done, this night."""
    ended = NOW - timedelta(hours=4)
    for job in nightly():
        JobRun.objects.create(job=job, started_at=ended, finished_at=ended)


def fail_mail(centre, number: int = 1) -> None:
    message = queue_mail(recipes.participant(centre), number)
    Message.objects.filter(pk=message.pk).update(state=MessageState.FAILED)


def give_up() -> None:
    job = app.configure_task("linkcenter.send_message").defer(message_id=1)
    with connection.cursor() as cursor:
        for status in ("doing", "failed"):
            cursor.execute("update procrastinate_jobs set status = %s where id = %s", [status, job])


def told() -> dict[str, str]:
    """The text that each of the staff gets."""
    return {
        message.recipient.email: message.text
        for message in Message.objects.filter(kind="failures", state=MessageState.QUEUED)
    }


def test_nobody_is_told_of_a_good_night(night, administrator, coordinator):
    assert failures.tell(now=NOW) == 0
    assert told() == {}


def test_staff_hear_of_mail_to_the_people_of_their_own_centre(night, centre, coordinator):
    recipes.staff(Role.COORDINATOR, recipes.centre("nabo"))
    recipes.staff(Role.STATISTICS)
    fail_mail(centre)
    fail_mail(centre, 2)

    assert failures.tell(now=NOW) == 1

    assert list(told()) == [coordinator.email]
    assert "- 2 e-poster kom ikke fram." in told()[coordinator.email]
    assert "maskinen" not in told()[coordinator.email]


def test_administrator_hears_of_all_mail_and_of_the_machine(night, centre, administrator):
    fail_mail(centre)
    JobRun.objects.filter(job="groups.remind").update(
        started_at=NOW - timedelta(hours=28), finished_at=NOW - timedelta(hours=28)
    )
    JobRun.objects.filter(job="groups.look_after").update(finished_at=None)
    give_up()

    failures.tell(now=NOW)

    text = told()[administrator.email]
    assert "- 1 e-post kom ikke fram." in text
    assert "- 2 av jobbene om natta er ikke gjort." in text
    assert "- 1 annen jobb ble gitt opp." in text
    assert "sikkerhetskopi" not in text
    assert "maskinen" in text


def test_job_that_was_given_up_is_told_once(night, administrator):
    give_up()

    with job_run(failures.JOB) as counts:
        counts["told"] = failures.tell()
    Message.objects.all().delete()

    assert counts == {"told": 1}
    assert failures.tell() == 0


def test_new_machine_has_a_night_before_anything_is_late(administrator):
    JobRun.objects.create(job="groups.remind", started_at=NOW, finished_at=NOW)

    assert failures.tell(now=NOW + timedelta(hours=20)) == 0
    assert failures.tell(now=NOW + timedelta(hours=27)) == 1


@pytest.mark.parametrize(("hours", "is_told"), [(None, True), (5, False), (29, True)])
def test_backup_that_is_too_old_is_told(
    night, administrator, settings, tmp_path, hours: int | None, is_told: bool
):
    settings.DEVELOPMENT = False
    settings.BACKUP_DIR = tmp_path
    if hours is not None:
        made = NOW - timedelta(hours=hours)
        (tmp_path / f"{made:%Y-%m-%dT%H%M%S.%fZ}.link-backup").touch()

    assert failures.tell(now=NOW) == is_told
    assert ("ingen ny sikkerhetskopi" in "".join(told().values())) == is_told


def test_who_cannot_log_in_is_not_told(centre, coordinator):
    coordinator.is_active = False
    coordinator.save()
    fail_mail(centre)

    assert failures.tell(now=NOW) == 0


def test_later_morning_takes_the_place_of_a_mail_that_has_not_gone(night, centre, coordinator):
    fail_mail(centre)
    failures.tell(now=NOW)
    fail_mail(centre, 2)

    failures.tell(now=NOW + timedelta(hours=1))

    assert "2 e-poster" in told()[coordinator.email]
