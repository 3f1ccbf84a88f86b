"""Who gets a place, in the cases that break simple versions."""

from dataclasses import replace
from datetime import date

import pytest

from bench.matching.instances import waiting_list
from groups.matching import Initiator, Rules, Venue, check, propose_groups
from tests.groups.matching.builders import (
    INITIATOR,
    LICENCE,
    MONDAY,
    ROOM,
    TUESDAY,
    open_group,
    people,
    placed,
    problem,
    reasons,
    sizes,
)


@pytest.mark.parametrize(
    "without",
    [
        {"participants": ()},
        {"venues": ()},
        {"initiators": ()},
        {"slots": (), "venues": (), "initiators": (), "participants": ()},
    ],
)
def test_list_without_the_means_places_nobody(without):
    case = problem(*people(5), **without)

    proposal = propose_groups(case)

    assert proposal.groups == ()
    assert len(proposal.unplaced) == len(case.participants)


def test_fewer_than_the_minimum_make_no_group():
    proposal = propose_groups(problem(*people(3)))

    assert proposal.groups == ()


def test_everyone_alike_fills_one_room_in_both_slots():
    case = problem(*people(40, slots=(MONDAY, TUESDAY)))

    proposal = propose_groups(case)

    assert sizes(proposal) == [8, 8]


def test_many_alike_with_pairs_to_keep_apart_are_placed_without_trying_every_way():
    crowd = people(120, slots=(MONDAY, TUESDAY))
    pairs = tuple((crowd[n].id, crowd[n + 1].id) for n in range(0, 120, 2))
    case = problem(
        *crowd,
        keep_apart=pairs,
        venues=tuple(replace(ROOM, id=f"r{n}") for n in range(8)),
        initiators=tuple(replace(INITIATOR, id=f"i{n}") for n in range(8)),
    )

    proposal = propose_groups(case)

    assert len(placed(proposal)) == 120
    assert proposal.steps <= 480


