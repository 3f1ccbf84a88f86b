"""From enough who said yes to the first meeting: time, place and members stand."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from groups.domain import follow_ups
from groups.domain.errors import NoTimeYet, TooFewYes, WrongMoment
from groups.domain.initiators import helping
from groups.domain.lifecycle.beginning_again import close_links
from groups.domain.lifecycle.ending import end, live_seats
from groups.domain.meeting.first_time import put_first_date
from groups.domain.rules import FEWEST, broken_by_settling, keep_approval, need_approval
from groups.domain.seats import end_seat, lock, lock_registrations
from groups.mail import seats as mail
from groups.models import Seat, SelfHelpGroup
from groups.states import (
    GroupActivity,
    GroupEndReason,
    GroupState,
    SeatActivity,
    SeatEndReason,
    SeatState,
)
from linkcenter.models import User
from linkcenter.timeline import record


@transaction.atomic
def settle(
    group: SelfHelpGroup,
    *,
    first_date: date,
    broken_rules: Collection[str] = (),
    broken_because: str = "",
    actor: User | None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """The group is settled: those who said yes have their places, venue and first date stand.

    They are told time and place. Everybody else who was in the proposal waits on with the first
    date, and hears of it if they had been asked. Rules of the centre are broken on purpose only:
    they are named, with the reason. Raises ``WrongMoment``, ``TooFewYes``, ``RulesBroken``, or the
    booking's ``VenueTaken``.
    """
    now = now or timezone.now()
    _end_the_one_before(group, actor=actor, now=now)
    group = lock(group)
    if group.state != GroupState.FORMING:
        raise WrongMoment
    if group.slot is None:
        raise NoTimeYet
    seats = live_seats(group)
    members = [seat for seat in seats if seat.state == SeatState.YES]
    if len(members) < FEWEST:
        raise TooFewYes
    broken = broken_by_settling(group, members)
    need_approval(broken, approved=broken_rules, because=broken_because)
    for seat in seats:
        if seat.state != SeatState.YES:
            end_seat(seat, SeatEndReason.RELEASED, actor=actor, now=now)
    put_first_date(group, first_date, now=now)
    group.state = GroupState.SETTLED
    group.min_size = min(group.min_size, len(members))
    approval = keep_approval(group, broken, because=broken_because)
    group.save(update_fields=["state", "min_size", *approval])
    record(group, GroupActivity.SETTLED, actor=actor, now=now)
    helping.keep_told(group, now=now)
    follow_ups.replan(group, owner=actor, now=now)
    for seat in members:
        seat.group = group
        record(seat.registration, SeatActivity.PLACED, actor=actor, now=now)
        mail.tell_of(seat, SeatActivity.PLACED, now=now)
    return group


def _end_the_one_before(group: SelfHelpGroup, *, actor: User | None, now: datetime) -> None:
    """A group that begins again as this one has ended with it, and leaves it its time and room."""
    before = SelfHelpGroup.objects.filter(next_groups=group).first()
    if before is None or not group.is_forming:
        return
    if before.state != GroupState.ENDED:
        seats = Seat.objects.live().filter(group__in=[before, group])
        lock_registrations(seats.values_list("registration", flat=True))
        lock(before)  # the old one first, as everywhere
        lock(group)  # looks whether it is as staff saw it, before it gets the time of the other
        end(before, reason=GroupEndReason.BEGUN_AGAIN, actor=actor, now=now)
        group.refresh_from_db()
    close_links(before, now=now)


@transaction.atomic
def hold_start_meeting(
    group: SelfHelpGroup,
    *,
    held_on: date,
    confidentiality_signed: bool,
    actor: User | None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """The start meeting has been held; whether the confidentiality form was signed is kept.

    Raises ``WrongMoment`` if the group is not settled, or has started.
    """
    group = lock(group)
    if group.state != GroupState.SETTLED or group.started_on is not None:
        raise WrongMoment
    group.started_on = held_on
    group.confidentiality_signed_on = held_on if confidentiality_signed else None
    group.save(update_fields=["started_on", "confidentiality_signed_on"])
    record(group, GroupActivity.STARTED, actor=actor, now=now)
    follow_ups.start_was_held(group, actor=actor, now=now)
    return group
