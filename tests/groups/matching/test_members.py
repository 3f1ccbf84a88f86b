"""With the groups as they are, nobody could be seated who has waited longer or fits better."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groups.matching import Objective, Rules, check, propose_groups
from groups.matching.rules import accepts, fit, waiting_days
from tests.groups.matching.builders import (
    AS_OF,
    INITIATOR,
    KEY,
    MONDAY,
    PERSON,
    ROOM,
    TUESDAY,
    earlier,
    open_group,
    people,
    placed,
    problem,
)
from tests.groups.matching.test_against_brute_force import few

LONG_AGO = date(2025, 1, 1)
IN_FOUR = replace(ROOM, capacity=4, slots=(TUESDAY,))


@pytest.mark.parametrize("weight", [0.0, 1.0, 16.0])
def test_long_waits_take_the_places_of_short_ones_when_all_is_chosen_anew(weight):
    case = problem(
        *people(4, "a"),
        *people(4, "b", waiting_since=LONG_AGO),
        venues=(IN_FOUR,),
        previous=(earlier(["a01", "a02", "a03", "a04"], locked=False),),
    )

    proposal = propose_groups(
        case, objective=Objective(waiting_weight=weight), stability="reoptimise"
    )

    assert placed(proposal) == {"b01", "b02", "b03", "b04"}


def test_earlier_proposal_is_kept_from_long_waits_unless_all_is_chosen_anew():
    case = problem(
        *people(4, "a"),
        *people(4, "b", waiting_since=LONG_AGO),
        venues=(IN_FOUR,),
        previous=(earlier(["a01", "a02", "a03", "a04"], locked=False),),
    )

    assert placed(propose_groups(case)) == {"a01", "a02", "a03", "a04"}


def test_long_wait_is_seated_through_somebody_who_can_come_at_another_time():
    case = problem(
        *people(4, "a", slots=(MONDAY,)),
        *people(4, "b", slots=(MONDAY, TUESDAY), waiting_since=date(2026, 5, 1)),
        *people(1, "c", slots=(TUESDAY,), waiting_since=LONG_AGO),
        venues=(replace(ROOM, capacity=4),),
        rules=Rules(4, 4),
        previous=(
            earlier(["a01", "a02", "a03", "a04"], locked=False, key=replace(KEY, slot=MONDAY)),
            earlier(["b01", "b02", "b03", "b04"], locked=False, previous="tuesday"),
        ),
    )

    proposal = propose_groups(case, stability="reoptimise")

    assert placed(proposal) >= {"c01", "b01", "b02", "b03", "b04"}


def test_newcomers_to_a_running_group_are_those_who_waited_longest():
    case = problem(
        *people(3),
        *people(1, "q", waiting_since=LONG_AGO),
        venues=(),
        open_groups=(open_group(vacancies=1),),
    )

    assert placed(propose_groups(case)) == {"q01"}


@st.composite
def crowds(draw):
    """Up to twelve people who have much in common, two rooms and two initiators."""
    crowd = tuple(
        replace(
            PERSON,
            id=f"p{number:02}",
            slots=draw(st.sampled_from(((MONDAY,), (TUESDAY,), (MONDAY, TUESDAY)))),
            topics=draw(st.sampled_from((("grief",), ("grief", "divorce"), ("divorce", "grief")))),
            kind=draw(st.sampled_from(("self_help", "either"))),
            needs=draw(st.sampled_from(((), (), ("step_free",)))),
            waiting_since=AS_OF - timedelta(days=draw(st.integers(0, 9))),
            priority=draw(st.sampled_from((0, 0, 0, 1))),
        )
        for number in range(draw(st.integers(6, 12)))
    )
    ids = st.sampled_from([person.id for person in crowd] + ["m1"])
    return problem(
        *crowd,
        rules=Rules(draw(st.integers(2, 3)), 4),
        venues=(
            replace(ROOM, capacity=draw(st.integers(3, 4)), features=("step_free",)),
            replace(ROOM, id="r2", capacity=4, slots=(TUESDAY,)),
        ),
        initiators=(replace(INITIATOR, capacity=draw(st.integers(1, 2))),),
        keep_apart=tuple(draw(st.lists(st.tuples(ids, ids), max_size=2))),
        open_groups=(open_group(vacancies=1),) if draw(st.booleans()) else (),
    )


@settings(few, max_examples=30)
@given(crowds())
def test_no_other_members_of_the_same_groups_would_be_better(case):
    # Those who have waited least now had waited longest when the earlier proposal was made.
    since = [PERSON.waiting_since + (AS_OF - person.waiting_since) for person in case.participants]
    yesterday = replace(
        case,
        participants=tuple(
            replace(person, waiting_since=day, priority=0)
            for person, day in zip(case.participants, since, strict=True)
        ),
    )
    before = propose_groups(yesterday).groups
    today = replace(
        case,
        previous=tuple(replace(g, previous=f"g{number}") for number, g in enumerate(before)),
    )

    proposal = propose_groups(today, stability="reoptimise")

    score = proposal.score
    assert check(today, proposal) == []
    assert (score.placed, score.waiting_days, score.fit) == best_members(today, proposal.groups)


def best_members(problem, groups):
    """The best score with these groups, by trying every way to seat people in them."""
    venues = {venue.id: venue for venue in problem.venues}
    low, most = problem.rules.min_size, problem.rules.max_size
    rooms = [
        (g.key, low, min(most, venues[g.venue].capacity), venues[g.venue].features, ())
        for g in groups
    ] + [(g.key, 0, g.vacancies, g.features, g.members) for g in problem.open_groups]
    pairs = {frozenset(pair) for pair in problem.keep_apart if len(set(pair)) == 2}
    people = problem.participants

    def seat(i, seated, so_far, best):
        if so_far[0] + len(people) - i < best[0]:
            return best
        if i == len(people):
            enough = all(len(s) >= room[1] for s, room in zip(seated, rooms, strict=True))
            return max(best, so_far) if enough else best
        person = people[i]
        for n, (key, _, cap, features, members) in enumerate(rooms):
            company = {*seated[n], *members}
            if (
                len(seated[n]) < cap
                and accepts(person, key, problem)
                and set(person.needs) <= set(features)
                and not any(frozenset((person.id, other)) in pairs for other in company)
            ):
                days = waiting_days(person, problem, Objective())
                gained = (so_far[0] + 1, so_far[1] + days, so_far[2] + fit(person, key))
                now = (*seated[:n], (*seated[n], person.id), *seated[n + 1 :])
                best = seat(i + 1, now, gained, best)
        return seat(i + 1, seated, so_far, best)

    return seat(0, ((),) * len(rooms), (0, 0, 0), (0, 0, 0))