def test_initiator_who_has_no_time_left_starts_nothing():
    proposal = propose_groups(problem(*people(5), initiators=(replace(INITIATOR, capacity=0),)))

    assert set(reasons(proposal).values()) == {("no_initiator",)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_room_more_never_places_fewer_of_sixty(seed):
    case = waiting_list(60, seed=seed, rooms=1, slots_each=6)
    more = replace(case, venues=(*case.venues, replace(ROOM, centre="c001", slots=case.slots)))

    assert propose_groups(more).score.placed >= propose_groups(case).score.placed


def test_minimum_equal_to_maximum_makes_exact_groups():
    case = problem(*people(15, slots=(MONDAY, TUESDAY)), rules=Rules(7, 7))

    proposal = propose_groups(case)

    assert sizes(proposal) == [7, 7]


def test_exactly_enough_people_with_one_keep_apart_pair_make_no_group():
    case = problem(*people(4), keep_apart=(("p01", "p02"),))

    proposal = propose_groups(case)

    assert proposal.groups == ()
    assert set(reasons(proposal).values()) == {("keep_apart",)}


def test_keep_apart_pair_is_split_where_enough_others_are():
    case = problem(*people(5), keep_apart=(("p01", "p02"),))

    proposal = propose_groups(case)

    assert sizes(proposal) == [4]


def test_one_room_goes_to_the_larger_group():
    case = problem(*people(5, "a"), *people(6, "b", topics=("divorce",)))

    proposal = propose_groups(case)

    assert placed(proposal) == {f"b{n:02}" for n in range(1, 7)}


def test_one_room_goes_to_the_longer_wait_among_equal_groups():
    long_ago = date(2026, 1, 1)
    case = problem(*people(5, "a"), *people(5, "b", topics=("divorce",), waiting_since=long_ago))

    proposal = propose_groups(case)

    assert placed(proposal) == {f"b{n:02}" for n in range(1, 6)}


@pytest.mark.parametrize("better", ["a", "b"])
def test_one_room_goes_to_the_better_fit_among_equal_waits(better):
    worse = "b" if better == "a" else "a"
    case = problem(
        *people(5, better, topics=("grief",)),
        *people(2, worse, topics=("stress", "divorce")),
        *people(3, f"{worse}x", topics=("divorce",)),
    )

    proposal = propose_groups(case)

    assert placed(proposal) == {f"{better}{n:02}" for n in range(1, 6)}


def test_one_room_goes_to_the_first_ids_when_all_else_is_equal():
    case = problem(*people(5, "b", topics=("divorce",)), *people(5, "a"))

    proposal = propose_groups(case)

    assert placed(proposal) == {f"a{n:02}" for n in range(1, 6)}


def test_eight_and_four_become_seven_and_five_to_open_a_second_group():
    case = problem(*people(9, "a", slots=(MONDAY, TUESDAY)), *people(3, "b"))

    proposal = propose_groups(case)

    assert len(placed(proposal)) == 12


def test_chain_moves_somebody_flexible_to_seat_somebody_who_is_not():
    case = problem(
        *people(8, "a", slots=(MONDAY, TUESDAY)),
        *people(4, "b", slots=(TUESDAY,)),
        *people(4, "c", slots=(MONDAY,)),
    )

    proposal = propose_groups(case)

    assert sizes(proposal) == [8, 8]


def test_popular_slot_is_left_when_it_would_strand_others():
    case = problem(
        *people(8, "a", slots=(MONDAY, TUESDAY)),
        *people(5, "b", slots=(TUESDAY,), topics=("divorce",)),
    )

    proposal = propose_groups(case)

    assert sizes(proposal) == [8, 5]


def test_step_free_room_goes_to_those_who_need_it():
    plain = replace(ROOM, id="r2", slots=(TUESDAY,))
    step_free = replace(ROOM, id="r1", slots=(TUESDAY,), features=("step_free",))
    case = problem(
        *people(6, "a"),
        *people(5, "b", topics=("divorce",), needs=("step_free",)),
        venues=(plain, step_free),
        initiators=(INITIATOR, replace(INITIATOR, id="i2")),
    )

    proposal = propose_groups(case)

    assert {group.venue: len(group.members) for group in proposal.groups} == {"r1": 5, "r2": 6}


def test_initiators_are_paired_again_to_open_another_group():
    only_monday = Initiator("i2", ("c1",), False, ("nb",), (MONDAY,), 1)
    either = Initiator("i1", ("c1",), False, ("nb",), (MONDAY, TUESDAY), 1)
    case = problem(
        *people(8, "a", slots=(MONDAY,)),
        *people(5, "b", slots=(TUESDAY,)),
        initiators=(either, only_monday),
    )

    proposal = propose_groups(case)

    assert sizes(proposal) == [8, 5]


def test_room_smaller_than_the_maximum_limits_the_group():
    case = problem(*people(8), venues=(replace(ROOM, capacity=5),))

    proposal = propose_groups(case)

    assert sizes(proposal) == [5]


def test_room_smaller_than_the_minimum_hosts_nobody():
    case = problem(*people(8), venues=(replace(ROOM, capacity=3),))

    proposal = propose_groups(case)

    assert set(reasons(proposal).values()) == {("no_venue",)}


def test_digital_group_takes_a_licence_and_people_of_several_centres():
    case = problem(
        *people(2, "a", format="digital"),
        *people(2, "b", format="either", centres=("c2",)),
        venues=(LICENCE,),
    )

    proposal = propose_groups(case)

    assert [(group.key.format, group.key.centre) for group in proposal.groups] == [
        ("digital", None)
    ]


@pytest.mark.parametrize(("age", "fits"), [(17, False), (18, True), (30, True), (31, False)])
def test_age_band_includes_both_ends(age, fits):
    case = problem(*people(3, "a", age_wish="young", age=25), *people(1, "b", age=age))

    proposal = propose_groups(case)

    assert bool(proposal.groups) == fits


def test_unknown_age_fits_only_groups_without_a_band():
    case = problem(
        *people(4, "a", age_wish="young", age=25),
        *people(4, "b", age=None),
        venues=(ROOM, replace(ROOM, id="r2")),
        initiators=(INITIATOR, replace(INITIATOR, id="i2")),
    )

    proposal = propose_groups(case)

    assert sorted(group.members[0] for group in proposal.groups) == ["a01", "b01"]


def test_next_of_kin_who_want_their_own_make_a_group_of_next_of_kin():
    case = problem(*people(4, "a", role="kin", role_wish="same"), *people(3, "b"))

    proposal = propose_groups(case)

    assert [group.key.role for group in proposal.groups] == ["kin"]
    assert placed(proposal) == {f"a{n:02}" for n in range(1, 5)}


def test_open_theme_gathers_people_without_a_shared_theme():
    mixed = (
        *people(2, "a", any_topic=True),
        *people(2, "b", topics=("divorce",), any_topic=True),
    )

    proposal = propose_groups(problem(*mixed))

    assert [group.key.topic for group in proposal.groups] == [None]


def test_open_theme_switched_off_makes_no_such_group():
    mixed = (
        *people(2, "a", any_topic=True),
        *people(2, "b", topics=("divorce",), any_topic=True),
    )

    proposal = propose_groups(problem(*mixed, rules=Rules(4, 8, allow_open_theme=False)))

    assert proposal.groups == ()
    assert set(reasons(proposal).values()) == {("too_few_compatible",)}


def test_newcomers_join_a_running_group_up_to_its_vacancies():
    case = problem(*people(3), venues=(), initiators=(), open_groups=(open_group(),))

    proposal = propose_groups(case)

    assert [join.participant for join in proposal.joins] == ["p01", "p02"]


def test_full_running_group_takes_nobody():
    proposal = propose_groups(problem(*people(1), open_groups=(open_group(vacancies=0),)))

    assert proposal.joins == ()


def test_member_of_a_running_group_who_waits_for_another_does_not_join_it_again():
    case = problem(*people(2), open_groups=(open_group(members=("p01", "m2")),))

    proposal = propose_groups(case)

    assert [join.participant for join in proposal.joins] == ["p02"]


def test_newcomer_to_keep_apart_from_a_member_does_not_join():
    case = problem(*people(1), open_groups=(open_group(),), keep_apart=(("p01", "m2"),))

    proposal = propose_groups(case)

    assert proposal.joins == ()


def test_two_newcomers_to_keep_apart_do_not_join_the_same_group():
    case = problem(*people(2), open_groups=(open_group(),), keep_apart=(("p02", "p01"),))

    proposal = propose_groups(case)

    assert len(proposal.joins) == 1


@pytest.mark.parametrize("since", [date(2030, 1, 1), date(1900, 1, 1), date(2026, 9, 1)])
def test_waiting_days_are_never_below_zero(since):
    proposal = propose_groups(problem(*people(4, waiting_since=since)))

    assert proposal.score.waiting_days == 4 * max(0, (date(2026, 9, 1) - since).days)


def test_ids_may_hold_spaces_and_letters():
    case = problem(
        *people(4, "Åse på Øya "), venues=(Venue("rom å", "room", "c1", 8, (), (TUESDAY,)),)
    )

    proposal = propose_groups(case)

    assert sizes(proposal) == [4]
    assert check(case, proposal) == []
