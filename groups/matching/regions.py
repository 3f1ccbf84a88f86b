"""The longest lists are solved region by region, each a problem of its own.

A region is a run of neighbouring centres (those that share people come together), with the people
whose home is there. Digital licences, and initiators of digital groups only, are dealt out in turn.
Somebody who accepts centres in two regions is considered in one; that is what the speed costs.
Reasons are then made true of the whole list again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import NamedTuple

from groups.matching.assembling import score
from groups.matching.explaining.near_misses import misses_of
from groups.matching.explaining.reasons import NEAR_MISSES_EACH
from groups.matching.improving.windows import Tell
from groups.matching.improving.workers import workers
from groups.matching.index import Index, bits
from groups.matching.model import Bound, Effort, Explanation, Objective, Problem, Proposal, Venue
from groups.matching.solving import solve

REGION_PEOPLE = 5000
WITHOUT_HOPE = {"not_available", "needs_not_met", "too_few_compatible"}


class Task(NamedTuple):
    """A region as it goes to another process."""

    problem: Problem
    objective: Objective
    effort: Effort
    stability: str


def solve_by_region(
    problem: Problem,
    *,
    objective: Objective,
    effort: Effort,
    stability: str,
    processes: int,
    tell: Tell,
) -> Proposal:
    """A proposal for all, put together from those for the regions; not yet checked."""
    parts = _split(problem)
    solved: list[Proposal] = []
    with workers(processes) as solve_all:
        for first in range(0, len(parts), processes):
            placed = sum(part.score.placed for part in solved)
            go_on = tell("search", first, len(parts), placed)
            # Whoever asks to stop gets what takes no search for the regions that are left.
            hard = effort if go_on else replace(effort, steps_per_person=0, dive=False, passes=0)
            tasks = [
                Task(part, objective, hard, stability) for part in parts[first : first + processes]
            ]
            solved += solve_all(_solve, tasks)
    groups = tuple(group for part in solved for group in part.groups)
    joins = tuple(join for part in solved for join in part.joins)
    index = Index(problem, objective)
    bare = Proposal(groups, joins, (), score(index, groups, joins))
    reasons = {one.participant: one.reasons for part in solved for one in part.unplaced}
    listed = _true_of_all(index, bare, reasons)
    hopeless = sum(bool(WITHOUT_HOPE & set(one.reasons)) for one in listed)
    bound = Bound(len(problem.participants) - hopeless, "people")
    steps = sum(part.steps for part in solved)
    return replace(bare, unplaced=tuple(listed), bound=bound, steps=steps)


def _solve(task: Task) -> Proposal:
    return solve(**task._asdict(), processes=1, tell=lambda *_: True)


def _true_of_all(
    index: Index, proposal: Proposal, reasons: dict[str, tuple[str, ...]]
) -> list[Explanation]:
    """Everybody without a place, with reasons and near misses that hold for the whole list."""
    free = index.unplaced(proposal)
    low = index.problem.rules.min_size
    listed = []
    for i in bits(free):
        person = index.people[i]
        found = reasons[person.id]
        if "too_few_compatible" in found or "needs_not_met" in found:
            best = misses_of(index, index.everyone, person)
            if best and best[0].have >= low:
                found = ("placed_elsewhere",)
        misses = tuple(misses_of(index, free, person)[:NEAR_MISSES_EACH])
        listed.append(Explanation(person.id, found, misses))
    return listed


def _split(problem: Problem) -> list[Problem]:
    """The regions' problems. Every person, venue, initiator and group is in exactly one."""
    centre_region = _regions_of_centres(problem)
    count = 1 + max(centre_region.values(), default=0)
    home = _homes(problem, centre_region, count)
    turn = _Turns(count)
    people = defaultdict(list)
    for person in sorted(problem.participants, key=lambda person: person.id):
        people[home[person.id]].append(person)
    venues: dict[int, list[Venue]] = defaultdict(list)
    for venue in sorted(problem.venues, key=lambda venue: venue.id):
        venues[turn.of(venue.centre, centre_region, "licence")].append(venue)
    initiators = defaultdict(list)
    for one in sorted(problem.initiators, key=lambda one: one.id):
        centre = min(one.centres, default=None)
        initiators[turn.of(centre, centre_region, "initiator")].append(one)
    running = defaultdict(list)
    for group in sorted(problem.open_groups, key=lambda group: group.id):
        running[turn.of(group.key.centre, centre_region, "running")].append(group)
    pairs = defaultdict(list)
    for pair in sorted(problem.keep_apart):
        for region in {home[id_] for id_ in pair if id_ in home}:
            pairs[region].append(pair)
    parts = []
    for region in range(count):
        centres = {centre for centre, number in centre_region.items() if number == region}
        parts.append(
            replace(
                problem,
                centres=tuple(sorted(centres)),
                participants=tuple(
                    replace(p, centres=tuple(c for c in p.centres if c in centres))
                    for p in people[region]
                ),
                venues=tuple(venues[region]),
                initiators=tuple(
                    replace(one, centres=tuple(c for c in one.centres if c in centres))
                    for one in initiators[region]
                ),
                open_groups=tuple(running[region]),
                keep_apart=tuple(pairs[region]),
            )
        )
    return parts


def _regions_of_centres(problem: Problem) -> dict[str, int]:
    """Centres in regions: from one to the one that shares most people with it, until it is full."""
    living = Counter(person.centres[0] for person in problem.participants if person.centres)
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for person in problem.participants:
        for centre in person.centres[1:]:
            shared[person.centres[0]][centre] += 1
            shared[centre][person.centres[0]] += 1
    left = dict.fromkeys(sorted(problem.centres))
    found: dict[str, int] = {}
    region, size = 0, 0
    near: Counter[str] = Counter()
    while left:
        best = max((c for c in near if c in left), key=lambda c: (near[c], c), default=None)
        centre = best if best is not None else next(iter(left))
        del left[centre]
        if size and size + living[centre] > REGION_PEOPLE:
            region, size, near = region + 1, 0, Counter()
        found[centre] = region
        size += living[centre]
        near.update(shared[centre])
    return found


def _homes(problem: Problem, centre_region: dict[str, int], count: int) -> dict[str, int]:
    """Everybody's region: that of their first centre; those without one are dealt out."""
    turn = _Turns(count)
    return {
        person.id: turn.of(next(iter(person.centres), None), centre_region, "person")
        for person in sorted(problem.participants, key=lambda person: person.id)
    }


class _Turns:
    """Deals out what belongs to no centre, one region after the other."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.next: Counter[str] = Counter()

    def of(self, centre: str | None, regions: dict[str, int], what: str) -> int:
        if centre is not None:
            return regions[centre]
        self.next[what] += 1
        return (self.next[what] - 1) % self.count
