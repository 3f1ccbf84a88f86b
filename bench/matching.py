"""``python -m bench.matching``: how many are placed, beside a bound and beside work by hand.

By hand means by theme, first come first served: whoever waited longest picks the hour that suits
most others with the same first theme, and those who waited longest get the places. Seconds are of
processor time for the whole answer, with its bound, explanations and check.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from resource import RUSAGE_SELF, getrusage
from time import process_time

from bench.instances import waiting_list
from groups.matching import (
    QUICK,
    Effort,
    Group,
    GroupKey,
    Objective,
    Problem,
    check,
    propose_groups,
)
from groups.matching.explain import explanations, misses_of
from groups.matching.index import Index
from groups.matching.state import State, Table

COLUMNS = ("by hand", "placed", "bound", "ratio", "days", "seconds", "MiB")


def run(*, long_lists: bool = False) -> None:
    """Print one line a list."""
    print(f"{'list':32}" + "".join(f"{name:>9}" for name in COLUMNS))
    for name, problem, effort in kinds(long_lists=long_lists):
        hand = by_hand(problem)
        start = process_time()
        proposal = propose_groups(problem, effort=effort)
        seconds = process_time() - start
        score, bound = proposal.score, proposal.bound
        if bound is None or check(problem, proposal):
            raise AssertionError(name)
        print(
            f"{name:32}{hand:>9}{score.placed:>9}{bound.value:>9}"
            f"{score.placed / max(1, bound.value):>9.3f}{score.waiting_days:>9}{seconds:>9.2f}"
            f"{getrusage(RUSAGE_SELF).ru_maxrss // 1024:>9}",
            flush=True,
        )
    a_day_later()
    explaining()


def kinds(*, long_lists: bool) -> Iterator[tuple[str, Problem, Effort]]:
    """The lists, each with its name and how hard to try."""
    usual = Effort()
    for seed in range(3):
        yield f"60 people, list {seed}", waiting_list(60, seed=seed, slots_each=6), usual
    for seed in range(4):
        yield f"300 at one centre, list {seed}", waiting_list(300, seed=seed), usual
    yield "300, two rooms", waiting_list(300, rooms=2, licences=1), usual
    yield "300, eight initiators", waiting_list(300, initiators=8), usual
    yield "300, everybody flexible", waiting_list(300, flexible=True, rooms=4), usual
    yield "300, sparse", waiting_list(300, slots_each=2), usual
    yield "300, digital", waiting_list(300, digital=0.45, licences=6), usual
    plenty = waiting_list(300, rooms=20, licences=8, initiators=150)
    yield "300, plenty of everything", plenty, usual
    yield "300, groups of exactly seven", waiting_list(300, min_size=7, max_size=7), usual
    yield "1,000 at 16 centres", waiting_list(1000, centres=16), usual
    if long_lists:
        national = waiting_list(10_000, centres=100)
        yield "10,000 at 100 centres, quick", national, QUICK
        yield "10,000 at 100 centres", national, usual


def by_hand(problem: Problem) -> int:
    """How many get a place when staff work through the list from the top."""
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
    return len(index.people) - state.free.bit_count()


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


if __name__ == "__main__":
    run(long_lists="--long" in sys.argv)
