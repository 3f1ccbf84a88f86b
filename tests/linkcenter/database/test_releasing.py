"""A migration is ended when somebody waits for it, and waits for nobody for long."""

import time

import pytest
from django.db import OperationalError, connection, transaction
from psycopg import errors

from linkcenter.database import catalogue
from linkcenter.database.migrating import LONGEST_WAIT, migrate_beside_the_work, nobody_kept_waiting
from linkcenter.models import User
from tests.database import InBackground

pytestmark = pytest.mark.django_db(transaction=True)

HOLD = "lock table linkcenter_user in access exclusive mode"


@pytest.fixture
def background():
    background = InBackground()
    yield background
    background.stop()


def test_what_keeps_somebody_waiting_is_ended_and_taken_back(background):
    waiting = []

    def alter():
        with nobody_kept_waiting(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("alter table linkcenter_user add column weight int")
            waiting.append(background.start(User.objects.count))
            cursor.execute("select pg_sleep(30)")

    with pytest.raises(OperationalError) as ended:
        alter()

    assert isinstance(ended.value.__cause__, errors.QueryCanceled)
    assert waiting[0].result(10) == 0
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "linkcenter_user")
    assert "weight" not in {column.name for column in columns}


def test_watch_goes_on_when_its_connection_is_lost(background):
    def cut_off_others():
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
            return cursor.fetchone()[0]

    cut, waiting = [], []

    def hold():
        with nobody_kept_waiting(), transaction.atomic(), connection.cursor() as cursor:
            cut.append(cut_off_others())
            cursor.execute(HOLD)
            waiting.append(background.start(User.objects.count))
            cursor.execute("select pg_sleep(10)")

    with pytest.raises(OperationalError) as ended:
        hold()

    assert cut == [1]
    assert isinstance(ended.value.__cause__, errors.QueryCanceled)
    assert waiting[0].result(10) == 0


def test_what_keeps_nobody_waiting_takes_its_time():
    with nobody_kept_waiting(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(HOLD)
        time.sleep(1.5 * LONGEST_WAIT)
        cursor.execute("select count(*) from linkcenter_user")
        assert cursor.fetchone() == (0,)


def test_lock_that_somebody_holds_is_waited_for_briefly(background):
    def try_briefly():
        catalogue.wait_for_locks(0.2)
        User.objects.count()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(HOLD)
        tried = background.start(try_briefly)
        with pytest.raises(OperationalError) as refused:
            tried.result(10)

    assert isinstance(refused.value.__cause__, errors.LockNotAvailable)


def test_release_without_migrations_says_nothing():
    told = []

    migrate_beside_the_work(patience=0, tell=told.append)

    assert told == []
