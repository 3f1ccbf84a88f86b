"""One more initiator, room or licence: where it would place most people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from groups.matching.index import Index
from groups.matching.model import Effort, Initiator, Objective, Problem, Proposal, Venue
from groups.matching.search.ruin_and_recreate import Search
from groups.matching.search.starting import state_of


@dataclass(frozen=True, slots=True)
class Gain:
    """One more ``resource`` (initiator, room, licence) in the slot would place so many more.

    ``centre`` is None for digital groups.
    """

    resource: str
    centre: str | None
    slot: str
    places: int


def what_more_would_place(problem: Problem, proposal: Proposal, limit: int = 10) -> list[Gain]:
    """One more initiator, room or licence in some slot: where it would place most people.

    Counted by extending the proposal with that resource, nobody losing a place; so it is a number
    that can be reached, not a hope.
    """
    richer, added = _with_resources(problem)
    index = Index(richer, Objective())
    state = state_of(index, proposal)
    leaders = {one.id: n for n, one in enumerate(index.initiators)}
    venues = {one.id: n for n, one in enumerate(index.venues)}
    for id_, (resource, pool, slot) in added.items():
        if resource == "initiator":
            state.load[leaders[id_]] = 1
        else:
            state.open_venues[index.cell_number[pool, slot]] &= ~(1 << venues[id_])
    search = Search(index, Effort())
    waiting = state.free.bit_count()
    start = state.snapshot()
    gains = []
    for id_, (resource, pool, slot) in added.items():
        cell = index.cell_number[pool, slot]
        if not index.in_pool[pool] & index.at_slot[slot] & state.free:
            continue
        if resource == "initiator":
            state.load[leaders[id_]] = 0
            state.forget_vain_searches()
        else:
            state.open_venues[cell] |= 1 << venues[id_]
        search.extend(state)
        places = waiting - state.free.bit_count()
        if places:
            gains.append(Gain(resource, pool, slot, places))
        state.restore(start)
    order = {slot: number for number, slot in enumerate(problem.slots)}
    gains.sort(key=lambda gain: (-gain.places, gain.resource, gain.centre or "", order[gain.slot]))
    return gains[:limit]


def _with_resources(problem: Problem) -> tuple[Problem, dict[str, tuple[str, str | None, str]]]:
    """The problem with one initiator and one venue more in every cell, and what those are."""
    languages = tuple(sorted({one for p in problem.participants for one in p.languages}))
    needs = tuple(sorted({need for p in problem.participants for need in p.needs}))
    added: dict[str, tuple[str, str | None, str]] = {}
    initiators, venues = [], []
    pools: Iterable[str | None] = (*sorted(problem.centres), None)
    for pool in pools:
        for slot in problem.slots:
            kind = "licence" if pool is None else "room"
            name = f"\uffff {pool or ''} {slot}"  # after every other id
            centres = () if pool is None else (pool,)
            initiators.append(Initiator(name, centres, pool is None, languages, (slot,), 1))
            added[name] = ("initiator", pool, slot)
            venues.append(Venue(name + " v", kind, pool, problem.rules.max_size, needs, (slot,)))
            added[name + " v"] = (kind, pool, slot)
    return (
        replace(
            problem,
            initiators=(*problem.initiators, *initiators),
            venues=(*problem.venues, *venues),
        ),
        added,
    )
