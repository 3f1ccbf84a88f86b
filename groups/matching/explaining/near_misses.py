"""Groups that nearly came about: for one person, and for the whole list.

Every number is a recount on the finished proposal. Relaxations name people, and are for staff only.
"""

from __future__ import annotations

from groups.matching.index import Index, bits
from groups.matching.model import (
    EITHER,
    GENDERS,
    KINDS,
    GroupKey,
    NearMiss,
    Objective,
    Participant,
    Problem,
    Proposal,
)
from groups.matching.rules import accepts_age_band, accepts_gender, accepts_role


def near_misses(problem: Problem, proposal: Proposal, limit: int = 20) -> list[NearMiss]:
    """The groups that lack fewest people, with those who fail on one field alone."""
    index = Index(problem, Objective())
    free = index.unplaced(proposal)
    best: dict[int, NearMiss] = {}
    for i in bits(free):
        for miss in misses_of(index, free, index.people[i]):
            best.setdefault(index.accepting(miss.key) & free, miss)
    ranked = sorted(best.items(), key=lambda item: (-item[1].have, str(item[1].key)))
    return [
        NearMiss(miss.key, miss.have, miss.missing, relaxations(index, free, miss.key))
        for _, miss in ranked[:limit]
    ]


def misses_of(index: Index, free: int, person: Participant) -> list[NearMiss]:
    """The person's best key in each cell, those with most unplaced people first.

    The person may be somebody who wishes other than the list says: what they would find if they
    did. They count themselves.
    """
    others = free & ~(1 << index.position[person.id])
    low = index.problem.rules.min_size
    choices = _choices(index, person)
    misses = []
    for pool in pools_of(person):
        here = index.in_pool[pool] & others
        for slot in sorted(set(person.slots)):
            have, fields = _best_key(here & index.at_slot[slot], choices)
            if fields:
                language, topic, role, gender, kind, band = fields
                form = "digital" if pool is None else "physical"
                key = GroupKey(form, pool, kind, topic, role, gender, band, language, slot)
                misses.append(NearMiss(key, have + 1, max(0, low - have - 1)))
    misses.sort(key=lambda miss: -miss.have)
    return misses


def pools_of(person: Participant) -> list[str | None]:
    """The centres that the person accepts to meet at, and None for digital groups."""
    pools: list[str | None] = []
    if person.format in ("physical", EITHER):
        pools += sorted(set(person.centres))
    if person.format in ("digital", EITHER):
        pools.append(None)
    return pools


Choice = list[tuple[str | None, int]]


def _choices(index: Index, person: Participant) -> list[Choice]:
    """For each field the values that the person accepts, with the masks of who else does."""
    problem = index.problem
    topics: list[str | None] = [*person.topics]
    if problem.rules.allow_open_theme and person.any_topic:
        topics.append(None)
    return [
        [(language, index.speaks.get(language, 0)) for language in sorted(set(person.languages))],
        [(topic, index.on_topic[topic]) for topic in topics],
        [(role, mask) for role, mask in index.in_role.items() if accepts_role(person, role)],
        [
            (gender, index.of_gender[gender])
            for gender in GENDERS[::-1]
            if accepts_gender(person, gender)
        ],
        [(kind, index.of_kind[kind]) for kind in KINDS[::-1] if person.kind in (kind, EITHER)],
        [
            (band, mask)
            for band, mask in index.in_band.items()
            if accepts_age_band(person, band, problem)
        ],
    ]


def _best_key(people: int, choices: list[Choice]) -> tuple[int, list[str]]:
    """The values that most of the people accept. Depth first: fewer are left at each field."""
    most = -1
    best: list[str | None] = []

    def descend(mask: int, depth: int, chosen: list[str | None]) -> None:
        nonlocal most, best
        if depth == len(choices):
            most, best = mask.bit_count(), chosen
            return
        for value, accepted in choices[depth]:
            narrowed = mask & accepted
            if narrowed.bit_count() > most:
                descend(narrowed, depth + 1, [*chosen, value])

    descend(people, 0, [])
    return most, best  # type: ignore[return-value]


def relaxations(index: Index, free: int, key: GroupKey) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each field of the key, the unplaced people who fail on that field alone."""
    dimensions = [
        ("centre" if key.centre else "format", index.in_pool[key.centre]),
        ("kind", index.of_kind[key.kind]),
        ("topic", index.on_topic[key.topic]),
        ("role", index.in_role[key.role]),
        ("gender", index.of_gender[key.gender]),
        ("age_band", index.in_band[key.age_band]),
        ("language", index.speaks.get(key.language, 0)),
        ("slot", index.at_slot[key.slot]),
    ]
    found = []
    for number, (name, mask) in enumerate(dimensions):
        people = free & ~mask
        for other, (_, accepted) in enumerate(dimensions):
            if other != number:
                people &= accepted
        if people:
            found.append((name, tuple(index.people[i].id for i in bits(people))))
    return tuple(found)
