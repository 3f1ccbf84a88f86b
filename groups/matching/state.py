"""A set of groups under construction: who sits where, and which venues and hours are left.

Members are bit masks. A ``Table`` is what a group is made of apart from its members and its
initiator; initiators are re-paired when that frees one who is needed.
"""

from __future__ import annotations

from typing import NamedTuple

from .index import Index, Station, bits


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


class State:
    """Groups so far. ``free`` are the people without a place, ``value`` what the others are worth.

    ``open_venues`` has for each cell a mask of venues, ``busy`` for each initiator a mask of slots,
    ``load`` how many groups each initiator starts.
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
        self.no_leader: set[tuple[int, str]] = set()

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
        )

    def restore(self, kept: Snapshot) -> None:
        self.tables = kept.tables.copy()
        self.members = kept.members.copy()
        self.leaders = kept.leaders.copy()
        self.free = kept.free
        self.open_venues = kept.open_venues.copy()
        self.busy = kept.busy.copy()
        self.load = kept.load.copy()
        self.value = kept.value
        self.no_leader.clear()

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
        leader = self.find_leader(station)
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
            self.busy[leader] |= self._bit(table.cell)
            self.load[leader] += 1
        return len(self.tables) - 1

    def close(self, number: int) -> None:
        """Let a group go; the last table takes its number and its place in the lists."""
        self.unseat(number, self.members[number])
        table, leader = self.tables[number], self.leaders[number]
        if table.venue >= 0:
            self.open_venues[table.cell] |= 1 << table.venue
        if leader >= 0:
            self.busy[leader] &= ~self._bit(table.cell)
            self.load[leader] -= 1
            self.no_leader.clear()
        self.tables[number], self.members[number] = self.tables[-1], self.members[-1]
        self.leaders[number] = self.leaders[-1]
        for column in (self.tables, self.members, self.leaders):
            column.pop()

    def _bit(self, cell: int) -> int:
        return self._slot_bit[self.index.cells[cell][1]]

    # Initiators

    def leader_for(self, cell: int, language: str, wish: str) -> int | None:
        """The initiator with that id if there is time, or else another one."""
        pool, slot = self.index.cells[cell]
        for leader in self.index.leaders.get((pool, language, slot), []):
            initiator = self.index.initiators[leader]
            has_time = self.load[leader] < initiator.capacity
            if initiator.id == wish and has_time and not self.busy[leader] & self._bit(cell):
                return leader
        return self.find_leader(Station(cell, language, 0))

    def find_leader(self, station: Station) -> int | None:
        """An initiator for one more group there, after re-pairing others where that helps."""
        kind = (station.cell, station.language)
        if kind in self.no_leader:
            return None
        leader = self._free_up(station.cell, station.language, set(), set())
        if leader is None:
            self.no_leader.add(kind)
        return leader

    def _free_up(
        self, cell: int, language: str, seen_hours: set[tuple[int, int]], seen: set[int]
    ) -> int | None:
        """An augmenting path from a group over (initiator, slot) and initiator to a free hour.

        On success the groups on the path have been re-paired and the hour returned is free.
        """
        index = self.index
        pool, slot = index.cells[cell]
        bit = self._slot_bit[slot]
        candidates = index.leaders.get((pool, language, slot), [])
        for leader in candidates:
            capacity = index.initiators[leader].capacity
            if not self.busy[leader] & bit and self.load[leader] < capacity:
                return leader
        for leader in candidates:
            if (leader, bit) in seen_hours:
                continue
            seen_hours.add((leader, bit))
            led = [group for group, current in enumerate(self.leaders) if current == leader]
            if self.busy[leader] & bit:
                movable = [group for group in led if self._bit(self.tables[group].cell) == bit]
            elif leader in seen:
                continue
            else:
                seen.add(leader)
                movable = []
                for group in led:
                    hour = (leader, self._bit(self.tables[group].cell))
                    if hour not in seen_hours:
                        seen_hours.add(hour)
                        movable.append(group)
            for group in movable:
                table = self.tables[group]
                if table.fixed:
                    continue
                other = self._free_up(table.cell, table.language, seen_hours, seen)
                if other is not None:
                    self._hand_over(group, other)
                    return leader
        return None

    def _hand_over(self, group: int, leader: int) -> None:
        bit = self._bit(self.tables[group].cell)
        old = self.leaders[group]
        self.busy[old] &= ~bit
        self.load[old] -= 1
        self.busy[leader] |= bit
        self.load[leader] += 1
        self.leaders[group] = leader
