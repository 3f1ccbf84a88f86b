"""What a proposed group looks like: waits, ages, times, and who else would fit.

Every number is a recount on the finished proposal. "Who else" names people: it is for staff only.
"""

from __future__ import annotations

from dataclasses import dataclass

from groups.matching.index import Index, bits
from groups.matching.model import Group, Objective, Problem, Proposal


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What staff see beside a proposed group; days and years, ids only.

    ``could_meet`` of the members can meet in each slot, all of them in ``shared_slots``;
    ``matching`` waiting people match the key, placed ones counted; ``others`` of them have no place
    and could be added without breaking a rule, longest wait first.
    """

    size: int
    shared_slots: tuple[str, ...]
    could_meet: tuple[tuple[str, int], ...]
    matching: int
    longest_wait: int
    mean_wait: float
    youngest: int | None
    oldest: int | None
    first_choice: int
    home_centre: int
    others: tuple[str, ...]

    @property
    def age_spread(self) -> int | None:
        """Years between the youngest and the oldest whose age is known."""
        if self.youngest is None or self.oldest is None:
            return None
        return self.oldest - self.youngest


def describe(problem: Problem, proposal: Proposal, group: Group) -> GroupFacts:
    """The facts of one proposed group."""
    return facts(Index(problem, Objective()), proposal, group)


def facts(index: Index, proposal: Proposal, group: Group) -> GroupFacts:
    """As ``describe``, on masks that exist already."""
    problem, key = index.problem, group.key
    people = sum(1 << index.position[id_] for id_ in group.members if id_ in index.position)
    members = [index.people[i] for i in bits(people)]
    waits = [max(0, (problem.as_of - member.waiting_since).days) for member in members]
    ages = [member.age for member in members if member.age is not None]
    counts = {slot: (mask & people).bit_count() for slot, mask in index.at_slot.items()}
    matching = index.accepting(key)
    features = next((v.features for v in index.venues if v.id == group.venue), ())
    waiting = [
        i
        for i in bits(matching & index.unplaced(proposal) & index.able(features))
        if not index.apart[i] & people
    ]
    waiting.sort(key=lambda i: (index.people[i].waiting_since, i))
    return GroupFacts(
        size=len(members),
        shared_slots=tuple(s for s in problem.slots if counts[s] == len(members)),
        could_meet=tuple((slot, counts[slot]) for slot in problem.slots),
        matching=matching.bit_count(),
        longest_wait=max(waits, default=0),
        mean_wait=sum(waits) / len(waits) if waits else 0.0,
        youngest=min(ages, default=None),
        oldest=max(ages, default=None),
        first_choice=sum(bool(m.topics) and m.topics[0] == key.topic for m in members),
        home_centre=sum(bool(m.centres) and m.centres[0] == key.centre for m in members),
        others=tuple(index.people[i].id for i in waiting),
    )
