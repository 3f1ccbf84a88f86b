"""The problem as bit masks: who accepts what, and which sets of people could form groups.

Person ``i`` (in order of id) is bit ``i`` of a Python integer. A *pool* is a centre, or None for
digital groups; a *cell* is a pool and a weekly slot, where venues are. A *station* is a cell, a
language and a set of people of whom any few, keep-apart aside, accept one common key. Only sets
that are maximal within cell and language are kept: a smaller one takes the same resources.

Everything is sorted by id, so the order of the input has no influence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from groups.matching.model import (
    EITHER,
    GENDERS,
    KINDS,
    ROLES,
    GroupKey,
    Objective,
    OpenGroup,
    Participant,
    Problem,
    Proposal,
)
from groups.matching.rules import accepts_gender, accepts_role, waiting_days

Cell = tuple[str | None, str]


class Station(NamedTuple):
    """A place in the week where some of ``people`` (a mask) could form a group."""

    cell: int
    language: str
    people: int


class Host(NamedTuple):
    """A venue in a cell: how many members it takes, and whom (a mask: needs are met)."""

    size: int
    able: int
    venue: int


def bits(mask: int) -> Iterator[int]:
    """The positions of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_from(numbers: list[int]) -> int:
    """The mask with these bits set, which are in rising order."""
    raw = bytearray((numbers[-1] >> 3) + 1 if numbers else 0)
    for number in numbers:
        raw[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(raw, "little")


class Index:
    """Masks of one problem. Build once, read by everything else."""

    def __init__(self, problem: Problem, objective: Objective) -> None:
        self.problem = problem
        self.people = sorted(problem.participants, key=lambda person: person.id)
        self.position = {person.id: i for i, person in enumerate(self.people)}
        self.everyone = (1 << len(self.people)) - 1
        self.days = [waiting_days(person, problem, objective) for person in self.people]
        self.worth = [self._worth(person, objective) for person in self.people]
        self._index_wishes()
        self._index_resources()
        self._index_keep_apart()

    @cached_property
    def stations(self) -> list[Station]:
        """Everywhere where enough people for a group could be; made when first asked for."""
        return list(self._stations())

    def _worth(self, person: Participant, objective: Objective) -> float:
        """One person; a year's wait is worth ``waiting_weight`` more, and so much is the most."""
        waited = min(365, max(0, (self.problem.as_of - person.waiting_since).days))
        urgent = min(365, objective.priority_days * person.priority)
        return max(0.1, 1.0 + objective.waiting_weight * (waited + urgent) / 365)

    def _index_wishes(self) -> None:
        problem = self.problem
        self.pools: list[str | None] = [*sorted(problem.centres), None]
        digital = self._mask(_is_digital, None)
        physical = self._mask(_is_physical, None)
        accepted = self._masks(problem.centres, lambda person: person.centres)
        self.in_pool: dict[str | None, int] = {c: m & physical for c, m in accepted.items()}
        self.in_pool[None] = digital
        self.at_slot = self._masks(problem.slots, lambda person: person.slots)
        spoken = {language for person in self.people for language in person.languages}
        self.speaks = self._masks(spoken, lambda person: person.languages)
        self.of_kind = {kind: self._mask(_of_kind, kind) for kind in KINDS}
        topics = self._masks(problem.topics, lambda person: person.topics)
        self.on_topic: dict[str | None, int] = dict(
            [*topics.items(), (None, self._mask(_is_open, None))]
        )
        self.topic_first = self._masks(problem.topics, lambda person: person.topics[:1])
        self.topic_second = self._masks(problem.topics, lambda person: person.topics[1:2])
        homes = self._masks(problem.centres, lambda person: person.centres[:1])
        self.at_home: dict[str | None, int] = dict(
            [*homes.items(), (None, self._mask(_digital_only, None))]
        )
        self.in_role = {role: self._mask(accepts_role, role) for role in ROLES}
        self.of_gender = {gender: self._mask(accepts_gender, gender) for gender in GENDERS}
        self.in_band: dict[str | None, int] = {None: self._mask(_without_band, None)}
        for band in sorted(problem.age_bands):
            self.in_band[band] = self._mask(_in_band, (band, *problem.age_bands[band]))

    def _mask(self, accepts: object, value: object) -> int:
        return mask_from(
            [i for i, person in enumerate(self.people) if accepts(person, value)]  # type: ignore[operator]
        )

    def _masks(
        self, values: Iterable[str], those_of: Callable[[Participant], Iterable[str]]
    ) -> dict[str, int]:
        """For each value, in order, everybody who has it. A window knows not all the values."""
        having: dict[str, list[int]] = {value: [] for value in sorted(values)}
        for i, person in enumerate(self.people):
            for value in having.keys() & set(those_of(person)):
                having[value].append(i)
        return {value: mask_from(people) for value, people in having.items()}

    def accepting(self, key: GroupKey) -> int:
        """Everybody who matches every field of the key."""
        return (
            self.in_pool[key.centre]
            & self.at_slot[key.slot]
            & self.speaks.get(key.language, 0)
            & self.of_kind[key.kind]
            & self.on_topic[key.topic]
            & self.in_role[key.role]
            & self.of_gender[key.gender]
            & self.in_band[key.age_band]
        )

    def knows(self, key: GroupKey) -> bool:
        """Whether the key still has a meaning: an earlier proposal may name what has gone."""
        return (
            key.centre in self.in_pool
            and key.slot in self.at_slot
            and key.topic in self.on_topic
            and key.age_band in self.in_band
            and key.kind in self.of_kind
            and key.role in self.in_role
            and key.gender in self.of_gender
            and (key.topic is not None or self.problem.rules.allow_open_theme)
        )

    def able(self, features: Iterable[str]) -> int:
        """Everybody whose needs such a venue meets."""
        offered = frozenset(features)
        if offered not in self._able:
            self._able[offered] = mask_from(
                [i for i, person in enumerate(self.people) if offered.issuperset(person.needs)]
            )
        return self._able[offered]

    def _index_resources(self) -> None:
        problem = self.problem
        self._able: dict[frozenset[str], int] = {}
        self.venues = sorted(problem.venues, key=lambda venue: venue.id)
        self.initiators = sorted(problem.initiators, key=lambda initiator: initiator.id)
        self.venue_number = {venue.id: n for n, venue in enumerate(self.venues)}
        self.initiator_number = {one.id: n for n, one in enumerate(self.initiators)}
        self.cells: list[Cell] = [(pool, slot) for pool in self.pools for slot in self.at_slot]
        self.cell_number = {cell: number for number, cell in enumerate(self.cells)}
        self.hosts: list[list[Host]] = [[] for _ in self.cells]
        for number, venue in enumerate(self.venues):
            host = Host(
                min(problem.rules.max_size, venue.capacity), self.able(venue.features), number
            )
            for slot in sorted(set(venue.slots)):
                self.hosts[self.cell_number[venue.centre, slot]].append(host)
        for hosts in self.hosts:
            # The smallest and plainest venue first: the step-free room is spared for who needs it.
            hosts.sort(key=lambda host: (host.size, host.able.bit_count(), host.venue))
        self.capacity = [initiator.capacity for initiator in self.initiators]
        self.leaders: dict[tuple[str | None, str, str], list[int]] = defaultdict(list)
        for number, initiator in enumerate(self.initiators):
            pools: list[str | None] = [*sorted(set(initiator.centres))]
            if initiator.digital:
                pools.append(None)
            if not initiator.capacity:
                continue
            for pool in pools:
                for language in sorted(set(initiator.languages)):
                    for slot in sorted(set(initiator.slots)):
                        self.leaders[pool, language, slot].append(number)

    def _index_keep_apart(self) -> None:
        self.apart = [0] * len(self.people)
        self._apart_from: dict[str, int] = defaultdict(int)
        for one, other in self.problem.keep_apart:
            for here, there in ((one, other), (other, one)):
                if here == there:
                    continue
                if there in self.position:
                    self._apart_from[here] |= 1 << self.position[there]
        for id_, mask in self._apart_from.items():
            if id_ in self.position:
                self.apart[self.position[id_]] = mask
        self.any_apart = mask_from([i for i, mask in enumerate(self.apart) if mask])

    def mask_of(self, ids: Iterable[str]) -> int:
        """Those of the ids who are on the list, as a mask."""
        return mask_from(sorted(self.position[id_] for id_ in set(ids) if id_ in self.position))

    def unplaced(self, proposal: Proposal) -> int:
        """Everybody without a place in the proposal, as a mask."""
        placed = {member for group in proposal.groups for member in group.members}
        placed |= {join.participant for join in proposal.joins}
        return self.everyone & ~self.mask_of(placed)

    def is_apart_from_any(self, person: int, ids: Iterable[str]) -> bool:
        """Whether the person must be kept apart from any of these, on the list or not."""
        return any(self._apart_from.get(id_, 0) >> person & 1 for id_ in ids)

    def welcome(self, group: OpenGroup) -> int:
        """Everybody who could join the running group."""
        mask = self.accepting(group.key) & self.able(group.features)
        for member in group.members:
            mask &= ~self._apart_from.get(member, 0)
            if member in self.position:
                mask &= ~(1 << self.position[member])
        return mask

    def leaders_of(self, station: Station) -> list[int]:
        """The initiators who could start a group there."""
        pool, slot = self.cells[station.cell]
        return self.leaders.get((pool, station.language, slot), [])

    def _stations(self) -> Iterator[Station]:
        smallest = self.problem.rules.min_size
        for number, (pool, slot) in enumerate(self.cells):
            here = self.in_pool[pool] & self.at_slot[slot]
            if here.bit_count() < smallest:
                continue
            for language, speakers in self.speaks.items():
                people = here & speakers
                if people.bit_count() >= smallest:
                    for mask in _maximal(self._groupings(people, smallest)):
                        yield Station(number, language, mask)

    def _groupings(self, people: int, smallest: int) -> set[int]:
        found: set[int] = set()
        for topic, on_topic in self.on_topic.items():
            if topic is None and not self.problem.rules.allow_open_theme:
                continue
            masks = {people & on_topic}
            for dimension in (self.in_role, self.of_gender, self.of_kind, self.in_band):
                masks = {
                    narrowed
                    for mask in masks
                    for accepted in dimension.values()
                    if (narrowed := mask & accepted).bit_count() >= smallest
                }
            found |= masks
        return found


def _maximal(masks: set[int]) -> list[int]:
    """The masks that are no part of another one, largest first."""
    kept: list[int] = []
    holding: dict[int, list[int]] = defaultdict(list)
    for mask in sorted(masks, key=lambda mask: (-mask.bit_count(), mask)):
        if any(mask & larger == mask for larger in holding[mask & -mask]):
            continue
        kept.append(mask)
        rest = mask
        while rest:
            low = rest & -rest
            holding[low].append(mask)
            rest ^= low
    return kept


def _is_digital(person: Participant, _: None) -> bool:
    return person.format in ("digital", EITHER)


def _is_physical(person: Participant, _: None) -> bool:
    return person.format in ("physical", EITHER)


def _of_kind(person: Participant, kind: str) -> bool:
    return person.kind in (kind, EITHER)


def _is_open(person: Participant, _: None) -> bool:
    return person.any_topic


def _digital_only(person: Participant, _: None) -> bool:
    return person.format == "digital"


def _without_band(person: Participant, _: None) -> bool:
    return person.age_wish is None


def _in_band(person: Participant, band: tuple[str, int, int]) -> bool:
    name, lowest, highest = band
    inside = person.age is not None and lowest <= person.age <= highest
    return inside and person.age_wish in (None, name)
