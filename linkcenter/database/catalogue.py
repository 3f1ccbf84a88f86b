"""What operators' commands ask of the server: its settings, rights, tables and databases.

``db`` is an open cursor or connection.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import Connection, sql

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
_TABLES = """
select table_name from information_schema.tables
where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name
"""
_MIGRATIONS = "select app || '.' || name from django_migrations order by 1"
# Equal rows give equal sums, in whatever order they are stored.
_SUM = """
select count(*), coalesce(sum(('x' || left(md5(row::text), 16))::bit(64)::bigint::numeric), 0)
from {} as row
"""


@transaction.atomic
def grant(role: str, *, never_changed: Iterable[str]) -> None:
    """``role`` may read and write the tables, and no more; those ``never_changed`` not update."""
    with connection.cursor() as cursor:
        for statement in _GRANTS:
            cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role)))
        for table in never_changed:
            names = {"table": sql.Identifier(table), "role": sql.Identifier(role)}
            cursor.execute(sql.SQL("revoke update on {table} from {role}").format(**names))


def setting(name: str) -> str:
    """What PostgreSQL has been told."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting(%s)", [name])
        value: str = cursor.fetchone()[0]
    return value


def is_mighty() -> bool:
    """Whether the role that is connected is bound by no rights, or could give itself more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb"
            " from pg_roles where rolname = current_user"
        )
        return bool(cursor.fetchone()[0])


def may_update_any(tables: list[str]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select bool_or(has_table_privilege(oid, 'update')) from pg_class"
            " where relname = any(%s) and relkind = 'r' and relnamespace = 'public'::regnamespace",
            [tables],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def one_moment(*, is_long: bool = False) -> Iterator[CursorWrapper]:
    """All that is read inside is as it was at one moment; a long reading may take its time."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        if is_long:
            cursor.execute("set local statement_timeout = 0")
            # The web's role has a limit, and nothing is asked here while others read the moment.
            cursor.execute("set local idle_in_transaction_session_timeout = 0")
        yield cursor


def export_snapshot(cursor: CursorWrapper) -> str:
    """The name by which another session sees the same moment."""
    cursor.execute("select pg_export_snapshot()")
    name: str = cursor.fetchone()[0]
    return name


def tables(cursor: CursorWrapper) -> list[str]:
    cursor.execute(_TABLES)
    return [name for (name,) in cursor.fetchall()]


def rows_of(table: str, cursor: CursorWrapper) -> tuple[int, str]:
    """How many rows there are, and a checksum of them."""
    cursor.execute(sql.SQL(_SUM).format(sql.Identifier(table)))
    rows, total = cursor.fetchone()
    return rows, str(total)


def migrations(cursor: CursorWrapper) -> list[str]:
    """Those that have been applied."""
    cursor.execute(_MIGRATIONS)
    return [name for (name,) in cursor.fetchall()]


def make_database(name: str) -> None:
    _execute(sql.SQL("create database {} template template0").format(sql.Identifier(name)))


def drop_database(name: str) -> None:
    _execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def _execute(statement: sql.Composed) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def make_first_database(name: str, db: Connection[Any]) -> None:
    """In a new cluster, which Django cannot connect to yet."""
    if not db.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        db.execute(sql.SQL("create database {}").format(sql.Identifier(name)))


def others_connected(db: Connection[Any]) -> int:
    found = db.execute(
        "select count(*) from pg_stat_activity"
        " where backend_type = 'client backend' and pid <> pg_backend_pid()"
    ).fetchone()
    return found[0] if found else 0


def process_of_connection() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        pid: int = cursor.fetchone()[0]
    return pid


def wait_for_locks(seconds: float | None) -> None:
    """From now on this connection waits no longer than that for a lock; ``None``: for ever."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('lock_timeout', %s, false)", [f"{seconds or 0:g}s"])


def longest_wait_for(pid: int) -> float:
    """For how many seconds somebody has been waiting for a lock because of that process."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(max(extract(epoch from clock_timestamp() - waitstart)), 0)::float8"
            " from pg_locks where not granted and %s = any(pg_blocking_pids(pid))",
            [pid],
        )
        seconds: float = cursor.fetchone()[0]
    return seconds


def cancel(pid: int) -> None:
    """End what that process is doing. Its transaction is rolled back."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_cancel_backend(%s)", [pid])


def drop_unfinished_indexes() -> None:
    """Those whose building was cut off: nobody reads them, and their names are taken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_index join pg_class on pg_class.oid = indexrelid"
            " where not indisvalid and relnamespace = 'public'::regnamespace"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(sql.SQL("drop index concurrently {}").format(sql.Identifier(name)))


def size() -> int:
    """Bytes that the database takes on the disk."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        found: int = cursor.fetchone()[0]
    return found


def connections() -> tuple[int, int]:
    """How many sessions the server has, of all its databases, and how many it allows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), current_setting('max_connections')::int from pg_stat_activity"
            " where backend_type = 'client backend'"
        )
        used, most = cursor.fetchone()
    return used, most
