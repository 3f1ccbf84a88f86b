"""Whoever leads a centre looks through who opened what, month by month, and says that they did."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from centres.access import scope_of
from centres.rights import Right
from linkcenter.models import User
from participants.models import LookThrough, ReadLog
from participants.reading_lists import TO_LOOK_THROUGH, start_of_month


def readings_for(user: User) -> QuerySet[ReadLog]:
    """Who opened what at the centres that ``user`` leads."""
    led = scope_of(user).where(Right.SEE_READERS)
    return ReadLog.objects.filter(participant__centre__in=led)


@transaction.atomic
def look_through(centre_ids: Collection[int], *, by: User, now: datetime | None = None) -> int:
    """The months that are over have been looked through at these centres.

    Returns how many openings that were. A second press changes nothing.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    rows = ReadLog.objects.filter(participant__centre__in=centre_ids)
    number = TO_LOOK_THROUGH.rows(rows, today).count()
    until = start_of_month(today)
    LookThrough.objects.bulk_create(
        (LookThrough(centre_id=pk, by=by, until=until, at=now) for pk in sorted(centre_ids)),
        ignore_conflicts=True,
    )
    return number
