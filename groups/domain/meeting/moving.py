"""Another time or room for a group: the old one goes, the new one is taken, members are told."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from centres.domain.booking.free_times import free_starts
from centres.domain.booking.moving import bring_along, move_slot
from centres.models import Venue
from centres.models.house import VenueQuerySet
from groups.domain import follow_ups
from groups.domain.errors import RoomTooSmall, WrongMoment, WrongPlace
from groups.domain.initiators import helping
from groups.domain.seats import lock
from groups.mail import seats as mail
from groups.models import Initiator, SelfHelpGroup
from groups.states import GroupActivity, GroupState, SeatActivity, SettledFormat
from linkcenter.models import User
from linkcenter.timeline import record


@transaction.atomic
def move_group(
    group: SelfHelpGroup,
    *,
    venue: Venue,
    weekday: int,
    starts: time,
    from_date: date,
    actor: User | None,
    minutes: int | None = None,
    skip_taken: bool = False,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """The group meets at another time or in another room from ``from_date`` on.

    Its old time is free from then, and a key to another room is called back. Members get one text
    with time and place: who has not even heard that there is a group, hears that. Raises
    ``WrongMoment`` unless the group is settled or runs itself, ``WrongPlace``, ``RoomTooSmall``,
    and what ``move_slot`` raises.
    """
    now = now or timezone.now()
    group = lock(group)
    if group.state not in (GroupState.SETTLED, GroupState.SELF_RUN) or group.slot is None:
        raise WrongMoment
    if venue not in places_for(group):
        raise WrongPlace
    if venue.capacity < people_in(group):
        raise RoomTooSmall
    old = group.slot
    group.slot = move_slot(
        old,
        venue=venue,
        weekday=weekday,
        starts=starts,
        from_date=from_date,
        minutes=minutes,
        skip_taken=skip_taken,
        now=now,
    )
    bring_along(old, group.slot)
    if group.started_on is None and group.first_date and group.first_date >= from_date:
        group.first_date = group.slot.first_date
    group.max_size = min(group.max_size, venue.capacity)
    group.save(update_fields=["slot", "first_date", "max_size"])
    record(group, GroupActivity.MOVED, actor=actor, now=now)
    for seat in group.seats.members().select_related("registration__participant__centre"):
        seat.group = group
        record(seat.registration, SeatActivity.MOVED, actor=actor, now=now)
        is_news = mail.is_to_hear_of_place(seat)
        mail.tell_of(seat, SeatActivity.PLACED if is_news else SeatActivity.MOVED, now=now)
    if group.state == GroupState.SETTLED:
        helping.keep_told(group, now=now)
    follow_ups.replan(group, now=now)
    return group


def places_for(group: SelfHelpGroup) -> VenueQuerySet:
    """Where the group may meet, for its way to meet."""
    return places_of(group.centre_id, group.format)


def places_of(centre: int, format: str) -> VenueQuerySet:
    """The rooms of the centre, or the licences that it may use."""
    if format == SettledFormat.PHYSICAL:
        return Venue.objects.rooms().filter(centre=centre)
    return Venue.objects.licences_of(centre)


def people_in(group: SelfHelpGroup) -> int:
    return group.seats.live().count() + group.unnamed_members


@dataclass(frozen=True)
class Fit:
    """Who could not come to a weekly time, as far as the centre knows."""

    can: int
    of: int
    initiators: tuple[Initiator, ...]  # those who said that they cannot then


def fit(group: SelfHelpGroup, week_slot: str) -> Fit:
    """How many members and which initiators could come in that part of the week."""
    members = group.seats.members().select_related("registration")
    times = [seat.registration.availability for seat in members]
    initiators: tuple[Initiator, ...] = ()
    if group.state == GroupState.SETTLED:
        rows = group.initiators.all()
        initiators = tuple(row for row in rows if week_slot not in row.availability)
    return Fit(sum(week_slot in each for each in times), len(times), initiators)


@dataclass(frozen=True)
class FreeTime:
    venue: Venue
    week_slot: str
    starts: time


def free_times(group: SelfHelpGroup, *, from_date: date) -> list[FreeTime]:
    """What the group could have every week from that day on, in each place big enough."""
    places = places_for(group).filter(capacity__gte=people_in(group))
    minutes = group.slot.minutes if group.slot else 120
    return [
        FreeTime(venue, week_slot, starts)
        for venue in places
        for week_slot, starts in free_starts(venue, first_date=from_date, minutes=minutes).items()
    ]
