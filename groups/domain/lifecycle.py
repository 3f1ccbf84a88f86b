"""Settle, start, hand over, end, let go: each is one act, and nobody loses their date."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from centres.domain.booking import give_up_slot
from groups import mail
from groups.domain import following_up, initiating, shrinking
from groups.domain.beginning_again import (
    close_links,
    link_of,
    next_group,
    pass_on_time,
    registered_anew,
)
from groups.domain.contact import make_contact
from groups.domain.errors import NoContact, NoTimeYet, NotStarted, TooFewYes, WrongMoment
from groups.domain.first_date import put_first_date
from groups.domain.newcomers import turn_all_down
from groups.domain.rules import FEWEST, broken_by_settling, keep_approval, need_approval
from groups.domain.seats import end_seat, lock, lock_registrations
from groups.models import Seat, SelfHelpGroup
from groups.states import (
    GroupActivity,
    GroupEndReason,
    GroupLinkPurpose,
    GroupState,
    SeatActivity,
    SeatEndReason,
    SeatState,
)
from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.registration import close
from participants.models import Registration
from participants.states import OPEN, CloseReason


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
    seats = _live_seats(group)
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
    initiating.keep_told(group, now=now)
    following_up.replan(group, owner=actor, now=now)
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


def _live_seats(group: SelfHelpGroup) -> list[Seat]:
    seats = list(group.seats.live().select_related("registration__participant__centre"))
    for seat in seats:
        seat.group = group
    return seats


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
    following_up.start_was_held(group, actor=actor, now=now)
    return group


@transaction.atomic
def hand_over(
    group: SelfHelpGroup,
    *,
    contact: Seat | None = None,
    actor: User | None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """The group runs itself, and its initiators are free for others.

    One member is the contact: the one in the seat ``contact``, or who is it already. All are told,
    and until when we know who they are. Raises ``NotStarted``, ``NoContact``, ``NotAMember``, or
    ``WrongMoment`` if the group is not settled.
    """
    now = now or timezone.now()
    lock_registrations(group.seats.live().values_list("registration", flat=True))
    group = lock(group)
    if group.state != GroupState.SETTLED:
        raise WrongMoment
    if group.started_on is None:
        raise NotStarted
    if contact is not None:
        make_contact(group, contact, actor=actor, now=now)
    if group.contact_id is None:
        raise NoContact
    group.state = GroupState.SELF_RUN
    group.handed_over_on = timezone.localdate(now)
    group.save(update_fields=["state", "handed_over_on"])
    record(group, GroupActivity.HANDED_OVER, actor=actor, now=now)
    shrinking.tell_members(group, now=now)
    following_up.replan(group, owner=actor, now=now)
    return group


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
    for seat in _live_seats(group):
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
    for seat in _live_seats(group):
        is_silent = seat.registration_id in goes_on
        end_seat(seat, SeatEndReason.LEFT, actor=actor, now=now, is_silent=is_silent)
        if Registration.objects.filter(OPEN, pk=seat.registration_id).exists():
            close(seat.registration, reason=CloseReason.DONE, actor=actor, now=now)
    if reason == GroupEndReason.BEGUN_AGAIN:
        pass_on_time(group, slot, now=now)
    record(group, GroupActivity.ENDED, actor=actor, now=now)
    return group


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
    if group.state in initiating.HELPED:
        initiating.nobody_is_needed(group, now=now)
    slot, group.slot = group.slot, None
    group.state = GroupState.ENDED
    group.ended_on = timezone.localdate(now)
    group.end_reason = reason
    group.paused_from = group.paused_until = None
    group.save(
        update_fields=["slot", "state", "ended_on", "end_reason", "paused_from", "paused_until"]
    )
    following_up.drop_open(group)
    links = group.links.live()
    if reason == GroupEndReason.BEGUN_AGAIN:  # whoever has not registered anew may do so still
        links = links.exclude(purpose=GroupLinkPurpose.BEGIN_AGAIN)
    links.update(superseded_at=now)
    if slot is not None:
        give_up_slot(slot, on=group.ended_on, now=now)
