"""The best answer and the proof, for a short list: branch and bound on what the prices leave.

The compact model: y whether a station has a group in a venue, x whether somebody sits there, with
x <= y, low y <= sum of x <= size y, and initiators as in ``Master``. Given y the rest is a flow, so
only y is whole, and x for people in keep-apart pairs.

A station whose best group costs more, at the prices of the linear relaxation, than the relaxation
exceeds the best known answer by, is in no better answer and is left out (reduced cost fixing:
Nemhauser and Wolsey 1988, II.5); what remains is small enough to end.
"""

from __future__ import annotations

import highspy
import numpy as np

from groups.matching.index import bits
from groups.matching.linear.columns import Column, Master, Solution
from groups.matching.linear.relaxation import Floats
from groups.matching.linear.solver import new_solver

NEARLY = 1e-7


def better_columns(
    master: Master, solution: Solution, known: float, most_nodes: int
) -> tuple[list[Column], bool]:
    """The best groups if they are worth more than ``known``, and whether the search has ended.

    No groups, and True: nothing is worth more.
    """
    r = master.relaxation
    offer = r.price(master.worth - solution.prices.people, solution.prices)
    best = master.limit(solution) + master.reduced(offer, solution)
    return CompactModel(master, np.flatnonzero(best > known + NEARLY).tolist()).solve(
        known, most_nodes
    )


class CompactModel:
    """The compact model over some options of a master's relaxation."""

    def __init__(self, master: Master, options: list[int]) -> None:
        self.master = master
        self.options = options
        self.costs: list[float] = []
        self.upper: list[float] = []
        self.whole: list[int] = []
        self.rows: list[tuple[float, list[tuple[int, float]]]] = []
        self._add_people_and_venues()

    def _column(self, cost: float, upper: float = 1.0, *, whole: bool = False) -> int:
        self.costs.append(cost)
        self.upper.append(upper)
        if whole:
            self.whole.append(len(self.costs) - 1)
        return len(self.costs) - 1

    def _add_people_and_venues(self) -> None:
        r, index = self.master.relaxation, self.master.index
        worth = self.master.worth
        seats: dict[int, list[tuple[int, float]]] = {}
        uses: dict[int, list[tuple[int, float]]] = {}
        kinds: dict[int, list[tuple[int, float]]] = {}
        self.groups: list[tuple[int, int, list[tuple[int, int]]]] = []
        for option in self.options:
            sort = int(r.sort_of[option])
            for _ in range(int(r.venues[sort])):
                y = self._column(0.0, whole=True)
                members = []
                for i in r.people_at(option):
                    x = self._column(float(worth[i]), whole=bool(index.apart[i]))
                    seats.setdefault(i, []).append((x, 1.0))
                    self.rows.append((0.0, [(x, 1.0), (y, -1.0)]))
                    members.append((i, x))
                sitting = [(x, 1.0) for _, x in members]
                self.rows.append((0.0, [*sitting, (y, -float(r.size[option]))]))
                self.rows.append((0.0, [(x, -1.0) for x, _ in sitting] + [(y, float(r.low))]))
                at = dict(members)
                for i, x in members:
                    for j in bits(index.apart[i]):
                        if i < j and j in at:
                            self.rows.append((0.0, [(x, 1.0), (at[j], 1.0), (y, -1.0)]))
                uses.setdefault(sort, []).append((y, 1.0))
                kinds.setdefault(int(r.kind_of[option]), []).append((y, 1.0))
                self.groups.append((option, y, members))
        self.newcomers: list[tuple[int, int, int]] = []
        for vacancies, table, welcome in r.joins:
            new = []
            for i in welcome.tolist():
                x = self._column(float(worth[i]), whole=bool(index.apart[i]))
                seats.setdefault(i, []).append((x, 1.0))
                new.append((i, x))
                self.newcomers.append((table, i, x))
            self.rows.append((float(vacancies), [(x, 1.0) for _, x in new]))
            at = dict(new)
            for i, x in new:
                for j in bits(index.apart[i]):
                    if i < j and j in at:
                        self.rows.append((1.0, [(x, 1.0), (at[j], 1.0)]))
        self.rows += [(1.0, entries) for entries in seats.values()]
        self.rows += [(float(r.venues[sort]), entries) for sort, entries in uses.items()]
        self._add_initiators(kinds)

    def _add_initiators(self, kinds: dict[int, list[tuple[int, float]]]) -> None:
        r = self.master.relaxation
        load: dict[int, list[tuple[int, float]]] = {}
        hours: dict[int, list[tuple[int, float]]] = {}
        for kind, entries in kinds.items():
            starts = []
            for pair in range(r.class_start[kind], r.class_start[kind + 1]):
                w = self._column(0.0)
                starts.append((w, -1.0))
                load.setdefault(int(r.pair_leader[pair]), []).append((w, 1.0))
                hours.setdefault(int(r.pair_hour[pair]), []).append((w, 1.0))
            self.rows.append((0.0, entries + starts))
        self.rows += [(float(r.capacity[leader]), entries) for leader, entries in load.items()]
        self.rows += [(1.0, entries) for entries in hours.values()]

    def program(self, known: float) -> highspy.Highs:
        """The model as HiGHS takes it, where only answers worth more than ``known`` count."""
        mip = new_solver(presolve="on")
        mip.setOptionValue("mip_rel_gap", 0.0)
        columns = len(self.costs)
        better = [(column, -cost) for column, cost in enumerate(self.costs) if cost]
        self.rows.append((-known - NEARLY, better))
        mip.addVars(columns, np.zeros(columns), np.array(self.upper))
        mip.changeColsCost(columns, np.arange(columns, dtype=np.int32), np.array(self.costs))
        mip.changeColsIntegrality(
            len(self.whole),
            np.array(self.whole, np.int32),
            np.full(len(self.whole), highspy.HighsVarType.kInteger),
        )
        lengths = [len(entries) for _, entries in self.rows]
        mip.addRows(
            len(self.rows),
            np.full(len(self.rows), -highspy.kHighsInf),
            np.array([upper for upper, _ in self.rows]),
            sum(lengths),
            np.cumsum([0, *lengths[:-1]]).astype(np.int32),
            np.array([column for _, entries in self.rows for column, _ in entries], np.int32),
            np.array([factor for _, entries in self.rows for _, factor in entries]),
        )
        mip.changeObjectiveSense(highspy.ObjSense.kMaximize)
        return mip

    def solve(self, known: float, most_nodes: int) -> tuple[list[Column], bool]:
        """The groups of the best answer, and whether the search has ended."""
        mip = self.program(known)
        mip.setOptionValue("mip_max_nodes", most_nodes)
        mip.run()
        status = mip.getModelStatus()
        ended = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
        if mip.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return [], ended
        return self._columns(np.array(mip.getSolution().col_value)), ended

    def _columns(self, found: Floats) -> list[Column]:
        groups = [
            Column(option, tuple(i for i, x in members if found[x] > 0.5))
            for option, y, members in self.groups
            if found[y] > 0.5
        ]
        return groups + [
            Column(-1 - table, (i,)) for table, i, x in self.newcomers if found[x] > 0.5
        ]
