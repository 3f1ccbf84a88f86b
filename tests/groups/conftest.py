from datetime import UTC, datetime

import pytest

from centres.states import Role
from groups.domain.asking import answering, asking
from groups.domain.lifecycle import settling
from tests import recipes

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def centre(db):
    return recipes.centre()


@pytest.fixture
def staff(centre):
    return recipes.staff(Role.COORDINATOR, centre)


@pytest.fixture
def forming(centre):
    """A forming group of four proposed seats; it needs three to start and takes five."""
    group = recipes.group(centre, min_size=3, max_size=5)
    for _place in range(4):
        recipes.seat(group)
    return group


@pytest.fixture
def asked(forming, staff, now):
    """The same group, with everybody asked."""
    asking.ask(forming, actor=staff, now=now)
    return forming


@pytest.fixture
def settled(asked, staff, now):
    """The same group, settled with three of the four."""
    for seat in asked.seats.all()[:3]:
        answering.say_yes(seat, actor=staff, now=now)
    return settling.settle(asked, first_date=asked.first_date, actor=staff, now=now)


@pytest.fixture
def started(settled, staff, now):
    return settling.hold_start_meeting(
        settled,
        held_on=settled.first_date,
        confidentiality_signed=True,
        actor=staff,
        now=now,
    )
