"""Nobody is counted twice, or not at all, who is deleted while the numbers are told."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from groups.models import StatisticsSnapshot, Tally
from groups.states import StatisticsScope
from groups.statistics.half_years import HalfYear
from groups.statistics.snapshots import freeze
from participants.domain.erasure import erase
from tests import recipes
from tests.database import InBackground, is_waiting

pytestmark = pytest.mark.django_db(transaction=True)

SPRING = HalfYear(date(2026, 1, 1))
JULY = datetime(2026, 7, 16, tzinfo=UTC)


@pytest.fixture
def background():
    runner = InBackground()
    yield runner
    runner.stop()


@pytest.fixture
def five():
    """Just as many as can be told."""
    centre = recipes.centre()
    march = datetime(2026, 3, 2, tzinfo=UTC)
    return [recipes.waiting(centre, registered_at=march).participant for _each in range(5)]


def told(person):
    rows = StatisticsSnapshot.objects.filter(scope=StatisticsScope.CENTRE)
    return rows.get(scope_key=str(person.centre_id)).counts.get("registrations")


def test_telling_waits_for_who_is_being_deleted(five, background):
    with transaction.atomic():
        erase(five[0])
        call = background.start(freeze, SPRING, now=JULY)
        assert is_waiting(call)

    assert call.result(timeout=10)
    assert told(five[0]) == 5
    assert not Tally.objects.exists()


def test_deleting_waits_for_the_numbers_that_are_being_told(five, background):
    with transaction.atomic():
        freeze(SPRING, now=JULY)
        call = background.start(erase, five[0])
        assert is_waiting(call)

    call.result(timeout=10)
    assert told(five[1]) == 5
    assert not Tally.objects.filter(first_day=SPRING.first_day).exists()
