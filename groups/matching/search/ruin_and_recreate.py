"""Ruin and recreate: let a few neighbouring groups go, build again, keep what is better.

After Schrimpf, Schneider, Stamm-Wilbrandt and Dueck, "Record breaking optimization results using
the ruin and recreate principle", J. Comput. Phys. 159 (2000), with their threshold acceptance.
Steps are counted and random numbers seeded, so the same problem has the same answer.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from groups.matching.index import Index, Station, bits
from groups.matching.model import Effort
from groups.matching.search.greedy import Greedy
from groups.matching.search.labels import label_fit
from groups.matching.search.state import Snapshot, State, kept

NOISE = 2.5
LARGEST_LOSS = 1.5
FEWEST_STEPS = 300
OFTEN = 50  # steps between two questions whether to go on
MOST_MOVED = 0.08  # of those with an earlier proposal, when proposals are kept
MOST_NEIGHBOURS = 10


class Search:
    """One search on one problem."""

    def __init__(self, index: Index, effort: Effort) -> None:
        self.index = index
        self.effort = effort
        self.rng = Random(effort.seed)  # noqa: S311  # repeatable, and no secret
        self.greedy = Greedy(index, self.rng)
        self.steps = 0
        self.promised = 0  # people with an earlier proposal that still stands
        self.may_move = float("inf")

    def extend(self, state: State) -> None:
        """Open and seat whatever can be, without letting any group go."""
        greedy = self.greedy
        greedy.fill(state)
        while greedy.open_all(state) or greedy.borrow(state):
            greedy.fill(state)

    def improve(
        self,
        state: State,
        *,
        keep: bool,
        core: list[Station],
        bound: int,
        go_on: Callable[[int, int, int], bool],
    ) -> None:
        """Leave the state at the best that was found.

        Stops early when ``bound`` people are seated and a little more search has found no better
        ones, or when ``go_on`` says no; it is told the steps done, those planned, and how many are
        seated. With ``keep`` few members of groups that continue an earlier proposal are let go.
        Groups open at the stations in ``core`` only, and in the end wherever one still can.
        """
        if not self.effort.steps_per_person:
            return
        people = len(self.index.people)
        steps = max(FEWEST_STEPS, self.effort.steps_per_person * people)
        self.greedy.focus(core)
        self.promised = kept(state)
        self.may_move = self.promised * MOST_MOVED if keep else float("inf")
        best = state.snapshot()
        current_value = state.value
        for step in range(steps):
            if not state.free & self.greedy.reachable:
                break
            if step % OFTEN == 0:
                seated = people - best.free.bit_count()
                if (seated >= bound and step >= FEWEST_STEPS) or not go_on(step, steps, seated):
                    break
            self.steps += 1
            before = state.snapshot()
            if not self._ruin(state):
                break
            self.greedy.open_all(state, NOISE)
            self.greedy.fill(state, NOISE)
            while self.greedy.borrow(state, once=True) or self.greedy.open_all(state, NOISE):
                self.greedy.fill(state, NOISE)
            if state.value < current_value - LARGEST_LOSS * (1 - step / steps):
                state.restore(before)
                continue
            current_value = state.value
            if self._is_better(state, best):
                best = state.snapshot()
        state.restore(best)
        self.greedy.focus(self.greedy.stations)
        self.extend(state)

    def _is_better(self, state: State, best: Snapshot) -> bool:
        """More people placed, less who was moved; then more days waited; then a better fit."""
        gained: float = best.free.bit_count() - state.free.bit_count()
        gained += state.move_cost * (kept(state) - kept(best))
        if not gained:
            days = self.index.days
            gained = sum([days[i] for i in bits(best.free & ~state.free)])
            gained -= sum([days[i] for i in bits(state.free & ~best.free)])
        if not gained:
            gained = self._fit(_groups(state) - _groups(best))
            gained -= self._fit(_groups(best) - _groups(state))
        return gained > 0

    def _fit(self, groups: set[tuple[int, int]]) -> int:
        return sum(label_fit(self.index, cell, people) for cell, people in groups)

    def _ruin(self, state: State) -> bool:
        """Let some groups go that compete for the same people or the same resources."""
        may_move = self.may_move - (self.promised - kept(state))
        removable = [
            n
            for n, table in enumerate(state.tables)
            if not table.fixed
            and (not table.liked or (table.liked & state.members[n]).bit_count() <= may_move)
        ]
        if not removable and not state.free:
            return False
        rng = self.rng
        if state.free and rng.random() < 0.5:
            victims = self._in_the_way(state, removable)
        else:
            victims = self._neighbours(state, removable)
        for number in sorted(victims, reverse=True):
            moved = (state.tables[number].liked & state.members[number]).bit_count()
            if moved <= may_move:
                may_move -= moved
                state.close(number)
        return bool(removable)

    def _neighbours(self, state: State, removable: list[int]) -> set[int]:
        """A random group and those that share most people with it, or its hour."""
        if not removable:
            return set()
        rng, tables, members = self.rng, state.tables, state.members
        seed = rng.choice(removable)
        fit, cell = tables[seed].fit, tables[seed].cell
        slot = self.index.cells[cell][1]

        def nearness(number: int) -> float:
            shared = (members[number] & fit).bit_count()
            hour = 2 if self.index.cells[tables[number].cell][1] == slot else 0
            return -shared - hour - 3 * rng.random()

        near = sorted((n for n in removable if n != seed), key=nearness)
        return {seed, *near[: rng.randrange(MOST_NEIGHBOURS)]}

    def _in_the_way(self, state: State, removable: list[int]) -> set[int]:
        """Groups that keep one for some free person from opening: by venue, leader or members."""
        rng = self.rng
        free = list(bits(state.free))
        person = rng.choice(free)
        stations = self.greedy.stations_of[person]
        if not stations:
            return self._neighbours(state, removable)
        station = max(
            rng.sample(stations, min(4, len(stations))),
            key=lambda s: (s.people & state.free).bit_count(),
        )
        return self._blocking(state, station, removable)

    def _blocking(self, state: State, station: Station, removable: list[int]) -> set[int]:
        rng, tables, members = self.rng, state.tables, state.members
        victims = set()
        here = [n for n in removable if tables[n].cell == station.cell]
        if here and not state.open_venues[station.cell]:
            victims.add(rng.choice(here))
        slot = self.index.cells[station.cell][1]
        leaders = set(self.index.leaders_of(station))
        led = [
            n
            for n in removable
            if state.leaders[n] in leaders and self.index.cells[tables[n].cell][1] == slot
        ]
        if led and rng.random() < 0.3:
            victims.add(rng.choice(led))
        sharing = [n for n in removable if members[n] & station.people]
        sharing.sort(key=lambda n: -(members[n] & station.people).bit_count() - 2 * rng.random())
        victims.update(sharing[: rng.randrange(1, MOST_NEIGHBOURS)])
        return victims


def _groups(state: State | Snapshot) -> set[tuple[int, int]]:
    """The cell and the members of each group whose label is still open."""
    return {
        (table.cell, people)
        for table, people in zip(state.tables, state.members, strict=True)
        if table.group is None
    }
