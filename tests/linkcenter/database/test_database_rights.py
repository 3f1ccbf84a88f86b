"""The role of the web does the daily work, and PostgreSQL refuses it the rest."""

from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks import ERROR
from django.db import connection
from psycopg import sql

from linkcenter.database.checks import database_is_safe, refuse_unsafe_database
from linkcenter.database.rights import dangers
from tests import recipes
from tests.running.roles import execute, url, web_role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def role() -> Iterator[str]:
    with web_role() as name:
        yield name


@pytest.fixture
def web(role: str) -> Iterator[psycopg.Connection]:
    """A connection as the web has it."""
    with psycopg.connect(url(role=role), autocommit=True) as opened:
        yield opened


@pytest.fixture
def as_web(role: str) -> Iterator[None]:
    """The connection of the tests with the web's rights."""
    execute("set role {}", role)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("reset role")


def test_web_reads_and_writes(web):
    recipes.waiting(recipes.centre())

    with web.cursor() as cursor:
        cursor.execute("update participants_registration set paused_until = now() + '1 day'")
        assert cursor.rowcount == 1
        cursor.execute("delete from django_session")


def test_what_has_happened_cannot_be_changed(web):
    for label in settings.NEVER_CHANGED:
        model = apps.get_model(label)
        names = [sql.Identifier(model._meta.db_table), sql.Identifier(model._meta.pk.column)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege), web.cursor() as cursor:
            cursor.execute(sql.SQL("update {} set {} = default").format(*names))


@pytest.mark.parametrize(
    "statement",
    [
        "create table mine (id int)",
        "drop table participants_participant",
        "truncate participants_participant cascade",
        "alter table linkcenter_activity disable trigger all",
        "drop trigger activity_append_only on linkcenter_activity",
        "create schema mine",
        "update django_migrations set name = 'x'",
        "copy participants_participant to program 'cat'",
        "set session_replication_role = replica",
        "create role mine",
    ],
)
def test_nothing_of_the_house_can_be_altered(web, statement):
    with pytest.raises(psycopg.Error), web.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def production(settings):
    settings.DEVELOPMENT = False


def test_production_starts_with_the_webs_role(production, as_web):
    assert dangers() == []
    found = database_is_safe(None, ["default"])
    assert [each for each in found if each.is_serious(ERROR)] == []


def test_production_refuses_a_role_that_may_do_everything(production):
    with pytest.raises(Exception, match="may do everything"):
        refuse_unsafe_database()


def test_production_refuses_a_role_that_may_change_the_past(production, role, as_web):
    with connection.cursor() as cursor:
        cursor.execute("reset role")
    execute("grant update on linkcenter_activity to {}", role)
    execute("set role {}", role)

    assert ["change what has happened" in danger for danger in dangers()] == [True]


def test_production_refuses_a_database_that_forgets_in_a_crash(production, as_web):
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
    try:
        [danger] = dangers()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("reset synchronous_commit")

    assert danger == "PostgreSQL has synchronous_commit = off. Set it to on."
