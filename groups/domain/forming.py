"""From a proposal to a forming group: accept it, add to it and take out of it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from centres.domain.booking import take_slot
from centres.domain.free_times import free_start
from centres.models import Centre, Venue
from centres.week import on_or_after, split
from groups import matching
from groups.domain.errors import (
    InitiatorBusy,
    NoNewcomers,
    NotInUse,
    ProposalOutdated,
    WrongMoment,
)
from groups.domain.newcomers import may_be_offered
from groups.domain.rules import allow_one_more
from groups.domain.running import centres_of_run
from groups.domain.seats import end_seat, lock, lock_registrations, take_seat
from groups.domain.still_true import obstacles
from groups.match_input import (
    MEETING_MINUTES,
    first_date_for,
    initiator_pk,
    registrations_by_reference,
    venue_pk,
)
from groups.models import Initiator, MatchRun, Seat, SelfHelpGroup
from groups.states import GroupActivity, SeatEndReason, SeatState
from linkcenter.constraints import broken_by
from linkcenter.models import User
from linkcenter.timeline import record
from participants.models import Registration, Theme


@transaction.atomic
def accept(
    run: MatchRun, number: int, *, actor: User | None, now: datetime | None = None
) -> SelfHelpGroup:
    """Proposal ``number`` of the run is a forming group: seats, venue, time and initiator held.

    Nobody is told yet. Raises ``ProposalOutdated``, ``InitiatorBusy`` or the booking's
    ``VenueTaken`` if the world has moved on since the run, ``NotInUse`` if staff have not said
    that they go on from it.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    if not run.in_use:
        raise NotInUse
    proposed = matching.proposal_from_dict(run.result or {}).groups[number]
    centres = centres_of_run(run)
    members = registrations_by_reference(centres, proposed.members, today=today)
    lock_registrations(member.pk for member in members)
    centre = Centre.objects.select_for_update().get(pk=_owner(centres, proposed, members).pk)
    venue = Venue.objects.filter(pk=venue_pk(proposed.venue)).first()
    initiator = Initiator.objects.filter(pk=initiator_pk(proposed.initiator)).first()
    no_longer = obstacles(run, {number: proposed}, today=today)[number]
    if no_longer or venue is None or initiator is None:
        raise ProposalOutdated
    group = _of_proposal(centre, run, number, proposed.key, now=now)
    hold_venue(group, venue, proposed.key.slot, from_date=first_date_for(centre, today=today))
    add_initiator(group, initiator)
    record(group, GroupActivity.FORMED, actor=actor, now=now)
    for registration in members:
        take_seat(group, registration, actor=actor, now=now)
    return group


def _owner(
    centres: Sequence[Centre], proposed: matching.Group, members: Sequence[Registration]
) -> Centre:
    """The centre that the group will be of: where it meets; by video, that of its homebound people,
    else the one with most of them.
    """
    if proposed.key.centre is not None:
        return next(centre for centre in centres if centre.slug == proposed.key.centre)
    homes = [row.participant.centre_id for row in members if not row.digital_elsewhere]
    homes = homes or [row.participant.centre_id for row in members]
    return max(centres, key=lambda centre: homes.count(centre.pk))


def _of_proposal(
    centre: Centre, run: MatchRun, number: int, key: matching.GroupKey, *, now: datetime
) -> SelfHelpGroup:
    try:
        with transaction.atomic():
            return new_group(centre, key, match_run=run, proposal_number=number, created_at=now)
    except IntegrityError as error:
        if broken_by(error) == "group_proposal_accepted_once":
            raise ProposalOutdated from None
        raise


def new_group(centre: Centre, key: matching.GroupKey, **columns: Any) -> SelfHelpGroup:
    """A forming group that is what ``key`` says, with nobody in it and no place yet."""
    with translation.override("nb"):
        name = _("Group %(number)s") % {"number": centre.groups.count() + 1}
    return SelfHelpGroup.objects.create(
        centre=centre,
        name=name,
        kind=key.kind,
        theme=Theme.objects.filter(slug=key.topic).first(),
        role=key.role,
        gender=key.gender,
        format=key.format,
        language=key.language,
        min_size=centre.min_to_start,
        max_size=centre.max_size,
        **columns,
    )


def hold_venue(group: SelfHelpGroup, venue: Venue, week_slot: str, *, from_date: date) -> None:
    """The group has the venue each week in that part of the week, the first time on or after
    ``from_date``. Raises ``ProposalOutdated`` if it is not free then, or ``VenueTaken``.
    """
    weekday, _part = split(week_slot)
    first_date = on_or_after(from_date, weekday)
    starts = free_start(venue, week_slot, first_date=first_date, minutes=MEETING_MINUTES)
    if starts is None:
        raise ProposalOutdated
    group.slot = take_slot(
        venue,
        weekday=weekday,
        starts=starts,
        minutes=MEETING_MINUTES,
        first_date=first_date,
        centre=group.centre,
    )
    group.first_date = first_date
    group.max_size = min(group.max_size, venue.capacity)
    group.save(update_fields=["slot", "first_date", "max_size"])


def add_initiator(group: SelfHelpGroup, initiator: Initiator) -> None:
    """The initiator helps the group to start. Raises ``InitiatorBusy`` beyond the agreed load."""
    try:
        with transaction.atomic():
            group.initiators.add(initiator)
    except IntegrityError as error:
        if broken_by(error) == "initiator_within_load":
            raise InitiatorBusy from None
        raise


@transaction.atomic
def add_person(
    group: SelfHelpGroup,
    registration: Registration,
    *,
    broken_rules: Collection[str] = (),
    broken_because: str = "",
    actor: User | None,
    now: datetime | None = None,
) -> Seat:
    """One more has a proposed seat in the group: it is being formed, or meets and has room.

    Nobody is told yet. Raises ``NoNewcomers`` if the group is past forming and takes nobody in, and
    what ``take_seat`` raises.
    """
    now = now or timezone.now()
    lock_registrations([registration.pk])
    group = lock(group)
    if not group.is_forming and not may_be_offered(group, today=timezone.localdate(now)):
        raise NoNewcomers
    if group.is_forming:
        allow_one_more(group, registration, approved=broken_rules, because=broken_because)
    seat = take_seat(group, registration, actor=actor, now=now)
    record(group, GroupActivity.PERSON_ADDED, actor=actor, now=now)
    return seat


@transaction.atomic
def remove_person(seat: Seat, *, actor: User | None, now: datetime | None = None) -> None:
    """The seat is free and the person waits on with the first date.

    Who had been asked is told so. Raises ``WrongMoment`` if the seat has ended, or is a member's
    in a group past forming.
    """
    now = now or timezone.now()
    group = lock(seat.group)
    seat = group.seats.select_related("registration__participant__centre").get(pk=seat.pk)
    if seat.state == SeatState.ENDED or (not group.is_forming and seat.is_member):
        raise WrongMoment
    seat.group = group
    end_seat(seat, SeatEndReason.RELEASED, actor=actor, now=now)
    record(group, GroupActivity.PERSON_REMOVED, actor=actor, now=now)
