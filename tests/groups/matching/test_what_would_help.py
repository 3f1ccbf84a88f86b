"""What would place somebody: one wish more, one answer, one initiator or room; and it is true."""

from dataclasses import replace

from bench.matching.instances import waiting_list
from groups.matching import (
    Explanation,
    Join,
    Question,
    check,
    possible_changes,
    propose_groups,
    what_is_missing,
    what_more_would_place,
)
from tests.groups.matching.builders import (
    KEY,
    MONDAY,
    PERSON,
    ROOM,
    TUESDAY,
    open_group,
    people,
    problem,
)


def with_answer(person, question):
    """The person as they are after a yes."""
    value = question.value
    return {
        "slot": lambda: replace(person, slots=(*person.slots, value)),
        "topic": lambda: (
            replace(person, any_topic=True)
            if value is None
            else replace(person, topics=(*person.topics, value))
        ),
        "kind": lambda: replace(person, kind="either"),
        "format": lambda: replace(person, format="either"),
        "centre": lambda: replace(person, centres=(*person.centres, value)),
        "role": lambda: replace(person, role_wish="any"),
        "gender": lambda: replace(person, gender_wish="any"),
        "age_band": lambda: replace(person, age_wish=value),
        "language": lambda: replace(person, languages=(*person.languages, value)),
    }[question.field]()


def answered(case, question):
    return replace(
        case,
        participants=tuple(
            with_answer(person, question) if person.id == question.participant else person
            for person in case.participants
        ),
    )


def test_one_part_of_the_week_more_would_give_a_seat():
    case = problem(*people(4), *people(1, "q", slots=(MONDAY,)))

    change, *_ = possible_changes(case, propose_groups(case), "q01")

    assert change.question == Question("q01", "slot", TUESDAY)
    assert (change.others, change.group, change.running) == (4, 0, None)


def test_one_part_of_the_week_more_would_start_a_group():
    case = problem(*people(3), *people(1, "q", slots=(MONDAY,)))

    change, *_ = possible_changes(case, propose_groups(case), "q01")

    assert change.question == Question("q01", "slot", TUESDAY)
    assert (change.key, change.others, change.group) == (KEY, 3, None)


def test_running_group_counts_its_members():
    case = problem(*people(1, kind="social"), open_groups=(open_group(),))

    change, *_ = possible_changes(case, propose_groups(case), "p01")

    assert change.question == Question("p01", "kind", "self_help")
    assert (change.others, change.running) == (3, "og1")


def test_nothing_is_said_of_a_group_with_somebody_to_be_kept_apart():
    case = problem(*people(4), *people(1, "q", slots=(MONDAY,)), keep_apart=(("q01", "p02"),))

    assert possible_changes(case, propose_groups(case), "q01") == []


def test_nothing_is_said_of_a_running_group_with_somebody_to_be_kept_apart():
    case = problem(
        *people(1, slots=(MONDAY,)), open_groups=(open_group(),), keep_apart=(("p01", "m2"),)
    )

    assert possible_changes(case, propose_groups(case), "p01") == []


def test_nobody_is_asked_to_be_somebody_else():
    case = problem(
        *people(4, gender_wish="women"), *people(1, "q", gender="m"), *people(1, "r", role="kin")
    )

    proposal = propose_groups(case)

    assert possible_changes(case, proposal, "q01") == []
    assert possible_changes(case, proposal, "r01") == []


def test_somebody_with_a_place_needs_no_change():
    case = problem(*people(4))

    assert possible_changes(case, propose_groups(case), "p01") == []
    assert possible_changes(case, propose_groups(case), "gone") == []


def test_every_change_gives_a_place_when_it_comes_true():
    case = waiting_list(80, seed=4)
    proposal = propose_groups(case)
    groups = len(proposal.groups)
    checked = 0

    for unplaced in proposal.unplaced:
        for change in possible_changes(case, proposal, unplaced.participant)[:3]:
            changed = answered(case, change.question)
            if change.group is None and change.running is None:
                after = propose_groups(
                    replace(
                        changed,
                        previous=tuple(
                            replace(group, previous=f"g{number}")
                            for number, group in enumerate(proposal.groups)
                        ),
                    )
                )
                assert after.score.placed > proposal.score.placed
                assert len(after.groups) > groups
            else:
                assert check(changed, _seated(proposal, change)) == []
            checked += 1
    assert checked > 10


def _seated(proposal, change):
    who = change.question.participant
    groups, joins = list(proposal.groups), list(proposal.joins)
    if change.group is None:
        joins.append(Join(change.running, who))
    else:
        group = groups[change.group]
        groups[change.group] = replace(group, members=(*group.members, who))
    unplaced = tuple(e for e in proposal.unplaced if e.participant != who)
    return replace(proposal, groups=tuple(groups), joins=tuple(joins), unplaced=unplaced)


def test_nearly_possible_group_says_who_could_be_asked_what():
    case = problem(*people(3), *people(1, "q", slots=(MONDAY,)), *people(1, "r", kind="social"))

    near = what_is_missing(case, propose_groups(case))[0]

    assert (near.key, near.people) == (KEY, ("p01", "p02", "p03"))
    assert (near.missing, near.needs_initiator, near.needs_venue) == (1, False, False)
    assert near.questions == (
        Question("q01", "slot", TUESDAY),
        Question("r01", "kind", "self_help"),
    )
    assert (near.lacks, near.places) == (1, 4)


def test_nearly_possible_group_says_what_else_is_lacking():
    alone = problem(*people(5), initiators=())
    outside = problem(*people(5), venues=())

    assert what_is_missing(alone, propose_groups(alone))[0].needs_initiator
    assert what_is_missing(outside, propose_groups(outside))[0].needs_venue


def test_what_lacks_least_stands_first():
    case = problem(*people(2), *people(3, "q", topics=("divorce",), slots=(MONDAY,)))

    found = what_is_missing(case, propose_groups(case))

    assert [near.lacks for near in found] == sorted(near.lacks for near in found)
    assert found[0].key.topic == "divorce"


def test_pair_to_be_kept_apart_is_not_counted_together():
    case = problem(*people(3), keep_apart=(("p01", "p02"),))

    for near in what_is_missing(case, propose_groups(case)):
        assert not {"p01", "p02"} <= set(near.people)


def test_one_resource_more_places_so_many():
    alone = problem(*people(5), initiators=())
    outside = problem(*people(5), venues=())

    gains = what_more_would_place(alone, propose_groups(alone))
    assert [(g.resource, g.centre, g.slot, g.places) for g in gains] == [
        ("initiator", "c1", TUESDAY, 5)
    ]
    gains = what_more_would_place(outside, propose_groups(outside))
    assert [(g.resource, g.centre, g.slot, g.places) for g in gains] == [("room", "c1", TUESDAY, 5)]


def test_nothing_more_is_promised_when_all_have_a_place():
    case = problem(*people(5))

    assert what_more_would_place(case, propose_groups(case)) == []
    assert what_is_missing(case, propose_groups(case)) == []


def test_advice_is_given_on_a_proposal_that_names_what_has_gone():
    case = problem(*people(9))
    proposal = propose_groups(case)
    later = replace(case, participants=case.participants[1:], venues=(replace(ROOM, id="r2"),))

    assert what_is_missing(later, proposal) is not None
    assert possible_changes(replace(later, initiators=()), proposal, PERSON.id) == []
    assert isinstance(proposal.unplaced[0], Explanation)
