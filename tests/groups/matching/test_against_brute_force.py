"""On lists small enough to try everything, the answer is the best one and every word is true."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.matching import (
    Initiator,
    Participant,
    Problem,
    Rules,
    Venue,
    check,
    proposal_to_dict,
    propose_groups,
)
from groups.matching.rules import accepts
from tests.groups.matching.builders import AS_OF, KEY, open_group
from tests.groups.matching.exact import all_keys, best

SLOTS = ("mon-evening", "tue-evening")
subsets = st.lists(st.sampled_from(SLOTS), unique=True).map(tuple)
some_slots = st.lists(st.sampled_from(SLOTS), unique=True, min_size=1).map(tuple)
features = st.sampled_from(((), (), ("step_free",)))


@st.composite
def participants(draw, number):
    return Participant(
        id=f"p{number:02}",
        centres=draw(st.sampled_from((("c1",), ("c1", "c2"), ("c2",)))),
        topics=draw(st.sampled_from((("grief",), ("grief", "divorce"), ("divorce",)))),
        any_topic=draw(st.booleans()),
        role=draw(st.sampled_from(("own", "own", "kin"))),
        role_wish=draw(st.sampled_from(("same", "any"))),
        format=draw(st.sampled_from(("physical", "physical", "digital", "either"))),
        kind=draw(st.sampled_from(("social", "self_help", "either", "either"))),
        slots=draw(subsets),
        languages=draw(st.sampled_from((("nb",), ("nb", "en"), ("en",)))),
        gender=draw(st.sampled_from(("f", "f", "m", "x"))),
        gender_wish=draw(st.sampled_from(("any", "any", "women"))),
        age=draw(st.sampled_from((None, 25, 30, 31, 60))),
        age_wish=draw(st.sampled_from((None, None, None, "young"))),
        needs=draw(features),
        waiting_since=AS_OF - timedelta(days=draw(st.integers(-5, 500))),
        priority=draw(st.sampled_from((0, 0, 0, 1))),
    )


@st.composite
def problems(draw):
    count = draw(st.integers(0, 9))
    people = tuple(draw(participants(number)) for number in range(count))
    smallest = draw(st.integers(2, 3))
    venues = tuple(
        Venue(f"r{n}", "room", draw(st.sampled_from(("c1", "c2"))), draw(st.integers(2, 6)),
              draw(features), draw(some_slots))
        for n in range(draw(st.integers(0, 2)))
    ) + tuple(
        Venue(f"z{n}", "licence", None, 6, draw(features), draw(some_slots))
        for n in range(draw(st.integers(0, 1)))
    )  # fmt: skip
    initiators = tuple(
        Initiator(f"i{n}", draw(st.sampled_from((("c1",), ("c2",), ("c1", "c2")))),
                  draw(st.booleans()), draw(st.sampled_from((("nb",), ("nb", "en")))),
                  draw(some_slots), draw(st.integers(0, 2)))
        for n in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    ids = [person.id for person in people] + ["m1"]
    pairs = st.tuples(st.sampled_from(ids), st.sampled_from(ids))
    running = open_group(key=replace(KEY, role=draw(st.sampled_from(("own", "mixed")))))
    return Problem(
        as_of=AS_OF,
        rules=Rules(smallest, draw(st.integers(smallest, 4)), draw(st.booleans())),
        slots=SLOTS,
        topics=("grief", "divorce"),
        age_bands={"young": (18, 30)},
        centres=("c1", "c2"),
        venues=venues,
        initiators=initiators,
        participants=people,
        keep_apart=tuple(draw(st.lists(pairs, max_size=2))),
        open_groups=(running,) if draw(st.booleans()) else (),
    )


few = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@few
@given(problems())
def test_small_list_gets_the_most_places_and_the_longest_waits(case):
    proposal = propose_groups(case)

    assert check(case, proposal) == []
    assert (proposal.score.placed, proposal.score.waiting_days) == best(case)
    assert proposal.bound is not None
    assert proposal.bound.value >= proposal.score.placed


@few
@given(problems(), st.integers(0, 5))
def test_shuffled_input_gives_the_same_answer(case, seed):
    rng = Random(seed)  # noqa: S311  # no secret
    shuffled = replace(
        case,
        **{
            name: tuple(rng.sample(getattr(case, name), len(getattr(case, name))))
            for name in ("venues", "initiators", "participants", "keep_apart", "centres", "topics")
        },
    )

    assert proposal_to_dict(propose_groups(shuffled)) == proposal_to_dict(propose_groups(case))


@few
@given(problems())
def test_one_room_more_never_places_fewer(case):
    room = Venue("r9", "room", "c1", 6, ("step_free",), SLOTS)
    more = replace(case, venues=(*case.venues, room))

    assert propose_groups(more).score.placed >= propose_groups(case).score.placed


@few
@given(problems())
def test_explanations_are_true_by_recount(case):
    proposal = propose_groups(case)

    people = {person.id: person for person in case.participants}
    waiting = [people[explanation.participant] for explanation in proposal.unplaced]
    keys = list(all_keys(case))
    for explanation in proposal.unplaced:
        person = people[explanation.participant]
        mine = [key for key in keys if accepts(person, key, case)]
        crowds = [sum(accepts(p, key, case) for p in case.participants) for key in mine]
        enough = any(crowd >= case.rules.min_size for crowd in crowds)
        if "too_few_compatible" in explanation.reasons:
            assert not enough
        if {"no_venue", "no_initiator", "placed_elsewhere"} & set(explanation.reasons):
            assert enough
        assert ("not_available" in explanation.reasons) == (not person.slots)
        for miss in explanation.near_misses:
            assert miss.key in mine
            assert miss.have == sum(accepts(p, miss.key, case) for p in waiting)
            assert miss.missing == max(0, case.rules.min_size - miss.have)
