"""Why somebody has no place, what nearly came about, and what a proposed group looks like.

Every number is a recount on the finished proposal. Relaxations and "who else" name people: they are
for staff only.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .index import Index, Station, bits
from .model import (
    EITHER,
    GENDERS,
    KINDS,
    Explanation,
    Group,
    GroupKey,
    NearMiss,
    Objective,
    Participant,
    Problem,
    Proposal,
)
from .rules import accepts_age_band, accepts_gender, accepts_role

NEAR_MISSES_EACH = 3


def explain(problem: Problem, proposal: Proposal) -> list[Explanation]:
    """One explanation for everybody without a place, in order of id."""
    return explanations(Index(problem, Objective()), proposal)


def near_misses(problem: Problem, proposal: Proposal, limit: int = 20) -> list[NearMiss]:
    """The groups that lack fewest people, with those who fail on one field alone."""
    index = Index(problem, Objective())
    free = unplaced(index, proposal)
    best: dict[int, NearMiss] = {}
    for i in bits(free):
        for miss in misses_of(index, free, index.people[i]):
            best.setdefault(index.accepting(miss.key) & free, miss)
    ranked = sorted(best.items(), key=lambda item: (-item[1].have, str(item[1].key)))
    return [
        NearMiss(miss.key, miss.have, miss.missing, relaxations(index, free, miss.key))
        for _, miss in ranked[:limit]
    ]


def unplaced(index: Index, proposal: Proposal) -> int:
    """Everybody without a place in the proposal, as a mask."""
    placed = {member for group in proposal.groups for member in group.members}
    placed |= {join.participant for join in proposal.joins}
    return index.everyone & ~index.mask_of(placed)


def explanations(index: Index, proposal: Proposal) -> list[Explanation]:
    """As ``explain``, on masks that exist already."""
    free = unplaced(index, proposal)
    reasons = _Reasons(index, proposal, free)
    return [
        Explanation(
            index.people[i].id,
            reasons.of(i),
            tuple(misses_of(index, free, index.people[i])[:NEAR_MISSES_EACH]),
        )
        for i in bits(free)
    ]


class _Reasons:
    """Reason codes, from what the proposal leaves free of venues and initiators."""

    def __init__(self, index: Index, proposal: Proposal, free: int) -> None:
        self.index = index
        self.free = free
        self.low = index.problem.rules.min_size
        taken = {(group.venue, group.key.slot) for group in proposal.groups}
        busy = {(group.initiator, group.key.slot) for group in proposal.groups}
        load = Counter(group.initiator for group in proposal.groups)
        self.spare_hosts = [
            [
                host
                for host in hosts
                if (index.venues[host.venue].id, index.cells[cell][1]) not in taken
            ]
            for cell, hosts in enumerate(index.hosts)
        ]
        self.spare_leader = {
            (pool, language, slot)
            for (pool, language, slot), leaders in index.leaders.items()
            for leader in leaders
            if (index.initiators[leader].id, slot) not in busy
            and load[index.initiators[leader].id] < index.initiators[leader].capacity
        }
        self.stations_of: dict[int, list[Station]] = {i: [] for i in bits(free)}
        for station in index.stations:
            for i in bits(station.people & free):
                self.stations_of[i].append(station)

    def of(self, i: int) -> tuple[str, ...]:
        person = self.index.people[i]
        if not person.slots:
            return ("not_available",)
        if not self._needs_can_be_met(person, i):
            return ("needs_not_met",)
        stations = self.stations_of[i]
        if not stations:
            return ("too_few_compatible",)
        ready = [s for s in stations if (s.people & self.free).bit_count() >= self.low]
        found = {self._obstacle(station, i) for station in ready or stations}
        if not ready and "placed_elsewhere" in found:
            return ("placed_elsewhere",)
        return tuple(sorted(found))

    def _needs_can_be_met(self, person: Participant, i: int) -> bool:
        if not person.needs:
            return True
        index = self.index
        pools = [pool for pool in index.pools if index.in_pool[pool] >> i & 1]
        offers = [venue.features for venue in index.venues if venue.centre in pools] + [
            group.features for group in index.problem.open_groups if group.key.centre in pools
        ]
        return any(set(person.needs) <= set(features) for features in offers)

    def _obstacle(self, station: Station, i: int) -> str:
        """What keeps the person's group at this station from opening."""
        index = self.index
        hosts = [
            host
            for host in index.hosts[station.cell]
            if host.size >= self.low and host.able >> i & 1
        ]
        if not hosts:
            return "no_venue"
        if not index.leaders_of(station):
            return "no_initiator"
        candidates = station.people & self.free
        if candidates.bit_count() < self.low:
            return "placed_elsewhere"
        spare = [host for host in hosts if host in self.spare_hosts[station.cell]]
        if not any((candidates & host.able).bit_count() >= self.low for host in spare):
            return "no_venue"
        pool, slot = index.cells[station.cell]
        if (pool, station.language, slot) not in self.spare_leader:
            return "no_initiator"
        return "keep_apart"


