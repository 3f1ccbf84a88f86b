"""Groups of people without a place that nearly came about, what they lack, and whom to ask.

Counted on a finished proposal, keep-apart pairs included, and true of it alone. A keep-apart pair
is never the reason of anything said here: such a possibility is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from groups.matching.explaining.near_misses import misses_of
from groups.matching.explaining.questions import FIELDS, Question, question_for
from groups.matching.index import Index, bits
from groups.matching.model import GroupKey, Objective, Problem, Proposal
from groups.matching.search.starting import state_of
from groups.matching.search.state import State

KEYS_EACH = 6  # a person's keys that are looked at, those with most others first


@dataclass(frozen=True, slots=True)
class NearGroup:
    """A group that nearly came about.

    ``people`` without a place could sit together; ``missing`` more are needed, and an initiator or
    a venue where it says so. Each of the ``questions``, answered by yes, brings one person more.
    ``places`` people would get a place if nothing were lacking.
    """

    key: GroupKey
    people: tuple[str, ...]
    missing: int
    needs_initiator: bool
    needs_venue: bool
    questions: tuple[Question, ...]
    places: int

    @property
    def lacks(self) -> int:
        """How many people and things are lacking."""
        return self.missing + self.needs_initiator + self.needs_venue


def what_is_missing(problem: Problem, proposal: Proposal, limit: int = 20) -> list[NearGroup]:
    """Groups that nearly came about, one for each hour and set of people.

    Those that lack least come first; of equals those where enough could be asked, then the largest.
    """
    index = Index(problem, Objective())
    state = state_of(index, proposal)
    found: dict[tuple[int, int], tuple[GroupKey, Candidate]] = {}
    for i in bits(state.free):
        for miss in misses_of(index, state.free, index.people[i])[:KEYS_EACH]:
            near = Candidate(index, state, miss.key)
            if near.lacks and near.people:
                cell = index.cell_number[miss.key.centre, miss.key.slot]
                found.setdefault((cell, near.people), (miss.key, near))
    groups = [
        NearGroup(
            key,
            tuple(index.people[i].id for i in bits(near.people)),
            near.missing,
            near.needs_initiator,
            near.needs_venue,
            tuple(_questions(index, state, key, near)),
            near.places,
        )
        for key, near in found.values()
    ]
    groups.sort(
        key=lambda group: (
            group.lacks,
            len(group.questions) < group.missing,
            -len(group.people),
            _key_order(group.key),
        )
    )
    return groups[:limit]


def _questions(index: Index, state: State, key: GroupKey, near: Candidate) -> list[Question]:
    """Whom to ask for what, easiest first and then longest wait first."""
    if near.people.bit_count() >= near.size:
        return []
    asked = []
    for i in bits(state.free & near.able & ~near.people):
        if index.apart[i] & near.people:
            continue
        question = question_for(index.people[i], key, index.problem)
        if question is not None:
            asked.append((FIELDS.index(question.field), -index.days[i], i, question))
    return [question for *_, question in sorted(asked, key=lambda item: item[:3])]


def _key_order(key: GroupKey) -> tuple[str, ...]:
    return (key.slot, key.centre or "", key.topic or "", str(key))


class Candidate:
    """A group of free people that does not exist, and what it lacks.

    ``invited`` (a mask) is counted among those who accept the key.
    """

    def __init__(self, index: Index, state: State, key: GroupKey, invited: int = 0) -> None:
        rules = index.problem.rules
        cell = index.cell_number[key.centre, key.slot]
        willing = (index.accepting(key) | invited) & state.free
        hosts = [host for host in index.hosts[cell] if host.size >= rules.min_size]
        open_hosts = [host for host in hosts if state.open_venues[cell] >> host.venue & 1]
        self.needs_venue = not open_hosts
        self.able, self.size = willing, rules.max_size
        best = -1
        for host in open_hosts or hosts:
            count = min(host.size, (willing & host.able).bit_count())
            if count > best and invited & host.able == invited:
                best, self.able, self.size = count, host.able, host.size
        order = sorted(
            bits(willing & self.able), key=lambda i: (not invited >> i & 1, -index.days[i], i)
        )
        self.people = 0
        for i in order:
            if self.people.bit_count() < self.size and not index.apart[i] & self.people:
                self.people |= 1 << i
        self.missing = max(0, rules.min_size - self.people.bit_count())
        self.needs_initiator = state.find_leader(cell, key.language) is None
        self.places = max(rules.min_size, self.people.bit_count())

    @property
    def lacks(self) -> int:
        return self.missing + self.needs_initiator + self.needs_venue
