"""States to begin from: what must stay, earlier proposals, and a finished proposal.

The table of a running group with vacancies has no cell, venue or initiator, and ``low`` 0.
"""

from __future__ import annotations

from groups.matching.index import Index
from groups.matching.model import Group, OpenGroup, Proposal
from groups.matching.search.ruin_and_recreate import Search
from groups.matching.search.state import State, Table


def must_stay(index: Index, move_cost: float) -> State:
    """Running groups, and what staff have accepted."""
    base = State(index, move_cost)
    for running in sorted(index.problem.open_groups, key=lambda group: group.id):
        fit = index.welcome(running)
        base.place(Table(fit, 0, running.vacancies, fixed=True, group=running.id), -1)
    for group in sorted(index.problem.previous, key=lambda group: str(group.previous)):
        if group.locked:
            _seat_locked(index, base, str(group.previous), group)
    return base


def _seat_locked(index: Index, state: State, name: str, earlier: Group) -> None:
    """Keep what staff accepted, whether or not it is still possible."""
    rules = index.problem.rules
    cell = index.cell_number[earlier.key.centre, earlier.key.slot]
    stays = present_of(index, earlier) & state.free
    venue = index.venue_number.get(earlier.venue, -1)
    leader = index.initiator_number.get(earlier.initiator, -1)
    able, size = 0, 0
    if venue >= 0:
        able = index.able(index.venues[venue].features)
        size = min(rules.max_size, index.venues[venue].capacity)
        if not state.open_venues[cell] >> venue & 1:
            venue = -1
    table = Table(
        fit=index.accepting(earlier.key) & able,
        low=0,
        cap=max(size, stays.bit_count()),
        cell=cell,
        language=earlier.key.language,
        venue=venue,
        fixed=True,
        group=name,
        stays=stays,
    )
    state.seat(state.place(table, leader), stays)


def seat_earlier(search: Search, state: State, name: str, earlier: Group, promised: int) -> None:
    """Start from an earlier proposal, as far as its people, venue and initiator are still there.

    A group that has become too small takes in people whom no earlier proposal promised a place.
    """
    index, key = search.index, earlier.key
    if not index.knows(key):
        return
    cell = index.cell_number[key.centre, key.slot]
    here = {
        index.venues[host.venue].id: host
        for host in index.hosts[cell]
        if state.open_venues[cell] >> host.venue & 1
    }
    fit = index.accepting(key)
    present = present_of(index, earlier) & fit & state.free
    host = here.get(earlier.venue) or search.greedy.best_host(state, cell, present)
    if host is None:
        return
    fit &= host.able
    low = index.problem.rules.min_size
    members = search.greedy.choose(present & fit, 0, host.size, 0.0)
    if members.bit_count() < low:
        others = fit & state.free & ~promised
        missing = low - members.bit_count()
        members |= search.greedy.choose(others & ~members, members, missing, 0.0)
    if members.bit_count() < low:
        return
    leader = state.leader_for(cell, key.language, earlier.initiator)
    if leader is None:
        return
    table = Table(
        fit=fit,
        low=low,
        cap=host.size,
        cell=cell,
        language=key.language,
        venue=host.venue,
        group=name,
        liked=present_of(index, earlier),
    )
    state.seat(state.place(table, leader), members)


def present_of(index: Index, earlier: Group) -> int:
    """The members of an earlier proposal who still wait."""
    return index.mask_of(earlier.members)


def state_of(index: Index, proposal: Proposal) -> State:
    """The proposal's groups, joins, venues and initiators; whoever has no place is free.

    Tables stand in the order of ``Problem.open_groups`` and then of ``Proposal.groups``. Whatever
    the proposal names that the problem no longer has is left out.
    """
    state = State(index, 0.0)
    joiners: dict[str, list[str]] = {}
    for join in proposal.joins:
        joiners.setdefault(join.group, []).append(join.participant)
    for running in index.problem.open_groups:
        _seat_running(index, state, running, joiners.get(running.id, []))
    for group in proposal.groups:
        _seat_group(index, state, group)
    return state


def _seat_running(index: Index, state: State, running: OpenGroup, joiners: list[str]) -> None:
    table = Table(index.welcome(running), 0, running.vacancies, fixed=True, group=running.id)
    state.seat(state.place(table, -1), index.mask_of(joiners))


def _seat_group(index: Index, state: State, group: Group) -> None:
    key, rules = group.key, index.problem.rules
    members = index.mask_of(group.members)
    if not index.knows(key):
        state.free &= ~members
        state.place(Table(0, 0, 0, fixed=True), -1)
        return
    cell = index.cell_number[key.centre, key.slot]
    venue = index.venue_number.get(group.venue, -1)
    leader = index.initiator_number.get(group.initiator, -1)
    able = index.able(index.venues[venue].features) if venue >= 0 else 0
    room = min(rules.max_size, index.venues[venue].capacity) if venue >= 0 else 0
    table = Table(
        fit=index.accepting(key) & able,
        low=rules.min_size,
        cap=max(room, len(group.members)),
        cell=cell,
        language=key.language,
        venue=venue,
        fixed=group.locked,
        stays=members if group.locked else 0,
    )
    state.seat(state.place(table, leader), members & state.free)
