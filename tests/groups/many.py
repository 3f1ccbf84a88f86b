"""Many rows like one that is there, in a few statements."""

from collections.abc import Iterator
from copy import copy
from datetime import date, timedelta
from itertools import product
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from centres.models import Article, Booking, CrisisLine, Invitation, Key, StaffRole, Venue
from groups.models import PlanStep, SelfHelpGroup, StatisticsSnapshot
from groups.states import CountedIn, FollowUpKind
from linkcenter.models import Message
from participants.models import ConsentText, KeepApart, ReadLog, Registration


def clones(row: Any, numbers: range) -> Iterator[Any]:
    """As many more of the same, told apart where they have to be."""
    for each in numbers:
        other = copy(row)
        other._state = copy(row._state)
        other._state.adding = True
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if field.primary_key:
                setattr(other, field.attname, f"{each:04}" if isinstance(value, str) else None)
            elif field.unique and isinstance(value, str):
                setattr(other, field.attname, f"{each}-{value}"[: field.max_length])
        yield other


def more(rows: list[Any]) -> list[Any]:
    return type(rows[0])._base_manager.bulk_create(rows)


def many(row: Any, numbers: range) -> None:
    """One more of the same for each number, each with what it cannot share."""
    others = list(clones(row, numbers))
    for number, other in zip(numbers, others, strict=True):
        if isinstance(other, Article):
            other.slug = f"nytt-igjen-{number}"
        elif isinstance(other, Booking):
            later = timedelta(weeks=52 + number)
            other.span = DateTimeTZRange(row.span.lower + later, row.span.upper + later)
        elif isinstance(other, ConsentText):
            other.version = 2 + number
        elif isinstance(other, CrisisLine):
            other.position = 2 + number
        elif isinstance(other, Invitation):
            other.email = f"ny-{number}@example.org"
        elif isinstance(other, Key):
            other.number = f"nr {number}"
        elif isinstance(other, StatisticsSnapshot):
            other.first_day = date(2 + number, 7, 1)
        elif isinstance(other, ReadLog):
            other.at -= timedelta(hours=1 + number)
        elif isinstance(other, Message):
            other.matter = f"{number}"
        elif isinstance(other, Venue):
            other.name = f"Rom {number} bak"
    if isinstance(row, SelfHelpGroup):
        for other, slot in zip(others, more(list(clones(row.slot, numbers))), strict=True):
            other.slot = slot
    elif isinstance(row, Registration):
        for other, person in zip(others, more(list(clones(row.participant, numbers))), strict=True):
            other.participant = person
    elif isinstance(row, StaffRole):
        for other, user in zip(others, more(list(clones(row.user, numbers))), strict=True):
            other.user = user
    elif isinstance(row, KeepApart):
        firsts, seconds = (
            more(list(clones(row.first, numbers))),
            more(list(clones(row.second, numbers))),
        )
        for other, first, second in zip(others, firsts, seconds, strict=True):
            other.first, other.second = sorted((first, second), key=lambda person: person.pk)
    elif isinstance(row, PlanStep):
        ways = [way for way in product(FollowUpKind, range(104), CountedIn) if way[1] != row.number]
        for other, (what, after, of_what) in zip(others, ways[numbers.start :], strict=False):
            other.what, other.number, other.counted_in = what, after, of_what
    more(others)
