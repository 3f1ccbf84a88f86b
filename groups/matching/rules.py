"""The rules in plain words of code, one person and one key at a time.

The guard (``check``) uses only this module and never the search's own bit masks, so that a slip in
the masks cannot hide itself.
"""

from __future__ import annotations

from groups.matching.model import (
    EITHER,
    GroupKey,
    Initiator,
    Objective,
    Participant,
    Problem,
    Venue,
)


def accepts(person: Participant, key: GroupKey, problem: Problem) -> bool:
    """Whether the person matches every field of the key."""
    return not mismatches(person, key, problem)


def mismatches(person: Participant, key: GroupKey, problem: Problem) -> tuple[str, ...]:
    """The fields of the key that the person does not match.

    Centre and format are one dimension: the place where the group meets.
    """
    fails = []
    if person.format not in (key.format, EITHER) or (
        key.format == "physical" and key.centre not in person.centres
    ):
        fails.append("centre" if key.format == "physical" else "format")
    if person.kind not in (key.kind, EITHER):
        fails.append("kind")
    if not (person.any_topic if key.topic is None else key.topic in person.topics):
        fails.append("topic")
    if not accepts_role(person, key.role):
        fails.append("role")
    if not accepts_gender(person, key.gender):
        fails.append("gender")
    if not accepts_age_band(person, key.age_band, problem):
        fails.append("age_band")
    if key.language not in person.languages:
        fails.append("language")
    if key.slot not in person.slots:
        fails.append("slot")
    return tuple(fails)


def accepts_role(person: Participant, role: str) -> bool:
    """Own matter, next of kin, or both in one group."""
    return person.role_wish == "any" if role == "mixed" else person.role == role


def accepts_gender(person: Participant, gender: str) -> bool:
    """Whether the person may and will be in a group of women, of men, or mixed."""
    if gender == "mixed":
        return person.gender_wish == "any"
    return person.gender == gender_in(gender) and person.gender_wish in ("any", gender)


def gender_in(group_gender: str) -> str:
    """The gender of everybody in a women's or a men's group."""
    return {"women": "f", "men": "m"}[group_gender]


def accepts_age_band(person: Participant, band: str | None, problem: Problem) -> bool:
    """Whether the person is in the band and wishes no other; without a band: wishes none."""
    if band is None:
        return person.age_wish is None
    lowest, highest = problem.age_bands[band]
    inside = person.age is not None and lowest <= person.age <= highest
    return inside and person.age_wish in (None, band)


def venue_hosts(venue: Venue, key: GroupKey) -> bool:
    """Right type and centre, and free in the slot."""
    kind = "room" if key.format == "physical" else "licence"
    return venue.type == kind and venue.centre == key.centre and key.slot in venue.slots


def initiator_serves(initiator: Initiator, key: GroupKey) -> bool:
    """Serves the centre (or digital groups), speaks the language and is free in the slot."""
    there = initiator.digital if key.format == "digital" else key.centre in initiator.centres
    return there and key.language in initiator.languages and key.slot in initiator.slots


def waiting_days(person: Participant, problem: Problem, objective: Objective) -> int:
    """Days waited on the problem's date, never below 0, plus the worth of the priority."""
    waited = max(0, (problem.as_of - person.waiting_since).days)
    return waited + objective.priority_days * person.priority


def fit(person: Participant, key: GroupKey) -> int:
    """3, 2 or 1 for first, second or later topic (open theme 1), plus 1 for the right place."""
    topic = 1
    if key.topic in person.topics:
        topic = max(1, 3 - person.topics.index(key.topic))
    if key.format == "digital":
        return topic + (person.format == "digital")
    return topic + (person.centres[:1] == (key.centre,))
