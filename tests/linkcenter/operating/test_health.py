from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from linkcenter.operating import worker_state

pytestmark = pytest.mark.django_db


def test_alive_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_when_the_database_has_all_tables(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "database": "ok",
        "migrations": "ok",
        "queue": "ok",
        "queue_age_seconds": 0,
        "worker": "silent",
    }


def test_not_ready_when_a_migration_is_missing(client):
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'linkcenter'")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["migrations"] == "missing"


def test_ready_tells_of_a_job_that_has_waited_for_long(client):
    an_hour_ago = timezone.now() - timedelta(hours=1)
    app.configure_task("linkcenter.send_message", schedule_at=an_hour_ago).defer(message_id=1)

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["queue"] == "late"
    assert 3600 <= response.json()["queue_age_seconds"] < 3660


def test_ready_does_not_count_what_is_due_later(client):
    tomorrow = timezone.now() + timedelta(days=1)
    app.configure_task("linkcenter.send_message", schedule_at=tomorrow).defer(message_id=1)

    assert client.get("/readyz").json()["queue_age_seconds"] == 0


@pytest.mark.parametrize(("seconds", "told"), [(5, "ok"), (90, "silent")])
def test_ready_tells_of_a_worker_that_is_silent(client, seconds, told):
    with connection.cursor() as cursor:
        heard = timezone.now() - timedelta(seconds=seconds)
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (%s)", [heard])

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["worker"] == told


def test_job_that_hangs_is_the_longest_at_work():
    first = app.configure_task("linkcenter.send_message").defer(message_id=1)
    app.configure_task("linkcenter.send_message").defer(message_id=2)
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing'")
        cursor.execute(
            "update procrastinate_events set at = at - interval '1 hour' where job_id = %s", [first]
        )

    assert worker_state.longest_at_work(timezone.now()) == pytest.approx(
        timedelta(hours=1), abs=timedelta(minutes=1)
    )
    assert worker_state.jobs() == {"todo": 0, "doing": 2, "failed": 0}
