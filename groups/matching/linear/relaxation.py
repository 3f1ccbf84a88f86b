"""How many could be placed at most, and what people and hours are worth: Lagrangian relaxation.

Let people sit in several groups and initiators start too many, but at a price: what remains is to
pick for each venue the most profitable group, which is a sort. Whatever the prices, the profit
plus the prices of what there is bounds every proposal (Held and Karp 1970; Fisher 1981), and at
the best prices it equals the linear relaxation over all possible groups. Prices are sought by a
deflected subgradient (Camerini, Fratta and Maffioli 1975) with a step for each price that its own
last slopes measure (Kingma and Ba 2015): people, initiators and hours are wanted on other scales.

Prices also tell which stations matter: one that loses much at good prices hardly ever belongs to a
good proposal (Caprara, Fischetti and Toth 1999 call the others the core).

An *option* is a station in one sort of venue: a cell, how many it seats, and whose needs it meets.
All arrays that run over options are ordered by venue sort; ``person`` runs over the pairs of option
and person, option by option.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from groups.matching.index import Index, Station
from groups.matching.model import Bound
from groups.matching.search.state import State

LOSS_OUTSIDE_CORE = 0.4
OUT_OF_REACH = 1e3  # a price, in people
FIRST_STEP = 0.3
LAST_STEP = 0.02  # of the first
MEMORY = 0.7  # how much of the last direction is kept
LONG_MEMORY = 0.9  # and of how far each price usually wants to go

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Prices(NamedTuple):
    """What a person, an initiator, and an initiator's hour are worth, in people."""

    people: Floats
    leaders: Floats
    hours: Floats


@dataclass(slots=True)
class Offer:
    """What pricing found: for each option its best group's profit, and who would be in it.

    ``members`` has the people of all options, the best first; ``taken`` says who of them is in.
    For each class, its cheapest initiator and hour, and what they cost.
    """

    gain: Floats
    members: Ints
    taken: npt.NDArray[np.bool_]
    cost: Floats
    leader: Ints
    hour: Ints


