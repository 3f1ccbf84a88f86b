"""Why somebody has no place: a code from ``REASONS`` for each obstacle, and the nearest misses."""

from __future__ import annotations

from collections import Counter

from groups.matching.explaining.near_misses import misses_of
from groups.matching.index import Index, Station, bits
from groups.matching.model import Explanation, Objective, Participant, Problem, Proposal

NEAR_MISSES_EACH = 3


def explain(problem: Problem, proposal: Proposal) -> list[Explanation]:
    """One explanation for everybody without a place, in order of id."""
    return explanations(Index(problem, Objective()), proposal)


def explanations(index: Index, proposal: Proposal) -> list[Explanation]:
    """As ``explain``, on masks that exist already."""
    free = index.unplaced(proposal)
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
