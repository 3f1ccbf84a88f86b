"""The exchange formats ``group-matching-instance/1`` and ``group-matching-proposal/1``.

A problem or a proposal as a plain dictionary of JSON values, and back; and as a UTF-8 file. Fields
that the format does not name are ignored when read. A file is complete or not there at all.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .model import (
    KEY_FIELDS,
    Bound,
    Explanation,
    Fault,
    Group,
    GroupKey,
    Initiator,
    Join,
    NearMiss,
    OpenGroup,
    Participant,
    Problem,
    ProblemError,
    Proposal,
    Rules,
    Score,
    Venue,
    Violation,
)
from .reader import Reader
from .validation import validate

INSTANCE_FORMAT = "group-matching-instance/1"
PROPOSAL_FORMAT = "group-matching-proposal/1"

Json = dict[str, Any]  # JSON is untyped until it has been read


def read_problem(path: Path | str) -> Problem:
    """The problem in a file. Raises ``ProblemError`` with everything that is wrong with it."""
    return problem_from_dict(_read(path))


def write_problem(path: Path | str, problem: Problem) -> None:
    """Write the problem, so that it can be run again."""
    _write(path, problem_to_dict(problem))


def read_proposal(path: Path | str) -> Proposal:
    """The proposal in a file."""
    return proposal_from_dict(_read(path))


def write_proposal(path: Path | str, proposal: Proposal) -> None:
    """Write the proposal; the same proposal always gives the same bytes."""
    _write(path, proposal_to_dict(proposal))


def _read(path: Path | str) -> Json:
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:
        raise ProblemError([Fault("not_json", "file")]) from error
    if not isinstance(data, dict):
        raise ProblemError([Fault("not_an_object", "file")])
    return data


def _write(path: Path | str, data: Json) -> None:
    target = Path(path)
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    handle, half_written = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(half_written).replace(target)
    except BaseException:
        Path(half_written).unlink(missing_ok=True)
        raise


def problem_to_dict(problem: Problem) -> Json:
    """The problem as JSON values."""
    return {
        "format": INSTANCE_FORMAT,
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
    if data.get("format") != INSTANCE_FORMAT:
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


def _key(one: Reader) -> GroupKey:
    return GroupKey(
        one.text("format"),
        one.text_or_none("centre"),
        one.text("kind"),
        one.text_or_none("topic"),
        one.text("role"),
        one.text("gender"),
        one.text_or_none("age_band"),
        one.text("language"),
        one.text("slot"),
    )


def _open_group(one: Reader) -> OpenGroup:
    return OpenGroup(
        one.text("id"),
        _key(one),
        one.texts("features"),
        one.texts("members"),
        one.number("vacancies"),
    )


def _earlier(one: Reader) -> Group:
    return Group(
        _key(one),
        one.text("venue"),
        one.text("initiator"),
        one.texts("members"),
        one.text("id"),
        one.yes("locked", False),
    )


def proposal_to_dict(proposal: Proposal) -> Json:
    """The proposal as JSON values; score, bound, steps and violations are our additions."""
    return {
        "format": PROPOSAL_FORMAT,
        "groups": [
            asdict(group.key)
            | {
                "venue": group.venue,
                "initiator": group.initiator,
                "members": list(group.members),
                "previous": group.previous,
                "locked": group.locked,
            }
            for group in proposal.groups
        ],
        "joins": [asdict(join) for join in proposal.joins],
        "unplaced": [
            {
                "participant": explanation.participant,
                "reasons": list(explanation.reasons),
                "near_misses": [_miss_to_dict(miss) for miss in explanation.near_misses],
            }
            for explanation in proposal.unplaced
        ],
        "score": asdict(proposal.score),
        "bound": asdict(proposal.bound) if proposal.bound else None,
        "steps": proposal.steps,
        "violations": [
            {"code": found.code, "where": found.where, "ids": list(found.ids)}
            for found in proposal.violations
        ],
    }


def _miss_to_dict(miss: NearMiss) -> Json:
    return asdict(miss.key) | {
        "have": miss.have,
        "missing": miss.missing,
        "relaxations": {name: list(ids) for name, ids in miss.relaxations},
    }


def proposal_from_dict(data: Mapping[str, Any]) -> Proposal:
    """The proposal in JSON values. Raises ``ProblemError`` with all faults."""
    top = Reader(data, "")
    if data.get("format") != PROPOSAL_FORMAT:
        top.fault("unknown_format", "format", data.get("format"))
    total = top.inner("score", {})
    bound = data.get("bound")
    proposal = Proposal(
        groups=top.objects("groups", _group),
        joins=top.objects("joins", lambda one: Join(one.text("group"), one.text("participant"))),
        unplaced=top.objects("unplaced", _explanation),
        score=Score(*(total.number_or_none(name) or 0 for name in Score.__dataclass_fields__)),
        bound=Bound(bound["value"], bound["method"]) if bound else None,
        steps=top.number_or_none("steps") or 0,
        violations=top.objects(
            "violations",
            lambda one: Violation(one.text("code"), one.text("where"), one.texts("ids")),
        ),
    )
    if top.faults:
        raise ProblemError(top.faults)
    return proposal


def _group(one: Reader) -> Group:
    return Group(
        _key(one),
        one.text("venue"),
        one.text("initiator"),
        one.texts("members"),
        one.text_or_none("previous"),
        one.yes("locked", False),
    )


def _explanation(one: Reader) -> Explanation:
    return Explanation(
        one.text("participant"), one.texts("reasons"), one.objects("near_misses", _miss)
    )


def _miss(one: Reader) -> NearMiss:
    relaxations = one.inner("relaxations", {})
    return NearMiss(
        _key(one),
        one.number("have"),
        one.number("missing"),
        tuple((name, relaxations.texts(name)) for name in (*KEY_FIELDS,) if name in relaxations),
    )
