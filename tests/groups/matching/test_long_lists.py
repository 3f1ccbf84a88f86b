"""Long lists go another way, and keep every rule on it."""

from dataclasses import replace

import pytest

from bench.instances import planted, waiting_list
from groups.matching import QUICK, Effort, check, propose_groups
from groups.matching.proposing import LONG_LIST, LONGEST_LIST


def test_long_list_is_improved_in_windows_without_breaking_a_rule():
    case = waiting_list(LONG_LIST + 50, centres=20, seed=3)

    first = propose_groups(case, effort=Effort(steps_per_person=0, rounds=0, dive=False))
    better = propose_groups(case, effort=Effort(steps_per_person=1, rounds=20, dive=False))

    assert check(case, better) == []
    assert better.score.placed > first.score.placed


def test_long_list_has_the_same_answer_in_another_order():
    case = waiting_list(LONG_LIST + 50, centres=20, seed=3)
    effort = Effort(steps_per_person=1, rounds=20, dive=False)

    other = replace(case, participants=case.participants[::-1], venues=case.venues[::-1])

    assert propose_groups(other, effort=effort) == propose_groups(case, effort=effort)


@pytest.mark.prove
def test_longest_list_is_solved_region_by_region():
    case = planted(LONGEST_LIST + 500)

    proposal = propose_groups(case, effort=QUICK, processes=2)

    assert check(case, proposal) == []
    assert proposal.score.placed >= 0.97 * len(case.participants)
    assert proposal == propose_groups(case, effort=QUICK)


def test_list_where_all_can_be_placed_is_solved():
    case = planted(400)

    proposal = propose_groups(case)

    assert proposal.score.placed == proposal.bound.value == 400
