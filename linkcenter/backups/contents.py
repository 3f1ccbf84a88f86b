"""What is in a backup: PostgreSQL's own dump, and before it what must come out of it again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from hmac import digest
from typing import Any

from django.conf import settings
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from linkcenter.database import catalogue


@dataclass(frozen=True)
class Manifest:
    """When a backup was made, of which tables, and what each of them held.

    ``tables`` has for each its number of rows and a checksum of them, ``migrations`` what had been
    applied, ``keys`` a mark of each key without which nobody can read or find what is in it.
    """

    made_at: datetime
    tables: dict[str, tuple[int, str]]
    migrations: list[str]
    keys: list[str]

    def as_json(self) -> bytes:
        told = asdict(self) | {"made_at": self.made_at.isoformat()}
        return json.dumps(told).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        told: dict[str, Any] = json.loads(text)
        made_at = parse_datetime(told["made_at"])
        assert made_at is not None  # noqa: S101  the seal vouches for what we wrote ourselves
        tables = {name: (rows, total) for name, (rows, total) in told["tables"].items()}
        return cls(made_at, tables, told["migrations"], told["keys"])

    @property
    def rows(self) -> int:
        return sum(rows for rows, _checksum in self.tables.values())


@contextmanager
def snapshot() -> Iterator[tuple[str, Manifest]]:
    """The database as it is at one moment, and the name by which ``pg_dump`` sees the same."""
    with catalogue.one_moment(is_long=True) as cursor:
        name = catalogue.export_snapshot(cursor)
        yield name, _manifest(cursor)


def manifest_now() -> Manifest:
    """What the database holds now."""
    with catalogue.one_moment() as cursor:
        return _manifest(cursor)


def is_empty() -> bool:
    """Whether the database has no table at all."""
    with catalogue.one_moment() as cursor:
        return not catalogue.tables(cursor)


def _manifest(cursor: CursorWrapper) -> Manifest:
    held = {table: catalogue.rows_of(table, cursor) for table in catalogue.tables(cursor)}
    return Manifest(timezone.now(), held, catalogue.migrations(cursor), marks_of_keys())


def marks_of_keys() -> list[str]:
    """A mark of each key that columns are encrypted or indexed with here; it tells nothing of it.

    The marks of who was erased are made with the index key, too.
    """
    keys = [settings.INDEX_KEY, *settings.FIELD_KEYS]
    return [digest(key.encode(), b"a key of a backup", sha256).hex()[:32] for key in keys]
