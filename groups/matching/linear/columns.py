"""The linear relaxation over all possible groups, by column generation.

Set packing (Dantzig and Wolfe 1960; Desaulniers, Desrosiers and Solomon, *Column Generation*,
2005): a column is a concrete group in a sort of venue, a row a person, a sort of venue in an hour,
or the time of initiators. Pricing is a sort for each option, see ``Relaxation``. Initiators are
assigned inside the linear program: groups of a class (cell and language) draw on the initiators who
can start them, each once an hour and so often in all.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from groups.matching.index import Index, bits
from groups.matching.linear.relaxation import Floats, Ints, Offer, Prices, Relaxation
from groups.matching.linear.solver import new_solver

ROUNDS = 80
MOST_COLUMNS = 400  # new ones in a round
MOST_PIVOTS = 60_000  # of the simplex method, in all: the measure of effort here
LEAST_GAIN = 1e-6
MOST_PAIRINGS = 200
NEARLY_BEST = 0.5  # what a group may cost at the first prices and still begin in the program
# Of all days together, in people: enough to choose between equals.
WORTH_OF_WAITING = 0.05


@dataclass(frozen=True, slots=True)
class Column:
    """A group in a sort of venue, or (``option`` below 0) a newcomer at a table that stays."""

    option: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """A solved program: its value, how much of each column it uses, and prices of all there is."""

    value: float
    used: Floats
    prices: Prices
    venues: Floats
    kinds: Floats


class Master:
    """The linear program over the groups found so far."""

    def __init__(
        self, index: Index, relaxation: Relaxation, waiting: float = WORTH_OF_WAITING
    ) -> None:
        self.index = index
        self.relaxation = relaxation
        self.columns: list[Column] = []
        self.known: set[Column] = set()
        self.pivots = 0
        days = np.array(index.days, np.float64)
        self.worth: Floats = 1.0 + waiting * days / max(1.0, days.sum())
        self.lp = new_solver()
        self._add_rows()
        self._add_fixed_columns()

    def _add_rows(self) -> None:
        r = self.relaxation
        kinds = len(r.class_start) - 1
        self.sort_row = r.count
        self.kind_row = self.sort_row + len(r.venues)
        self.leader_row = self.kind_row + kinds
        self.hour_row = self.leader_row + len(r.capacity)
        self.join_row = self.hour_row + len(r.hours)
        upper = np.concatenate(
            [
                np.ones(r.count),
                r.venues,
                np.zeros(kinds),
                r.capacity,
                np.ones(len(r.hours)),
                np.array([vacancies for vacancies, _, _ in r.joins], np.float64),
            ]
        )
        rows = len(upper)
        self.lp.addRows(
            rows, np.full(rows, -highspy.kHighsInf), upper, 0,
            np.zeros(rows, np.int32), np.zeros(0, np.int32), np.zeros(0),
        )  # fmt: skip
        self.lp.changeObjectiveSense(highspy.ObjSense.kMaximize)

    def _add_fixed_columns(self) -> None:
        """Initiators for each class, and newcomers to tables that stay."""
        r = self.relaxation
        entries: list[tuple[float, list[int], list[float]]] = []
        for kind in range(len(r.class_start) - 1):
            for pair in range(r.class_start[kind], r.class_start[kind + 1]):
                rows = [
                    self.kind_row + kind,
                    self.leader_row + int(r.pair_leader[pair]),
                    self.hour_row + int(r.pair_hour[pair]),
                ]
                entries.append((0.0, rows, [-1.0, 1.0, 1.0]))
        self.first = len(entries)
        for number, (_, table, welcome) in enumerate(r.joins):
            for i in welcome.tolist():
                self.columns.append(Column(-1 - table, (i,)))
                entries.append((self.worth[i], [i, self.join_row + number], [1.0, 1.0]))
        self._append(entries)

    def _append(self, entries: list[tuple[float, list[int], list[float]]]) -> None:
        if not entries:
            return
        lengths = [len(rows) for _, rows, _ in entries]
        self.lp.addCols(
            len(entries),
            np.array([cost for cost, _, _ in entries]),
            np.zeros(len(entries)),
            np.full(len(entries), highspy.kHighsInf),
            sum(lengths),
            np.cumsum([0, *lengths[:-1]]).astype(np.int32),
            np.array([row for _, rows, _ in entries for row in rows], np.int32),
            np.array([value for _, _, values in entries for value in values]),
        )

    def add(self, columns: list[Column]) -> None:
        """Groups that the program does not know yet."""
        r = self.relaxation
        entries = []
        for column in columns:
            if column in self.known:
                continue
            self.known.add(column)
            self.columns.append(column)
            rows = [
                *column.people,
                self.sort_row + int(r.sort_of[column.option]),
                self.kind_row + int(r.kind_of[column.option]),
            ]
            worth = float(self.worth[list(column.people)].sum())
            entries.append((worth, rows, [1.0] * len(rows)))
        self._append(entries)

    def begin(self, prices: Prices) -> None:
        """Start with the groups that cost little at these prices."""
        r = self.relaxation
        profit = self.worth - prices.people
        offer = r.price(profit, prices)
        self._add_best(offer, np.flatnonzero(offer.gain > -NEARLY_BEST), profit)

    def _solve(self) -> Solution | None:
        """Solve for the groups that are known; None if HiGHS has no answer or enough is done."""
        self.lp.run()
        info = self.lp.getInfo()
        self.pivots += max(0, info.simplex_iteration_count)
        if self.lp.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self.lp.getSolution()
        dual = np.maximum(0.0, np.array(solution.row_dual))
        return Solution(
            info.objective_function_value,
            np.array(solution.col_value)[self.first :],
            Prices(
                dual[: self.sort_row],
                dual[self.leader_row : self.hour_row],
                dual[self.hour_row : self.join_row],
            ),
            dual[self.sort_row : self.kind_row],
            dual[self.kind_row : self.leader_row],
        )

    def relax(self, rounds: int = ROUNDS, gone: Ints | None = None) -> Solution | None:
        """Solve, price, and add groups until none pays; None if the program fails.

        People in ``gone`` have their place and are in no new group.
        """
        solution = None
        for _ in range(rounds):
            if self.pivots > MOST_PIVOTS:
                break
            solution = self._solve()
            if solution is None:
                break
            profit = self.worth - solution.prices.people
            if gone is not None:
                profit[gone] = -1e6
            offer = self.relaxation.price(profit, solution.prices)
            gain = self.reduced(offer, solution)
            paying = np.flatnonzero(gain > LEAST_GAIN)
            if len(paying) > MOST_COLUMNS:
                paying = paying[np.argsort(-gain[paying], kind="stable")[:MOST_COLUMNS]]
            if not self._add_best(offer, paying, profit):
                break
        return solution

    def reduced(self, offer: Offer, solution: Solution) -> Floats:
        """What each option's best group would bring beyond what it costs."""
        r = self.relaxation
        # The price of a class here is the program's own, not that of its cheapest initiator.
        cost = solution.kinds - r.cheapest(solution.prices)[0]
        return offer.gain - cost[r.kind_of] - solution.venues[r.sort_of]

    def limit(self, solution: Solution) -> float:
        """No proposal is worth more: the program's value and what groups it lacks could add."""
        r = self.relaxation
        profit = self.worth - solution.prices.people
        offer = r.price(profit, solution.prices)
        gain = self.reduced(offer, solution)
        for option in np.flatnonzero(gain > LEAST_GAIN).tolist():
            gain[option] -= self._best_group(offer, option, profit)[1]
        value = solution.value
        if len(r.sort_start):
            most = np.maximum.reduceat(gain, r.sort_start)
            value += float(r.venues @ np.maximum(0.0, most))
        return value

    def _add_best(self, offer: Offer, options: Ints, profit: Floats) -> bool:
        """Add the best groups of the options; whether any was new."""
        before = len(self.columns)
        found = [
            (option, self._best_group(offer, option, profit)[0]) for option in options.tolist()
        ]
        self.add([Column(option, people) for option, people in found if people])
        return len(self.columns) > before

    def _best_group(
        self, offer: Offer, option: int, profit: Floats
    ) -> tuple[tuple[int, ...], float]:
        """An option's best group without a pair to be kept apart, and what peace costs.

        Of each pair in the way one or the other is left out, until none is; beyond so many pairs
        the cost is not known and said to be nothing. No people: there is no such group.
        """
        r, apart = self.relaxation, self.index.apart
        first = r.members(offer, option).tolist()
        mask = sum(1 << i for i in first)
        if not any(apart[i] & mask for i in first):
            return tuple(sorted(first)), 0.0
        start = r.start[option]
        order: list[int] = offer.members[start : start + r.length[option]].tolist()
        best: list[int] = []
        most = float("-inf")
        tried = 0
        waiting: list[frozenset[int]] = [frozenset()]
        while waiting and tried < MOST_PAIRINGS:
            left_out = waiting.pop()
            tried += 1
            chosen = [i for i in order if i not in left_out][: r.size[option]]
            chosen = chosen[: r.low] + [i for i in chosen[r.low :] if profit[i] > 0.0]
            worth = float(profit[chosen].sum())
            if len(chosen) < r.low or worth <= most:
                continue
            pair = self._pair(chosen)
            if pair is None:
                best, most = chosen, worth
            else:
                waiting += [left_out | {pair[0]}, left_out | {pair[1]}]
        cost = 0.0 if waiting else float(profit[first].sum()) - most
        return tuple(sorted(best)), cost

    def _pair(self, people: list[int]) -> tuple[int, int] | None:
        """Two of the people who must be kept apart."""
        mask = sum(1 << i for i in people)
        for i in people:
            for j in bits(self.index.apart[i] & mask):
                return i, j
        return None
