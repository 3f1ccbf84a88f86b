"""How many could be placed at most."""

from __future__ import annotations

from .index import Index
from .model import Bound, Objective, Problem


def upper_bound(problem: Problem) -> Bound:
    """A number of people that no proposal can exceed."""
    return bound(Index(problem, Objective()))


def bound(index: Index) -> Bound:
    """Count who could sit anywhere, and the seats that venues, initiators and vacancies give."""
    rules = index.problem.rules
    anywhere = 0
    for station in index.stations:
        if index.leaders_of(station):
            for host in index.hosts[station.cell]:
                if host.size >= rules.min_size:
                    anywhere |= station.people & host.able
    vacancies = 0
    for group in index.problem.open_groups:
        welcome = index.welcome(group)
        anywhere |= welcome
        vacancies += min(group.vacancies, welcome.bit_count())
    locked = 0
    for earlier in index.problem.previous:
        if earlier.locked:
            anywhere |= index.accepting(earlier.key)
            locked += max(0, len(earlier.members) - rules.max_size)
            for member in earlier.members:
                if member in index.position:
                    anywhere |= 1 << index.position[member]
    rooms = sum(host.size for hosts in index.hosts for host in hosts)
    hours = sum(
        min(initiator.capacity, len(set(initiator.slots))) for initiator in index.initiators
    )
    locked_seats = sum(
        max(rules.max_size, len(earlier.members))
        for earlier in index.problem.previous
        if earlier.locked
    )
    seats = min(rooms, hours * rules.max_size) + locked_seats + vacancies
    people = anywhere.bit_count()
    if people <= seats:
        return Bound(people, "people")
    return Bound(seats, "seats")
