"""With the groups as they are, choose their members: most people, longest waits, best fit.

Who sits where is a flow from people to seats, so the linear program has whole numbers in its
corners. People who must be kept apart break that, and are declared whole. The better fitting labels
of the new members may welcome others, so labels and members are chosen in turn until neither gains.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import highspy
import numpy as np

from groups.matching.index import Index, bits
from groups.matching.linear.solver import new_solver
from groups.matching.model import Group, GroupKey
from groups.matching.rules import fit
from groups.matching.search.labels import best_label
from groups.matching.search.state import State

LONG_LIST = 1500  # people; on a longer one labels are chosen once
MOST_SEATS = 100_000  # pairs of a person and a group, beyond which members stay as they are
MOST_NODES = 200
MOST_FIT = 4
NEARLY = 1e-3


def choose_members(index: Index, state: State, earlier: Mapping[str, Group], *, keep: bool) -> None:
    """Give the places to most people, then to those who waited longest, then to the best fit.

    With ``keep`` those who sit where an earlier proposal had them stay there.
    """
    chooser = _Chooser(index, state, earlier, keep=keep)
    if state.tables:
        chooser.improve([table.fit for table in state.tables])
        while not chooser.is_long and chooser.improve(chooser.welcome()):
            pass


class _Seat(NamedTuple):
    """Somebody in a group: whether that is so and must remain so, and what it is worth."""

    person: int
    table: int
    worth: float
    stays: bool


class _Chooser:
    def __init__(
        self, index: Index, state: State, earlier: Mapping[str, Group], *, keep: bool
    ) -> None:
        self.index = index
        self.state = state
        self.keep = keep
        running = {group.id: group.key for group in index.problem.open_groups}
        self.fixed = [
            None
            if table.group is None
            else running[table.group]
            if table.cell < 0
            else earlier[table.group].key
            for table in state.tables
        ]
        self.is_long = len(index.people) > LONG_LIST
        # A place is worth more than all days together, and a day more than the best fit of all.
        self.place = 1.0 + sum(abs(days) for days in index.days)
        self.point = 1.0 / (1 + MOST_FIT * len(index.people))

    def keys(self, seated: list[int]) -> list[GroupKey]:
        """The label of each group with these members."""
        return [
            key or best_label(self.index, table.cell, table.language, people)
            for key, table, people in zip(self.fixed, self.state.tables, seated, strict=True)
        ]

    def welcome(self) -> list[int]:
        """Who could be in each group as it is labelled now."""
        index = self.index
        return [
            table.fit
            if fixed
            else index.accepting(key) & index.able(index.venues[table.venue].features)
            for fixed, table, key in zip(
                self.fixed, self.state.tables, self.keys(self.state.members), strict=True
            )
        ]

    def value(self, seated: list[int]) -> tuple[int, int, int]:
        """The three aims, most important first."""
        index = self.index
        seats = [
            (i, key)
            for key, people in zip(self.keys(seated), seated, strict=True)
            for i in bits(people)
        ]
        return (
            len(seats),
            sum([index.days[i] for i, _ in seats]),
            sum([fit(index.people[i], key) for i, key in seats]),
        )

    def improve(self, welcome: list[int]) -> bool:
        """Seat the best of those who are welcome, and say whether that is better than before."""
        found = self._best(welcome)
        if found is None or self.value(found) <= self.value(self.state.members):
            return False
        for number, people in enumerate(self.state.members.copy()):
            self.state.unseat(number, people)
        for number, people in enumerate(found):
            self.state.seat(number, people)
        return True

    def _best(self, welcome: list[int]) -> list[int] | None:
        """The best members of each group; None if HiGHS has no answer or the list is too long."""
        seats = self._seats(welcome)
        if len(seats) > MOST_SEATS:
            return None
        pairs = [] if self.is_long else self._pairs(seats)
        lp = self._program(seats)
        if pairs:
            _keep_apart(lp, pairs)
        lp.run()
        if lp.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        used = np.array(lp.getSolution().col_value)
        if np.abs(used - used.round()).max(initial=0.0) > NEARLY:
            return None
        found = [0] * len(self.state.tables)
        for column in np.flatnonzero(used > 0.5).tolist():
            found[seats[column].table] |= 1 << seats[column].person
        return found

    def _seats(self, welcome: list[int]) -> list[_Seat]:
        index, state = self.index, self.state
        seats = []
        for number, (table, key) in enumerate(
            zip(state.tables, self.keys(state.members), strict=True)
        ):
            present, others = state.members[number], welcome[number]
            stays = present & (table.stays | (table.liked if self.keep else 0))
            if self.is_long:
                # Whoever must be kept apart from somebody stays, or waits on.
                stays |= present & index.any_apart
                others &= ~index.any_apart
            for i in bits(others | present):
                worth = self.place + index.days[i] + self.point * fit(index.people[i], key)
                seats.append(_Seat(i, number, worth, bool(stays >> i & 1)))
        return seats

    def _program(self, seats: list[_Seat]) -> highspy.Highs:
        """Everybody once at most, and every group as large as it may be."""
        people, tables = len(self.index.people), self.state.tables
        lp = new_solver()
        columns = len(seats)
        lp.addVars(columns, np.array([float(seat.stays) for seat in seats]), np.ones(columns))
        worth = np.array([seat.worth for seat in seats])
        lp.changeColsCost(columns, np.arange(columns, dtype=np.int32), worth)
        lp.changeObjectiveSense(highspy.ObjSense.kMaximize)
        low = np.array([float(table.low) for table in tables])
        cap = np.array([float(table.cap) for table in tables])
        for rows, lower, upper in (
            ([seat.person for seat in seats], np.zeros(people), np.ones(people)),
            ([seat.table for seat in seats], low, cap),
        ):
            of_row = np.array(rows, np.int32)
            order = np.argsort(of_row, kind="stable").astype(np.int32)
            starts = np.searchsorted(of_row[order], np.arange(len(lower))).astype(np.int32)
            lp.addRows(len(lower), lower, upper, columns, starts, order, np.ones(columns))
        return lp

    def _pairs(self, seats: list[_Seat]) -> list[tuple[int, int]]:
        """Seats in one group for two people who must be kept apart."""
        apart = self.index.apart
        at = {
            (seat.table, seat.person): column
            for column, seat in enumerate(seats)
            if apart[seat.person]
        }
        return [
            (column, at[table, j])
            for (table, i), column in at.items()
            for j in bits(apart[i])
            if i < j and (table, j) in at
        ]


def _keep_apart(lp: highspy.Highs, pairs: list[tuple[int, int]]) -> None:
    whole = sorted({column for pair in pairs for column in pair})
    lp.changeColsIntegrality(
        len(whole),
        np.array(whole, np.int32),
        np.full(len(whole), highspy.HighsVarType.kInteger),
    )
    for name, value in (("presolve", "on"), ("mip_rel_gap", 0.0), ("mip_max_nodes", MOST_NODES)):
        lp.setOptionValue(name, value)
    for pair in pairs:
        lp.addRow(-highspy.kHighsInf, 1.0, 2, np.array(pair, np.int32), np.ones(2))
