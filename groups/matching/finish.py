"""From a state to a proposal: the best labels, the names of earlier groups, the score."""

from __future__ import annotations

from collections.abc import Mapping

from .index import Index, bits
from .model import GENDERS, KINDS, ROLES, Group, GroupKey, Join, Problem, Score
from .rules import fit
from .state import State


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
