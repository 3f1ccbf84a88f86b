"""The shipped SQL makes the two roles, and each can what it should."""

from collections.abc import Iterator
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from linkcenter.backups.programs import running

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

ROLES = settings.BASE_DIR / "deploy/postgres/roles.sql"


@pytest.fixture
def made() -> Iterator[None]:
    passwords = ("-v", "owner_password=one", "-v", "web_password=two")
    with running("psql", "-q", "-v", "ON_ERROR_STOP=1", *passwords, "-f", str(ROLES)):
        pass
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for what in ("database link with (force)", "role link_owner", "role link_web"):
                cursor.execute(f"drop {what}")  # two names of ours


def connect(role: str) -> psycopg.Connection:
    told = connection.settings_dict
    host = quote(str(told["HOST"]), safe="")
    return psycopg.connect(f"postgresql://{role}@{host}:{told['PORT'] or 5432}/link")


def test_owner_makes_tables_and_the_web_cannot(made: None) -> None:
    with connect("link_owner") as owner:
        owner.execute("create extension btree_gist")
        owner.execute("create table ours (id int)")
    with connect("link_web") as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute("select * from ours")
    with connect("link_web") as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute("create table mine (id int)")
