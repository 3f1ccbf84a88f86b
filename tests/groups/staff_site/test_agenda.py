"""What is on the calendar beside the tiles: in order, without names, of the own centres alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from time_machine import travel

from centres.models import Centre
from centres.states import Role
from groups.states import GroupState
from groups.today.agenda import AgendaDay, agenda
from linkcenter.models import User
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
TODAY = date(2026, 11, 23)


@pytest.fixture
def coordinator(centre: Centre) -> User:
    return recipes.staff(Role.COORDINATOR, centre, name="Turid")


def talk(centre: Centre, by: User, days: int = 0) -> str:
    at = NOW + timedelta(days=days, hours=2)
    found = recipes.waiting(centre, talk_at=at, talk_kind="rang", talk_by=by)
    return found.participant.reference


def shown(days: list[AgendaDay]) -> dict[date, list[str]]:
    return {day.date: [entry.what for entry in day.entries] for day in days}


@travel(NOW, tick=False)
def test_week_is_shown_in_the_order_of_the_clock(centre: Centre, coordinator: User) -> None:
    recipes.event(centre, starts_at=NOW + timedelta(hours=8), title_nb="Åpent møte")
    reference = talk(centre, coordinator)
    recipes.group(centre, state=GroupState.SETTLED, name="Gruppe 1")  # first on Tuesday at 18
    talk(centre, coordinator, days=7)

    assert shown(agenda(coordinator, today=TODAY)) == {
        TODAY: [f"Samtale med {reference}", "Åpent møte"],
        TODAY + timedelta(days=1): ["Gruppe 1 møtes for første gang"],
    }


@travel(NOW, tick=False)
def test_today_is_shown_when_nothing_is_on(centre: Centre, coordinator: User) -> None:
    recipes.event(centre, starts_at=NOW, cancelled_at=NOW, cancelled_because="Sykdom")
    recipes.group(centre)

    assert shown(agenda(coordinator, today=TODAY)) == {TODAY: []}


@travel(NOW, tick=False)
def test_calendar_of_another_centre_is_not_shown(coordinator: User) -> None:
    elsewhere = recipes.centre()
    talk(elsewhere, recipes.staff(Role.COORDINATOR, elsewhere))
    recipes.event(elsewhere, starts_at=NOW)
    recipes.group(elsewhere, state=GroupState.SETTLED)

    assert shown(agenda(coordinator, today=TODAY)) == {TODAY: []}
