"""What the web and the worker ask in SQL, because no query expression says it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

_COUNT = """
insert into linkcenter_spending as spent (key, begins_at, times) values (%s, %s, 1)
on conflict (key, begins_at) do update set times = spent.times + 1
returning times
"""


def count_one_more(key: str, begins_at: datetime) -> int:
    """How many it is by now of ``key`` in the window that begins then: the database counts."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, begins_at])
        times: int = cursor.fetchone()[0]
    return times


def stand_in_line(key: int | UUID) -> None:
    """Whoever comes with the same key waits until this transaction ends."""
    number = key.int % 2**63 if isinstance(key, UUID) else key
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [number])


@contextmanager
def one_at_a_time(number: int) -> Iterator[None]:
    """As ``stand_in_line``, for as long as the block lasts, whatever transactions are in it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [number])
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [number])


def insert_found(model: type[Model], columns: list[str], found: QuerySet[Any, Any]) -> None:
    """A row of ``model`` for each of ``found``, which names its values in the order of ``columns``.

    What a constraint says is there already is left out.
    """
    select, values = found.query.sql_with_params()
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    column: dict[str, Any] = {field.name: field.column for field in model._meta.concrete_fields}
    names = ", ".join(quote(column[name]) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"insert into {table} ({names}) {select} on conflict do nothing", values)
