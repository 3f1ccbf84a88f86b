"""What the matcher last said of one person, read from its kept answers: nothing is counted anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Func, JSONField, Q, QuerySet, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import ngettext

from centres.week import label
from groups.domain.waiting.prospects import in_the_way
from groups.models import MatchRun
from groups.proposals.wording import REASONS
from groups.states import RunState
from participants.models import Registration

MOST_RUNS = 12  # a look at each costs reading it


@dataclass(frozen=True)
class WhyNot:
    """Why somebody who waits has no place, and the smallest change that would help."""

    said_on: date | None  # the day of the proposals that the reasons come from
    reasons: Sequence[str | Promise]
    nearest: str  # the group that lacks fewest
    has_times: bool
    some_at_own_times: bool
    times: Sequence[str | Promise]  # when others could
    some_if: str  # the other kind or format that others have at the person's own times


def why_not(registration: Registration, *, today: date) -> WhyNot:
    """For somebody who waits without a place. Two queries, whoever waits."""
    run = _newest_about(registration)
    said: dict[str, Any] = (run.said if run else None) or {}
    way = in_the_way(registration, today=today)
    return WhyNot(
        said_on=timezone.localdate(run.run_at) if run and said else None,
        reasons=[REASONS[code] for code in said.get("reasons", []) if code in REASONS],
        nearest=_nearest(said.get("near_misses", [])),
        has_times=bool(registration.availability),
        some_at_own_times=way.some_at_own_times,
        times=[label(slot) for slot in way.some_with],
        some_if=way.some_if,
    )


def _newest_about(registration: Registration) -> Any:
    """The centre's newest proposals, with what they say of the person where they have no place."""
    about = _Said(F("result"), Value({"who": registration.participant.reference}, JSONField()))
    return _runs_of(registration).annotate(said=about).defer("problem", "result").first()


class _Said(Func):
    """The one entry of a run about somebody without a place."""

    template = "jsonb_path_query_first(%(expressions)s)"
    arg_joiner = ", '$.unplaced[*] ? (@.participant == $who)'::jsonpath, "
    output_field = JSONField()


def _nearest(misses: list[dict[str, Any]]) -> str:
    if not misses:
        return ""
    best = min(misses, key=lambda miss: (miss["missing"], miss["slot"]))
    text = ngettext(
        "%(when)s: %(n)s more person needed", "%(when)s: %(n)s more people needed", best["missing"]
    )
    return text % {"when": label(best["slot"]), "n": best["missing"]}


def _runs_of(registration: Registration) -> QuerySet[MatchRun]:
    centre = registration.participant.centre_id
    done = MatchRun.objects.filter(state=RunState.DONE, centre_ids__contains=[centre])
    return done.order_by("-run_at", "-pk")


def proposals_with(registration: Registration, *, own: Sequence[int]) -> list[MatchRun]:
    """The proposals that had a place for the person, the newest first; of the last ones only.

    ``own``: the centres of who reads. Proposals for others as well are not among them.
    """
    reference = registration.participant.reference
    group: dict[str, Any] = {"result__groups__contains": [{"members": [reference]}]}
    joining: dict[str, Any] = {"result__joins__contains": [{"participant": reference}]}
    runs = _runs_of(registration).filter(centre_ids__contained_by=list(own))
    latest = runs.values("pk")[:MOST_RUNS]
    found = MatchRun.objects.filter(Q(**group) | Q(**joining), pk__in=latest)
    return list(found.only("pk", "run_at").order_by("-run_at", "-pk"))
