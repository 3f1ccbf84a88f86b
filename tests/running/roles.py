"""Roles in the database at hand, as an installation has them."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.core.management import call_command
from django.db import connection
from psycopg import sql


@contextmanager
def web_role() -> Iterator[str]:
    """A role that may log in, and has been granted what the web needs."""
    name = f"link_web_{secrets.token_hex(4)}"
    execute("create role {} login", name)
    try:
        call_command("grant_rights", name, verbosity=0)
        yield name
    finally:
        execute("drop owned by {}", name)
        execute("drop role {}", name)


def execute(statement: str, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(role)))


def url(*, role: str = "", name: str = "") -> str:
    """The address of the database at hand, or of another beside it, or for another role.

    Nobody asks such a role for a password.
    """
    told = connection.settings_dict
    password = f":{quote(told['PASSWORD'], safe='')}" if told["PASSWORD"] and not role else ""
    who, host = role or told["USER"], quote(str(told["HOST"]), safe="")
    database = name or told["NAME"]
    return f"postgresql://{quote(who, safe='')}{password}@{host}:{told['PORT'] or 5432}/{database}"
