"""What needs staff today: a tile for each task that waits, the most urgent first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from centres.access import Scope, scope_of
from groups.today.all_tasks import STAFF_TASKS
from groups.today.staff_tasks import ALL, Only, StaffTask, Urgency
from linkcenter.admin.lists import count_of
from linkcenter.models import User


@dataclass(frozen=True)
class Tile:
    """One task on the start page: how many rows, in words, and the list of them."""

    count: int
    words: str
    url: str
    urgency: Urgency
    has_more: bool = False  # than anybody counts, as its list says too


def tiles_for(user: User, *, today: date, only: Only = ALL) -> list[Tile]:
    """A tile for each task of the user's, with nothing but the rows of their own centres.

    Narrowed to what is somebody's own, nothing is left of what is nobody's.
    """
    scope = scope_of(user)
    return [
        _tile(task, task.rows(user, today, only), only)
        for task in STAFF_TASKS
        if _is_for(task, scope) and (task.is_somebodys or not only.mine)
    ]


def _tile(task: StaffTask, rows: QuerySet[Any], only: Only) -> Tile:
    count, has_more = count_of(rows)
    return Tile(count, task.words % count, task.url_of(only), task.urgency, has_more)


def _is_for(task: StaffTask, scope: Scope) -> bool:
    if task.needs:
        return bool(scope.where(task.needs))
    return bool(scope.centre_ids) or task.is_for_administrators


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
