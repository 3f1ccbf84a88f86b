"""Diving heuristics: from prices to groups, by fixing what they like best and pricing again.

``dive_by_prices`` needs no linear program. The subgradient's own choices, averaged over rounds,
stand for its solution (Barahona and Anbil 2000). The options chosen most are opened, what they
take is gone, the prices are mended in a few rounds, and so on (as Caprara, Fischetti and Toth 1999
do for set covering).

``dive_in_program`` fixes the group that the linear program likes best, solves again, and so on
until no group is left in parts (Sadykov, Vanderbeck and others 2019).
"""

from __future__ import annotations

import numpy as np

from groups.matching.linear.columns import LEAST_GAIN, Column, Master, Solution
from groups.matching.linear.relaxation import OUT_OF_REACH, Prices, Relaxation, bit_array
from groups.matching.search.ruin_and_recreate import Search
from groups.matching.search.state import State

STEPS = 25
ROUNDS = 12
FIRST_STEP = 0.15
SHARE = 0.12  # of the groups that are chosen now, fixed in a step
FEWEST = 10
ROUNDS_IN_PROGRAM = 2
FIX_AT = 0.99  # of a group: so much of it is in the solution, and it is fixed with the best


def dive_by_prices(base: State, relaxation: Relaxation, prices: Prices, search: Search) -> State:
    """A state with the groups that were fixed, and whatever could be opened after them."""
    state = base.copy()
    r = relaxation
    for _ in range(STEPS):
        fixed = _fix(state, r, prices, search)
        if not fixed:
            break
        r.take(state)
        _, prices = r.improve(ROUNDS, 0, prices, FIRST_STEP)
    search.extend(state)
    return state


def _fix(state: State, r: Relaxation, prices: Prices, search: Search) -> int:
    """Open groups at the options that are chosen most; return how many."""
    index = state.index
    profit = 1.0 - prices.people
    profit[~bit_array(state.free, r.count)] = -OUT_OF_REACH
    offer = r.price(profit, prices)
    order = np.lexsort((-offer.gain, -r.chosen))
    wanted = max(FEWEST, int(SHARE * r.chosen.sum()))
    fixed = 0
    for option in order.tolist():
        if fixed >= wanted or r.chosen[option] < 0.01:
            break
        people = sum(1 << i for i in r.members(offer, option).tolist())
        if people & ~state.free:
            continue
        station = r.stations[option]
        cell, size, able = r.sorts[int(r.sort_of[option])]
        venue = next(
            (
                host.venue
                for host in index.hosts[cell]
                if (host.size, host.able) == (size, able)
                and state.open_venues[cell] >> host.venue & 1
            ),
            None,
        )
        if venue is None or (station.cell, station.language) in state.vain:
            continue
        people = search.greedy.choose(people, 0, size, 0.0)
        if people.bit_count() < r.low:
            continue
        table = state.open(station, size, able, venue)
        if table is not None:
            state.seat(table, people)
            fixed += 1
    return fixed


def dive_in_program(master: Master, solution: Solution) -> list[Column]:
    """Fix groups one by one, as the program likes them; the groups and newcomers in the end."""
    fixed: list[int] = []
    used = solution.used
    while True:
        parts = [
            (-used[j], j)
            for j in np.flatnonzero(used > LEAST_GAIN).tolist()
            if master.columns[j].option >= 0 and j not in fixed
        ]
        if not parts:
            break
        parts.sort()
        chosen = [j for share, j in parts if -share >= FIX_AT] or [parts[0][1]]
        for j in chosen:
            master.lp.changeColBounds(master.first + j, 1.0, 1.0)
        fixed += chosen
        gone = np.array(sorted(i for j in fixed for i in master.columns[j].people), np.int64)
        found = master.relax(ROUNDS_IN_PROGRAM, gone)
        if found is None:
            break
        used = found.used
    newcomers = [j for j in np.flatnonzero(used > 0.5).tolist() if master.columns[j].option < 0]
    return [master.columns[j] for j in fixed + newcomers]


def seat_columns(state: State, relaxation: Relaxation, columns: list[Column]) -> None:
    """Open the groups in a state, as far as they go together, and seat the newcomers."""
    index, r = state.index, relaxation
    for column in columns:
        people = sum(1 << i for i in column.people)
        if people & ~state.free:
            continue
        if column.option < 0:
            table = -1 - column.option
            if all(state.at_peace(state.members[table], i) for i in column.people):
                state.seat(table, people)
            continue
        station = r.stations[column.option]
        cell, size, able = r.sorts[int(r.sort_of[column.option])]
        for host in index.hosts[cell]:
            if (host.size, host.able) == (size, able) and state.open_venues[cell] >> host.venue & 1:
                number = state.open(station, size, able, host.venue)
                if number is not None:
                    state.seat(number, people)
                break
