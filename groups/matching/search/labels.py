"""The label of a group: of the keys that all its members accept, the one they like best."""

from __future__ import annotations

from groups.matching.index import Index
from groups.matching.model import GENDERS, KINDS, ROLES, GroupKey


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
