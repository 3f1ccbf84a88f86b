"""Asking each person alone, and taking the answer. Nobody sees who else is asked."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from groups import mail
from groups.domain.errors import NobodyToAsk, NoTimeYet, TooLate, WrongMoment
from groups.domain.first_date import meet_after
from groups.domain.newcomers import ask_group, meets
from groups.domain.seats import end_seat, lock, lock_registrations
from groups.models import Seat, SelfHelpGroup
from groups.states import (
    GroupActivity,
    SeatActivity,
    SeatEndReason,
    SeatState,
)
from linkcenter import outbox
from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.hearing import heard
from participants.domain.links import supersede_links, use_link
from participants.domain.registration import change_availability
from participants.models import Participant, PersonalLink
from participants.states import LinkPurpose


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
    if not _may_ask(group):
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


def _may_ask(group: SelfHelpGroup) -> bool:
    """Whether people may have a seat in it to answer about: all of them, or newcomers."""
    return group.is_forming or meets(group)


def asked_seat(participant: Participant) -> Seat | None:
    """The seat that the person is asked about now, if any."""
    seats = Seat.objects.asked().select_related("group__centre", "group__slot__venue")
    return seats.filter(registration__participant=participant).first()


@transaction.atomic
def say_yes(
    seat: Seat,
    *,
    link: PersonalLink | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """The person wants the seat, and a group that meets already is asked in its turn.

    They answer by ``link``, or staff (``actor``) heard them say so.

    Raises ``TooLate`` if the seat is no longer asked about, or the link no longer works.
    """
    now = now or timezone.now()
    seat = _take_answer(seat, link=link, now=now)
    seat.state = SeatState.YES
    seat.save(update_fields=["state", "answered_at"])
    record(seat.registration, SeatActivity.YES, actor=actor, now=now)
    if seat.is_newcomer:
        ask_group(seat, now=now)


@transaction.atomic
def say_no(
    seat: Seat,
    *,
    link: PersonalLink | None = None,
    actor: User | None = None,
    no_reason: str = "",
    now: datetime | None = None,
) -> None:
    """The person does not want this seat, and waits on with the first date. Raises ``TooLate``."""
    now = now or timezone.now()
    seat = _take_answer(seat, link=link, now=now)
    end_seat(seat, SeatEndReason.NO, actor=actor, now=now, no_reason=no_reason)


@transaction.atomic
def say_other_time(
    seat: Seat,
    *,
    availability: Collection[str] | None,
    link: PersonalLink | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """The person would like a group, but at another time: their week is updated, they wait on.

    Without ``availability`` their week is as before: it is for their own centre to change. Raises
    ``TooLate``.
    """
    now = now or timezone.now()
    seat = _take_answer(seat, link=link, now=now)
    end_seat(seat, SeatEndReason.OTHER_TIME, actor=actor, now=now)
    if availability is not None:
        change_availability(seat.registration, availability=availability, actor=actor, now=now)


def _take_answer(seat: Seat, *, link: PersonalLink | None, now: datetime) -> Seat:
    """The seat, locked and still asked about, with the moment of the answer set.

    Whoever answers has been told: staff need not ring, and no e-mail asks them again.
    """
    lock_registrations([seat.registration_id])
    group = lock(seat.group)
    locked = (
        group.seats.asked()
        .select_for_update(of=("self",))
        .select_related("registration__participant__centre", "message")
        .filter(pk=seat.pk)
        .first()
    )
    if locked is None or not _may_ask(group):
        raise TooLate
    if link is None:
        supersede_links(locked.registration.participant, LinkPurpose.ANSWER, now=now)
    elif link.participant_id != locked.registration.participant_id or not use_link(link, now=now):
        raise TooLate
    if locked.message is not None:
        outbox.done_by_hand(locked.message, now=now)
        outbox.cancel(locked.registration.participant, matter=mail.matter(locked))
    heard(locked.registration.participant, now=now)
    locked.group = group
    locked.answered_at = now
    return locked


def other_times(seat: Seat) -> list[str]:
    """The person's own week without the time that they are asked about, which does not suit them.

    They tick it again where it was this group alone that did not.
    """
    slot = seat.group.slot
    asked = slot.week_slot if slot else ""
    return [part for part in seat.registration.availability if part != asked]


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
