"""One more in a group, and one fewer: nobody is told of a seat that is only proposed."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from groups.domain.errors import NoNewcomers, WrongMoment
from groups.domain.rules import allow_one_more
from groups.domain.running.newcomers import may_be_offered
from groups.domain.seats import end_seat, lock, lock_registrations, take_seat
from groups.models import Seat, SelfHelpGroup
from groups.states import GroupActivity, SeatEndReason, SeatState
from linkcenter.models import User
from linkcenter.timeline import record
from participants.models import Registration


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
