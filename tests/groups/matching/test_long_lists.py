"""Long lists go another way, and keep every rule on it."""

from dataclasses import replace

from bench.instances import waiting_list
from groups.matching import Effort, check, propose_groups
from groups.matching.proposing import LONG_LIST


def test_long_list_is_improved_in_windows_without_breaking_a_rule():
    case = waiting_list(LONG_LIST + 50, centres=20, seed=3)

    first = propose_groups(case, effort=Effort(steps_per_person=0, rounds=0, dive=False))
    better = propose_groups(case, effort=Effort(steps_per_person=2, rounds=0, dive=False))

    assert check(case, better) == []
    assert better.score.placed > first.score.placed


def test_long_list_has_the_same_answer_in_another_order():
    case = waiting_list(LONG_LIST + 50, centres=20, seed=3)
    effort = Effort(steps_per_person=1, rounds=0, dive=False)

    other = replace(case, participants=case.participants[::-1], venues=case.venues[::-1])

    assert propose_groups(other, effort=effort) == propose_groups(case, effort=effort)
