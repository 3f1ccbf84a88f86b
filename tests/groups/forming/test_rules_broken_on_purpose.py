"""Rules of the centre are broken on purpose only: each ticked, with a coded reason."""

from typing import Any

import pytest

from groups.domain.asking import answering, asking
from groups.domain.errors import GroupFull, RulesBroken, TooFewYes
from groups.domain.forming.members import add_person
from groups.domain.lifecycle import settling
from groups.models import SelfHelpGroup
from groups.states import BrokenBecause, BrokenRule, GroupState
from tests import recipes

pytestmark = pytest.mark.django_db


def with_yes(group: SelfHelpGroup, *years: int | None) -> SelfHelpGroup:
    for year in years:
        recipes.seat(group, recipes.waiting(group.centre, {"birth_year": year}))
    asking.ask(group, actor=None)
    for seat in group.seats.asked():
        answering.say_yes(seat)
    return group


def settle(group: SelfHelpGroup, **approval: Any) -> SelfHelpGroup:
    return settling.settle(group, first_date=group.first_date, actor=None, **approval)  # type: ignore[arg-type]


BECAUSE = BrokenBecause.LONG_WAIT


@pytest.mark.parametrize(
    ("years", "rules"),
    [
        ((None, None, None), [BrokenRule.FEWER]),
        ((1960, 1980, 1970, None), [BrokenRule.AGE_SPAN]),
        ((None,) * 9, [BrokenRule.MORE]),
        ((1960, 1990, None), [BrokenRule.FEWER, BrokenRule.AGE_SPAN]),
    ],
)
def test_group_that_breaks_rules_is_settled_on_purpose_only(years, rules):
    group = with_yes(recipes.group(recipes.centre(), max_size=10), *years)
    for approval in (
        {},
        {"broken_rules": rules},
        {"broken_because": BECAUSE},
        {"broken_rules": rules[1:], "broken_because": BECAUSE},
        {"broken_rules": rules, "broken_because": "because"},
    ):
        with pytest.raises(RulesBroken) as refused:
            settle(group, **approval)
        assert refused.value.rules == rules

    settled = settle(group, broken_rules=rules, broken_because=BECAUSE)

    settled.refresh_from_db()
    assert settled.state == GroupState.SETTLED
    assert (settled.broken_rules, settled.broken_because) == (rules, BECAUSE)
    assert settled.min_size <= len(years)


def test_nothing_is_kept_of_rules_that_are_not_broken():
    group = with_yes(recipes.group(recipes.centre()), 1980, 1981, 1982, 1990)

    settle(group, broken_rules=list(BrokenRule), broken_because=BECAUSE)

    group.refresh_from_db()
    assert (group.broken_rules, group.broken_because) == ([], "")


def test_one_alone_is_no_group_whatever_is_ticked():
    group = with_yes(recipes.group(recipes.centre()), None)

    with pytest.raises(TooFewYes):
        settle(group, broken_rules=list(BrokenRule), broken_because=BECAUSE)


def test_one_more_than_the_centre_has_is_added_on_purpose_up_to_the_seats_of_the_room():
    centre = recipes.centre(min_to_start=2, target_size=2, max_size=2)
    group = recipes.group(centre)
    group.slot.venue.capacity = 3
    group.slot.venue.save()
    for _number in range(2):
        recipes.seat(group)
    third, fourth = recipes.waiting(centre), recipes.waiting(centre)
    with pytest.raises(RulesBroken) as refused:
        add_person(group, third, actor=None)
    assert refused.value.rules == [BrokenRule.MORE]

    approval: Any = {"broken_rules": [BrokenRule.MORE], "broken_because": BECAUSE}
    add_person(group, third, actor=None, **approval)

    group.refresh_from_db()
    assert (group.max_size, group.broken_rules) == (3, [BrokenRule.MORE])
    with pytest.raises(GroupFull):
        add_person(group, fourth, actor=None, **approval)


def test_person_far_from_the_others_in_age_is_added_on_purpose():
    group = recipes.group(recipes.centre())
    recipes.seat(group, recipes.waiting(group.centre, {"birth_year": 1990}))
    near, far, unknown = (
        recipes.waiting(group.centre, {"birth_year": year}) for year in (1980, 1950, None)
    )
    add_person(group, near, actor=None)
    add_person(group, unknown, actor=None)
    with pytest.raises(RulesBroken):
        add_person(group, far, actor=None)

    add_person(group, far, broken_rules=[BrokenRule.AGE_SPAN], broken_because=BECAUSE, actor=None)

    group.refresh_from_db()
    assert (group.broken_rules, group.broken_because) == ([BrokenRule.AGE_SPAN], BECAUSE)
    between = recipes.waiting(group.centre, {"birth_year": 1960})
    add_person(group, between, actor=None)
    assert group.seats.live().count() == 5
