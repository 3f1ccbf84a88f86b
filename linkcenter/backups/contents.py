"""What is in a backup: PostgreSQL's own dump, and before it what must come out of it again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from psycopg import sql

# Equal rows give equal sums, in whatever order they are stored.
_SUM = """
select count(*), coalesce(sum(('x' || left(md5(row::text), 16))::bit(64)::bigint::numeric), 0)
from {} as row
"""
_TABLES = """
select table_name from information_schema.tables
where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name
"""
_MIGRATIONS = "select app || '.' || name from django_migrations order by 1"


@dataclass(frozen=True)
class Manifest:
    """When a backup was made, of which tables, and what each of them held.

    ``tables`` has for each its number of rows and a checksum of them, ``migrations`` what had been
    applied.
    """

    made_at: datetime
    tables: dict[str, tuple[int, str]]
    migrations: list[str]

    def as_json(self) -> bytes:
        told = asdict(self) | {"made_at": self.made_at.isoformat()}
        return json.dumps(told).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        told: dict[str, Any] = json.loads(text)
        made_at = parse_datetime(told["made_at"])
        assert made_at is not None  # noqa: S101  the seal vouches for what we wrote ourselves
        tables = {name: (rows, total) for name, (rows, total) in told["tables"].items()}
        return cls(made_at, tables, told["migrations"])

    @property
    def rows(self) -> int:
        return sum(rows for rows, _checksum in self.tables.values())


@contextmanager
def snapshot() -> Iterator[tuple[str, Manifest]]:
    """The database as it is at one moment, and the name by which ``pg_dump`` sees the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        cursor.execute("set local statement_timeout = 0")
        cursor.execute("select pg_export_snapshot()")
        name: str = cursor.fetchone()[0]
        yield name, _manifest(cursor)


def manifest_now() -> Manifest:
    """What the database holds now."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        return _manifest(cursor)


def is_empty() -> bool:
    """Whether the database has no table at all."""
    with connection.cursor() as cursor:
        return not _tables(cursor)


def _tables(cursor: CursorWrapper) -> list[str]:
    cursor.execute(_TABLES)
    return [name for (name,) in cursor.fetchall()]


def _manifest(cursor: CursorWrapper) -> Manifest:
    held = {}
    for table in _tables(cursor):
        cursor.execute(sql.SQL(_SUM).format(sql.Identifier(table)))
        rows, total = cursor.fetchone()
        held[table] = (rows, str(total))
    cursor.execute(_MIGRATIONS)
    applied = [name for (name,) in cursor.fetchall()]
    return Manifest(timezone.now(), held, applied)
