"""What staff are told about a proposed group, about somebody who waits on, and what is missing."""

from dataclasses import replace
from datetime import date

import pytest

from groups.matching import describe, explain, near_misses, propose_groups, upper_bound
from tests.groups.matching.builders import (
    INITIATOR,
    KEY,
    MONDAY,
    ROOM,
    TUESDAY,
    people,
    problem,
    reasons,
)


@pytest.mark.parametrize(
    ("participants", "fields", "reason"),
    [
        (people(5, slots=()), {}, "not_available"),
        (people(5, needs=("hearing_loop",)), {}, "needs_not_met"),
        (people(3), {}, "too_few_compatible"),
        (people(5), {"venues": ()}, "no_venue"),
        (people(5), {"initiators": ()}, "no_initiator"),
        (people(4), {"keep_apart": (("p01", "p02"),)}, "keep_apart"),
    ],
)
def test_reason_names_what_is_missing(participants, fields, reason):
    proposal = propose_groups(problem(*participants, **fields))

    assert set(reasons(proposal).values()) == {(reason,)}


def test_somebody_whose_company_is_better_placed_elsewhere_is_told_so():
    case = problem(
        *people(4, "a", topics=("grief", "divorce"), slots=(MONDAY,)),
        *people(3, "b", topics=("grief",), slots=(MONDAY,)),
        *people(1, "c", topics=("divorce",), slots=(MONDAY,)),
    )

    proposal = propose_groups(case)

    assert reasons(proposal) == {"c01": ("placed_elsewhere",)}


def test_near_miss_counts_who_waits_and_who_is_missing():
    proposal = propose_groups(problem(*people(3)))

    miss = proposal.unplaced[0].near_misses[0]

    assert (miss.key, miss.have, miss.missing) == (KEY, 3, 1)


def test_near_miss_names_those_who_fail_on_one_field_alone():
    case = problem(*people(3), *people(1, "q", slots=(MONDAY,)), *people(1, "r", kind="social"))
    proposal = propose_groups(case)

    miss = next(miss for miss in near_misses(case, proposal) if miss.have == 3)

    assert miss.relaxations == (("kind", ("r01",)), ("slot", ("q01",)))


def test_explanations_of_a_proposal_are_those_it_carries():
    case = problem(*people(3), *people(2, "q", slots=()))
    proposal = propose_groups(case)

    assert tuple(explain(case, proposal)) == proposal.unplaced


def test_group_is_described_by_waits_ages_slots_and_who_else_fits():
    case = problem(
        *people(4, "a", slots=(MONDAY, TUESDAY), age=30, waiting_since=date(2026, 8, 2)),
        *people(1, "b", age=44, waiting_since=date(2026, 6, 23)),
        *people(1, "c", waiting_since=date(2026, 8, 31)),
        venues=(replace(ROOM, capacity=5),),
        initiators=(replace(INITIATOR, capacity=1),),
    )
    proposal = propose_groups(case)

    facts = describe(case, proposal, proposal.groups[0])

    assert facts.size == 5
    assert facts.shared_slots == (TUESDAY,)
    assert facts.could_meet == ((MONDAY, 4), (TUESDAY, 5))
    assert (facts.longest_wait, facts.mean_wait) == (70, 38.0)
    assert facts.age_spread == 14
    assert facts.matching == 6
    assert facts.others == ("c01",)


def test_bound_is_reached_when_everybody_can_be_placed():
    bound = upper_bound(problem(*people(8)))

    assert bound.value == 8


def test_bound_counts_the_seats_of_the_only_room():
    bound = upper_bound(problem(*people(40), venues=(replace(ROOM, slots=(TUESDAY,)),)))

    assert bound.value == 8
