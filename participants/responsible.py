"""Who is responsible, as the address of a list says it."""

from typing import Any

from django.db.models import QuerySet

RESPONSIBLE = "responsible"
MINE, NOBODYS = "mine", "nobodys"


def of_responsible(rows: QuerySet, value: str, user: Any) -> QuerySet:
    """Those of ``rows`` that ``value`` of the address means."""
    if value == MINE:
        return rows.filter(responsible=user)
    if value == NOBODYS:
        return rows.filter(responsible=None)
    if value.isascii() and value.isdigit() and len(value) < 10:
        return rows.filter(responsible=int(value))
    return rows.none() if value else rows
