"""Filters that PostgreSQL plans well also of tables that it has no statistics of.

A subquery with IN or EXISTS is a join. Believing a table to be empty, PostgreSQL then reads all of
one for each row of the other.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, QuerySet, Subquery


def among(rows: QuerySet[Any], *, field: str = "pk") -> Func:
    """Whether ``field`` is one of the values of ``rows``: few, read once, then looked up."""
    return Func(
        F(field),
        ArraySubquery(rows),
        template="%(expressions)s)",
        arg_joiner=" = any(",
        output_field=BooleanField(),
    )


def one_of(rows: QuerySet[Any]) -> Subquery:
    """The key of one of the rows, looked up for each outer row; null if there is none."""
    return Subquery(rows.order_by().values("pk")[:1])
