"""A finished proposal as a state again, so that one can ask what else would be possible."""

from __future__ import annotations

from .index import Index
from .model import Group, OpenGroup, Proposal
from .state import State, Table


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
    venue = next((n for n, venue in enumerate(index.venues) if venue.id == group.venue), -1)
    leader = next((n for n, one in enumerate(index.initiators) if one.id == group.initiator), -1)
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
