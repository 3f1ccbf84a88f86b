"""Somebody new in a group that meets already: the person says yes, and then the group does.

Nobody is a member before both have said so. The group learns of the person what it needs to answer
and no more, and the person who is not taken in learns that the group takes nobody in now.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from groups.domain.errors import TooLate, WrongMoment
from groups.domain.seats import end_seat, lock, lock_registrations
from groups.mail import newcomers as newcomer_mail
from groups.mail import seats as mail
from groups.models import Seat, SelfHelpGroup
from groups.models.seat import SeatQuerySet
from groups.states import GroupActivity, GroupState, Newcomers, SeatActivity, SeatEndReason
from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.person.last_heard import heard


def meets(group: SelfHelpGroup) -> bool:
    """Whether the start meeting has been held, and the group has not ended."""
    return group.state == GroupState.SELF_RUN or (
        group.state == GroupState.SETTLED and group.started_on is not None
    )


def may_be_offered(group: SelfHelpGroup, *, today: date) -> bool:
    """Whether staff may offer somebody a place in the group that meets, if there is one."""
    return (
        meets(group)
        and group.newcomers != Newcomers.NO
        and group.contact_id is not None
        and not group.is_paused(today)
    )


@transaction.atomic
def choose_newcomers(
    group: SelfHelpGroup,
    *,
    newcomers: str,
    contact: Seat | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """The group has room for more, or takes nobody in now: whoever it has not said yes to waits on.

    Its contact says so, or staff (``actor``). Raises ``WrongMoment`` if the group does not meet or
    has another contact by now.
    """
    now = now or timezone.now()
    if contact is not None:
        lock_registrations([contact.registration_id])
    group = lock(group)
    if not meets(group) or (contact is not None and group.contact_id != contact.pk):
        raise WrongMoment
    if contact is not None:
        heard(contact.registration.participant, now=now)
    if group.newcomers == newcomers:
        return group
    group.newcomers = newcomers
    group.save(update_fields=["newcomers"])
    move = GroupActivity.WANTS_NO_MORE if newcomers == Newcomers.NO else GroupActivity.WANTS_MORE
    record(group, move, actor=actor, now=now)
    if newcomers == Newcomers.NO:
        turn_all_down(group, actor=actor, now=now)
    return group


def turn_all_down(group: SelfHelpGroup, *, actor: User | None, now: datetime) -> None:
    """Whoever the group has not said yes to waits on. The caller has locked the group."""
    seats = group.seats.live().newcomers_to_come()
    for seat in seats.select_related("registration__participant__centre").order_by("pk"):
        seat.group = group
        end_seat(seat, SeatEndReason.GROUP_NO, actor=actor, now=now)


def ask_group(seat: Seat, *, now: datetime) -> None:
    """The person has said yes: the group's contact is asked whether they may join.

    To be called in the transaction of the yes, with the group locked.
    """
    group = seat.group
    seat.group_asked_at = now
    seat.group_answer_by = timezone.localdate(now) + timedelta(days=group.centre.answer_days)
    seat.save(update_fields=["group_asked_at", "group_answer_by"])
    record(group, GroupActivity.NEWCOMER_ASKED, now=now)
    newcomer_mail.ask_group(seat, now=now)


def ask_new_contact(group: SelfHelpGroup, *, now: datetime) -> None:
    """Whom the one before has not answered about, the new contact is asked about.

    The caller has locked the group.
    """
    for seat in to_answer(group):
        newcomer_mail.ask_no_more(seat)
        seat.group = group
        newcomer_mail.ask_group(seat, now=now)


def to_answer(group: SelfHelpGroup) -> SeatQuerySet:
    """Whom the group has been asked about and has not answered."""
    waiting = group.seats.waiting_for_group().select_related("registration__participant")
    return waiting.order_by("group_asked_at", "pk")


@transaction.atomic
def take_in(
    seat: Seat,
    *,
    contact: Seat | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """The group says yes: the person is a member, and is told time and place.

    Its ``contact`` says so, or has told staff (``actor``). Raises ``TooLate``.
    """
    now = now or timezone.now()
    seat = _take_answer(seat, contact=contact, now=now)
    seat.group_agreed_at = now
    seat.save(update_fields=["group_agreed_at"])
    record(seat.group, GroupActivity.NEWCOMER_YES, actor=actor, now=now)
    record(seat.registration, SeatActivity.PLACED, actor=actor, now=now)
    mail.tell_of(seat, SeatActivity.PLACED, now=now)


@transaction.atomic
def turn_down(
    seat: Seat,
    *,
    contact: Seat | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """The group says no: the person waits on with the first date. Raises ``TooLate``."""
    now = now or timezone.now()
    seat = _take_answer(seat, contact=contact, now=now)
    record(seat.group, GroupActivity.NEWCOMER_NO, actor=actor, now=now)
    end_seat(seat, SeatEndReason.GROUP_NO, actor=actor, now=now)


def _take_answer(seat: Seat, *, contact: Seat | None, now: datetime) -> Seat:
    """The seat, locked with its group, which has still to answer. The contact has been told."""
    asked = [seat.registration_id]
    lock_registrations([*asked, contact.registration_id] if contact else asked)
    group = lock(seat.group)
    locked = (
        group.seats.waiting_for_group()
        .select_for_update(of=("self",))
        .select_related("registration__participant__centre")
        .filter(pk=seat.pk)
        .first()
    )
    if locked is None or not meets(group):
        raise TooLate
    if contact is not None:
        if group.contact_id != contact.pk:
            raise TooLate
        heard(contact.registration.participant, now=now)
    newcomer_mail.has_answered(locked, now=now)
    locked.group = group
    return locked


def end_unanswered(*, now: datetime | None = None) -> int:
    """Silence is no: whom no group has answered about in time waits on and is told so.

    Returns how many. Safe to run twice, and while groups answer.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    ended = 0
    for seat in Seat.objects.waiting_for_group().filter(group_answer_by__lt=today):
        with transaction.atomic():
            group = lock(seat.group)
            late = group.seats.waiting_for_group().filter(pk=seat.pk, group_answer_by__lt=today)
            locked = late.select_related("registration__participant__centre").first()
            if locked is None:
                continue
            locked.group = group
            record(group, GroupActivity.NEWCOMER_NO, now=now)
            end_seat(locked, SeatEndReason.GROUP_NO, actor=None, now=now)
            ended += 1
    return ended
