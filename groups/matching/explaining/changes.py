"""The single changes that would give a place to somebody who has none.

Counted on a finished proposal, groups and keep-apart pairs included, and true of it alone. A
keep-apart pair is never the reason of anything said here: such a possibility is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from groups.matching.explaining.near_groups import Candidate
from groups.matching.explaining.near_misses import misses_of
from groups.matching.explaining.questions import FIELDS, Question, question_for
from groups.matching.index import Index
from groups.matching.model import (
    EITHER,
    KINDS,
    GroupKey,
    Objective,
    Participant,
    Problem,
    Proposal,
)
from groups.matching.search.starting import state_of
from groups.matching.search.state import State


@dataclass(frozen=True, slots=True)
class Change:
    """What would place somebody: a yes to ``question``.

    ``others`` people would sit with them, in the proposed group with number ``group`` (from 0), in
    the open group ``running``, or, where both are None, in a new group of the free people.
    """

    question: Question
    key: GroupKey
    others: int
    group: int | None = None
    running: str | None = None


def possible_changes(problem: Problem, proposal: Proposal, participant: str) -> list[Change]:
    """Every single change that would place somebody, what asks least first.

    Nothing for those who have a place, or who are not on the list.
    """
    index = Index(problem, Objective())
    state = state_of(index, proposal)
    number = index.position.get(participant)
    if number is None or not state.free >> number & 1:
        return []
    found: dict[Question, Change] = {}
    for change in [*_seats(index, state, proposal, number), *_openings(index, state, number)]:
        known = found.get(change.question)
        if known is None or change.others > known.others:
            found[change.question] = change
    return sorted(
        found.values(),
        key=lambda change: (FIELDS.index(change.question.field), -change.others, str(change.key)),
    )


def _seats(index: Index, state: State, proposal: Proposal, number: int) -> Iterator[Change]:
    """Seats left in groups that the person misses by one field."""
    problem, person = index.problem, index.people[number]
    running = len(problem.open_groups)
    offers = [(group.key, group.features) for group in problem.open_groups]
    features = {venue.id: venue.features for venue in problem.venues}
    offers += [(group.key, features.get(group.venue, ())) for group in proposal.groups]
    for table, (key, offered) in enumerate(offers):
        members = state.members[table]
        if members.bit_count() >= state.tables[table].cap or index.apart[number] & members:
            continue
        if not set(person.needs) <= set(offered):
            continue
        if table < running and index.is_apart_from_any(number, problem.open_groups[table].members):
            continue
        question = question_for(person, key, problem)
        if question is None:
            continue
        if table < running:
            group = problem.open_groups[table]
            others = len(group.members) + members.bit_count()
            yield Change(question, key, others, running=group.id)
        else:
            yield Change(question, key, members.bit_count(), group=table - running)


def _openings(index: Index, state: State, number: int) -> Iterator[Change]:
    """New groups of free people, as soon as this person wished one thing more."""
    person = index.people[number]
    bit = 1 << number
    for field, changed in _wishing_more(person, index.problem):
        for miss in misses_of(index, state.free, changed):
            if miss.missing:
                break
            question = question_for(person, miss.key, index.problem)
            if question is None or question.field != field:
                continue
            near = Candidate(index, state, miss.key, bit)
            if near.people >> number & 1 and not near.lacks:
                yield Change(question, miss.key, near.people.bit_count() - 1)
                break


def _wishing_more(person: Participant, problem: Problem) -> Iterator[tuple[str, Participant]]:
    """The person as they would be with one wish more, or one wish less."""
    for slot in problem.slots:
        if slot not in person.slots:
            yield "slot", replace(person, slots=(slot,))
    for topic in problem.topics:
        if topic not in person.topics:
            yield "topic", replace(person, topics=(topic,), any_topic=False)
    if not person.any_topic and problem.rules.allow_open_theme:
        yield "topic", replace(person, topics=(), any_topic=True)
    for kind in KINDS:
        if person.kind not in (kind, EITHER):
            yield "kind", replace(person, kind=kind)
    for form in ("physical", "digital"):
        if person.format not in (form, EITHER):
            yield "format", replace(person, format=form)
    if person.format != "digital":
        for centre in problem.centres:
            if centre not in person.centres:
                yield "centre", replace(person, centres=(centre,), format="physical")
    if person.role_wish != "any":
        yield "role", replace(person, role_wish="any")
    if person.gender_wish != "any":
        yield "gender", replace(person, gender_wish="any")
    if person.age_wish is not None:
        yield "age_band", replace(person, age_wish=None)
    spoken = {one for initiator in problem.initiators for one in initiator.languages}
    for language in sorted(spoken - set(person.languages)):
        yield "language", replace(person, languages=(language,))
