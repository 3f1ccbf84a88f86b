"""What needs staff today: a tile for each matter that waits, and whether the nights go well."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.access import Scope, scope_of
from groups.matters import ALL, MATTERS, Matter, Only, Urgency
from linkcenter.long_lists import count_of
from linkcenter.models import JobRun, User

LATE = timedelta(hours=26)  # a night without a run, and some time for a long one


@dataclass(frozen=True)
class Tile:
    """One matter on the start page: how many rows, in words, and the list of them."""

    count: int
    words: str
    url: str
    urgency: Urgency
    has_more: bool = False  # than anybody counts, as its list says too


def tiles(user: User, *, today: date, only: Only = ALL) -> list[Tile]:
    """A tile for each matter of the user's, with nothing but the rows of their own centres.

    Narrowed to what is somebody's own, nothing is left of what is nobody's.
    """
    scope = scope_of(user)
    return [
        _tile(matter, matter.rows(user, today, only), only)
        for matter in MATTERS
        if _is_for(matter, scope) and (matter.is_somebodys or not only.mine)
    ]


def _tile(matter: Matter, rows: QuerySet[Any], only: Only) -> Tile:
    count, has_more = count_of(rows)
    return Tile(count, matter.words % count, matter.url_of(only), matter.urgency, has_more)


def _is_for(matter: Matter, scope: Scope) -> bool:
    if matter.needs:
        return bool(scope.where(matter.needs))
    return bool(scope.centre_ids) or matter.is_for_administrators


HURRY = (Urgency.NOW, Urgency.TODAY)
Section = tuple[Urgency, list[Tile]]


def by_urgency(tiles: list[Tile]) -> list[list[Section]]:
    """The tiles of what waits, the most urgent first: what hurries, and what does not.

    No heading has nothing under it.
    """
    waiting = {each: [t for t in tiles if t.count and t.urgency == each] for each in Urgency}
    found = [(urgency, tiles) for urgency, tiles in waiting.items() if tiles]
    halves = (
        [each for each in found if (each[0] in HURRY) == hurries] for hurries in (True, False)
    )
    return [half for half in halves if half]


NIGHTLY = {
    "centres.book_ahead": _("Books the weekly times a year ahead"),
    "groups.expire_unanswered": _("Frees places that nobody answered for"),
    "groups.remind": _("Reminds those who have not answered, once"),
    "groups.look_after": _("Asks groups if they use their time, and ends their breaks"),
    "groups.ask_who_waits": _("Asks who has waited long if they are still interested"),
    "groups.tell_numbers": _("Tells the numbers of a half-year that is over"),
    "groups.tell_failures": _("Tells staff what has not gone as it should"),
    "participants.remind": _("Reminds people once a year of what they have said yes to"),
    "linkcenter.unused_accounts": _("Warns of accounts that nobody uses, and closes them"),
    "linkcenter.retention": _("Deletes what has been kept long enough"),
}


@dataclass(frozen=True)
class Job:
    """A nightly job: what it does, when it last ended, and whether that is too long ago."""

    does: str | Promise
    finished_at: datetime | None
    is_late: bool


def jobs(*, now: datetime) -> Iterator[Job]:
    """The heartbeat of every nightly job, in one query."""
    ended = JobRun.objects.filter(job__in=NIGHTLY, dry=False).values_list("job")
    last = dict(ended.annotate(last=Max("finished_at")))
    for job, does in NIGHTLY.items():
        finished_at = last.get(job)
        yield Job(does, finished_at, finished_at is None or now - finished_at > LATE)
