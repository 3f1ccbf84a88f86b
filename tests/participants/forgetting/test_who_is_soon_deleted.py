"""Who is soon deleted is looked up, however many wait, and whatever PostgreSQL believes.

A new database, or one that has just been restored, has no statistics: PostgreSQL takes its tables
for empty then, and would read all of one for each row of the other.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from groups.models import Seat, SelfHelpGroup
from linkcenter.models import Message
from participants.lists import LEAVING
from participants.models import Participant, Registration, Talk
from tests import recipes
from tests.groups.many import many

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
LONG_AGO = datetime(2026, 2, 1, 12, tzinfo=UTC)
OTHERS = 2000
SOON = 3
TABLES = (Participant, Registration, Talk, Seat, SelfHelpGroup, Message)
PEOPLE = {model._meta.db_table for model in (Participant, Registration)}


@pytest.fixture
def centre() -> Any:
    """Two thousand who wait, and three who are done since long; nobody has told PostgreSQL."""
    centre = recipes.centre()
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f"analyze {model._meta.db_table}")
    many(recipes.waiting(centre), range(OTHERS))
    for _each in range(SOON):
        recipes.registration(
            recipes.participant(centre), state="closed", close_reason="done", closed_at=LONG_AGO
        )
    return centre


def steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", []):
        yield from steps(below)


def read(step: dict[str, Any]) -> int:
    """How many rows a step of a plan has looked at, those included that it left out again."""
    left_out = [number for name, number in step.items() if name.startswith("Rows Removed by")]
    return int((step["Actual Rows"] + sum(left_out)) * step["Actual Loops"])


def test_nobody_is_read_twice_to_count_who_is_soon_deleted(centre: Any) -> None:
    rows = LEAVING.rows(Registration.objects.filter(centre=centre), TODAY)

    [plan] = json.loads(rows.explain(format="json", analyze=True))

    of_people = [step for step in steps(plan["Plan"]) if step.get("Relation Name") in PEOPLE]
    assert "Seq Scan" not in {step["Node Type"] for step in of_people}
    assert max(map(read, of_people)) <= Registration.objects.count()
    assert rows.count() == SOON
