from datetime import date, datetime, timedelta

import pytest

from centres.states import Role
from participants.domain.intake.talks import record_talk
from participants.models import Registration
from participants.states import RegistrationState, TalkKind, TalkOutcome
from tests import recipes

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
NOON = datetime.fromisoformat("2026-11-02T12:00:00+01:00")


@pytest.fixture
def staff():
    return recipes.staff(Role.COORDINATOR, recipes.centre())


@pytest.fixture
def registration(staff):
    recipes.registration(recipes.participant(recipes.centre()))  # nobody has tried this one
    return recipes.registration(recipes.participant(staff.staff_roles.get().centre))


def tried(registration, staff, *, days_ago, next_try):
    record_talk(
        registration,
        kind=TalkKind.TRIED,
        outcome=TalkOutcome.NO_ANSWER,
        by=staff,
        next_try=next_try,
        now=NOON - timedelta(days=days_ago),
    )


@pytest.mark.parametrize("next_try", [date(2026, 11, 1), TODAY])
def test_try_again_is_due_on_the_day_and_after(registration, staff, next_try):
    tried(registration, staff, days_ago=3, next_try=next_try)

    assert list(Registration.objects.to_try_again(TODAY)) == [registration]


@pytest.mark.parametrize("next_try", [date(2026, 11, 3), None])
def test_try_again_is_not_due_before(registration, staff, next_try):
    tried(registration, staff, days_ago=3, next_try=next_try)

    assert list(Registration.objects.to_try_again(TODAY)) == []


def test_try_again_looks_at_the_latest_try_only(registration, staff):
    tried(registration, staff, days_ago=5, next_try=date(2026, 10, 30))
    tried(registration, staff, days_ago=1, next_try=date(2026, 11, 10))

    assert list(Registration.objects.to_try_again(TODAY)) == []


def test_try_again_is_over_when_the_talk_was_held(registration, staff):
    tried(registration, staff, days_ago=3, next_try=TODAY)
    Registration.objects.filter(pk=registration.pk).update(state=RegistrationState.WAITING)

    assert list(Registration.objects.to_try_again(TODAY)) == []
