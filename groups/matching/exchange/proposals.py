"""``group-matching-proposal/1``: a proposal as a dictionary of JSON values, and back.

Fields that the format does not name are ignored when read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from groups.matching.exchange.reader import Reader
from groups.matching.model import (
    KEY_FIELDS,
    Bound,
    Explanation,
    Group,
    Join,
    NearMiss,
    ProblemError,
    Proposal,
    Score,
    Violation,
)

FORMAT = "group-matching-proposal/1"

Json = dict[str, Any]  # JSON is untyped until it has been read


def proposal_to_dict(proposal: Proposal) -> Json:
    """The proposal as JSON values; score, bound, steps and violations are our additions."""
    return {
        "format": FORMAT,
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
    if data.get("format") != FORMAT:
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
        one.key(),
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
        one.key(),
        one.number("have"),
        one.number("missing"),
        tuple((name, relaxations.texts(name)) for name in (*KEY_FIELDS,) if name in relaxations),
    )
