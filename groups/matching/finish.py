"""From a state to a proposal: the right members, the best label, the names of earlier groups."""

from __future__ import annotations

from collections.abc import Mapping

from .index import Index, bits
from .model import GENDERS, KINDS, ROLES, Group, GroupKey, Join, Problem, Score
from .moves import MOST_TABLES_FOR_CHAINS
from .rules import fit
from .state import State


def prefer_long_waits(index: Index, state: State) -> None:
    """With the groups as they are, give the places to those who waited longest.

    The people who can be seated at given tables form a transversal matroid, so exchanging along
    alternating chains, longest wait first, ends at the most waiting days (Edmonds and Fulkerson
    1965); keep-apart pairs may block a chain.
    """
    days = index.days
    for person in sorted(bits(state.free), key=lambda i: (-days[i], i)):
        path = _eviction(index, state, person)
        for leaver, here, there in reversed(path):
            if here >= 0:
                state.unseat(here, 1 << leaver)
            if there >= 0:
                state.seat(there, 1 << leaver)


def _eviction(index: Index, state: State, person: int) -> list[tuple[int, int, int]]:
    """Moves (who, from, to) that seat the person and free whoever waited least, if less."""
    days, tables, members = index.days, state.tables, state.members
    chains = len(tables) <= MOST_TABLES_FOR_CHAINS
    bit = 1 << person
    reached = [
        n
        for n, table in enumerate(tables)
        if table.fit & bit and state.at_peace(members[n], person)
    ]
    via: dict[int, tuple[int, int]] = {}
    seen = set(reached)
    shortest, loser, where = days[person], -1, -1
    for number in reached:
        table = tables[number]
        for i in bits(members[number] & ~table.stays & ~table.liked):
            if days[i] < shortest:
                shortest, loser, where = days[i], i, number
        if not chains:
            continue
        for other, there in enumerate(tables):
            if other in seen:
                continue
            movable = members[number] & ~table.stays & ~table.liked & there.fit
            mover = next((j for j in bits(movable) if state.at_peace(members[other], j)), None)
            if mover is not None:
                via[other] = (number, mover)
                seen.add(other)
                reached.append(other)
    if loser < 0:
        return []
    path = [(loser, where, -1)]
    while where in via:
        before, mover = via[where]
        path.append((mover, before, where))
        where = before
    path.append((person, -1, where))
    return path[::-1]


def assemble(
    index: Index, state: State, earlier: Mapping[str, Group]
) -> tuple[tuple[Group, ...], tuple[Join, ...]]:
    """The groups and joins of a state, in an order that depends on nothing but themselves."""
    groups, joins = [], []
    for table, people, leader in zip(state.tables, state.members, state.leaders, strict=True):
        members = tuple(index.people[i].id for i in bits(people))
        if table.cell < 0:
            joins += [Join(str(table.group), member) for member in members]
        elif table.group is not None:
            before = earlier[table.group]
            groups.append(
                Group(
                    before.key,
                    before.venue if before.locked else index.venues[table.venue].id,
                    before.initiator if before.locked else index.initiators[leader].id,
                    members,
                    table.group,
                    before.locked,
                )
            )
        else:
            key = best_label(index, table.cell, table.language, people)
            venue = index.venues[table.venue].id
            groups.append(Group(key, venue, index.initiators[leader].id, members))
    groups = _name_continued(groups, earlier)
    groups.sort(key=lambda g: (g.key.slot, g.key.centre or "", g.venue, g.members))
    joins.sort(key=lambda join: (join.group, join.participant))
    return tuple(groups), tuple(joins)


def best_label(index: Index, cell: int, language: str, people: int) -> GroupKey:
    """The key that all of the people accept and like best; without an age band if possible."""
    pool, slot = index.cells[cell]
    return GroupKey(
        format="digital" if pool is None else "physical",
        centre=pool,
        kind=next(kind for kind in reversed(KINDS) if not people & ~index.of_kind[kind]),
        topic=_best_topic(index, people)[1],
        role=next(role for role in ROLES if not people & ~index.in_role[role]),
        gender=next(one for one in reversed(GENDERS) if not people & ~index.of_gender[one]),
        age_band=next(band for band, mask in index.in_band.items() if not people & ~mask),
        language=language,
        slot=slot,
    )


def label_fit(index: Index, cell: int, people: int) -> int:
    """What the best label is worth to the people, as ``rules.fit`` counts it."""
    pool = index.cells[cell][0]
    return _best_topic(index, people)[0] + (people & index.at_home[pool]).bit_count()


def _best_topic(index: Index, people: int) -> tuple[int, str | None]:
    """Of the topics that all accept the one most of them put first, and its worth."""
    best: tuple[int, str | None] = (0, None)
    if index.problem.rules.allow_open_theme and not people & ~index.on_topic[None]:
        best = (people.bit_count(), None)
    for topic, mask in index.on_topic.items():
        if topic is not None and not people & ~mask:
            first = (people & index.topic_first[topic]).bit_count()
            second = (people & index.topic_second[topic]).bit_count()
            worth = people.bit_count() + 2 * first + second
            if worth > best[0] or (best[1] is None and worth == best[0]):
                best = (worth, topic)
    return best


def _name_continued(groups: list[Group], earlier: Mapping[str, Group]) -> list[Group]:
    """A group at the hour of an earlier proposal with most of its members continues it."""
    named = {group.previous for group in groups}
    for name in sorted(earlier):
        before = earlier[name]
        if name in named:
            continue
        for number, group in enumerate(groups):
            shared = len(set(group.members) & set(before.members))
            same_hour = (group.key.centre, group.key.slot) == (before.key.centre, before.key.slot)
            if group.previous is None and same_hour and 2 * shared > len(before.members):
                groups[number] = Group(group.key, group.venue, group.initiator, group.members, name)
                break
    return groups


def score(index: Index, groups: tuple[Group, ...], joins: tuple[Join, ...]) -> Score:
    """The three aims, and how many of an earlier proposal's members keep it."""
    problem: Problem = index.problem
    keys = {group.id: group.key for group in problem.open_groups}
    placed = [(member, group.key) for group in groups for member in group.members]
    placed += [(join.participant, keys[join.group]) for join in joins]
    seats = [(index.position[member], key) for member, key in placed if member in index.position]
    now = {(group.previous, member) for group in groups for member in group.members}
    before = [(group.previous, member) for group in problem.previous for member in group.members]
    return Score(
        placed=len(placed),
        waiting_days=sum(index.days[i] for i, _ in seats),
        fit=sum(fit(index.people[i], key) for i, key in seats),
        kept_members=sum(pair in now for pair in before),
        previous_members=len(before),
    )
