"""Greedy construction: open groups where enough people are free, and seat people by chains.

Opening takes the station with most free people first; among too many it prefers long waiters and
people with few other chances. A chain is an augmenting path: somebody free takes a seat, whose
holder takes another, until one that was empty. Borrowing opens a group of free people and of
members whom other groups can spare or replace.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from math import log
from random import Random

from groups.matching.index import Host, Index, Station, bits
from groups.matching.search.state import State

MOST_TABLES_FOR_CHAINS = 400

# Minus (count and noise), order of finding, noise, count, station.
Candidate = tuple[float, int, float, int, Station]


class Greedy:
    """What can be done in one problem. ``stations`` are those with a venue and an initiator."""

    def __init__(self, index: Index, rng: Random) -> None:
        self.index = index
        self.rng = rng
        self.low = index.problem.rules.min_size
        self.stations = [
            station
            for station in index.stations
            if index.leaders_of(station)
            and any(
                min(host.size, (station.people & host.able).bit_count()) >= self.low
                for host in index.hosts[station.cell]
            )
        ]
        self.reachable = 0
        for station in self.stations:
            self.reachable |= station.people
        for group in index.problem.open_groups:
            self.reachable |= index.welcome(group)
        for earlier in index.problem.previous:
            if earlier.locked:
                self.reachable |= index.accepting(earlier.key)
        self.focus(self.stations)
        most = log(2 + max(map(len, self.stations_of), default=0))
        self.pull = [
            worth + 1.0 - log(1 + len(stations)) / most
            for worth, stations in zip(index.worth, self.stations_of, strict=True)
        ]

    def focus(self, stations: list[Station]) -> None:
        """Open groups at these stations only."""
        self.by_kind: dict[tuple[int, str], list[Station]] = {}
        self.stations_of: list[list[Station]] = [[] for _ in self.index.people]
        for station in stations:
            self.by_kind.setdefault((station.cell, station.language), []).append(station)
            for i in bits(station.people):
                self.stations_of[i].append(station)

    # Opening

    def open_all(self, state: State, noise: float = 0.0) -> bool:
        """Open groups while any station has enough free people; say whether one opened."""
        heap = self._openable(state, noise)
        opened = False
        while heap:
            _, order, spread, seen, station = heappop(heap)
            if (station.cell, station.language) in state.vain:
                continue
            people = station.people & state.free
            host = self.best_host(state, station.cell, people)
            if host is None:
                continue
            count = min(host.size, (people & host.able).bit_count())
            if count == seen and self.open_at(state, station, host, noise) is None:
                continue
            # Counts only fall while groups open, so a stale one is corrected and put back.
            opened = opened or count == seen
            heappush(heap, (-count - spread, order, spread, count, station))
        return opened

    def _openable(self, state: State, noise: float) -> list[Candidate]:
        low, free, rng = self.low, state.free, self.rng
        largest = self.index.problem.rules.max_size
        heap: list[Candidate] = []
        for kind, stations in self.by_kind.items():
            if kind in state.vain or not state.open_venues[kind[0]]:
                continue
            for station in stations:
                count = (station.people & free).bit_count()
                if count >= low:
                    spread = noise * rng.random() if noise else 0.0
                    count = min(count, largest)
                    heap.append((-count - spread, len(heap), spread, count, station))
        heapify(heap)
        return heap

    def best_host(self, state: State, cell: int, people: int) -> Host | None:
        """The venue that takes most of the people; of equals the smallest and plainest."""
        best, most = None, self.low - 1
        venues = state.open_venues[cell]
        for host in self.index.hosts[cell]:
            if venues >> host.venue & 1:
                count = min(host.size, (people & host.able).bit_count())
                if count > most:
                    best, most = host, count
        return best

    def open_at(self, state: State, station: Station, host: Host, noise: float) -> int | None:
        """Open a group with the best of the free people, or return None."""
        if state.find_leader(station.cell, station.language) is None:
            return None
        people = self.choose(station.people & state.free & host.able, 0, host.size, noise)
        if people.bit_count() < self.low:
            return None
        table = state.open(station, host.size, host.able, host.venue)
        if table is not None:
            state.seat(table, people)
        return table

    def choose(self, candidates: int, present: int, room: int, noise: float) -> int:
        """At most ``room`` of the candidates, those with most pull, nobody to be kept apart."""
        index, pull, rng = self.index, self.pull, self.rng
        if candidates.bit_count() <= room and not (candidates | present) & index.any_apart:
            return candidates
        if noise:
            order = sorted(bits(candidates), key=lambda i: -pull[i] - noise * rng.random())
        else:
            order = sorted(bits(candidates), key=lambda i: -pull[i])
        chosen = 0
        for i in order:
            if not room:
                break
            if not index.apart[i] & (chosen | present):
                chosen |= 1 << i
                room -= 1
        return chosen

    # Seating

    def seat_all(self, state: State, noise: float = 0.0) -> None:
        """Seat free people where there is room."""
        for number, table in enumerate(state.tables):
            candidates = table.fit & state.free
            if candidates:
                present = state.members[number]
                room = table.cap - present.bit_count()
                if room > 0:
                    chosen = self.choose(candidates, present, room, noise)
                    if chosen:
                        state.seat(number, chosen)

    def fill(self, state: State, noise: float = 0.0) -> None:
        """Seat free people where there is room, then by chains until no chain is left."""
        self.seat_all(state, noise)
        # On long lists chains cost the square of the tables, and are tried in windows instead.
        while len(state.tables) <= MOST_TABLES_FOR_CHAINS and self.chain(state):
            pass

    def chain(self, state: State) -> bool:
        """Seat one more by a shortest augmenting path, if there is one."""
        tables, members = state.tables, state.members
        wanted = 0
        for table in tables:
            wanted |= table.fit
        if not wanted & state.free:
            return False
        toward: dict[int, int] = {}
        reached = [n for n, table in enumerate(tables) if members[n].bit_count() < table.cap]
        rest = [n for n, table in enumerate(tables) if members[n].bit_count() >= table.cap]
        for goal in reached:
            if tables[goal].fit & state.free and self._seat_along(state, goal, toward):
                return True
        for goal in reached:
            if not rest:
                break
            fit = tables[goal].fit
            near = [n for n in rest if members[n] & ~tables[n].stays & fit]
            for number in near:
                toward[number] = goal
                if tables[number].fit & state.free and self._seat_along(state, number, toward):
                    return True
            if near:
                reached.extend(near)
                rest = [n for n in rest if n not in toward]
        return False

    def _seat_along(self, state: State, start: int, toward: dict[int, int]) -> bool:
        """Seat the best free person at ``start`` and pass its holders on along ``toward``."""
        for i in sorted(bits(state.tables[start].fit & state.free), key=lambda i: -self.pull[i]):
            plan = self._plan(state, start, i, toward)
            if plan:
                for person, here, there in reversed(plan):
                    if here >= 0:
                        state.unseat(here, 1 << person)
                    state.seat(there, 1 << person)
                return True
        return False

    def _plan(
        self, state: State, start: int, person: int, toward: dict[int, int]
    ) -> list[tuple[int, int, int]]:
        plan, here, there = [], -1, start
        while True:
            present = state.members[there]
            plan.append((person, here, there))
            if there not in toward:
                return plan if state.at_peace(present, person) else []
            onward = toward[there]
            movable = present & ~state.tables[there].stays & state.tables[onward].fit
            leaver = next(
                (j for j in bits(movable) if state.at_peace(present & ~(1 << j), person)), None
            )
            if leaver is None:
                return []
            person, here, there = leaver, there, onward

    # Borrowing

    def borrow(self, state: State, *, once: bool = False) -> bool:
        """Open groups of free people and of members whom others can spare or replace."""
        opened = False
        spare = self._spare(state)
        for _, station in self._borrowable(state, spare):
            if (station.cell, station.language) in state.vain or (
                (station.people & (state.free | spare)).bit_count() < self.low
            ):
                continue
            if state.find_leader(station.cell, station.language) is None:
                continue
            found = self._borrowing(state, station)
            if found is None:
                continue
            host, guests = found
            table = state.open(station, host.size, host.able, host.venue)
            if table is None:
                continue
            for number, people, instead in guests:
                if number >= 0:
                    state.unseat(number, people)
                    state.seat(number, instead)
                state.seat(table, people)
            if once:
                return True
            opened = True
            spare = self._spare(state)
        return opened

    def _borrowable(self, state: State, spare: int) -> list[tuple[int, Station]]:
        """Stations where free and spare people make a group, most free people first."""
        found = []
        for kind, stations in self.by_kind.items():
            if kind in state.vain or not state.open_venues[kind[0]]:
                continue
            for station in stations:
                count = (station.people & state.free).bit_count()
                if count and count + (station.people & spare).bit_count() >= self.low:
                    found.append((-count, station))
        found.sort(key=lambda item: item[0])
        return found

    def _spare(self, state: State) -> int:
        """Members of groups above the smallest size, or that somebody free could step into."""
        spare = 0
        for table, members in zip(state.tables, state.members, strict=True):
            if members.bit_count() > table.low or table.fit & state.free:
                spare |= members & ~table.stays
        return spare

    def _borrowing(
        self, state: State, station: Station
    ) -> tuple[Host, list[tuple[int, int, int]]] | None:
        """The venue that seats most there, and from each table who comes and who steps in."""
        venues = state.open_venues[station.cell]
        most, best = 0, None
        for host in self.index.hosts[station.cell]:
            if not venues >> host.venue & 1 or host.size < self.low:
                continue
            chosen = self.choose(station.people & host.able & state.free, 0, host.size, 0.0)
            count = chosen.bit_count()
            if count <= most:
                continue
            guests = [(-1, chosen, 0)]
            others = state.free & ~chosen
            for number, table in enumerate(state.tables):
                missing = self.low - chosen.bit_count()
                if missing <= 0:
                    break
                members = state.members[number]
                lendable = members & ~table.stays & station.people & host.able
                if not lendable:
                    continue
                spare = max(0, members.bit_count() - table.low)
                helpers = table.fit & others
                room = min(missing, spare + helpers.bit_count())
                lent = self.choose(lendable, chosen, room, 0.0) if room else 0
                owed = lent.bit_count() - spare
                instead = 0
                if owed > 0:
                    instead = self.choose(helpers, members & ~lent, owed, 0.0)
                    if instead.bit_count() < owed:
                        continue
                if lent:
                    guests.append((number, lent, instead))
                    chosen |= lent
                    others &= ~instead
            if chosen.bit_count() >= self.low:
                most, best = count, (host, guests)
        return best
