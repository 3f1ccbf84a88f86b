"""What the database holds about numbers that were told, whatever path writes them."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from groups.models import StatisticsSnapshot, Tally
from groups.states import StatisticsScope
from tests import recipes
from tests.database import refused_by

pytestmark = pytest.mark.django_db

HALF_YEAR = date(2026, 1, 1)
FROZEN = "statistics_snapshot_frozen"


def snapshot(**fields):
    defaults = {
        "scope": StatisticsScope.COUNTRY,
        "first_day": HALF_YEAR,
        "counts": {"groups": 12},
        "frozen_at": datetime(2026, 7, 2, tzinfo=UTC),
    }
    return StatisticsSnapshot.objects.create(**(defaults | fields))


@pytest.mark.parametrize("scope", StatisticsScope.values)
def test_numbers_of_a_half_year_are_told_once(scope):
    snapshot(scope=scope)

    with refused_by("statistics_snapshot_once"):
        snapshot(scope=scope)


@pytest.mark.parametrize(
    "fields",
    [{"first_day": date(2026, 4, 1)}, {"first_day": date(2026, 7, 2)}, {"scope": "world"}],
)
def test_numbers_are_of_a_half_year_and_of_somebody(fields):
    with refused_by("statistics_snapshot_half_year"):
        snapshot(**fields)


def test_numbers_that_were_told_do_not_change():
    told = snapshot()

    with refused_by(FROZEN):
        StatisticsSnapshot.objects.filter(pk=told.pk).update(counts={"groups": 13})
    with refused_by(FROZEN):
        told.save()
    with refused_by(FROZEN), connection.cursor() as cursor:
        cursor.execute("update groups_statisticssnapshot set frozen_at = now()")

    told.refresh_from_db()
    assert told.counts == {"groups": 12}


def test_numbers_that_were_told_are_not_removed():
    told = snapshot()

    with refused_by(FROZEN):
        told.delete()
    with refused_by(FROZEN), connection.cursor() as cursor:
        cursor.execute("delete from groups_statisticssnapshot")

    assert StatisticsSnapshot.objects.filter(pk=told.pk).exists()


def test_sum_of_those_who_are_gone_is_kept_once():
    tally = {"centre": recipes.centre(), "first_day": HALF_YEAR, "measure": "enquiries"}
    Tally.objects.create(**tally, count=3)

    with refused_by("tally_once"):
        Tally.objects.create(**tally, count=2)
