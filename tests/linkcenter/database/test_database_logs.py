"""PostgreSQL's own log quotes nobody, and who looks is told when it would."""

import re
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from linkcenter.database.checks import database_is_safe
from linkcenter.database.server_log import QUIET, quoting
from tests.running.roles import url

pytestmark = pytest.mark.django_db

LOUD = {
    "log_min_messages": "warning",
    "log_min_error_statement": "error",
    "log_error_verbosity": "default",
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_min_duration_sample": "0",
    "log_transaction_sample_rate": "1",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
}
ROLES = settings.BASE_DIR / "deploy/postgres/roles.sql"


def put(values: dict[str, str], db: psycopg.Connection) -> None:
    for name, value in values.items():
        db.execute(sql.SQL("set {} = {}").format(sql.Identifier(name), value))


@pytest.fixture
def quiet() -> Iterator[None]:
    """The connection of the tests, as one is in production."""
    connection.ensure_connection()
    put(QUIET, connection.connection)
    yield
    with connection.cursor() as cursor:
        cursor.execute("reset all")


def test_shipped_sql_makes_the_log_quiet():
    told = dict(
        re.findall(r"^alter database link set (log_\w+) to '?([\w-]+)'?;", ROLES.read_text(), re.M)
    )

    assert told == QUIET


def test_quiet_log_is_as_it_should_be(quiet, settings):
    settings.DEVELOPMENT = False

    assert quoting() == []
    assert [
        each for each in database_is_safe(None, ["default"]) if each.id == "linkcenter.W001"
    ] == []


@pytest.mark.parametrize("name", LOUD)
def test_loud_log_is_told_of(quiet, settings, name):
    settings.DEVELOPMENT = False
    put({name: LOUD[name]}, connection.connection)

    assert [f" {name} " in text for text in quoting()] == [True]
    found = [each.id for each in database_is_safe(None, ["default"])]
    assert "linkcenter.W001" in found


@pytest.mark.skipif(not hasattr(settings, "EMBEDDED_POSTGRES"), reason="The log is elsewhere.")
@pytest.mark.parametrize(("values", "quotes"), [(QUIET, False), (LOUD, True)])
def test_what_was_refused_is_not_in_the_log(values, quotes):
    """A row that a constraint refuses, and a value that is no number. Loud, both would be there."""
    log = settings.EMBEDDED_POSTGRES.log
    before = log.stat().st_size
    word = f"kanari{'høyt' if quotes else 'stille'}"
    with psycopg.connect(url(), autocommit=True) as db:
        db.execute("create temp table words (word text primary key)")
        put(values, db)
        db.execute("insert into words values (%s)", [word])
        with pytest.raises(psycopg.errors.UniqueViolation):
            db.execute("insert into words values (%s)", [word])
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            db.execute(f"select '{word}'::int")  # our own word

    with log.open() as lines:
        lines.seek(before)
        written = lines.read()
    assert (word in written) == quotes
