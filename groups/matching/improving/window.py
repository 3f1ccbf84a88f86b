"""One window: a part of a long list, cut out as a small problem of its own.

It has what its groups hold and what nobody has taken, so that masks are short and the linear
program small. A window goes to another process as a ``Task`` and comes back as an ``Answer``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import NamedTuple

from groups.matching.improving.combined import improve
from groups.matching.index import Cell, Index, bits
from groups.matching.model import Effort, Initiator, Objective, Problem, Venue
from groups.matching.search.ruin_and_recreate import Search
from groups.matching.search.state import State, Table

MOST_TABLES = 45
FEWEST_DIGITAL = 12
MOST_WAITING = 300
FEWEST_DIGITAL_WAITING = 50


class Seating(NamedTuple):
    """A group in a window, in words that mean the same inside and outside.

    ``fit``, ``liked`` and ``members`` are masks of the window's people.
    """

    cell: Cell
    language: str
    venue: str
    leader: str
    fit: int
    liked: int
    members: int
    low: int
    cap: int
    group: str | None


class Task(NamedTuple):
    """A window as it goes to another process."""

    problem: Problem
    seatings: list[Seating]
    objective: Objective
    effort: Effort


class Answer(NamedTuple):
    """A window's groups if they are better (else None), and the steps done."""

    seatings: list[Seating] | None
    steps: int


@dataclass(slots=True)
class Claims:
    """What the windows of a batch have taken so far: each has it alone."""

    tables: set[int] = field(default_factory=set)
    people: int = 0
    venues: set[tuple[int, int]] = field(default_factory=set)
    leaders: set[int] = field(default_factory=set)


