"""Refuse input that cannot be right, with every fault at once.

Ids that have gone (a member of an earlier proposal, half of a keep-apart pair) are no fault:
people leave between two runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from groups.matching.model import (
    EITHER,
    FORMATS,
    GENDERS,
    KINDS,
    ROLES,
    Fault,
    GroupKey,
    Participant,
    Problem,
    ProblemError,
    Venue,
)

CHOICES: dict[str, tuple[str, ...]] = {
    "role": ("own", "kin"),
    "role_wish": ("same", "any"),
    "format": (*FORMATS, EITHER),
    "kind": (*KINDS, EITHER),
    "gender": ("f", "m", "x"),
    "gender_wish": ("women", "men", "any"),
}


def validate(problem: Problem) -> None:
    """Raise ``ProblemError`` with all faults, or return."""
    faults = list(_faults(problem))
    if faults:
        raise ProblemError(faults)


def _faults(problem: Problem) -> Iterable[Fault]:
    rules = problem.rules
    if not 1 <= rules.min_size <= rules.max_size:
        yield Fault("min_over_max", "rules", f"{rules.min_size}..{rules.max_size}")
    for name, (lowest, highest) in problem.age_bands.items():
        if lowest > highest:
            yield Fault("min_over_max", f"age_bands[{name}]", f"{lowest}..{highest}")
    for where, ids in (
        ("slots", problem.slots),
        ("topics", problem.topics),
        ("centres", problem.centres),
        ("venues", [venue.id for venue in problem.venues]),
        ("initiators", [initiator.id for initiator in problem.initiators]),
        ("participants", [person.id for person in problem.participants]),
        ("open_groups", [group.id for group in problem.open_groups]),
        ("previous", [group.previous or "" for group in problem.previous]),
    ):
        for id_, times in Counter(ids).items():
            if not id_:
                yield Fault("empty_id", where)
            elif times > 1:
                yield Fault("duplicate_id", where, id_)
    known = _Known(problem)
    for venue in problem.venues:
        yield from _venue_faults(venue, known)
    for initiator in problem.initiators:
        where = f"initiators[{initiator.id}]"
        yield from known.check(where, "slots", initiator.slots)
        yield from known.check(where, "centres", initiator.centres)
        yield from _not_negative(where, "capacity", initiator.capacity)
    for person in problem.participants:
        yield from _participant_faults(person, known)
    for open_group in problem.open_groups:
        where = f"open_groups[{open_group.id}]"
        yield from _key_faults(where, open_group.key, known)
        yield from _not_negative(where, "vacancies", open_group.vacancies)
    for group in problem.previous:
        if group.locked:
            yield from _key_faults(f"previous[{group.previous}]", group.key, known)


class _Known:
    """The names that other parts of the input may refer to."""

    def __init__(self, problem: Problem) -> None:
        self.names = {
            "slots": set(problem.slots),
            "topics": set(problem.topics),
            "centres": set(problem.centres),
            "age_bands": set(problem.age_bands),
        }

    def check(self, where: str, what: str, values: Iterable[str]) -> Iterable[Fault]:
        for value in values:
            if value not in self.names[what]:
                yield Fault(f"unknown_{what.removesuffix('s')}", f"{where}.{what}", value)


def _not_negative(where: str, what: str, value: int) -> Iterable[Fault]:
    if value < 0:
        yield Fault("negative", f"{where}.{what}", str(value))


def _choice(where: str, what: str, value: object, choices: tuple[str, ...]) -> Iterable[Fault]:
    if value not in choices:
        yield Fault("unknown_choice", f"{where}.{what}", str(value))


def _venue_faults(venue: Venue, known: _Known) -> Iterable[Fault]:
    where = f"venues[{venue.id}]"
    yield from _choice(where, "type", venue.type, ("room", "licence"))
    yield from known.check(where, "slots", venue.slots)
    yield from _not_negative(where, "capacity", venue.capacity)
    if venue.type == "room":
        yield from known.check(where, "centres", [venue.centre or ""])
    elif venue.centre is not None:
        yield Fault("licence_with_centre", where, venue.centre)


def _participant_faults(person: Participant, known: _Known) -> Iterable[Fault]:
    where = f"participants[{person.id}]"
    yield from known.check(where, "centres", person.centres)
    yield from known.check(where, "topics", person.topics)
    yield from known.check(where, "slots", person.slots)
    if person.age_wish is not None:
        yield from known.check(where, "age_bands", [person.age_wish])
    for what, choices in CHOICES.items():
        yield from _choice(where, what, getattr(person, what), choices)


def _key_faults(where: str, key: GroupKey, known: _Known) -> Iterable[Fault]:
    yield from _choice(where, "format", key.format, FORMATS)
    yield from _choice(where, "kind", key.kind, KINDS)
    yield from _choice(where, "role", key.role, ROLES)
    yield from _choice(where, "gender", key.gender, GENDERS)
    yield from known.check(where, "slots", [key.slot])
    if key.format == "physical":
        yield from known.check(where, "centres", [key.centre or ""])
    elif key.centre is not None:
        yield Fault("digital_with_centre", where, key.centre)
    if key.topic is not None:
        yield from known.check(where, "topics", [key.topic])
    if key.age_band is not None:
        yield from known.check(where, "age_bands", [key.age_band])
