"""Asking each person alone, with a date to answer by. Nobody sees who else is asked."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from groups.domain.errors import NobodyToAsk, NoTimeYet, WrongMoment
from groups.domain.forming.members import add_person
from groups.domain.meeting.first_time import meet_after
from groups.domain.running.newcomers import meets
from groups.domain.seats import end_seat, lock
from groups.mail import seats as mail
from groups.models import Seat, SelfHelpGroup
from groups.states import GroupActivity, SeatActivity, SeatEndReason, SeatState
from linkcenter.models import User
from linkcenter.timeline import record
from participants.models import Participant, Registration


@transaction.atomic
def ask(
    group: SelfHelpGroup,
    *,
    actor: User | None,
    seats: Collection[int] | None = None,
    now: datetime | None = None,
) -> list[Seat]:
    """Everybody with a proposed seat, or with one of ``seats``, is asked alone, with a date.

    The message is queued in the same transaction, or waits for staff to ring. Returns the seats
    that were asked. Raises ``NobodyToAsk``, ``NoTimeYet``, or ``WrongMoment`` if the group has
    ended.
    """
    now = now or timezone.now()
    group = lock(group)
    if not may_ask(group):
        raise WrongMoment
    if group.slot is None:
        raise NoTimeYet
    proposed = group.seats.filter(state=SeatState.PROPOSED)
    if seats is not None:
        proposed = proposed.filter(pk__in=seats)
    to_ask = list(proposed.select_related("registration__participant__centre"))
    if not to_ask:
        raise NobodyToAsk
    answer_by = timezone.localdate(now) + timedelta(days=group.centre.answer_days)
    if group.is_forming:
        meet_after(group, answer_by, now=now)
    for seat in to_ask:
        seat.group = group
        seat.state = SeatState.ASKED
        seat.asked_at = now
        seat.answer_by = answer_by
        seat.message = mail.tell_of(seat, SeatActivity.ASKED, now=now)
        seat.save(update_fields=["state", "asked_at", "answer_by", "message"])
        record(seat.registration, SeatActivity.ASKED, actor=actor, now=now)
    record(group, GroupActivity.ASKED, actor=actor, now=now)
    return to_ask


def may_ask(group: SelfHelpGroup) -> bool:
    """Whether people may have a seat in it to answer about: all of them, or newcomers."""
    return group.is_forming or meets(group)


def asked_seat(participant: Participant) -> Seat | None:
    """The seat that the person is asked about now, if any."""
    seats = Seat.objects.asked().select_related("group__centre", "group__slot__venue")
    return seats.filter(registration__participant=participant).first()


def expire_unanswered(*, now: datetime | None = None) -> int:
    """Seats whose date to answer by has passed are free; the people wait on and are told so.

    Returns how many. Safe to run twice, and while people answer.
    """
    now = now or timezone.now()
    expired = 0
    for seat in Seat.objects.unanswered_after(timezone.localdate(now)).select_related("group"):
        with transaction.atomic():
            group = lock(seat.group)
            waiting = group.seats.unanswered_after(timezone.localdate(now)).filter(pk=seat.pk)
            locked = waiting.select_related("registration__participant__centre").first()
            if locked is None:
                continue
            locked.group = group
            end_seat(locked, SeatEndReason.EXPIRED, actor=None, now=now)
            expired += 1
    return expired


@transaction.atomic
def add_and_ask(
    group: SelfHelpGroup,
    registration: Registration,
    *,
    broken_rules: Collection[str] = (),
    broken_because: str = "",
    actor: User | None,
    now: datetime | None = None,
) -> Seat:
    """The person has a seat in the group and is asked, and nobody else is.

    Raises what ``add_person`` and ``ask`` raise; then the person is not in the group, either.
    """
    now = now or timezone.now()
    seat = add_person(
        group,
        registration,
        broken_rules=broken_rules,
        broken_because=broken_because,
        actor=actor,
        now=now,
    )
    return ask(group, seats=[seat.pk], actor=actor, now=now)[0]
