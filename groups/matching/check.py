"""The product's own guard: recount every rule on a finished proposal.

It shares no code with the search but ``rules``, and is run on every answer before anybody sees it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from groups.matching.model import (
    REASONS,
    Group,
    Initiator,
    OpenGroup,
    Participant,
    Problem,
    Proposal,
    Venue,
    Violation,
)
from groups.matching.rules import accepts, initiator_serves, mismatches, venue_hosts


def check(problem: Problem, proposal: Proposal) -> list[Violation]:
    """Every rule that the proposal breaks, and everybody who is not listed exactly once."""
    known = _Known(
        people={person.id: person for person in problem.participants},
        venues={venue.id: venue for venue in problem.venues},
        initiators={initiator.id: initiator for initiator in problem.initiators},
        open_groups={group.id: group for group in problem.open_groups},
        locked={group.previous: group for group in problem.previous if group.locked},
    )
    return [
        *_people(known, proposal),
        *(found for group in proposal.groups for found in _group(problem, known, group)),
        *_resources(problem, proposal),
        *_joins(problem, known, proposal),
        *_keep_apart(problem, proposal),
        *_locked(problem, proposal),
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    people: Mapping[str, Participant]
    venues: Mapping[str, Venue]
    initiators: Mapping[str, Initiator]
    open_groups: Mapping[str, OpenGroup]
    locked: Mapping[str | None, Group]


def _people(known: _Known, proposal: Proposal) -> Iterator[Violation]:
    places = Counter(member for group in proposal.groups for member in group.members)
    places.update(join.participant for join in proposal.joins)
    listed = Counter(explanation.participant for explanation in proposal.unplaced)
    for person in sorted(places.keys() | listed.keys() | known.people.keys()):
        if person not in known.people:
            yield Violation("unknown_person", "participants", (person,))
        elif places[person] > 1:
            yield Violation("placed_twice", "participants", (person,))
        elif places[person] + listed[person] != 1:
            yield Violation("not_listed_once", "participants", (person,))
    for explanation in proposal.unplaced:
        if not explanation.reasons or set(explanation.reasons) - set(REASONS):
            yield Violation("unknown_reason", "unplaced", (explanation.participant,))


def _group(problem: Problem, known: _Known, group: Group) -> Iterator[Violation]:
    key = group.key
    where = f"{group.venue} {key.slot}"
    rules = problem.rules
    earlier = known.locked.get(group.previous) if group.previous else None
    # Staff may have locked a size that the centre's rules did not allow, or no longer allow.
    accepted = len(earlier.members) if earlier else rules.min_size
    smallest = min(rules.min_size, accepted)
    largest = max(rules.max_size, accepted)
    if not smallest <= len(group.members) <= largest:
        yield Violation("size", where, group.members)
    if key.topic is None and not rules.allow_open_theme and earlier is None:
        yield Violation("open_theme", where)
    members = [known.people[id_] for id_ in group.members if id_ in known.people]
    strangers = tuple(person.id for person in members if not accepts(person, key, problem))
    if strangers:
        yield Violation("member_mismatch", where, strangers)
    venue = known.venues.get(group.venue)
    if venue is None or not venue_hosts(venue, key):
        yield Violation("venue_not_free", where, (group.venue,))
    else:
        if len(group.members) > venue.capacity:
            yield Violation("venue_too_small", where, (group.venue,))
        lacking = tuple(p.id for p in members if not set(p.needs) <= set(venue.features))
        if lacking:
            yield Violation("needs_not_met", where, lacking)
    initiator = known.initiators.get(group.initiator)
    if initiator is None or not initiator_serves(initiator, key):
        yield Violation("initiator_not_free", where, (group.initiator,))


def _resources(problem: Problem, proposal: Proposal) -> Iterator[Violation]:
    venues = Counter((group.venue, group.key.slot) for group in proposal.groups)
    leads = Counter((group.initiator, group.key.slot) for group in proposal.groups)
    load = Counter(group.initiator for group in proposal.groups)
    for (venue, slot), times in sorted(venues.items()):
        if times > 1:
            yield Violation("venue_taken_twice", f"{venue} {slot}", (venue,))
    for (initiator, slot), times in sorted(leads.items()):
        if times > 1:
            yield Violation("initiator_taken_twice", f"{initiator} {slot}", (initiator,))
    for initiator_ in problem.initiators:
        if load[initiator_.id] > initiator_.capacity:
            yield Violation("initiator_overloaded", initiator_.id, (initiator_.id,))


def _joins(problem: Problem, known: _Known, proposal: Proposal) -> Iterator[Violation]:
    taken = Counter(join.group for join in proposal.joins)
    for join in proposal.joins:
        group = known.open_groups.get(join.group)
        person = known.people.get(join.participant)
        if group is None or person is None:
            yield Violation("unknown_join", join.group, (join.participant,))
        elif mismatches(person, group.key, problem):
            yield Violation("member_mismatch", join.group, (join.participant,))
        elif not set(person.needs) <= set(group.features):
            yield Violation("needs_not_met", join.group, (join.participant,))
    for id_, times in sorted(taken.items()):
        if id_ in known.open_groups and times > known.open_groups[id_].vacancies:
            yield Violation("vacancies_exceeded", id_)


def _keep_apart(problem: Problem, proposal: Proposal) -> Iterator[Violation]:
    together: dict[str, set[tuple[str, object]]] = defaultdict(set)
    for number, group in enumerate(proposal.groups):
        for member in group.members:
            together[member].add(("group", number))
    for open_group in problem.open_groups:
        for member in open_group.members:
            together[member].add(("open", open_group.id))
    newcomers = {join.participant for join in proposal.joins}
    for join in proposal.joins:
        together[join.participant].add(("open", join.group))
    proposed = newcomers | {member for group in proposal.groups for member in group.members}
    for one, other in problem.keep_apart:
        # Two who already sit in the same running group are no part of this proposal.
        if one != other and together[one] & together[other] and proposed & {one, other}:
            yield Violation("keep_apart", "keep_apart", (one, other))


def _locked(problem: Problem, proposal: Proposal) -> Iterator[Violation]:
    for earlier in problem.previous:
        if not earlier.locked:
            continue
        found = [group for group in proposal.groups if group.previous == earlier.previous]
        same = [
            group
            for group in found
            if (group.key, group.venue, group.initiator)
            == (earlier.key, earlier.venue, earlier.initiator)
        ]
        lost = set(earlier.members) - {member for group in same for member in group.members}
        if len(found) != 1 or not same or lost:
            yield Violation("locked_changed", str(earlier.previous), tuple(sorted(lost)))
