"""Who at the centre has opened what is kept of a person.

It is noted, told to the person, and looked through each month by whoever leads the centre.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.models import StaffRole
from centres.states import CENTRE_ROLES
from linkcenter.database.statements import insert_found
from linkcenter.models import User
from participants.models import LookThrough, Participant, ReadLog
from participants.states import Door

SOMEBODY = gettext_lazy("somebody at the centre")

LISTS = (Door.LIST, Door.SEARCH)  # with many people at once: a row a day will do
NOT_OWN = ~Q(reason="")  # of a case that a colleague is responsible for
TAKEN_OUT = Q(door=Door.EXPORT)
OF_THE_CASE = (Door.PERSON, Door.DATA, Door.MESSAGE)  # here the reader has said why today, or not


def note(
    reader: User,
    participant_ids: Iterable[int],
    *,
    door: Door,
    reason: str = "",
    now: datetime | None = None,
) -> None:
    """``reader`` opens what is kept of these people: written down before they see anything.

    One row for each person; a second opening by the same door within the hour adds none, and a
    list within the day. One statement, however many people. ``reason`` is why, where it is not
    their own case; it holds for the rest of the day. Source: GDPR articles 5 and 15: the person
    can see who looked.
    """
    people = list(participant_ids)
    if not people:
        return
    now = now or timezone.now()
    today = ReadLog.objects.filter(
        participant=OuterRef("pk"), reader=reader, at__gte=start_of_day(now)
    )
    opened = Participant.objects.filter(pk__in=people)
    if door in LISTS:
        opened = opened.exclude(Exists(today.filter(door=door)))
    # As what and where the reader works, at the centre of the person if they work there.
    work = StaffRole.objects.filter(user=reader, role__in=CENTRE_ROLES)
    elsewhere = Case(When(centre=OuterRef("centre"), then=0), default=1)
    work = work.alias(elsewhere=elsewhere).order_by("elsewhere", "-role", "centre_id")
    why: Any = Value(reason)
    if door in OF_THE_CASE and not reason:
        said = today.exclude(reason="").exclude(door=Door.EXPORT).order_by("-at")
        why = Coalesce(Subquery(said.values("reason")[:1]), Value(""))
    values: dict[str, Any] = {
        "participant": F("pk"),
        "reader": Value(reader.pk),
        "role": Coalesce(Subquery(work.values("role")[:1]), Value("")),
        "centre": Subquery(work.values("centre")[:1]),
        "door": Value(Door(door).value),
        "reason": why,
        "at": Value(now),
    }
    rows = opened.order_by("pk").values_list(*values.values())
    insert_found(ReadLog, list(values), rows)


def note_recipients(reader: User, recipients: Iterable[object], *, door: Door) -> None:
    """As ``note``, of those who look for a group among whom messages go to."""
    people = [each.pk for each in recipients if isinstance(each, Participant)]
    note(reader, people, door=door)


def start_of_day(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Reading:
    """One opening, as the person reads about it."""

    who: str | Promise
    what: str
    why: str
    at: datetime
    is_of_a_day: bool  # there may have been more of them that day


def readings_of(participant: Participant, *, with_names: bool) -> list[Reading]:
    """Who has opened the person's record, the latest first; by role alone without names."""
    rows = ReadLog.objects.filter(participant=participant).select_related("reader", "centre")
    return [
        Reading(
            who=_who(row, with_name=with_names),
            what=row.get_door_display(),
            why=row.get_reason_display() if row.reason else "",
            at=row.at,
            is_of_a_day=row.door in LISTS,
        )
        for row in _once_a_day(rows.order_by("-at", "-pk"))
    ]


def _once_a_day(rows: Iterable[ReadLog]) -> Iterator[ReadLog]:
    """Of the lists that one reader has opened on one day, the last."""
    told = set()
    for row in rows:
        if row.door in LISTS:
            day = (row.reader_id, row.door, timezone.localdate(row.at))
            if day in told:
                continue
            told.add(day)
        yield row


def _who(row: ReadLog, *, with_name: bool) -> str | Promise:
    """As what somebody read, and where; with the name first, where the centre tells it."""
    if not row.role or row.centre is None:
        return row.reader.name if with_name else SOMEBODY
    role = _("%(role)s at %(centre)s") % {
        "role": row.get_role_display(),
        "centre": row.centre.name,
    }
    return f"{row.reader.name}, {role}" if with_name else role


def start_of_month(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day.replace(day=1), time.min))


def to_look_through(rows: Any, today: date) -> QuerySet[ReadLog]:
    """Others' cases and files, of the months that are over and nobody has looked through."""
    looked = LookThrough.objects.filter(
        centre=OuterRef("participant__centre"), until__gt=OuterRef("at")
    )
    found: QuerySet[ReadLog] = rows.filter(
        NOT_OWN | TAKEN_OUT, ~Exists(looked), at__lt=start_of_month(today)
    )
    return found


@transaction.atomic
def look_through(centre_ids: Collection[int], *, by: User, now: datetime | None = None) -> int:
    """The months that are over have been looked through at these centres.

    Returns how many openings that were. A second press changes nothing.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    rows = ReadLog.objects.filter(participant__centre__in=centre_ids)
    number = to_look_through(rows, today).count()
    until = start_of_month(today)
    LookThrough.objects.bulk_create(
        (LookThrough(centre_id=pk, by=by, until=until, at=now) for pk in sorted(centre_ids)),
        ignore_conflicts=True,
    )
    return number
