"""Solve one list: start, improve, choose the members, and put the answer into words.

The steps in order: ``search.starting`` (what must stay, earlier proposals), ``improving`` (prices,
diving, search, proof; window by window on a long list), ``linear.members`` (who sits where),
``assembling`` (the best label for each group) and ``explaining.reasons``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from groups.matching.assembling import assemble, score
from groups.matching.explaining.reasons import explanations
from groups.matching.improving.combined import improve
from groups.matching.improving.windows import Tell, improve_in_windows
from groups.matching.index import Index
from groups.matching.linear.members import choose_members
from groups.matching.model import Effort, Objective, Problem, Proposal
from groups.matching.search.ruin_and_recreate import Search
from groups.matching.search.starting import must_stay, seat_earlier

LONG_LIST = 1500  # people; beyond that, window by window


def solve(
    problem: Problem,
    *,
    objective: Objective,
    effort: Effort,
    stability: str,
    processes: int,
    tell: Tell,
) -> Proposal:
    """The best groups found, with a reason for everybody who has no place; not yet checked."""
    index = Index(problem, objective)
    search = Search(index, effort)
    base = must_stay(index, objective.move_cost)
    earlier = {str(group.previous): group for group in problem.previous}
    promised = 0
    for group in problem.previous:
        promised |= index.mask_of(group.members)
    state = base.copy()
    for name in sorted(earlier):
        if not earlier[name].locked:
            seat_earlier(search, state, name, earlier[name], promised)
    search.extend(state)
    tell("first", 0, 1, state.placed)
    keep = stability == "keep" and any(not group.locked for group in problem.previous)
    if len(index.people) > LONG_LIST:
        bound, steps = improve_in_windows(
            base, state, objective, effort, keep=keep, processes=processes, tell=tell
        )
        search.extend(state)
    else:
        bound = improve(base, state, search, effort, keep=keep, go_on=partial(tell, "search"))
        steps = search.steps
    choose_members(index, state, earlier, keep=stability == "keep")
    groups, joins = assemble(index, state, earlier)
    bare = Proposal(groups, joins, (), score(index, groups, joins), bound, steps)
    return replace(bare, unplaced=tuple(explanations(index, bare)))
