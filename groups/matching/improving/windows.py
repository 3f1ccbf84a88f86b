"""Long lists are improved a window at a time: some hundred people around one of those who wait.

Windows overlap and are drawn again, and only a better answer is taken over (POPMUSIC: Taillard and
Voss 2002). The windows of a batch have nothing in common, so they can be solved at the same time,
and the answer is the same if they are not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from groups.matching.improving.combined import take_if_better
from groups.matching.improving.window import MOST_TABLES, Answer, Claims, Window, solve
from groups.matching.improving.workers import workers
from groups.matching.index import Index
from groups.matching.linear.diving import dive_by_prices
from groups.matching.linear.relaxation import Relaxation
from groups.matching.model import Bound, Effort, Objective
from groups.matching.search.labels import best_label
from groups.matching.search.ruin_and_recreate import Search
from groups.matching.search.state import State, Table

WINDOW_PEOPLE = 350  # so many accept the centres of a window
BATCH = 8  # windows with nothing in common

# Stage, units of effort done, units in all, people placed; the answer: whether to go on.
Tell = Callable[[str, int, int, int], bool]


def improve_in_windows(
    base: State,
    state: State,
    objective: Objective,
    effort: Effort,
    *,
    keep: bool,
    processes: int,
    tell: Tell,
) -> tuple[Bound, int]:
    """Improve the state window by window; say how many can be placed at most, and the steps done.

    ``base`` has only the tables that must stay.
    """
    index = state.index
    rng = Random(effort.seed)  # noqa: S311  # repeatable, and no secret
    steps, done = 0, 0
    relaxation = Relaxation(index, base)
    bound, prices = relaxation.improve(effort.rounds, state.placed)
    if not keep and state.placed < bound.value and effort.rounds:
        take_if_better(state, dive_by_prices(base, relaxation, prices, Search(index, effort)))
    del relaxation
    with workers(processes) as solve_all:
        for turn in range(effort.passes):
            regions = _regions(index, state, rng)
            total = len(regions) * effort.passes
            for first in range(0, len(regions), BATCH):
                enough = state.placed >= bound.value
                if enough or not tell("search", done, total, state.placed):
                    return bound, steps
                claims = Claims()
                windows = [
                    Window(index, state, pools, rng, claims, keep=keep)
                    for pools in regions[first : first + BATCH]
                ]
                tasks = [
                    window.task(objective, replace(effort, seed=effort.seed + turn))
                    for window in windows
                ]
                answers = solve_all(solve, tasks)
                _take_over(state, windows, answers)
                done += len(windows)
                steps += sum(answer.steps for answer in answers)
    return bound, steps


def _take_over(state: State, windows: list[Window], answers: list[Answer]) -> None:
    """Put the better answers in the place of the windows' groups."""
    index = state.index
    gone = [
        number
        for window, answer in zip(windows, answers, strict=True)
        if answer.seatings is not None
        for number in window.tables
    ]
    for number in sorted(gone, reverse=True):
        state.close(number)
    venues, leaders = index.venue_number, index.initiator_number
    for window, answer in zip(windows, answers, strict=True):
        for one in answer.seatings or ():
            cell, venue = index.cell_number[one.cell], venues[one.venue]
            members = window.outside(one.members)
            if one.group is None:
                key = best_label(index, cell, one.language, members)
                fit = index.accepting(key) & index.able(index.venues[venue].features)
            else:
                fit = window.outside(one.fit)
            table = Table(
                fit, one.low, one.cap, cell, one.language, venue,
                group=one.group, liked=window.outside(one.liked),
            )  # fmt: skip
            state.seat(state.place(table, leaders[one.leader]), members)


def _regions(index: Index, state: State, rng: Random) -> list[set[str | None]]:
    """Each centre once, with others that share people with it; and the digital pool in parts."""
    left: list[str | None] = [pool for pool in index.pools if pool is not None]
    rng.shuffle(left)
    regions: list[set[str | None]] = []
    while left:
        region = {left.pop()}
        around = index.in_pool[next(iter(region))]
        while left and around.bit_count() < WINDOW_PEOPLE:
            nearest = max(left, key=lambda pool: (index.in_pool[pool] & around).bit_count())
            left.remove(nearest)
            region.add(nearest)
            around |= index.in_pool[nearest]
        regions.append(region | {None})
    digital = sum(1 for table in state.tables if table.cell >= 0 and _is_digital(index, table))
    regions += [{None}] * (1 + digital // MOST_TABLES)
    rng.shuffle(regions)
    return regions


def _is_digital(index: Index, table: Table) -> bool:
    return index.cells[table.cell][0] is None
