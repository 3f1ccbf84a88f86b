"""What the database holds about plans and what is to be done by them, whatever path writes."""

from datetime import date

import pytest

from centres.states import Role
from groups.models import FollowUp, PlanStep
from groups.states import CountedIn, FollowUpKind
from tests import recipes
from tests.database import refused_by

pytestmark = pytest.mark.django_db

STEP = {"what": FollowUpKind.VISIT, "number": 3, "counted_in": CountedIn.OWN_MEETINGS}


@pytest.fixture
def centre():
    centre = recipes.centre()
    PlanStep.objects.filter(centre=centre).delete()
    return centre


@pytest.fixture
def step(centre):
    return PlanStep.objects.create(centre=centre, **STEP)


@pytest.fixture
def to_do(step):
    group = recipes.group(step.centre)
    FollowUp.objects.filter(group=group).delete()
    return FollowUp.objects.create(group=group, step=step, what=step.what, due=date(2027, 1, 5))


def test_step_is_in_a_plan_once(step):
    with refused_by("plan_step_once"):
        PlanStep.objects.bulk_create([PlanStep(centre=step.centre, **STEP)])


@pytest.mark.parametrize("fields", [{"what": "party"}, {"counted_in": "moons"}, {"number": 105}])
def test_step_that_nobody_can_take_is_refused(step, fields):
    with refused_by("plan_step_choices_known"):
        PlanStep.objects.filter(pk=step.pk).update(**fields)


def test_step_is_to_be_done_once_in_a_group(to_do):
    with refused_by("follow_up_step_once"):
        FollowUp.objects.bulk_create(
            [FollowUp(group=to_do.group, step=to_do.step, what=to_do.what, due=to_do.due)]
        )


def test_what_no_plan_asks_for_can_be_done_twice(to_do):
    twice = [FollowUp(group=to_do.group, what=FollowUpKind.RING, due=to_do.due)] * 2

    assert len(FollowUp.objects.bulk_create(twice)) == 2


@pytest.mark.parametrize("fields", [{"what": "party"}, {"about": "money"}])
def test_unknown_thing_to_do_is_refused(to_do, fields):
    with refused_by("follow_up_choices_known"):
        FollowUp.objects.filter(pk=to_do.pk).update(**fields)


def test_nobody_has_done_what_is_not_done(to_do):
    somebody = recipes.staff(Role.COORDINATOR, to_do.group.centre)

    with refused_by("follow_up_done_by_if_done"):
        FollowUp.objects.filter(pk=to_do.pk).update(done_by=somebody)
