"""``group-matching-instance/1``: a problem as a dictionary of JSON values, and back.

Fields that the format does not name are ignored when read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from groups.matching.exchange.reader import Reader
from groups.matching.model import (
    Group,
    Initiator,
    OpenGroup,
    Participant,
    Problem,
    ProblemError,
    Rules,
    Venue,
)
from groups.matching.validation import validate

FORMAT = "group-matching-instance/1"

Json = dict[str, Any]  # JSON is untyped until it has been read


def problem_to_dict(problem: Problem) -> Json:
    """The problem as JSON values."""
    return {
        "format": FORMAT,
        "as_of": problem.as_of.isoformat(),
        "rules": asdict(problem.rules),
        "slots": list(problem.slots),
        "topics": list(problem.topics),
        "age_bands": {name: list(band) for name, band in problem.age_bands.items()},
        "centres": [{"id": centre} for centre in problem.centres],
        "venues": [_plain(venue) for venue in problem.venues],
        "initiators": [_plain(initiator) for initiator in problem.initiators],
        "participants": [
            _plain(person) | {"waiting_since": person.waiting_since.isoformat()}
            for person in problem.participants
        ],
        "keep_apart": [list(pair) for pair in problem.keep_apart],
        "open_groups": [
            asdict(group.key)
            | {
                "id": group.id,
                "features": list(group.features),
                "members": list(group.members),
                "vacancies": group.vacancies,
            }
            for group in problem.open_groups
        ],
        "previous": [
            asdict(group.key)
            | {
                "id": group.previous,
                "venue": group.venue,
                "initiator": group.initiator,
                "members": list(group.members),
                "locked": group.locked,
            }
            for group in problem.previous
        ],
    }


def _plain(value: Venue | Initiator | Participant) -> Json:
    fields = {name: getattr(value, name) for name in value.__dataclass_fields__}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in fields.items()}


def problem_from_dict(data: Mapping[str, Any]) -> Problem:
    """The problem in JSON values. Raises ``ProblemError`` with all faults."""
    top = Reader(data, "")
    if data.get("format") != FORMAT:
        top.fault("unknown_format", "format", data.get("format"))
    rules = top.inner("rules")
    problem = Problem(
        as_of=top.day("as_of"),
        rules=Rules(
            rules.number("min_size"), rules.number("max_size"), rules.yes("allow_open_theme", True)
        ),
        slots=top.texts("slots"),
        topics=top.texts("topics"),
        age_bands=top.bands("age_bands"),
        centres=top.objects("centres", lambda centre: centre.text("id")),
        venues=top.objects("venues", _venue),
        initiators=top.objects("initiators", _initiator),
        participants=top.objects("participants", _participant),
        keep_apart=top.pairs("keep_apart"),
        open_groups=top.objects("open_groups", _open_group),
        previous=top.objects("previous", _earlier),
    )
    if top.faults:
        raise ProblemError(top.faults)
    validate(problem)
    return problem


def _venue(one: Reader) -> Venue:
    return Venue(
        one.text("id"),
        one.text("type"),
        one.text_or_none("centre"),
        one.number("capacity"),
        one.texts("features"),
        one.texts("slots"),
    )


def _initiator(one: Reader) -> Initiator:
    return Initiator(
        one.text("id"),
        one.texts("centres"),
        one.yes("digital", False),
        one.texts("languages"),
        one.texts("slots"),
        one.number("capacity"),
    )


def _participant(one: Reader) -> Participant:
    return Participant(
        id=one.text("id"),
        centres=one.texts("centres"),
        topics=one.texts("topics"),
        any_topic=one.yes("any_topic", False),
        role=one.text("role"),
        role_wish=one.text("role_wish"),
        format=one.text("format"),
        kind=one.text("kind"),
        slots=one.texts("slots"),
        languages=one.texts("languages"),
        gender=one.text("gender"),
        gender_wish=one.text("gender_wish"),
        age=one.number_or_none("age"),
        age_wish=one.text_or_none("age_wish"),
        needs=one.texts("needs"),
        waiting_since=one.day("waiting_since"),
        priority=one.number_or_none("priority") or 0,
    )


def _open_group(one: Reader) -> OpenGroup:
    return OpenGroup(
        one.text("id"),
        one.key(),
        one.texts("features"),
        one.texts("members"),
        one.number("vacancies"),
    )


def _earlier(one: Reader) -> Group:
    return Group(
        one.key(),
        one.text("venue"),
        one.text("initiator"),
        one.texts("members"),
        one.text("id"),
        one.yes("locked", False),
    )
