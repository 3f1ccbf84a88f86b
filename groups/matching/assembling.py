"""From a state to a proposal: labels, the names of earlier groups, the score."""

from __future__ import annotations

from collections.abc import Mapping

from groups.matching.index import Index, bits
from groups.matching.model import Group, Join, Problem, Score
from groups.matching.rules import fit
from groups.matching.search.labels import best_label
from groups.matching.search.state import State


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
