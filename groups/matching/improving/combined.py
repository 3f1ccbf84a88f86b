"""Improve a whole list, or one window of a long one: prices, a dive, a search, and the proof.

The linear program says where groups are worth having and how many can be placed at most; diving
gives a start that the search seldom finds by itself; the search removes what the dive did not see.
On a short list branch and bound ends the matter.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor

from groups.matching.index import bits
from groups.matching.linear.branch_and_bound import NEARLY, better_columns
from groups.matching.linear.columns import WORTH_OF_WAITING, Column, Master, Solution
from groups.matching.linear.diving import dive_by_prices, dive_in_program, seat_columns
from groups.matching.linear.relaxation import Relaxation
from groups.matching.model import Bound, Effort
from groups.matching.search.ruin_and_recreate import Search
from groups.matching.search.state import State

SHORT_LIST = 60
# On a short list a day less of waiting is worth more than the tolerances of the linear program.
WORTH_OF_WAITING_SHORT = 0.5
MOST_NODES = 1000  # of branch and bound, to seat one more
MOST_NODES_FOR_DAYS = 60  # and to seat those who waited longer


def improve(
    base: State,
    state: State,
    search: Search,
    effort: Effort,
    *,
    keep: bool = False,
    go_on: Callable[[int, int, int], bool],
) -> Bound:
    """Leave ``state`` at the best that was found, and say how many can be placed at most.

    ``base`` has only the tables that must stay. With ``keep`` earlier groups stay as well, but for
    the few that the search may let go. ``go_on`` is asked now and then, see ``Search.improve``.
    """
    index = state.index
    count = len(index.people)
    short = count <= SHORT_LIST
    relaxation = Relaxation(index, base)
    bound, prices = relaxation.improve(effort.rounds, state.placed)
    if not keep and state.placed < bound.value:
        take_if_better(state, dive_by_prices(base, relaxation, prices, search))
        relaxation = Relaxation(index, base)
    master, solution = None, None
    if effort.dive and relaxation.stations and (short or bound.value > state.placed):
        worth = WORTH_OF_WAITING_SHORT if short else WORTH_OF_WAITING
        master = Master(index, relaxation, worth)
        master.begin(prices)
        solution = master.relax()
    if master is not None and solution is not None:
        prices = solution.prices
        most = floor(master.limit(solution) + 1e-6) + relaxation.held
        if most < bound.value:
            bound = Bound(most, "linear")
        if not keep and state.placed < bound.value:
            take_if_better(
                state, _seated(base, relaxation, dive_in_program(master, solution), search)
            )
    search.improve(state, keep=keep, core=relaxation.core(prices), bound=bound.value, go_on=go_on)
    if short and not keep and master is not None and solution is not None:
        bound = _prove(base, state, search, master, solution, bound)
    return bound


def take_if_better(state: State, other: State) -> None:
    """Go over to the other state where that places more, or those who waited longer."""
    if other.rank > state.rank:
        state.restore(other.snapshot())


def _seated(base: State, relaxation: Relaxation, columns: list[Column], search: Search) -> State:
    state = base.copy()
    seat_columns(state, relaxation, columns)
    search.extend(state)
    return state


def _prove(
    base: State, state: State, search: Search, master: Master, solution: Solution, bound: Bound
) -> Bound:
    """The best answer to a short list, where branch and bound ends."""
    relaxation = master.relaxation

    def better(known: float, most_nodes: int) -> bool:
        columns, ended = better_columns(master, solution, known, most_nodes)
        if columns:
            take_if_better(state, _seated(base, relaxation, columns, search))
        return ended

    if bound.value > state.placed:
        # Whoever seats one more is worth at least one more.
        one_more = base.free.bit_count() - state.free.bit_count() + 1.0
        if better(one_more - 2 * NEARLY, MOST_NODES):
            bound = Bound(state.placed, "exact")
    better(float(sum(master.worth[i] for i in bits(base.free & ~state.free))), MOST_NODES_FOR_DAYS)
    return bound
