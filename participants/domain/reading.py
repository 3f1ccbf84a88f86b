"""Who at the centre has opened what is kept of a person: noted, and told to the person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linkcenter.models import User
from participants.models import Participant, ReadLog
from participants.states import Door

SOMEBODY = _("somebody at the centre")


def note(
    reader: User, participant_ids: Iterable[int], *, door: Door, now: datetime | None = None
) -> None:
    """``reader`` opens what is kept of these people: written down before they see anything.

    One row for each person; a second opening by the same door within the hour adds none. One
    statement, however many people. Source: GDPR articles 5 and 15: the person can see who looked.
    """
    now = now or timezone.now()
    ReadLog.objects.bulk_create(
        (ReadLog(participant_id=pk, reader=reader, door=door, at=now) for pk in participant_ids),
        ignore_conflicts=True,
    )


def note_recipients(reader: User, recipients: Iterable[object], *, door: Door) -> None:
    """As ``note``, of those who look for a group among whom messages go to."""
    people = [each.pk for each in recipients if isinstance(each, Participant)]
    note(reader, people, door=door)


@dataclass(frozen=True)
class Reading:
    """One opening, as the person reads about it."""

    who: str | Promise
    what: str
    at: datetime


def readings_of(participant: Participant, *, with_names: bool) -> list[Reading]:
    """Who has opened the person's record, the latest first; by role alone without names."""
    rows = ReadLog.objects.filter(participant=participant).select_related("reader")
    return [
        Reading(
            who=row.reader.name if with_names else SOMEBODY,
            what=row.get_door_display(),
            at=row.at,
        )
        for row in rows.order_by("-at", "-pk")
    ]
