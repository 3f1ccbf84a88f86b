"""Every list of the admin asks the database as often for 1,000 rows as for one, in each view."""

from collections.abc import Iterator
from copy import copy
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centres.models import (
    Article,
    Booking,
    CrisisLine,
    Invitation,
    Key,
    StaffRole,
    Venue,
)
from centres.states import Role
from groups.models import (
    PlanStep,
    SelfHelpGroup,
    StatisticsSnapshot,
)
from groups.states import CountedIn, FollowUpKind
from linkcenter.models import Message
from participants.models import ConsentText, KeepApart, ReadLog, Registration
from tests import recipes
from tests.groups.one_of_each import ONE

pytestmark = pytest.mark.django_db

MANY = 1_000


def clones(row: Any) -> Iterator[Any]:
    """As many more of the same, told apart where they have to be."""
    for number in range(MANY - 1):
        other = copy(row)
        other._state = copy(row._state)
        other._state.adding = True
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if field.primary_key:
                setattr(other, field.attname, f"{number:04}" if isinstance(value, str) else None)
            elif field.unique and isinstance(value, str):
                setattr(other, field.attname, f"{number}-{value}"[: field.max_length])
        yield other


def more(rows: list[Any]) -> list[Any]:
    return type(rows[0])._base_manager.bulk_create(rows)


def many(row: Any) -> None:
    """1,000 in all."""
    others = list(clones(row))
    for number, other in enumerate(others):
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
        for other, slot in zip(others, more(list(clones(row.slot))), strict=True):
            other.slot = slot
    elif isinstance(row, Registration):
        for other, person in zip(others, more(list(clones(row.participant))), strict=True):
            other.participant = person
    elif isinstance(row, StaffRole):
        for other, user in zip(others, more(list(clones(row.user))), strict=True):
            other.user = user
    elif isinstance(row, KeepApart):
        firsts, seconds = more(list(clones(row.first))), more(list(clones(row.second)))
        for other, first, second in zip(others, firsts, seconds, strict=True):
            other.first, other.second = sorted((first, second), key=lambda person: person.pk)
    elif isinstance(row, PlanStep):
        ways = [way for way in product(FollowUpKind, range(104), CountedIn) if way[1] != row.number]
        for other, (what, after, of_what) in zip(others, ways, strict=False):
            other.what, other.number, other.counted_in = what, after, of_what
    more(others)


def addresses(model: type[Model], client: Client) -> list[str]:
    """The list, and each of its named views."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    tabs = client.get(address).context.get("tabs", [])
    return list(dict.fromkeys([address, *(f"{address}{query}" for _title, query, _now in tabs)]))


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(queries)


def test_every_list_has_a_row_to_try_it_with() -> None:
    assert {model.__name__ for model in admin.site._registry} == {each.__name__ for each in ONE}


@pytest.mark.prove
@pytest.mark.parametrize("model", list(ONE), ids=lambda model: model.__name__)
def test_list_asks_as_often_for_a_thousand_rows(client: Client, model: type[Model]) -> None:
    centre = recipes.centre()
    user = recipes.staff(Role.LEAD, centre)
    StaffRole.objects.create(user=user, role=Role.ADMINISTRATOR)
    client.force_login(user)
    row = ONE[model](centre)
    views = addresses(model, client)
    of_one = [asked(client, view) for view in views]

    many(row)

    assert model._base_manager.count() >= MANY
    assert dict(zip(views, (asked(client, view) for view in views), strict=True)) == dict(
        zip(views, of_one, strict=True)
    )
