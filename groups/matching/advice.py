"""What would help: one person's smallest change, groups that nearly came about, one more resource.

Everything is counted on a finished proposal, groups and keep-apart pairs included, and is true of
it alone. People are named by id and to staff only; a keep-apart pair is never the reason of
anything said here, such a possibility is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .explain import misses_of
from .index import Index, bits
from .model import (
    EITHER,
    KINDS,
    Effort,
    GroupKey,
    Initiator,
    Objective,
    Participant,
    Problem,
    Proposal,
    Venue,
)
from .rules import accepts_age_band, gender_in, mismatches
from .search import Search
from .standing import state_of
from .state import State

# What somebody may be asked about, easiest first. Nobody is asked to be of another age.
FIELDS = ("slot", "topic", "kind", "format", "centre", "role", "gender", "age_band", "language")
KEYS_EACH = 6  # a person's keys that are looked at, those with most others first


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask somebody: whether ``value`` in this field would do as well.

    ``field`` is from ``FIELDS``. ``value`` None is an open theme, or a group without an age band.
    """

    participant: str
    field: str
    value: str | None


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


@dataclass(frozen=True, slots=True)
class NearGroup:
    """A group that nearly came about.

    ``people`` without a place could sit together; ``missing`` more are needed, and an initiator or
    a venue where it says so. Each of the ``questions``, answered by yes, brings one person more.
    ``places`` people would get a place if nothing were lacking.
    """

    key: GroupKey
    people: tuple[str, ...]
    missing: int
    needs_initiator: bool
    needs_venue: bool
    questions: tuple[Question, ...]
    places: int

    @property
    def lacks(self) -> int:
        """How many people and things are lacking."""
        return self.missing + self.needs_initiator + self.needs_venue


@dataclass(frozen=True, slots=True)
class Gain:
    """One more ``resource`` (initiator, room, licence) in the slot would place so many more.

    ``centre`` is None for digital groups.
    """

    resource: str
    centre: str | None
    slot: str
    places: int


def smallest_change(problem: Problem, proposal: Proposal, participant: str) -> Change | None:
    """The change that asks least of somebody without a place and gives one, or None."""
    return next(iter(possible_changes(problem, proposal, participant)), None)


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


def question_for(person: Participant, key: GroupKey, problem: Problem) -> Question | None:
    """What to ask somebody who misses the key by one field that they can do something about."""
    fails = mismatches(person, key, problem)
    if len(fails) != 1:
        return None
    field = fails[0]
    if field in ("centre", "format"):
        wants = person.format in (key.format, EITHER)
        if not wants and key.centre is not None and key.centre not in person.centres:
            return None
        return Question(person.id, *(("centre", key.centre) if wants else ("format", key.format)))
    if not _could_wish(person, key, field, problem):
        return None
    return Question(person.id, field, getattr(key, field))


def _could_wish(person: Participant, key: GroupKey, field: str, problem: Problem) -> bool:
    """Whether it is a wish that stands in the way, and not who somebody is."""
    if field == "role":
        return key.role == "mixed"
    if field == "gender":
        return key.gender == "mixed" or person.gender == gender_in(key.gender)
    if field == "age_band":
        other = replace(person, age_wish=key.age_band)
        return accepts_age_band(other, key.age_band, problem)
    return True


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
            near = _Near(index, state, miss.key, bit)
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


class _Near:
    """A group of free people that does not exist, and what it lacks.

    ``invited`` (a mask) is counted among those who accept the key.
    """

    def __init__(self, index: Index, state: State, key: GroupKey, invited: int = 0) -> None:
        rules = index.problem.rules
        cell = index.cell_number[key.centre, key.slot]
        willing = (index.accepting(key) | invited) & state.free
        hosts = [host for host in index.hosts[cell] if host.size >= rules.min_size]
        open_hosts = [host for host in hosts if state.open_venues[cell] >> host.venue & 1]
        self.needs_venue = not open_hosts
        self.able, self.size = willing, rules.max_size
        best = -1
        for host in open_hosts or hosts:
            count = min(host.size, (willing & host.able).bit_count())
            if count > best and invited & host.able == invited:
                best, self.able, self.size = count, host.able, host.size
        order = sorted(
            bits(willing & self.able), key=lambda i: (not invited >> i & 1, -index.days[i], i)
        )
        self.people = 0
        for i in order:
            if self.people.bit_count() < self.size and not index.apart[i] & self.people:
                self.people |= 1 << i
        self.missing = max(0, rules.min_size - self.people.bit_count())
        self.needs_initiator = state.find_leader(cell, key.language) is None
        self.places = max(rules.min_size, self.people.bit_count())

    @property
    def lacks(self) -> int:
        return self.missing + self.needs_initiator + self.needs_venue


def what_is_missing(problem: Problem, proposal: Proposal, limit: int = 20) -> list[NearGroup]:
    """Groups that nearly came about, one for each hour and set of people.

    Those that lack least come first; of equals those where enough could be asked, then the largest.
    """
    index = Index(problem, Objective())
    state = state_of(index, proposal)
    found: dict[tuple[int, int], tuple[GroupKey, _Near]] = {}
    for i in bits(state.free):
        for miss in misses_of(index, state.free, index.people[i])[:KEYS_EACH]:
            near = _Near(index, state, miss.key)
            if near.lacks and near.people:
                cell = index.cell_number[miss.key.centre, miss.key.slot]
                found.setdefault((cell, near.people), (miss.key, near))
    groups = [
        NearGroup(
            key,
            tuple(index.people[i].id for i in bits(near.people)),
            near.missing,
            near.needs_initiator,
            near.needs_venue,
            tuple(_questions(index, state, key, near)),
            near.places,
        )
        for key, near in found.values()
    ]
    groups.sort(
        key=lambda group: (
            group.lacks,
            len(group.questions) < group.missing,
            -len(group.people),
            _key_order(group.key),
        )
    )
    return groups[:limit]


def _questions(index: Index, state: State, key: GroupKey, near: _Near) -> list[Question]:
    """Whom to ask for what, easiest first and then longest wait first."""
    if near.people.bit_count() >= near.size:
        return []
    asked = []
    for i in bits(state.free & near.able & ~near.people):
        if index.apart[i] & near.people:
            continue
        question = question_for(index.people[i], key, index.problem)
        if question is not None:
            asked.append((FIELDS.index(question.field), -index.days[i], i, question))
    return [question for *_, question in sorted(asked, key=lambda item: item[:3])]


def _key_order(key: GroupKey) -> tuple[str, ...]:
    return (key.slot, key.centre or "", key.topic or "", str(key))


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
