"""Long lists are improved a window at a time: some hundred people around one of those who wait.

Each window is a small problem of its own, with what its groups hold and what nobody has taken, so
that masks are short and the linear program small. Windows overlap and are drawn again, and only a
better answer is taken over (POPMUSIC: Taillard and Voss 2002). The windows of a batch have nothing
in common, so they can be solved at the same time, and the answer is the same if they are not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import NamedTuple

from .finish import best_label
from .index import Cell, Index, bits
from .joint import improve, placed_in, rank, take_if_better
from .model import Bound, Effort, Initiator, Objective, Problem, Venue
from .plunge import plunge
from .relaxation import Relaxation
from .search import Search
from .state import State, Table
from .workers import workers

WINDOW_PEOPLE = 350  # so many accept the centres of a window
MOST_TABLES = 45
FEWEST_DIGITAL = 12
MOST_WAITING = 300
FEWEST_DIGITAL_WAITING = 50
BATCH = 8  # windows with nothing in common

Tell = Callable[[str, int, int, int], bool]


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


def improve_in_windows(
    base: State,
    state: State,
    objective: Objective,
    effort: Effort,
    *,
    keep: bool,
    processes: int,
    tell: Tell,
) -> tuple[Bound, int]:
    """Improve the state window by window; say how many can be placed at most, and the steps done.

    ``base`` has only the tables that must stay.
    """
    index = state.index
    rng = Random(effort.seed)  # noqa: S311  # repeatable, and no secret
    steps, done = 0, 0
    relaxation = Relaxation(index, base)
    bound, prices = relaxation.improve(effort.rounds, placed_in(state))
    if not keep and placed_in(state) < bound.value and effort.rounds:
        take_if_better(state, plunge(base, relaxation, prices, Search(index, effort)))
    del relaxation
    with workers(processes) as solve_all:
        for turn in range(effort.passes):
            regions = _regions(index, state, rng)
            total = len(regions) * effort.passes
            for first in range(0, len(regions), BATCH):
                enough = placed_in(state) >= bound.value
                if enough or not tell("search", done, total, placed_in(state)):
                    return bound, steps
                claims = _Claims()
                windows = [
                    _Window(index, state, pools, rng, claims, keep=keep)
                    for pools in regions[first : first + BATCH]
                ]
                tasks = [
                    window.task(objective, replace(effort, seed=effort.seed + turn))
                    for window in windows
                ]
                answers = solve_all(solve, tasks)
                _take_over(state, windows, answers)
                done += len(windows)
                steps += sum(answer.steps for answer in answers)
    return bound, steps


def solve(task: Task) -> Answer:
    """Search a window for something better."""
    index = Index(task.problem, task.objective)
    base = State(index, task.objective.move_cost)
    state = base.copy()
    _enter(state, task.seatings)
    before = rank(state)
    search = Search(index, task.effort)
    search.extend(state)
    improve(base, state, search, task.effort, go_on=lambda *_: True)
    return Answer(_seatings(state) if rank(state) > before else None, search.steps)


def _enter(state: State, seatings: list[Seating]) -> None:
    index = state.index
    venues = {venue.id: n for n, venue in enumerate(index.venues)}
    leaders = {initiator.id: n for n, initiator in enumerate(index.initiators)}
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


def _take_over(state: State, windows: list[_Window], answers: list[Answer]) -> None:
    """Put the better answers in the place of the windows' groups."""
    index = state.index
    gone = [
        number
        for window, answer in zip(windows, answers, strict=True)
        if answer.seatings is not None
        for number in window.tables
    ]
    for number in sorted(gone, reverse=True):
        state.close(number)
    venues = {venue.id: n for n, venue in enumerate(index.venues)}
    leaders = {initiator.id: n for n, initiator in enumerate(index.initiators)}
    for window, answer in zip(windows, answers, strict=True):
        for one in answer.seatings or ():
            cell, venue = index.cell_number[one.cell], venues[one.venue]
            members = window.outside(one.members)
            if one.group is None:
                key = best_label(index, cell, one.language, members)
                fit = index.accepting(key) & index.able(index.venues[venue].features)
            else:
                fit = window.outside(one.fit)
            table = Table(
                fit, one.low, one.cap, cell, one.language, venue,
                group=one.group, liked=window.outside(one.liked),
            )  # fmt: skip
            state.seat(state.place(table, leaders[one.leader]), members)


def _regions(index: Index, state: State, rng: Random) -> list[set[str | None]]:
    """Each centre once, with others that share people with it; and the digital pool in parts."""
    left: list[str | None] = [pool for pool in index.pools if pool is not None]
    rng.shuffle(left)
    regions: list[set[str | None]] = []
    while left:
        region = {left.pop()}
        around = index.in_pool[next(iter(region))]
        while left and around.bit_count() < WINDOW_PEOPLE:
            nearest = max(left, key=lambda pool: (index.in_pool[pool] & around).bit_count())
            left.remove(nearest)
            region.add(nearest)
            around |= index.in_pool[nearest]
        regions.append(region | {None})
    digital = sum(1 for table in state.tables if table.cell >= 0 and _is_digital(index, table))
    regions += [{None}] * (1 + digital // MOST_TABLES)
    rng.shuffle(regions)
    return regions


def _is_digital(index: Index, table: Table) -> bool:
    return index.cells[table.cell][0] is None


@dataclass(slots=True)
class _Claims:
    """What the windows of a batch have taken so far: each has it alone."""

    tables: set[int] = field(default_factory=set)
    people: int = 0
    venues: set[tuple[int, int]] = field(default_factory=set)
    leaders: set[int] = field(default_factory=set)


class _Window:
    """The part of a state in some pools: groups, their members, and people who wait."""

    def __init__(
        self,
        index: Index,
        state: State,
        pools: set[str | None],
        rng: Random,
        claims: _Claims,
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
