"""Long lists are improved a window at a time: some hundred people around one of those who wait.

Each window is a small problem of its own, with what its groups hold and what nobody has taken, so
that masks are short and a step costs the same at any length. Windows overlap and are drawn again,
and only a better answer is taken over (POPMUSIC: Taillard and Voss 2002).
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from .bound import Pricing
from .finish import best_label
from .index import Index, bits
from .model import Effort, Initiator, Objective, Problem, Venue
from .search import Search
from .state import State, Table

LONG_LIST = 1500
WINDOW_PEOPLE = 350  # so many accept the centres of a window
MOST_TABLES = 45
FEWEST_DIGITAL = 12
MOST_WAITING = 300
FEWEST_DIGITAL_WAITING = 50
WINDOW_ROUNDS = 80
PASSES = 2
COST_OF_WINDOW = 100  # what setting one up costs, in steps


def improve_in_windows(
    index: Index, state: State, objective: Objective, effort: Effort, *, keep: bool
) -> int:
    """Improve the state window by window, for the counted steps; return how many were done."""
    rng = Random(effort.seed)  # noqa: S311  # repeatable, and no secret
    budget = effort.steps_per_person * len(index.people)
    each = replace(effort, steps_per_person=max(1, effort.steps_per_person // PASSES))
    steps = 0
    while steps < budget:
        for pools in _regions(index, state, rng):
            window = _Window(index, state, pools, rng, keep=keep)
            steps += COST_OF_WINDOW + window.solve(objective, replace(each, seed=steps))
            if steps >= budget:
                break
    return steps


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


class _Window:
    """The part of a state in some pools: groups, their members, and people who wait."""

    def __init__(
        self, index: Index, state: State, pools: set[str | None], rng: Random, *, keep: bool
    ) -> None:
        self.index = index
        self.state = state
        self.pools = pools
        slots = list(index.at_slot)
        rng.shuffle(slots)
        self.tables = self._tables(slots, keep=keep)
        seated = 0
        for number in self.tables:
            seated |= state.members[number]
        self.people = sorted({*bits(seated), *self._waiting(slots, rng)})

    def _tables(self, slots: list[str], *, keep: bool) -> list[int]:
        """The groups of the centres, and of the many digital ones some that are near in time."""
        index, state = self.index, self.state
        local: list[tuple[int, int]] = []
        digital: list[tuple[int, int]] = []
        for number, table in enumerate(state.tables):
            if table.cell < 0 or table.fixed or (keep and table.group):
                continue
            pool, slot = index.cells[table.cell]
            if pool in self.pools:
                chosen = digital if pool is None else local
                chosen.append((slots.index(slot), number))
        digital = sorted(digital)[: max(FEWEST_DIGITAL, MOST_TABLES - len(local))]
        return [number for _, number in sorted(local)[: 2 * MOST_TABLES] + digital]

    def _waiting(self, slots: list[str], rng: Random) -> list[int]:
        """People without a place: of the centres first, and of the digital pool as many as fit."""
        index, free = self.index, self.state.free
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

    def solve(self, objective: Objective, effort: Effort) -> int:
        """Search the window and take over a better answer; return the steps done."""
        inner = Index(self._problem(), objective)
        inside = State(inner, objective.move_cost)
        search = Search(inner, effort)
        self._enter(inner, inside)
        before = _rank(inner, inside)
        search.extend(inside)
        reached = len(inner.people) - inside.free.bit_count()
        prices = Pricing(inner).improve(WINDOW_ROUNDS, reached)
        if prices.bound.value > reached:
            search.improve(inside, keep=False, core=prices.core)
        if _rank(inner, inside) >= before:
            self._leave(inner, inside)
        return search.steps

    def _problem(self) -> Problem:
        index = self.index
        problem = index.problem
        ids = {index.people[i].id for i in self.people}
        return replace(
            problem,
            participants=tuple(index.people[i] for i in self.people),
            centres=tuple(centre for centre in problem.centres if centre in self.pools),
            venues=tuple(self._venues()),
            initiators=tuple(self._initiators()),
            keep_apart=tuple(p for p in problem.keep_apart if ids.issuperset(p)),
            open_groups=(),
            previous=(),
        )

    def _venues(self) -> list[Venue]:
        """Those of the window's pools, in the slots that are free or held by its groups."""
        index, state = self.index, self.state
        held = {(state.tables[n].cell, state.tables[n].venue) for n in self.tables}
        slots: dict[int, list[str]] = {}
        for cell, (pool, slot) in enumerate(index.cells):
            if pool in self.pools:
                for host in index.hosts[cell]:
                    free = state.open_venues[cell] >> host.venue & 1
                    if free or (cell, host.venue) in held:
                        slots.setdefault(host.venue, []).append(slot)
        return [replace(index.venues[n], slots=tuple(found)) for n, found in slots.items()]

    def _initiators(self) -> list[Initiator]:
        """Those with time left over or in the window's groups, for as much time as that."""
        index, state = self.index, self.state
        load = state.load.copy()
        hours: set[tuple[int, str]] = set()
        for number in self.tables:
            leader = state.leaders[number]
            load[leader] -= 1
            hours.add((leader, index.cells[state.tables[number].cell][1]))
        found = []
        for number, initiator in enumerate(index.initiators):
            capacity = initiator.capacity - load[number]
            centres = tuple(centre for centre in initiator.centres if centre in self.pools)
            digital = initiator.digital and None in self.pools
            if capacity > 0 and (centres or digital):
                slots = tuple(
                    slot
                    for slot in initiator.slots
                    if (number, slot) in hours or not state.is_busy(number, slot)
                )
                found.append(
                    replace(
                        initiator, capacity=capacity, slots=slots, centres=centres, digital=digital
                    )
                )
        return found

    def _enter(self, inner: Index, inside: State) -> None:
        """Set the window's groups up in the small problem."""
        index, state = self.index, self.state
        place = {person: i for i, person in enumerate(self.people)}
        venues = {venue.id: n for n, venue in enumerate(inner.venues)}
        leaders = {initiator.id: n for n, initiator in enumerate(inner.initiators)}
        around = sum(1 << person for person in self.people)
        for number in self.tables:
            table = state.tables[number]
            new = inside.place(
                table._replace(
                    fit=sum(1 << place[i] for i in bits(table.fit & around)),
                    liked=sum(1 << place[i] for i in bits(table.liked & around)),
                    cell=inner.cell_number[index.cells[table.cell]],
                    venue=venues[index.venues[table.venue].id],
                ),
                leaders[index.initiators[state.leaders[number]].id],
            )
            inside.seat(new, sum(1 << place[i] for i in bits(state.members[number])))

    def _leave(self, inner: Index, inside: State) -> None:
        """Put the small problem's groups in the place of the window's."""
        index, state = self.index, self.state
        for number in sorted(self.tables, reverse=True):
            state.close(number)
        venues = {venue.id: n for n, venue in enumerate(index.venues)}
        leaders = {initiator.id: n for n, initiator in enumerate(index.initiators)}
        for table, members, leader in zip(
            inside.tables, inside.members, inside.leaders, strict=True
        ):
            people = sum(1 << self.people[i] for i in bits(members))
            venue = venues[inner.venues[table.venue].id]
            cell = index.cell_number[inner.cells[table.cell]]
            if table.group is None:
                key = best_label(index, cell, table.language, people)
                fit = index.accepting(key) & index.able(index.venues[venue].features)
                liked = 0
            else:
                around = sum(1 << self.people[i] for i in bits(table.fit))
                fit, liked = around, sum(1 << self.people[i] for i in bits(table.liked))
            new = state.place(
                Table(fit, table.low, table.cap, cell, table.language, venue,
                      group=table.group, liked=liked),
                leaders[inner.initiators[leader].id],
            )  # fmt: skip
            state.seat(new, people)


def _rank(index: Index, state: State) -> tuple[int, int]:
    """People placed, and the days that they waited."""
    placed = index.everyone & ~state.free
    return placed.bit_count(), sum([index.days[i] for i in bits(placed)])
