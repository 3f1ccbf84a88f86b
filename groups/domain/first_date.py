"""When a group that is being formed meets for the first time."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from centres.domain.booking import give_up_slot, move_first_date, take_slot
from centres.domain.spans import moment
from centres.week import on_or_after
from groups.match_input import DAYS_TO_PREPARE
from groups.models import SelfHelpGroup


@transaction.atomic
def put_first_date(group: SelfHelpGroup, first_date: date, *, now: datetime) -> None:
    """The group is to meet for the first time on ``first_date``, in the same room at the same time.

    Where the day it had has passed and nobody met, the group takes the weekly time anew. The caller
    has locked the group. Raises what the booking raises, such as ``VenueTaken``.
    """
    slot = group.slot
    if slot is None or first_date == group.first_date:
        return
    if moment(slot.first_date, slot.starts) > now:
        move_first_date(slot, first_date, now=now)
    else:
        give_up_slot(slot, on=timezone.localdate(now), now=now)
        group.slot = take_slot(
            slot.venue,
            weekday=slot.weekday,
            starts=slot.starts,
            minutes=slot.minutes,
            first_date=first_date,
            centre=group.centre,
        )
    group.first_date = first_date
    group.save(update_fields=["slot", "first_date"])


def meet_after(group: SelfHelpGroup, answer_by: date, *, now: datetime) -> None:
    """Nobody is to answer after the first meeting: it moves on, if ``answer_by`` is not before it.

    The caller has locked the group. Raises ``VenueTaken``.
    """
    if group.slot is None or group.first_date is None or answer_by < group.first_date:
        return
    ready = answer_by + timedelta(days=DAYS_TO_PREPARE)
    put_first_date(group, on_or_after(ready, group.slot.weekday), now=now)
