"""A time and a room for a group that is being formed without one, such as one that begins again."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from centres.domain.booking import take_slot
from centres.models import Venue
from centres.week import on_or_after, split
from groups.domain.errors import RoomTooSmall, WrongMoment, WrongPlace
from groups.domain.moving import people_in, places_for
from groups.domain.seats import lock
from groups.models import SelfHelpGroup
from groups.states import GroupActivity
from linkcenter.models import User
from linkcenter.timeline import record


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
