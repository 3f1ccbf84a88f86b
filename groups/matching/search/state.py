"""A set of groups under construction: who sits where, and which venues and hours are left.

Members are bit masks. A ``Table`` is what a group is made of apart from its members and its
initiator; initiators are re-paired when that frees one who is needed.
"""

from __future__ import annotations

from typing import NamedTuple

from groups.matching.index import Index, Station, bits


class Table(NamedTuple):
    """A group's place: who may sit there (``fit``), how few and how many, and what it takes.

    A running group with vacancies is a table that takes no venue and no initiator. ``fixed`` tables
    are never let go. ``group`` is the id of the running group or of the earlier proposal that the
    table continues; ``stays`` cannot leave it (locked), ``liked`` should rather not.
    """

    fit: int
    low: int
    cap: int
    cell: int = -1
    language: str = ""
    venue: int = -1
    fixed: bool = False
    group: str | None = None
    stays: int = 0
    liked: int = 0


class Snapshot(NamedTuple):
    tables: list[Table]
    members: list[int]
    leaders: list[int]
    free: int
    open_venues: list[int]
    busy: list[int]
    load: list[int]
    value: float
    dead: frozenset[tuple[int, int]]
    vain: frozenset[tuple[int, str]]


class State:
    """Groups so far. ``free`` are the people without a place, ``value`` what the others are worth.

    ``open_venues`` has for each cell a mask of venues, ``busy`` for each initiator a mask of slots,
    ``load`` how many groups each initiator starts. ``vain`` are the cells and languages for which
    no initiator can be had until some group is let go.
    """

    def __init__(self, index: Index, move_cost: float) -> None:
        self.index = index
        self.move_cost = move_cost
        self.tables: list[Table] = []
        self.members: list[int] = []
        self.leaders: list[int] = []
        self.free = index.everyone
        self.open_venues = [sum(1 << host.venue for host in hosts) for hosts in index.hosts]
        self.busy = [0] * len(index.initiators)
        self.load = [0] * len(index.initiators)
        self.value = 0.0
        self._slot_bit = {slot: 1 << i for i, slot in enumerate(index.at_slot)}
        self._bits = [self._slot_bit[slot] for _, slot in index.cells]
        self._dead: frozenset[tuple[int, int]] = frozenset()
        self.vain: frozenset[tuple[int, str]] = frozenset()

    def snapshot(self) -> Snapshot:
        return Snapshot(
            self.tables.copy(),
            self.members.copy(),
            self.leaders.copy(),
            self.free,
            self.open_venues.copy(),
            self.busy.copy(),
            self.load.copy(),
            self.value,
            self._dead,
            self.vain,
        )

    def copy(self) -> State:
        """Another state with the same groups."""
        other = State(self.index, self.move_cost)
        other.restore(self.snapshot())
        return other

    def restore(self, kept: Snapshot) -> None:
        self.tables = kept.tables.copy()
        self.members = kept.members.copy()
        self.leaders = kept.leaders.copy()
        self.free = kept.free
        self.open_venues = kept.open_venues.copy()
        self.busy = kept.busy.copy()
        self.load = kept.load.copy()
        self.value = kept.value
        self._dead, self.vain = kept.dead, kept.vain

    @property
    def placed(self) -> int:
        """How many have a place."""
        return len(self.index.people) - self.free.bit_count()

    @property
    def rank(self) -> tuple[float, int]:
        """People placed, less what moving those costs who had an earlier proposal; days waited."""
        days = sum([self.index.days[i] for i in bits(self.index.everyone & ~self.free)])
        return self.placed + self.move_cost * kept(self), days

    # People

    def seat(self, table: int, people: int) -> None:
        """Put people who are free at a table."""
        self.members[table] |= people
        self.free &= ~people
        self.value += self._worth(table, people)

    def unseat(self, table: int, people: int) -> None:
        self.members[table] &= ~people
        self.free |= people
        self.value -= self._worth(table, people)

    def _worth(self, table: int, people: int) -> float:
        worth = self.index.worth
        kept = (people & self.tables[table].liked).bit_count()
        return sum([worth[i] for i in bits(people)]) + self.move_cost * kept

    def at_peace(self, people: int, person: int) -> bool:
        """Whether nobody in ``people`` must be kept apart from the person."""
        return not self.index.apart[person] & people

    # Tables

    def open(self, station: Station, host_size: int, able: int, venue: int) -> int | None:
        """Take the venue and an initiator for an empty group, or return None."""
        leader = self.find_leader(station.cell, station.language)
        if leader is None:
            return None
        table = Table(
            fit=station.people & able,
            low=self.index.problem.rules.min_size,
            cap=host_size,
            cell=station.cell,
            language=station.language,
            venue=venue,
        )
        return self.place(table, leader)

    def place(self, table: Table, leader: int) -> int:
        """Add a table and take what it needs."""
        self.tables.append(table)
        self.members.append(0)
        self.leaders.append(leader)
        if table.venue >= 0:
            self.open_venues[table.cell] &= ~(1 << table.venue)
        if leader >= 0:
            self.busy[leader] |= self._bits[table.cell]
            self.load[leader] += 1
        return len(self.tables) - 1

    def close(self, number: int) -> None:
        """Let a group go; the last table takes its number and its place in the lists."""
        self.unseat(number, self.members[number])
        table, leader = self.tables[number], self.leaders[number]
        if table.venue >= 0:
            self.open_venues[table.cell] |= 1 << table.venue
        if leader >= 0:
            self.busy[leader] &= ~self._bits[table.cell]
            self.load[leader] -= 1
            self.forget_vain_searches()
        self.tables[number], self.members[number] = self.tables[-1], self.members[-1]
        self.leaders[number] = self.leaders[-1]
        for column in (self.tables, self.members, self.leaders):
            column.pop()

    # Initiators

    def is_busy(self, leader: int, slot: str) -> bool:
        """Whether the initiator starts a group in that slot."""
        return bool(self.busy[leader] & self._slot_bit[slot])

    def leader_for(self, cell: int, language: str, wish: str) -> int | None:
        """The initiator with that id if there is time, or else another one."""
        pool, slot = self.index.cells[cell]
        for leader in self.index.leaders.get((pool, language, slot), []):
            initiator = self.index.initiators[leader]
            has_time = self.load[leader] < initiator.capacity
            if initiator.id == wish and has_time and not self.busy[leader] & self._bits[cell]:
                return leader
        return self.find_leader(cell, language)

    def find_leader(self, cell: int, language: str) -> int | None:
        """An initiator for one more group there, after re-pairing others where that helps.

        An augmenting path from the group over hours (an initiator in a slot) and initiators to one
        with time to spare; the groups on it change initiators. What a vain search has reached leads
        nowhere until a group is let go, and is not searched again.
        """
        kind = (cell, language)
        if kind in self.vain:
            return None
        reached = set(self._dead)
        leader = self._free_up(cell, language, reached, [])
        if leader is None:
            # New sets, since snapshots hold the old ones.
            self._dead = frozenset(reached)
            self.vain = self.vain | {kind}
        return leader

    def forget_vain_searches(self) -> None:
        """Some initiator has time again."""
        self._dead, self.vain = frozenset(), frozenset()

    def _free_up(
        self, cell: int, language: str, reached: set[tuple[int, int]], led: list[list[int]]
    ) -> int | None:
        """``reached`` has (initiator, slot) for hours and (initiator, 0) for initiators.

        ``led`` is filled with each initiator's groups when first needed.
        """
        index = self.index
        bit = self._bits[cell]
        pool, slot = index.cells[cell]
        candidates = index.leaders.get((pool, language, slot), [])
        for leader in candidates:
            if not self.busy[leader] & bit and self.load[leader] < index.capacity[leader]:
                return leader
        if not led and candidates:
            led.extend([] for _ in self.load)
            for group, leader in enumerate(self.leaders):
                if leader >= 0:
                    led[leader].append(group)
        for leader in candidates:
            if (leader, bit) in reached:
                continue
            reached.add((leader, bit))
            busy = self.busy[leader] & bit
            if not busy:
                if (leader, 0) in reached:
                    continue
                reached.add((leader, 0))
            for group in led[leader]:
                table = self.tables[group]
                hour = self._bits[table.cell]
                if busy:
                    if hour != bit:
                        continue
                elif (leader, hour) in reached:
                    continue
                reached.add((leader, hour))
                if not table.fixed:
                    other = self._free_up(table.cell, table.language, reached, led)
                    if other is not None:
                        self._hand_over(group, other)
                        return leader
        return None

    def _hand_over(self, group: int, leader: int) -> None:
        bit = self._bits[self.tables[group].cell]
        old = self.leaders[group]
        self.busy[old] &= ~bit
        self.load[old] -= 1
        self.busy[leader] |= bit
        self.load[leader] += 1
        self.leaders[group] = leader


def kept(state: State | Snapshot) -> int:
    """How many sit where an earlier proposal had them."""
    return sum(
        [
            (members & table.liked).bit_count()
            for table, members in zip(state.tables, state.members, strict=True)
            if table.liked
        ]
    )
