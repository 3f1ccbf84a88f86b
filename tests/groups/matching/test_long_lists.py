"""Long lists go another way, and keep every rule on it."""

from dataclasses import replace

import pytest

from bench.matching.instances import planted, waiting_list
from groups.matching import QUICK, Effort, check, propose_groups, proposing, regions
from groups.matching.proposing import LONGEST_LIST
from groups.matching.solving import LONG_LIST

HARDLY = Effort(steps_per_person=1, rounds=5, dive=False)


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


def test_regions_keep_every_rule_and_answer_the_same_in_any_number_of_processes(monkeypatch):
    monkeypatch.setattr(proposing, "LONGEST_LIST", 300)
    monkeypatch.setattr(regions, "REGION_PEOPLE", 150)
    case = waiting_list(400, centres=12, seed=3)
    first, other = sorted(person.id for person in case.participants[:2])
    case = replace(case, keep_apart=((first, other),))

    parts = regions._split(case)
    proposal = propose_groups(case, effort=HARDLY)

    assert len(parts) > 2
    for of in ("participants", "venues", "initiators"):
        dealt = sorted(one.id for part in parts for one in getattr(part, of))
        assert dealt == sorted(one.id for one in getattr(case, of))
    assert check(case, proposal) == []
    assert 0 < proposal.score.placed <= proposal.bound.value
    listed = {one.participant for one in proposal.unplaced}
    assert len(listed) == len(case.participants) - proposal.score.placed
    assert propose_groups(case, effort=HARDLY, processes=2) == proposal


def test_regions_that_are_left_are_not_searched_once_somebody_says_stop(monkeypatch):
    monkeypatch.setattr(proposing, "LONGEST_LIST", 300)
    monkeypatch.setattr(regions, "REGION_PEOPLE", 150)
    case = waiting_list(400, centres=12, seed=3)

    proposal = propose_groups(case, progress=lambda step: False)

    assert check(case, proposal) == []
    assert proposal.score.placed > 0


def test_one_centre_with_more_people_than_the_longest_list_is_one_region(monkeypatch):
    monkeypatch.setattr(proposing, "LONGEST_LIST", 100)
    case = waiting_list(120, seed=3)

    proposal = propose_groups(case, effort=HARDLY)

    assert check(case, proposal) == []
    assert proposal.score.placed > 0