class Relaxation:
    """The relaxed problem of a state whose tables are only those that must stay."""

    def __init__(self, index: Index, base: State) -> None:
        self.index = index
        self.low = index.problem.rules.min_size
        self.count = len(index.people)
        self.free = base.free
        self._list_joins(base)
        self._list_options(base)

    def _list_joins(self, base: State) -> None:
        """Tables that stay hold their people, venue and hour; their other seats are vacancies."""
        self.held = self.count - base.free.bit_count()
        self.joins = [
            (table.cap - members.bit_count(), number, people_of(table.fit & base.free, self.count))
            for number, (table, members) in enumerate(zip(base.tables, base.members, strict=True))
            if table.cap > members.bit_count() and table.fit & base.free
        ]

    def _list_options(self, base: State) -> None:
        index, low = self.index, self.low
        self.class_of: dict[tuple[int, str], int] = {}
        pairing: list[list[tuple[int, int]]] = []
        hours: dict[tuple[int, str], int] = {}
        found: dict[tuple[int, int, int], list[tuple[Station, int, Ints]]] = {}
        count: dict[tuple[int, int, int], int] = {}
        sorts: dict[int, list[tuple[int, int, int]]] = {}
        for cell, hosts in enumerate(index.hosts):
            for host in hosts:
                if host.size >= low and base.open_venues[cell] >> host.venue & 1:
                    sort = (cell, host.size, host.able)
                    if sort not in count:
                        sorts.setdefault(cell, []).append(sort)
                        count[sort], found[sort] = 0, []
                    count[sort] += 1
        for station in index.stations:
            kind = (station.cell, station.language)
            slot = index.cells[station.cell][1]
            if station.cell not in sorts:
                continue
            if kind not in self.class_of:
                self.class_of[kind] = len(pairing)
                pairing.append(
                    [
                        (leader, hours.setdefault((leader, slot), len(hours)))
                        for leader in index.leaders_of(station)
                        if base.load[leader] < index.capacity[leader]
                        and not base.is_busy(leader, slot)
                    ]
                )
            if not pairing[self.class_of[kind]]:
                continue
            for sort in sorts[station.cell]:
                people = station.people & sort[2] & base.free
                if people.bit_count() >= low:
                    found[sort].append(
                        (station, self.class_of[kind], people_of(people, self.count))
                    )
        kept = [(sort, options) for sort, options in found.items() if options]
        self.sorts = [sort for sort, _ in kept]
        self.venues = np.array([count[sort] for sort in self.sorts], np.float64)
        options = [(number, *option) for number, (_, many) in enumerate(kept) for option in many]
        self.stations = [station for _, station, _, _ in options]
        self.sort_of = np.array([number for number, *_ in options], np.int64)
        self.kind_of = np.array([kind for _, _, kind, _ in options], np.int64)
        sizes = [self.sorts[number][1] for number, *_ in options]
        self.size = np.array(sizes, np.int64)
        lengths = np.array([len(people) for *_, people in options], np.int64)
        self.length, self.start = lengths, np.cumsum(lengths) - lengths
        self.option = np.repeat(np.arange(len(options)), lengths)
        self.person = (
            np.concatenate([people for *_, people in options]) if options else np.zeros(0, np.int64)
        )
        self.place = np.arange(len(self.person)) - self.start[self.option]
        self.may_hold = self.place < self.size[self.option]
        most = np.minimum(self.venues[self.sort_of], lengths // low).astype(np.int64)
        self.further_option = np.repeat(np.arange(len(options)), most)
        self.further_nth = np.arange(len(self.further_option)) - np.repeat(
            np.cumsum(most) - most, most
        )
        self.further_sort = self.sort_of[self.further_option]
        firsts = np.flatnonzero(np.diff(self.further_sort, prepend=-1))
        counts = np.diff(np.append(firsts, len(self.further_sort)))
        self.further_place = np.arange(len(self.further_sort)) - np.repeat(firsts, counts)
        self.sort_start = np.flatnonzero(np.diff(self.sort_of, prepend=-1))
        self._list_pairing(base, pairing, hours)

    def _list_pairing(
        self, base: State, pairing: list[list[tuple[int, int]]], hours: dict[tuple[int, str], int]
    ) -> None:
        """Which initiators, in which of their hours, can start a group of each class."""
        self.hours = list(hours)
        self.capacity = np.maximum(
            0, np.array(self.index.capacity, np.float64) - np.array(base.load, np.float64)
        )
        self.class_start = np.cumsum([0, *(len(pairs) for pairs in pairing)])
        flat = [pair for pairs in pairing for pair in pairs]
        self.pair_leader = np.array([leader for leader, _ in flat], np.int64)
        self.pair_hour = np.array([hour for _, hour in flat], np.int64)
        self.hour_left = np.ones(len(hours))
        self.chosen = np.zeros(len(self.stations))

    def take(self, state: State) -> None:
        """Count what the state has taken as gone. The bound is then one on what is left."""
        index = self.index
        self.free = state.free
        self.held = self.count - state.free.bit_count()
        left = [
            sum(1 for host in index.hosts[cell] if (host.size, host.able) == (size, able)
                and state.open_venues[cell] >> host.venue & 1)
            for cell, size, able in self.sorts
        ]  # fmt: skip
        self.venues = np.array(left, np.float64)
        self.capacity = np.maximum(
            0, np.array(index.capacity, np.float64) - np.array(state.load, np.float64)
        )
        busy = [state.is_busy(leader, slot) for leader, slot in self.hours]
        self.hour_left = 1.0 - np.array(busy, np.float64)
        self.joins = [
            (state.tables[table].cap - state.members[table].bit_count(), table,
             people_of(state.tables[table].fit & state.free, self.count))
            for _, table, _ in self.joins
        ]  # fmt: skip

    def first_prices(self) -> Prices:
        return Prices(
            np.full(self.count, 0.5), np.zeros(len(self.capacity)), np.zeros(len(self.hours))
        )

    def reachable(self) -> int:
        """How many could sit anywhere at all, those who are held included."""
        anywhere = np.zeros(self.count, bool)
        anywhere[self.person] = True
        for _, _, people in self.joins:
            anywhere[people] = True
        return int(anywhere.sum()) + self.held

    def cheapest(self, prices: Prices) -> tuple[Floats, Ints]:
        """For each class the price of its cheapest initiator and hour, and which pair that is."""
        classes = len(self.class_start) - 1
        cost, best = np.full(classes, np.inf), np.zeros(classes, np.int64)
        if len(self.pair_leader):
            each = prices.leaders[self.pair_leader] + prices.hours[self.pair_hour]
            each[(self.capacity <= 0)[self.pair_leader] | (self.hour_left <= 0)[self.pair_hour]] = (
                OUT_OF_REACH
            )
            for_class = np.repeat(np.arange(classes), np.diff(self.class_start))
            order = np.lexsort((each, for_class))
            some = np.flatnonzero(np.diff(self.class_start))
            best[some] = order[self.class_start[:-1][some]]
            cost[some] = each[best[some]]
        return cost, best

    def price(self, profit: Floats, prices: Prices) -> Offer:
        """The best group of each option, when person i brings ``profit[i]``."""
        cost, best = self.cheapest(prices)
        # Sorting whole numbers, option first and then rank, is far quicker than sorting by two.
        by_rank = np.argsort(-profit, kind="stable")
        rank = np.empty(self.count, np.int64)
        rank[by_rank] = np.arange(self.count)
        keys = self.option * self.count + rank[self.person]
        keys.sort()
        members = by_rank[keys - self.option * self.count]
        worth = profit[members]
        taken = self.may_hold & ((self.place < self.low) | (worth > 0.0))
        gain = np.zeros(0)
        if len(self.start):
            gain = np.add.reduceat(np.where(taken, worth, 0.0), self.start) - cost[self.kind_of]
        leader = self.pair_leader[best] if len(self.pair_leader) else best
        hour = self.pair_hour[best] if len(self.pair_hour) else best
        return Offer(gain, members, taken, cost, leader, hour)

    def improve(
        self,
        rounds: int,
        reached: int,
        prices: Prices | None = None,
        first_step: float = FIRST_STEP,
    ) -> tuple[Bound, Prices]:
        """Lower the bound for so many rounds, or until no more than ``reached`` can be placed.

        Starts at ``prices`` where somebody has a guess.
        """
        counted = self.reachable()
        best = float("inf")
        prices = kept = prices or self.first_prices()
        for number in range(rounds):
            value, slopes = self.value(prices)
            if value < best:
                best, kept = value, prices
            if floor(best + 1e-6) <= reached:
                break
            if not number:
                means = [np.zeros(len(slope)) for slope in slopes]
                squares = [np.zeros(len(slope)) for slope in slopes]
            step = first_step * LAST_STEP ** (number / rounds)
            moved = []
            for price, slope, mean, square in zip(prices, slopes, means, squares, strict=True):
                mean += (1.0 - MEMORY) * (slope - mean)
                square += (1.0 - LONG_MEMORY) * (slope * slope - square)
                moved.append(np.maximum(0.0, price + step * mean / (np.sqrt(square) + 0.3)))
            prices = Prices(*moved)
        if best < counted + 1:
            return Bound(min(counted, floor(best + 1e-6)), "lagrangian"), kept
        return Bound(counted, "people"), kept

    def value(self, prices: Prices) -> tuple[float, Prices]:
        """The bound at these prices, and how far everything is wanted more often than it is."""
        held = ~bit_array(self.free, self.count)
        profit = 1.0 - prices.people
        profit[held] = -OUT_OF_REACH
        offer = self.price(profit, prices)
        people = np.where(held, 0.0, -1.0)
        leaders, hours = -self.capacity, -self.hour_left
        value = float(
            prices.people[~held].sum()
            + prices.hours @ self.hour_left
            + prices.leaders @ self.capacity
        )
        self.chosen *= LONG_MEMORY
        gain, first, last = self._each_further_group(profit, offer)
        order = np.lexsort((-gain, self.further_sort))
        best = order[self.further_place < self.venues[self.further_sort[order]]]
        best = best[gain[best] > 0.0]
        if len(best):
            value += float(gain[best].sum())
            sizes = last[best] - first[best]
            starts = self.start[self.further_option[best]] + first[best]
            skipped = np.repeat(np.cumsum(sizes) - sizes, sizes)
            members = offer.members[np.arange(sizes.sum()) - skipped + np.repeat(starts, sizes)]
            options = self.further_option[best]
            self.chosen += (1.0 - LONG_MEMORY) * np.bincount(options, minlength=len(self.chosen))
            kinds = self.kind_of[options]
            people += np.bincount(members, minlength=self.count)
            leaders += np.bincount(offer.leader[kinds], minlength=len(leaders))
            hours += np.bincount(offer.hour[kinds], minlength=len(hours))
        for vacancies, _, welcome in self.joins:
            best = welcome[np.argsort(-profit[welcome], kind="stable")[:vacancies]]
            best = best[profit[best] > 0.0]
            value += float(profit[best].sum())
            people[best] += 1.0
        return value + self.held, Prices(people, leaders, hours)

    def _each_further_group(self, profit: Floats, offer: Offer) -> tuple[Floats, Ints, Ints]:
        """What the first, second, third group at an option would add, if it shared nobody.

        And from which to which of the option's people, the best first, its members are.
        """
        option, nth = self.further_option, self.further_nth
        worth = profit[offer.members]
        before = np.concatenate([[0.0], np.cumsum(worth)])
        paying = np.zeros(0, np.int64)
        if len(self.start):
            paying = np.add.reduceat((worth > 0.0).astype(np.int64), self.start)
        low, size, start = self.low, self.size[option], self.start[option]
        first = np.maximum(low * nth, np.minimum(size * nth, paying[option]))
        last = np.maximum(low * (nth + 1), np.minimum(size * (nth + 1), paying[option]))
        gain = before[start + last] - before[start + first] - offer.cost[self.kind_of[option]]
        return gain, first, last

    def members(self, offer: Offer, option: int) -> Ints:
        """Who would be in the option's best group."""
        there = slice(self.start[option], self.start[option] + self.length[option])
        return offer.members[there][offer.taken[there]]

    def people_at(self, option: int) -> list[int]:
        """Everybody who could be in the option's group."""
        found: list[int] = self.person[self.option == option].tolist()
        return found

    def core(self, prices: Prices) -> list[Station]:
        """The stations that lose little at these prices, against the best of their venue."""
        offer = self.price(1.0 - prices.people, prices)
        if not len(self.sort_start):
            return []
        most = np.maximum(0.0, np.maximum.reduceat(offer.gain, self.sort_start))
        near = offer.gain >= most[self.sort_of] - LOSS_OUTSIDE_CORE
        return list(dict.fromkeys(self.stations[option] for option in np.flatnonzero(near)))


def bit_array(mask: int, count: int) -> npt.NDArray[np.bool_]:
    """A mask as an array of so many truth values."""
    raw = np.frombuffer(mask.to_bytes((count + 7) // 8, "little"), np.uint8)
    return np.unpackbits(raw, bitorder="little", count=count).astype(bool)


def people_of(mask: int, count: int) -> Ints:
    """The numbers of the people in a mask, in order."""
    return np.flatnonzero(bit_array(mask, count))
