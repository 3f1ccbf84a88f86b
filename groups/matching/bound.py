"""How many could be placed at most, and what people and hours are worth: Lagrangian relaxation.

Let people sit in several groups and initiators start too many, but at a price: what remains is to
pick for each venue the most profitable group, which is a sort. Whatever the prices, the profit
plus the prices of what there is bounds every proposal (Held and Karp 1970; Fisher 1981), and at
the best prices it equals the linear relaxation over all possible groups. Prices are sought by a
deflected subgradient with Polyak's step (Camerini, Fratta and Maffioli 1975).

Prices also tell which stations matter: one that loses much at good prices hardly
ever belongs to a good proposal (Caprara, Fischetti and Toth 1999 call the others the core).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from .index import Index, Station, bits
from .model import Bound, Objective, Problem

LOSS_OUTSIDE_CORE = 0.4
HIGHEST_PRICE = 2.0
MEMORY = 0.6  # how much of the last direction is kept
PATIENCE = 8  # rounds without progress before the step shrinks
SHRINK = 0.6
# One round on so many pairs of person and station takes some 0.1 s.
MOST_PAIRS = 80_000_000


def upper_bound(problem: Problem, *, rounds: int = 300) -> Bound:
    """A number of people that no proposal can exceed."""
    return Pricing(Index(problem, Objective())).improve(rounds, 0).bound


@dataclass(frozen=True, slots=True)
class Prices:
    """The bound, and the stations that matter at its prices."""

    bound: Bound
    core: list[Station]


@dataclass(slots=True)
class _Option:
    """A station in one sort of venue; ``people`` are those whose needs that venue meets."""

    station: Station
    kind: int
    size: int
    people: list[int]


class Pricing:
    """Prices of people, of initiators, and of their hours; all in people."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.low = index.problem.rules.min_size
        self._take_out_locked()
        self._list_options()
        self.people = [0.5] * len(index.people)
        self.leaders = [0.0] * len(self.capacity)
        self.hours = [0.0] * len(self.hour_numbers)

    def _take_out_locked(self) -> None:
        """Locked groups hold their people, venue and hour; their other seats are vacancies."""
        index = self.index
        self.capacity = index.capacity.copy()
        self.locked = 0
        self.gone: set[tuple[int, int]] = set()
        self.busy: set[tuple[str, str]] = set()
        self.vacancies = [(g.vacancies, index.welcome(g)) for g in index.problem.open_groups]
        for group in index.problem.previous:
            if not group.locked:
                continue
            key = group.key
            for number, initiator in enumerate(index.initiators):
                if initiator.id == group.initiator:
                    self.capacity[number] = max(0, self.capacity[number] - 1)
                    self.busy.add((initiator.id, key.slot))
            cell = index.cell_number[key.centre, key.slot]
            for number, venue in enumerate(index.venues):
                if venue.id == group.venue:
                    self.gone.add((cell, number))
            for member in group.members:
                if member in index.position:
                    self.locked |= 1 << index.position[member]
            spare = index.problem.rules.max_size - len(group.members)
            self.vacancies.append((max(0, spare), index.accepting(key)))

    def _list_options(self) -> None:
        index = self.index
        self.hour_numbers: dict[tuple[int, str], int] = {}
        self.kinds: dict[tuple[int, str], int] = {}
        self.pairings: list[list[tuple[int, int]]] = []
        self.venues: list[tuple[int, list[_Option]]] = []
        by_venue: dict[tuple[int, int, int], list[_Option]] = {}
        count: dict[tuple[int, int, int], int] = {}
        for cell, hosts in enumerate(index.hosts):
            for host in hosts:
                if host.size >= self.low and (cell, host.venue) not in self.gone:
                    sort = (cell, host.size, host.able)
                    count[sort] = count.get(sort, 0) + 1
                    by_venue[sort] = []
        sorts: dict[int, list[tuple[int, int, int]]] = {}
        for sort in by_venue:
            sorts.setdefault(sort[0], []).append(sort)
        for station in index.stations:
            kind = self._kind(station)
            if not self.pairings[kind]:
                continue
            for sort in sorts.get(station.cell, ()):
                people = station.people & sort[2] & ~self.locked
                if people.bit_count() >= self.low:
                    option = _Option(station, kind, sort[1], list(bits(people)))
                    by_venue[sort].append(option)
        self.venues = [(count[sort], options) for sort, options in by_venue.items() if options]
        self.pairs = sum(len(option.people) for _, options in self.venues for option in options)
        self.joins = [
            (vacancies, list(bits(welcome & ~self.locked)))
            for vacancies, welcome in self.vacancies
            if vacancies
        ]

    def _kind(self, station: Station) -> int:
        """The number of the station's cell and language, whose initiators are the same."""
        name = (station.cell, station.language)
        if name not in self.kinds:
            index = self.index
            slot = index.cells[station.cell][1]
            self.kinds[name] = len(self.pairings)
            self.pairings.append(
                [
                    (leader, self.hour_numbers.setdefault((leader, slot), len(self.hour_numbers)))
                    for leader in index.leaders_of(station)
                    if self.capacity[leader]
                    and (index.initiators[leader].id, slot) not in self.busy
                ]
            )
        return self.kinds[name]

    def improve(self, rounds: int, reached: int) -> Prices:
        """Lower the bound for so many rounds, or until no more than ``reached`` can be placed."""
        held = self.locked.bit_count()
        rounds = min(rounds, MOST_PAIRS // (1 + self.pairs))
        counted = self._count()
        best = float("inf")
        kept = (self.people, self.leaders, self.hours)
        direction = _Direction(self)
        step, vain = 1.0, 0
        for _ in range(rounds):
            value = self._round(direction) + held
            if value < best - 1e-3:
                best, vain = value, 0
                kept = (self.people, self.leaders, self.hours)
            else:
                vain += 1
            if vain >= PATIENCE:
                step, vain = step * SHRINK, 0
                self.people, self.leaders, self.hours = kept
            if floor(best + 1e-6) <= reached or not direction.follow(step * (value - reached)):
                break
        self.people, self.leaders, self.hours = kept
        bound = Bound(counted, "people")
        if best < counted + 1:
            bound = Bound(min(counted, floor(best + 1e-6)), "lagrangian")
        return Prices(bound, self._core())

    def _count(self) -> int:
        """Everybody who could sit anywhere at all."""
        anywhere = {i for _, options in self.venues for option in options for i in option.people}
        anywhere.update(i for _, people in self.joins for i in people)
        return len(anywhere) + self.locked.bit_count()

    def _cheapest(self) -> list[tuple[float, int, int]]:
        """For each kind the price of its cheapest initiator and hour."""
        leaders, hours = self.leaders, self.hours
        return [
            min([(leaders[leader] + hours[hour], leader, hour) for leader, hour in pairing])
            if pairing
            else (0.0, -1, -1)
            for pairing in self.pairings
        ]

    def _round(self, direction: _Direction) -> float:
        """The bound at the present prices; notes how often everything was wanted."""
        profits = [1.0 - price for price in self.people]
        profit = profits.__getitem__
        low = self.low
        cheapest = self._cheapest()
        value = sum(self.people) + sum(self.hours)
        value += sum([p * c for p, c in zip(self.leaders, self.capacity, strict=True)])
        wanted = [-1.0] * len(self.people)
        started = [-float(capacity) for capacity in self.capacity]
        held = [-1.0] * len(self.hours)
        # Locked people are counted apart: their price is not paid and stays where it is.
        for i in bits(self.locked):
            value -= self.people[i]
            wanted[i] = 0.0
        for count, options in self.venues:
            most, best, members = 1e-9, None, 0
            for option in options:
                gains = sorted(map(profit, option.people), reverse=True)[: option.size]
                while len(gains) > low and gains[-1] <= 0.0:
                    gains.pop()
                gain = sum(gains) - cheapest[option.kind][0]
                if gain > most:
                    most, best, members = gain, option, len(gains)
            if best is not None:
                value += count * most
                for i in sorted(best.people, key=profit, reverse=True)[:members]:
                    wanted[i] += count
                _, leader, hour = cheapest[best.kind]
                started[leader] += count
                held[hour] += count
        for vacancies, people in self.joins:
            for i in sorted(people, key=profit, reverse=True)[:vacancies]:
                if profits[i] > 0.0:
                    value += profits[i]
                    wanted[i] += 1.0
        direction.turn(wanted, started, held)
        return value

    def _core(self) -> list[Station]:
        profits = [1.0 - price for price in self.people]
        cheapest = self._cheapest()
        core: dict[Station, None] = {}
        for _, options in self.venues:
            gains = []
            for option in options:
                gain = sorted([profits[i] for i in option.people], reverse=True)[: option.size]
                worth = sum(gain[: self.low]) + sum([g for g in gain[self.low :] if g > 0.0])
                gains.append(worth - cheapest[option.kind][0])
            least = max(0.0, max(gains)) - LOSS_OUTSIDE_CORE
            for option, gain_ in zip(options, gains, strict=True):
                if gain_ >= least:
                    core[option.station] = None
        return list(core)


class _Direction:
    """Where prices should go: up for what is wanted too often, down for what is not."""

    def __init__(self, pricing: Pricing) -> None:
        self.pricing = pricing
        self.people = [0.0] * len(pricing.people)
        self.leaders = [0.0] * len(pricing.leaders)
        self.hours = [0.0] * len(pricing.hours)

    def turn(self, people: list[float], leaders: list[float], hours: list[float]) -> None:
        self.people = _blend(self.people, people)
        self.leaders = _blend(self.leaders, leaders)
        self.hours = _blend(self.hours, hours)

    def follow(self, gap: float) -> bool:
        """Change the prices so that the bound might fall by ``gap``; False at the optimum."""
        pricing = self.pricing
        length = sum(
            _length(prices, slopes)
            for prices, slopes in (
                (pricing.people, self.people),
                (pricing.leaders, self.leaders),
                (pricing.hours, self.hours),
            )
        )
        if length < 1e-9:
            return False
        step = gap / length
        people = _moved(pricing.people, self.people, step)
        pricing.people = [min(HIGHEST_PRICE, price) for price in people]
        pricing.leaders = _moved(pricing.leaders, self.leaders, step)
        pricing.hours = _moved(pricing.hours, self.hours, step)
        return True


def _blend(old: list[float], new: list[float]) -> list[float]:
    return [MEMORY * o + (1 - MEMORY) * n for o, n in zip(old, new, strict=True)]


def _length(prices: list[float], slopes: list[float]) -> float:
    return sum([s * s for p, s in zip(prices, slopes, strict=True) if p > 0.0 or s > 0.0])


def _moved(prices: list[float], slopes: list[float], step: float) -> list[float]:
    return [max(0.0, p + step * s) for p, s in zip(prices, slopes, strict=True)]
