"""What the database holds about groups and those who help them, whatever path writes."""

from datetime import date

import pytest
from django.db import connection

from groups.models import Initiator, SelfHelpGroup
from groups.states import GroupEndReason, GroupState
from tests import recipes
from tests.database import refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return recipes.centre()


@pytest.fixture
def group(centre):
    return recipes.group(centre)


def rows(group):
    return SelfHelpGroup.objects.filter(pk=group.pk)


@pytest.mark.parametrize("state", [GroupState.SETTLED, GroupState.SELF_RUN])
def test_settled_group_has_a_slot(group, state):
    with refused_by("group_settled_has_slot"):
        rows(group).update(state=state, slot=None, handed_over_on=date(2027, 3, 1))


def test_settled_group_has_a_first_date(group):
    with refused_by("group_settled_has_slot"):
        rows(group).update(state=GroupState.SETTLED, first_date=None)


def test_ended_group_has_a_reason(group):
    with refused_by("group_ended_with_reason"):
        rows(group).update(state=GroupState.ENDED, slot=None, ended_on=date(2027, 3, 1))


def test_ended_group_holds_no_slot(group):
    with refused_by("group_ended_with_reason"):
        rows(group).update(
            state=GroupState.ENDED,
            ended_on=date(2027, 3, 1),
            end_reason=GroupEndReason.FINISHED,
        )


def test_living_group_has_no_end_reason(group):
    with refused_by("group_ended_with_reason"):
        rows(group).update(end_reason=GroupEndReason.FINISHED)


def test_group_that_runs_itself_was_handed_over(group):
    with refused_by("group_self_run_handed_over"):
        rows(group).update(state=GroupState.SELF_RUN)


@pytest.mark.parametrize("sizes", [{"min_size": 1}, {"min_size": 9}, {"max_size": 13}])
def test_sizes_are_in_order(group, sizes):
    with refused_by("group_sizes"):
        rows(group).update(**sizes)


@pytest.mark.parametrize(
    "field", ["kind", "format", "role", "gender", "language", "newcomers", "state"]
)
def test_unknown_choice_is_refused(group, field):
    with refused_by("group_choices_known"):
        rows(group).update(**{field: "xx"})


TODAY, LATER = date(2027, 3, 1), date(2027, 8, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"paused_from": TODAY},
        {"paused_until": LATER},
        {"paused_from": LATER, "paused_until": TODAY},
        {"paused_from": TODAY, "paused_until": TODAY},
        {"paused_from": TODAY, "paused_until": LATER, "state": GroupState.FORMING},
    ],
)
def test_break_has_two_days_in_a_settled_group(group, fields):
    with refused_by("group_break_whole"):
        rows(group).update(**({"state": GroupState.SETTLED} | fields))


def test_group_does_not_end_in_a_break(group):
    rows(group).update(state=GroupState.SETTLED, paused_from=TODAY, paused_until=LATER)

    with refused_by("group_break_whole"):
        rows(group).update(
            state=GroupState.ENDED,
            slot=None,
            ended_on=TODAY,
            end_reason=GroupEndReason.FINISHED,
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"broken_rules": ["more"]},
        {"broken_because": "agreed"},
        {"broken_rules": ["more"], "broken_because": "because"},
        {"broken_rules": ["louder"], "broken_because": "agreed"},
    ],
)
def test_rule_is_broken_with_a_reason(group, fields):
    with refused_by("group_rules_broken_with_reason"):
        rows(group).update(**fields)


@pytest.mark.parametrize("state", [GroupState.FORMING, GroupState.SETTLED])
def test_members_have_names_until_the_group_runs_itself(group, state):
    with refused_by("group_unnamed_runs_itself"):
        rows(group).update(state=state, unnamed_members=1)


def test_group_with_members_whom_nobody_knows_is_not_taken_back(group):
    rows(group).update(state=GroupState.SELF_RUN, handed_over_on=TODAY, unnamed_members=2)

    with refused_by("group_unnamed_runs_itself"):
        rows(group).update(state=GroupState.SETTLED)


def test_proposal_is_accepted_once(centre):
    run = centre.match_runs.create(
        centre_ids=[centre.pk], run_at="2026-11-02T12:00Z", problem={}, result={}
    )
    recipes.group(centre, match_run=run, proposal_number=0)
    other = recipes.group(centre)

    with refused_by("group_proposal_accepted_once"):
        rows(other).update(match_run=run, proposal_number=0)


def test_two_groups_cannot_share_a_slot(centre, group):
    other = recipes.group(centre)

    with refused_by("groups_selfhelpgroup_slot_id_key"):
        rows(other).update(slot=group.slot)


@pytest.fixture
def busy(centre, group):
    """An initiator who has agreed to one group, and has it."""
    initiator = recipes.initiator(centre, max_groups=1)
    group.initiators.add(initiator)
    return initiator


def test_initiator_gets_no_more_groups_than_agreed(centre, busy):
    other = recipes.group(centre)

    with refused_by("initiator_within_load"):
        other.initiators.add(busy)


def test_initiator_gets_no_more_groups_than_agreed_in_sql(centre, busy):
    other = recipes.group(centre)

    with refused_by("initiator_within_load"), connection.cursor() as cursor:
        cursor.execute(
            "insert into groups_selfhelpgroup_initiators (selfhelpgroup_id, initiator_id)"
            " values (%s, %s)",
            [other.pk, busy.pk],
        )


def test_initiator_is_free_again_when_the_group_runs_itself(centre, busy, group):
    rows(group).update(state=GroupState.SELF_RUN, handed_over_on=date(2027, 3, 1))
    other = recipes.group(centre)

    other.initiators.add(busy)

    assert list(Initiator.objects.with_load().values_list("load", flat=True)) == [1]


def test_group_does_not_come_back_to_an_initiator_who_is_taken(centre, busy, group):
    rows(group).update(state=GroupState.SELF_RUN, handed_over_on=date(2027, 3, 1))
    recipes.group(centre).initiators.add(busy)

    with refused_by("initiator_within_load"):
        rows(group).update(state=GroupState.SETTLED)


def test_agreed_load_does_not_shrink_below_the_groups_at_hand(busy):
    with refused_by("initiator_load_holds_groups"):
        Initiator.objects.filter(pk=busy.pk).update(max_groups=0)


def test_initiator_can_be_reached(busy):
    with refused_by("initiator_can_be_reached"):
        Initiator.objects.filter(pk=busy.pk).update(phone=None, email=None)


def test_initiator_speaks_a_language(busy):
    with refused_by("initiator_has_language"):
        Initiator.objects.filter(pk=busy.pk).update(languages=[])


def test_initiator_has_no_unknown_time(busy):
    with refused_by("initiator_availability_known"):
        Initiator.objects.filter(pk=busy.pk).update(availability=["tue-night"])