def misses_of(index: Index, free: int, person: Participant) -> list[NearMiss]:
    """The person's best key in each cell, those with most unplaced people first.

    The person may be somebody who wishes other than the list says: what they would find if they
    did. They count themselves.
    """
    others = free & ~(1 << index.position[person.id])
    low = index.problem.rules.min_size
    choices = _choices(index, person)
    misses = []
    for pool in pools_of(person):
        here = index.in_pool[pool] & others
        for slot in sorted(set(person.slots)):
            have, fields = _best_key(here & index.at_slot[slot], choices)
            if fields:
                language, topic, role, gender, kind, band = fields
                form = "digital" if pool is None else "physical"
                key = GroupKey(form, pool, kind, topic, role, gender, band, language, slot)
                misses.append(NearMiss(key, have + 1, max(0, low - have - 1)))
    misses.sort(key=lambda miss: -miss.have)
    return misses


def pools_of(person: Participant) -> list[str | None]:
    """The centres that the person accepts to meet at, and None for digital groups."""
    pools: list[str | None] = []
    if person.format in ("physical", EITHER):
        pools += sorted(set(person.centres))
    if person.format in ("digital", EITHER):
        pools.append(None)
    return pools


Choice = list[tuple[str | None, int]]


def _choices(index: Index, person: Participant) -> list[Choice]:
    """For each field the values that the person accepts, with the masks of who else does."""
    problem = index.problem
    topics: list[str | None] = [*person.topics]
    if problem.rules.allow_open_theme and person.any_topic:
        topics.append(None)
    return [
        [(language, index.speaks.get(language, 0)) for language in sorted(set(person.languages))],
        [(topic, index.on_topic[topic]) for topic in topics],
        [(role, mask) for role, mask in index.in_role.items() if accepts_role(person, role)],
        [
            (gender, index.of_gender[gender])
            for gender in GENDERS[::-1]
            if accepts_gender(person, gender)
        ],
        [(kind, index.of_kind[kind]) for kind in KINDS[::-1] if person.kind in (kind, EITHER)],
        [
            (band, mask)
            for band, mask in index.in_band.items()
            if accepts_age_band(person, band, problem)
        ],
    ]


def _best_key(people: int, choices: list[Choice]) -> tuple[int, list[str]]:
    """The values that most of the people accept. Depth first: fewer are left at each field."""
    most = -1
    best: list[str | None] = []

    def descend(mask: int, depth: int, chosen: list[str | None]) -> None:
        nonlocal most, best
        if depth == len(choices):
            most, best = mask.bit_count(), chosen
            return
        for value, accepted in choices[depth]:
            narrowed = mask & accepted
            if narrowed.bit_count() > most:
                descend(narrowed, depth + 1, [*chosen, value])

    descend(people, 0, [])
    return most, best  # type: ignore[return-value]


def relaxations(index: Index, free: int, key: GroupKey) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each field of the key, the unplaced people who fail on that field alone."""
    dimensions = [
        ("centre" if key.centre else "format", index.in_pool[key.centre]),
        ("kind", index.of_kind[key.kind]),
        ("topic", index.on_topic[key.topic]),
        ("role", index.in_role[key.role]),
        ("gender", index.of_gender[key.gender]),
        ("age_band", index.in_band[key.age_band]),
        ("language", index.speaks.get(key.language, 0)),
        ("slot", index.at_slot[key.slot]),
    ]
    found = []
    for number, (name, mask) in enumerate(dimensions):
        people = free & ~mask
        for other, (_, accepted) in enumerate(dimensions):
            if other != number:
                people &= accepted
        if people:
            found.append((name, tuple(index.people[i].id for i in bits(people))))
    return tuple(found)


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
        for i in bits(matching & unplaced(index, proposal) & index.able(features))
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