class Window:
    """The part of a state in some pools: groups, their members, and people who wait."""

    def __init__(
        self,
        index: Index,
        state: State,
        pools: set[str | None],
        rng: Random,
        claims: Claims,
        *,
        keep: bool,
    ) -> None:
        self.index = index
        self.state = state
        self.pools = pools
        slots = list(index.at_slot)
        rng.shuffle(slots)
        self.tables = self._tables(slots, claims.tables, keep=keep)
        seated = 0
        for number in self.tables:
            seated |= state.members[number]
        self.people = sorted({*bits(seated), *self._waiting(slots, rng, claims.people)})
        claims.tables.update(self.tables)
        claims.people |= sum(1 << i for i in self.people)
        venues, initiators = self._venues(claims.venues), self._initiators(claims.leaders)
        self.problem = self._problem(venues, initiators)

    def _tables(self, slots: list[str], claimed: set[int], *, keep: bool) -> list[int]:
        """The groups of the centres, and of the many digital ones some that are near in time."""
        index, state = self.index, self.state
        local: list[tuple[int, int]] = []
        digital: list[tuple[int, int]] = []
        for number, table in enumerate(state.tables):
            if table.cell < 0 or table.fixed or (keep and table.group) or number in claimed:
                continue
            pool, slot = index.cells[table.cell]
            if pool in self.pools:
                chosen = digital if pool is None else local
                chosen.append((slots.index(slot), number))
        digital = sorted(digital)[: max(FEWEST_DIGITAL, MOST_TABLES - len(local))]
        return [number for _, number in sorted(local)[: 2 * MOST_TABLES] + digital]

    def _waiting(self, slots: list[str], rng: Random, claimed: int) -> list[int]:
        """People without a place: of the centres first, and of the digital pool as many as fit."""
        index, free = self.index, self.state.free & ~claimed
        local = 0
        for pool in self.pools - {None}:
            local |= index.in_pool[pool]
        near = list(bits(local & free))
        if len(near) > MOST_WAITING:
            near = rng.sample(near, MOST_WAITING)
        far = list(bits(index.in_pool[None] & free & ~local))
        room = max(FEWEST_DIGITAL_WAITING, MOST_WAITING - len(near))
        if len(far) > room:
            first = index.at_slot[slots[0]] | index.at_slot[slots[1]] | index.at_slot[slots[2]]
            far.sort(key=lambda i: (not first >> i & 1, rng.random()))
            far = far[:room]
        return near + far

    def task(self, objective: Objective, effort: Effort) -> Task:
        """The window's problem with its groups, for whoever solves it."""
        index, state = self.index, self.state
        inside = {person: i for i, person in enumerate(self.people)}
        around = sum(1 << person for person in self.people)

        def mask(people: int) -> int:
            return sum(1 << inside[i] for i in bits(people & around))

        seatings = []
        for number in self.tables:
            table = state.tables[number]
            seatings.append(
                Seating(
                    index.cells[table.cell],
                    table.language,
                    index.venues[table.venue].id,
                    index.initiators[state.leaders[number]].id,
                    mask(table.fit),
                    mask(table.liked),
                    mask(state.members[number]),
                    table.low,
                    table.cap,
                    table.group,
                )
            )
        return Task(self.problem, seatings, objective, effort)

    def outside(self, mask: int) -> int:
        """The window's people as the whole list numbers them."""
        return sum(1 << self.people[i] for i in bits(mask))

    def _problem(self, venues: list[Venue], initiators: list[Initiator]) -> Problem:
        index = self.index
        problem = index.problem
        ids = {index.people[i].id for i in self.people}
        return replace(
            problem,
            participants=tuple(index.people[i] for i in self.people),
            centres=tuple(centre for centre in problem.centres if centre in self.pools),
            venues=tuple(venues),
            initiators=tuple(initiators),
            keep_apart=tuple(p for p in problem.keep_apart if ids.issuperset(p)),
            open_groups=(),
            previous=(),
        )

    def _venues(self, claimed: set[tuple[int, int]]) -> list[Venue]:
        """Those of the window's pools, in the slots that are free or held by its groups."""
        index, state = self.index, self.state
        held = {(state.tables[n].cell, state.tables[n].venue) for n in self.tables}
        slots: dict[int, list[str]] = {}
        for cell, (pool, slot) in enumerate(index.cells):
            if pool in self.pools:
                for host in index.hosts[cell]:
                    here = (cell, host.venue)
                    if state.open_venues[cell] >> host.venue & 1 and here not in claimed:
                        claimed.add(here)
                    elif here not in held:
                        continue
                    slots.setdefault(host.venue, []).append(slot)
        return [replace(index.venues[n], slots=tuple(found)) for n, found in slots.items()]

    def _initiators(self, claimed: set[int]) -> list[Initiator]:
        """Those with time left over or in the window's groups, for as much time as that.

        Time left over goes to the first window of a batch that can use it.
        """
        index, state = self.index, self.state
        hours: dict[int, list[str]] = {}
        for number in self.tables:
            slot = index.cells[state.tables[number].cell][1]
            hours.setdefault(state.leaders[number], []).append(slot)
        found = []
        for number, initiator in enumerate(index.initiators):
            centres = tuple(centre for centre in initiator.centres if centre in self.pools)
            digital = initiator.digital and None in self.pools
            capacity = len(hours.get(number, ()))
            slots = hours.get(number, [])
            if (centres or digital) and number not in claimed:
                spare = initiator.capacity - state.load[number]
                if spare > 0 or capacity:
                    claimed.add(number)
                    capacity += max(0, spare)
                    slots = [
                        slot
                        for slot in initiator.slots
                        if slot in slots or not state.is_busy(number, slot)
                    ]
            if capacity > 0:
                found.append(
                    replace(
                        initiator,
                        capacity=capacity,
                        slots=tuple(slots),
                        centres=centres,
                        digital=digital,
                    )
                )
        return found


def solve(task: Task) -> Answer:
    """Search a window for something better."""
    index = Index(task.problem, task.objective)
    base = State(index, task.objective.move_cost)
    state = base.copy()
    _enter(state, task.seatings)
    before = state.rank
    search = Search(index, task.effort)
    search.extend(state)
    improve(base, state, search, task.effort, go_on=lambda *_: True)
    return Answer(_seatings(state) if state.rank > before else None, search.steps)


def _enter(state: State, seatings: list[Seating]) -> None:
    index = state.index
    venues, leaders = index.venue_number, index.initiator_number
    for one in seatings:
        table = Table(
            one.fit, one.low, one.cap, index.cell_number[one.cell], one.language,
            venues[one.venue], group=one.group, liked=one.liked,
        )  # fmt: skip
        state.seat(state.place(table, leaders[one.leader]), one.members)


def _seatings(state: State) -> list[Seating]:
    index = state.index
    return [
        Seating(
            index.cells[table.cell],
            table.language,
            index.venues[table.venue].id,
            index.initiators[leader].id,
            table.fit,
            table.liked,
            members,
            table.low,
            table.cap,
            table.group,
        )
        for table, members, leader in zip(state.tables, state.members, state.leaders, strict=True)
    ]
