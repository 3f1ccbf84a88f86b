"""A good start: groups that the prices choose again and again, fixed little by little.

The subgradient's own choices, averaged over rounds, stand for a solution of the linear program that
need not be solved (Barahona and Anbil 2000). The options chosen most are opened, what they take is
gone, the prices are mended in a few rounds, and so on (as Caprara, Fischetti and Toth 1999 do for
set covering).
"""

from __future__ import annotations

import numpy as np

from .relaxation import OUT_OF_REACH, Prices, Relaxation, bit_array
from .search import Search
from .state import State

STEPS = 25
ROUNDS = 12
FIRST_STEP = 0.15
SHARE = 0.12  # of the groups that are chosen now, fixed in a step
FEWEST = 10


def plunge(base: State, relaxation: Relaxation, prices: Prices, search: Search) -> State:
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
        people = search.moves.choose(people, 0, size, 0.0)
        if people.bit_count() < r.low:
            continue
        table = state.open(station, size, able, venue)
        if table is not None:
            state.seat(table, people)
            fixed += 1
    return fixed
