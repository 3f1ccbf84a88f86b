"""A group that has met ends, and one that never did is let go: nobody loses their date."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from centres.domain.booking.weekly_times import give_up_slot
from groups.domain import follow_ups
from groups.domain.errors import WrongMoment
from groups.domain.initiators import helping
from groups.domain.lifecycle.beginning_again import (
    link_of,
    next_group,
    pass_on_time,
    registered_anew,
)
from groups.domain.running.contact import by_contact
from groups.domain.running.newcomers import turn_all_down
from groups.domain.seats import end_seat, lock, lock_registrations
from groups.models import Seat, SelfHelpGroup
from groups.states import GroupActivity, GroupEndReason, GroupLinkPurpose, GroupState, SeatEndReason
from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.registration.closing import close
from participants.models import Registration
from participants.states import OPEN, CloseReason


def live_seats(group: SelfHelpGroup) -> list[Seat]:
    seats = list(group.seats.live().select_related("registration__participant__centre"))
    for seat in seats:
        seat.group = group
    return seats


@transaction.atomic
def let_go(
    group: SelfHelpGroup, *, actor: User | None, now: datetime | None = None
) -> SelfHelpGroup:
    """The group does not come about. Everybody waits on with their first date, and those who
    were asked are told so; the venue is free again.

    Raises ``WrongMoment`` once the start meeting has been held.
    """
    now = now or timezone.now()
    lock_registrations(group.seats.live().values_list("registration", flat=True))
    group = lock(group)
    if group.state not in (GroupState.FORMING, GroupState.SETTLED) or group.started_on is not None:
        raise WrongMoment
    for seat in live_seats(group):
        end_seat(seat, SeatEndReason.LET_GO, actor=actor, now=now)
    _end(group, GroupEndReason.LET_GO, now=now)
    record(group, GroupActivity.LET_GO, actor=actor, now=now)
    return group


@transaction.atomic
def end(
    group: SelfHelpGroup,
    *,
    reason: GroupEndReason,
    actor: User | None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """A group that has met ends. Its members are told, and their registrations are done.

    The venue is free again, and its keys are called back. Whoever was on the way into the group
    waits on with the first date. If it begins again, the group that follows has its time, and who
    is in that, too, hears of it alone. Raises ``WrongMoment`` if it never started (then it is let
    go) or has ended.
    """
    now = now or timezone.now()
    lock_registrations(group.seats.live().values_list("registration", flat=True))
    group = lock(group)
    if group.state not in (GroupState.SETTLED, GroupState.SELF_RUN) or group.started_on is None:
        raise WrongMoment
    slot = group.slot
    goes_on = registered_anew(group) if reason == GroupEndReason.BEGUN_AGAIN else set()
    _end(group, reason, now=now)
    turn_all_down(group, actor=actor, now=now)
    for seat in live_seats(group):
        is_silent = seat.registration_id in goes_on
        end_seat(seat, SeatEndReason.LEFT, actor=actor, now=now, is_silent=is_silent)
        if Registration.objects.filter(OPEN, pk=seat.registration_id).exists():
            close(seat.registration, reason=CloseReason.DONE, actor=actor, now=now)
    if reason == GroupEndReason.BEGUN_AGAIN:
        pass_on_time(group, slot, now=now)
    record(group, GroupActivity.ENDED, actor=actor, now=now)
    return group


@transaction.atomic
def end_by_contact(
    group: SelfHelpGroup,
    *,
    reason: GroupEndReason,
    contact: Seat | None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """The group ends today, as its contact says. Raises ``NoContact`` or ``WrongMoment``."""
    now = now or timezone.now()
    lock_registrations(group.seats.live().values_list("registration", flat=True))
    by_contact(group, contact=contact, now=now)
    return end(group, reason=reason, actor=None, now=now)


def end_if_empty(group: SelfHelpGroup, *, actor: User | None, now: datetime) -> None:
    """Nobody is in the group any more: it has ended, and holds no room, key or licence.

    The caller has locked it, and ended the seat of somebody who has left.
    """
    is_alive = group.state in (GroupState.SETTLED, GroupState.SELF_RUN)
    if not is_alive or group.unnamed_members or group.seats.members().exists():
        return
    reason, move = GroupEndReason.TOO_FEW, GroupActivity.ENDED
    if group.started_on is None:
        reason, move = GroupEndReason.LET_GO, GroupActivity.LET_GO
    elif next_group(group) or link_of(group, now=now):
        reason = GroupEndReason.BEGUN_AGAIN
    slot = group.slot
    _end(group, reason, now=now)
    turn_all_down(group, actor=actor, now=now)
    if reason == GroupEndReason.BEGUN_AGAIN:
        pass_on_time(group, slot, now=now)
    record(group, move, actor=actor, now=now)


def _end(group: SelfHelpGroup, reason: GroupEndReason, *, now: datetime) -> None:
    if group.state in helping.HELPED:
        helping.nobody_is_needed(group, now=now)
    slot, group.slot = group.slot, None
    group.state = GroupState.ENDED
    group.ended_on = timezone.localdate(now)
    group.end_reason = reason
    group.paused_from = group.paused_until = None
    group.save(
        update_fields=["slot", "state", "ended_on", "end_reason", "paused_from", "paused_until"]
    )
    follow_ups.drop_open(group)
    links = group.links.live()
    if reason == GroupEndReason.BEGUN_AGAIN:  # whoever has not registered anew may do so still
        links = links.exclude(purpose=GroupLinkPurpose.BEGIN_AGAIN)
    links.update(superseded_at=now)
    if slot is not None:
        give_up_slot(slot, on=group.ended_on, now=now)
