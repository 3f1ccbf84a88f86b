"""Two roles in the database: one owns the tables and migrates, the other does the daily work.

The second has no right to change what has happened, nor to make, alter or empty a table. What the
code forgot, or somebody who broke in through it tries, PostgreSQL refuses.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}

REMEDY = "Let the owner of the tables run: manage.py grant_rights"

_GRANTS = (
    "revoke all on all tables in schema public from {role}",
    "revoke all on all sequences in schema public from {role}",
    "revoke all on schema public from {role}",
    "revoke create on schema public from public",
    "grant usage on schema public to {role}",
    "grant select, insert, update, delete on all tables in schema public to {role}",
    "grant usage, select on all sequences in schema public to {role}",
    "revoke insert, update, delete on django_migrations from {role}",
)


@transaction.atomic
def grant(role: str) -> None:
    """``role`` may do the daily work, and no more: also after it had more. For the owner to run.

    Rows of ``NEVER_CHANGED`` can be added and, together with whom they are about, deleted.
    """
    tables = [apps.get_model(label)._meta.db_table for label in settings.NEVER_CHANGED]
    with connection.cursor() as cursor:
        for statement in _GRANTS:
            cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role)))
        for table in tables:
            names = {"table": sql.Identifier(table), "role": sql.Identifier(role)}
            cursor.execute(sql.SQL("revoke update on {table} from {role}").format(**names))


def dangers() -> list[str]:
    """What would lose what was acknowledged after a crash, or let the web change its own past."""
    with connection.cursor() as cursor:
        unsafe = [
            f"PostgreSQL has {name} = {found}. Set it to {safe}."
            for name, safe in SAFE.items()
            if (found := _setting(cursor, name)) != safe
        ]
        return unsafe + _too_mighty(cursor)


def _setting(cursor: CursorWrapper, name: str) -> str:
    cursor.execute("select current_setting(%s)", [name])
    value: str = cursor.fetchone()[0]
    return value


def _too_mighty(cursor: CursorWrapper) -> list[str]:
    cursor.execute(
        "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb"
        " from pg_roles where rolname = current_user"
    )
    if cursor.fetchone()[0]:
        return ["The role in DATABASE_URL may do everything. Give the web a role of its own."]
    tables = [apps.get_model(label)._meta.db_table for label in settings.NEVER_CHANGED]
    cursor.execute(
        "select bool_or(has_table_privilege(oid, 'update')) from pg_class"
        " where relname = any(%s) and relkind = 'r' and relnamespace = 'public'::regnamespace",
        [tables],
    )
    if cursor.fetchone()[0]:
        return [f"The role in DATABASE_URL may change what has happened. {REMEDY}"]
    return []
