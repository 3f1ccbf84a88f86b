"""``python -m bench matching``: how many are placed, beside a bound and beside other ways.

By hand means by theme, first come first served: whoever waited longest picks the hour that suits
most others with the same first theme, and those who waited longest get the places. Greedy opens
the largest group first and fills seats, once. HiGHS gets the compact model, on the first lists and
for so many seconds. Seconds are of processor time, of all processes, for the whole answer with its
bound, explanations and check; memory is that of the largest process.

The table goes to standard output, the picture to ``docs/matching.svg``.
"""

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import process_time

from bench.matching.chart import Bar, bars
from bench.matching.instances import planted, waiting_list
from bench.summary import Finding
from groups.matching import (
    AT_ONCE,
    FULL,
    QUICK,
    Effort,
    Group,
    GroupKey,
    Objective,
    Problem,
    check,
    propose_groups,
)
from groups.matching.explaining.near_misses import misses_of
from groups.matching.explaining.reasons import explanations
from groups.matching.index import Index
from groups.matching.linear.branch_and_bound import CompactModel
from groups.matching.linear.columns import Master
from groups.matching.linear.relaxation import Relaxation
from groups.matching.search.starting import must_stay
from groups.matching.search.state import State, Table

COLUMNS = (
    "by hand", "greedy", "HiGHS", "placed", "bound", "ratio", "days", "by hand", "seconds", "MiB",
)  # fmt: skip
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "matching.svg"
HIGHS_SECONDS = 10
PROCESSES = 2


@dataclass(frozen=True)
class Case:
    """A list to solve. ``highs``: also by HiGHS on the compact model."""

    name: str
    make: partial[Problem]
    effort: Effort = FULL
    highs: bool = False


@dataclass(frozen=True)
class Row:
    """What became of it. Days of waiting are of those who are placed."""

    name: str
    by_hand: int
    greedy: int
    highs: int | None
    placed: int
    bound: int
    days: int
    days_by_hand: int
    seconds: float
    memory: int


def run() -> list[Finding]:
    """Print one line a list, and draw the picture."""
    rows = table(cases())
    PICTURE.write_text(
        bars(
            "Placed people, as a share of what is proved to be possible at most",
            ("by hand", "greedy", "LINK"),
            [
                Bar(
                    row.name, [n / max(1, row.bound) for n in (row.by_hand, row.greedy, row.placed)]
                )
                for row in rows
            ],
        ),
        encoding="utf-8",
    )
    a_day_later()
    explaining()
    return findings(rows)


def run_quickly() -> list[Finding]:
    """Three lists, and no picture."""
    few = [Case(f"{number} people", partial(waiting_list, number), QUICK) for number in (50, 300)]
    thousand = partial(waiting_list, 1000, centres=16)
    return findings(table([*few, Case("1,000 at 16 centres, quick", thousand, QUICK)]))


def table(wanted: Iterable[Case]) -> list[Row]:
    print(f"{'list':34}" + "".join(f"{name:>9}" for name in COLUMNS))
    rows = []
    for case in wanted:
        # A process of its own, for its memory.
        with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
            row = pool.submit(measure, case).result()
        rows.append(row)
        highs = "" if row.highs is None else row.highs
        print(
            f"{row.name:34}{row.by_hand:>9}{row.greedy:>9}{highs:>9}{row.placed:>9}{row.bound:>9}"
            f"{row.placed / max(1, row.bound):>9.3f}{row.days:>9}{row.days_by_hand:>9}"
            f"{row.seconds:>9.2f}{row.memory:>9}",
            flush=True,
        )
    return rows


def findings(rows: list[Row]) -> list[Finding]:
    return [
        Finding(
            f"matching, {row.name}: placed of the bound",
            f"{row.placed / max(1, row.bound):.3f}",
            f"{row.seconds:.2f} s, {row.memory} MiB; by hand {row.by_hand / max(1, row.bound):.3f}",
        )
        for row in rows
    ]


def cases() -> Iterator[Case]:
    """The lists, each with its name and how hard to try."""
    for seed in range(3):
        small = partial(waiting_list, 60, seed=seed, slots_each=6)
        yield Case(f"60 people, list {seed}", small, highs=True)
    yield Case("50 people", partial(waiting_list, 50))
    for seed in range(6):
        yield Case(f"300 at one centre, list {seed}", partial(waiting_list, 300, seed=seed),
                   highs=seed == 0)  # fmt: skip
    few = partial(waiting_list, 300)
    yield Case("300, two rooms", partial(few, rooms=2, licences=1))
    yield Case("300, eight initiators", partial(few, initiators=8))
    yield Case("300, everybody flexible", partial(few, flexible=True, rooms=4))
    yield Case("300, flexible, two rooms", partial(few, flexible=True, rooms=2, licences=1))
    yield Case("300, flexible, few initiators", partial(few, flexible=True, initiators=12))
    yield Case("300, sparse", partial(few, slots_each=2))
    yield Case("300, digital", partial(few, digital=0.45, licences=6))
    yield Case("300, plenty of everything", partial(few, rooms=20, licences=8, initiators=150))
    yield Case("300, groups of exactly seven", partial(few, min_size=7, max_size=7))
    thousand = partial(waiting_list, 1000, centres=16)
    yield Case("1,000 at 16 centres, quick", thousand, QUICK)
    yield Case("1,000 at 16 centres", thousand, highs=True)
    national = partial(waiting_list, 10_000, centres=100)
    yield Case("10,000 at 100 centres, quick", national, QUICK)
    yield Case("10,000 at 100 centres", national)
    yield Case("10,000, all can be placed", partial(planted, 10_000))
    yield Case("100,000, all can be placed", partial(planted, 100_000))


