"""When and where a group that is being formed meets for the first time."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from centres.domain.booking.spans import moment
from centres.domain.booking.weekly_times import give_up_slot, move_first_date, take_slot
from centres.models import Venue
from centres.week import on_or_after, split
from groups.domain.errors import RoomTooSmall, WrongMoment, WrongPlace
from groups.domain.meeting.moving import people_in, places_for
from groups.domain.seats import lock
from groups.match_input import DAYS_TO_PREPARE
from groups.models import SelfHelpGroup
from groups.states import GroupActivity
from linkcenter.models import User
from linkcenter.timeline import record


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


@transaction.atomic
def choose_time(
    group: SelfHelpGroup,
    *,
    venue: Venue,
    week_slot: str,
    starts: time,
    actor: User | None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """A forming group that has no time has this one, from the next such day on.

    Raises ``WrongMoment``, ``WrongPlace``, ``RoomTooSmall``, or the booking's ``VenueTaken``.
    """
    now = now or timezone.now()
    group = lock(group)
    if not group.is_forming or group.slot is not None:
        raise WrongMoment
    if venue not in places_for(group):
        raise WrongPlace
    if venue.capacity < people_in(group):
        raise RoomTooSmall
    weekday, _part = split(week_slot)
    group.first_date = on_or_after(timezone.localdate(now) + timedelta(days=1), weekday)
    group.slot = take_slot(
        venue, weekday=weekday, starts=starts, first_date=group.first_date, centre=group.centre
    )
    group.max_size = min(group.max_size, venue.capacity)
    group.save(update_fields=["slot", "first_date", "max_size"])
    record(group, GroupActivity.MOVED, actor=actor, now=now)
    return group
