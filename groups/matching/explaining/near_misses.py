"""Groups that nearly came about for one person, each number a recount on the finished proposal."""

from __future__ import annotations

from groups.matching.index import Index
from groups.matching.model import EITHER, GENDERS, KINDS, GroupKey, NearMiss, Participant
from groups.matching.rules import accepts_age_band, accepts_gender, accepts_role


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
