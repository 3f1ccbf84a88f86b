"""One question: what somebody could be asked, and a yes would make them fit a key.

Who somebody is, is never asked about: only a wish can stand in the way of a question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from groups.matching.model import EITHER, GroupKey, Participant, Problem
from groups.matching.rules import accepts_age_band, gender_in, mismatches

# What somebody may be asked about, easiest first. Nobody is asked to be of another age.
FIELDS = ("slot", "topic", "kind", "format", "centre", "role", "gender", "age_band", "language")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask somebody: whether ``value`` in this field would do as well.

    ``field`` is from ``FIELDS``. ``value`` None is an open theme, or a group without an age band.
    """

    participant: str
    field: str
    value: str | None


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