def measure(case: Case) -> Row:
    """Solve one list in every way."""
    problem = case.make()
    start = _seconds()
    proposal = propose_groups(problem, effort=case.effort, processes=PROCESSES)
    seconds = _seconds() - start
    memory = max(getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN)) // 1024
    score, bound = proposal.score, proposal.bound
    if bound is None or check(problem, proposal):
        raise AssertionError(case.name)
    # The other ways have no way to go region by region.
    huge = len(problem.participants) > 20_000
    hand, hand_days = (0, 0) if huge else by_hand(problem)
    greedy = propose_groups(problem, effort=AT_ONCE).score.placed
    highs = compact(problem) if case.highs else None
    return Row(
        case.name, hand, greedy, highs, score.placed, bound.value, score.waiting_days, hand_days,
        seconds, memory,
    )  # fmt: skip


def _seconds() -> float:
    children = getrusage(RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def compact(problem: Problem) -> int:
    """How many HiGHS places on the compact model in the seconds that it is given."""
    index = Index(problem, Objective())
    relaxation = Relaxation(index, must_stay(index, 0.0))
    model = CompactModel(Master(index, relaxation), list(range(len(relaxation.stations))))
    program = model.program(-1.0)
    program.setOptionValue("time_limit", float(HIGHS_SECONDS))
    program.run()
    return max(0, int(program.getInfo().objective_function_value))


def by_hand(problem: Problem) -> tuple[int, int]:
    """How many get a place when staff work through the list from the top, and their days."""
    index = Index(problem, Objective())
    state = State(index, 0.0)
    oldest = sorted(range(len(index.people)), key=lambda i: (index.people[i].waiting_since, i))
    for i in oldest:
        if not state.free >> i & 1:
            continue
        person = index.people[i]
        narrow = replace(person, topics=person.topics[:1], any_topic=False)
        for miss in misses_of(index, state.free, narrow):
            if miss.missing or _opened(index, state, miss.key, oldest):
                break
    for group in problem.open_groups:
        welcome = index.welcome(group) & state.free
        newcomers = [i for i in oldest if welcome >> i & 1][: group.vacancies]
        table = state.place(Table(welcome, 0, group.vacancies, group=group.id), -1)
        state.seat(table, sum(1 << i for i in newcomers))
    days = sum(index.days[i] for i in oldest if not state.free >> i & 1)
    return len(index.people) - state.free.bit_count(), days


def _opened(index: Index, state: State, key: GroupKey, oldest: list[int]) -> bool:
    """Open the group in the first venue and with the first initiator that are free."""
    cell = index.cell_number[key.centre, key.slot]
    leader = next(
        (
            number
            for number in index.leaders.get((key.centre, key.language, key.slot), [])
            if not state.is_busy(number, key.slot) and state.load[number] < index.capacity[number]
        ),
        None,
    )
    for host in index.hosts[cell]:
        people = index.accepting(key) & state.free & host.able
        chosen = [i for i in oldest if people >> i & 1 and not index.apart[i] & people]
        if leader is None or not state.open_venues[cell] >> host.venue & 1:
            continue
        if len(chosen) >= index.problem.rules.min_size <= host.size:
            table = Table(people, 0, host.size, cell, key.language, host.venue)
            state.seat(state.place(table, leader), sum(1 << i for i in chosen[: host.size]))
            return True
    return False


def a_day_later() -> None:
    """30 new people and 5 gone: how many keep their proposal, and what that costs."""
    for seed in range(3):
        yesterday = waiting_list(300, seed=seed)
        first = propose_groups(yesterday)
        newcomers = [
            replace(person, id=f"new{person.id}")
            for person in waiting_list(30, seed=100 + seed).participants
        ]
        today = replace(
            yesterday,
            participants=(*yesterday.participants[5:], *newcomers),
            previous=tuple(
                Group(g.key, g.venue, g.initiator, g.members, previous=f"g{number:03}")
                for number, g in enumerate(first.groups)
            ),
        )
        kept = propose_groups(today).score
        fresh = propose_groups(replace(today, previous=())).score
        print(
            f"a day later, list {seed}: {kept.kept_members / kept.previous_members:.2f} keep their"
            f" proposal, {kept.placed} placed, from scratch {fresh.placed}"
            f" ({kept.placed / fresh.placed:.3f})"
        )


def explaining() -> None:
    """How long the explanations of a list of 300 take."""
    problem = waiting_list(300)
    index = Index(problem, Objective())
    proposal = propose_groups(problem, effort=Effort(steps_per_person=0))
    start = process_time()
    count = len(explanations(index, proposal))
    print(f"{count} explanations at 300: {process_time() - start:.3f} s")
