"""What staff locked stays; what was merely proposed moves only where that places somebody."""

from dataclasses import replace

import pytest

from bench.matching.instances import waiting_list
from groups.matching import Group, ProblemError, check, propose_groups
from tests.groups.matching.builders import (
    INITIATOR,
    KEY,
    MONDAY,
    ROOM,
    TUESDAY,
    earlier,
    people,
    placed,
    problem,
    sizes,
)


def test_locked_group_keeps_members_venue_and_initiator_and_takes_more_in():
    crowd = people(6, slots=(MONDAY, TUESDAY))
    case = problem(*crowd, previous=(earlier(["p03", "p04", "p05", "p06"]),))

    proposal = propose_groups(case, stability="reoptimise")

    group = next(group for group in proposal.groups if group.previous == "before")
    assert (group.key, group.venue, group.initiator) == (KEY, "r1", "i1")
    assert {"p03", "p04", "p05", "p06"} <= set(group.members)
    assert group.locked


def test_locked_group_stays_even_where_others_could_use_its_room_better():
    case = problem(
        *people(4, "a"),
        *people(8, "b", topics=("divorce",)),
        previous=(earlier(["a01", "a02", "a03", "a04"]),),
    )

    proposal = propose_groups(case, stability="reoptimise")

    assert sizes(proposal) == [4]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"venues": ()}, "venue_not_free"),
        ({"initiators": ()}, "initiator_not_free"),
        ({"participants": people(3)}, "locked_changed"),
        ({"participants": (*people(3), *people(1, "q"))}, "locked_changed"),
    ],
)
def test_locked_group_that_is_no_longer_possible_is_kept_and_said(change, code):
    case = problem(*people(4), previous=(earlier(["p01", "p02", "p03", "p04"]),))

    proposal = propose_groups(replace(case, **change))

    assert [group.previous for group in proposal.groups] == ["before"]
    assert code in {violation.code for violation in proposal.violations}


def test_locked_group_with_somebody_who_no_longer_fits_does_not_stop_the_others():
    case = problem(
        *people(3, "a"),
        *people(1, "stranger", topics=("divorce",)),
        *people(5, "b", slots=(MONDAY,)),
        previous=(earlier(["a01", "a02", "a03", "stranger01"]),),
    )

    proposal = propose_groups(case)

    assert sizes(proposal) == [5, 4]
    assert [violation.code for violation in proposal.violations] == ["member_mismatch"]


def test_two_locked_groups_in_one_room_are_both_kept_and_said():
    case = problem(
        *people(8),
        previous=(
            earlier(["p01", "p02", "p03", "p04"], previous="one"),
            earlier(["p05", "p06", "p07", "p08"], previous="two"),
        ),
    )

    proposal = propose_groups(case)

    assert sizes(proposal) == [4, 4]
    assert "venue_taken_twice" in {violation.code for violation in proposal.violations}


def test_locked_group_of_an_unknown_slot_is_refused():
    lost = earlier(["p01"], key=replace(KEY, slot="someday"))

    with pytest.raises(ProblemError):
        propose_groups(problem(*people(4), previous=(lost,)))


def test_unlocked_proposal_of_what_has_gone_is_forgotten():
    lost = earlier(["p01", "p02"], key=replace(KEY, slot="someday", centre="c9"), locked=False)

    proposal = propose_groups(problem(*people(4), previous=(lost,)))

    assert sizes(proposal) == [4]


def test_unlocked_proposal_is_continued_when_nothing_changed():
    before = earlier(["p05", "p06", "p07", "p08"], locked=False)
    case = problem(
        *people(8),
        venues=(ROOM, replace(ROOM, id="r0")),
        initiators=(INITIATOR, replace(INITIATOR, id="i0")),
        previous=(before,),
    )

    proposal = propose_groups(case)

    group = next(group for group in proposal.groups if group.previous == "before")
    assert set(before.members) <= set(group.members)
    assert (group.venue, group.initiator) == ("r1", "i1")


def test_unlocked_proposal_that_lost_a_member_takes_in_another():
    before = earlier(["p01", "p02", "p03", "gone"], locked=False)
    case = problem(*people(3), *people(1, "q"), previous=(before,))

    proposal = propose_groups(case)

    assert placed(proposal) == {"p01", "p02", "p03", "q01"}
    assert proposal.groups[0].previous == "before"


def test_a_day_later_nearly_everybody_keeps_the_proposal():
    yesterday = waiting_list(150, seed=4)
    first = propose_groups(yesterday)
    newcomers = [
        replace(person, id=f"new{person.id}") for person in waiting_list(15, seed=9).participants
    ]
    today = replace(
        yesterday,
        participants=(*yesterday.participants[3:], *newcomers),
        previous=tuple(
            Group(g.key, g.venue, g.initiator, g.members, previous=f"g{number}")
            for number, g in enumerate(first.groups)
        ),
    )

    second = propose_groups(today)

    fresh = propose_groups(replace(today, previous=()))
    assert check(today, second) == []
    assert second.score.kept_members >= 0.9 * second.score.previous_members
    assert second.score.placed >= 0.94 * fresh.score.placed
