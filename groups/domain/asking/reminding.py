"""Those who have been asked and have not answered: reminded once, or given more time."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from groups.domain.errors import NobodyToAsk, NotLater, WrongMoment
from groups.domain.meeting.first_time import meet_after
from groups.domain.seats import lock, lock_registrations
from groups.mail import seats as mail
from groups.models import Seat, SelfHelpGroup
from groups.models.seat import SeatQuerySet
from groups.states import GroupActivity, SeatActivity, SeatState
from linkcenter.models import Message, User
from linkcenter.timeline import record

BEFORE = timedelta(days=2)  # how long before the date somebody is reminded
TIME_TO_THINK = timedelta(days=2)  # since they last heard from us about it


def can_be_reminded(seats: SeatQuerySet, *, today: date) -> SeatQuerySet:
    """Those who have heard what they are asked, may still answer, and were not reminded yet."""
    waiting = seats.asked().filter(reminded_at__isnull=True, answer_by__gte=today)
    return waiting.exclude(message__in=Message.objects.untold())


def remind_before_it_is_late(*, now: datetime | None = None) -> int:
    """Whose date to answer comes soon is reminded, once; returns how many.

    Safe to run twice, and while people answer.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    soon = can_be_reminded(Seat.objects.all(), today=today).filter(
        answer_by__lte=today + BEFORE, asked_at__lte=now - TIME_TO_THINK
    )
    due = soon.exclude(message__created_at__gt=now - TIME_TO_THINK)
    return sum(remind(seat, actor=None, now=now) for seat in due.order_by("pk"))


@transaction.atomic
def remind(seat: Seat, *, actor: User | None, now: datetime | None = None) -> bool:
    """The person hears once more what they are asked, with the date. Never a second time.

    False if they have answered, were reminded before, or have not heard the question yet.
    """
    now = now or timezone.now()
    lock_registrations([seat.registration_id])
    group = lock(seat.group)
    waiting = can_be_reminded(group.seats.all(), today=timezone.localdate(now))
    locked = waiting.select_related("registration__participant__centre").filter(pk=seat.pk).first()
    if locked is None:
        return False
    locked.group = group
    locked.reminded_at = now
    locked.message = mail.tell_of(locked, SeatActivity.REMINDED, now=now)
    locked.save(update_fields=["reminded_at", "message"])
    record(locked.registration, SeatActivity.REMINDED, actor=actor, now=now)
    return True


@transaction.atomic
def extend(
    group: SelfHelpGroup,
    *,
    answer_by: date,
    actor: User | None,
    seats: Collection[int] | None = None,
    now: datetime | None = None,
) -> list[Seat]:
    """Those who have not answered have until ``answer_by``, and are told so.

    ``seats`` (keys) are some of them; without it all of them are meant, and who has said yes hears
    that it takes longer. The first meeting moves on if it would come before the date. Raises
    ``NotLater`` for a date that is no later than somebody has, ``NobodyToAsk``, ``WrongMoment`` if
    the group does not wait for answers any more, or the booking's ``VenueTaken``.
    """
    now = now or timezone.now()
    lock_registrations(group.seats.live().values_list("registration", flat=True))
    group = lock(group)
    if not group.is_forming:
        raise WrongMoment
    chosen = _whom(group, seats)
    if not chosen:
        raise NobodyToAsk if seats is None else WrongMoment
    latest = max(seat.answer_by for seat in chosen if seat.answer_by)
    if answer_by <= max(latest, timezone.localdate(now)):
        raise NotLater(latest)
    meet_after(group, answer_by, now=now)
    for seat in chosen:
        _give_until(seat, group, answer_by, actor=actor, now=now)
    record(group, GroupActivity.EXTENDED, actor=actor, now=now)
    return chosen


def _whom(group: SelfHelpGroup, seats: Collection[int] | None) -> list[Seat]:
    rows = group.seats.select_related("registration__participant__centre", "message")
    if seats is None:
        return list(rows.filter(state__in=[SeatState.ASKED, SeatState.YES]).order_by("pk"))
    return list(rows.filter(state=SeatState.ASKED, pk__in=seats).order_by("pk"))


def _give_until(
    seat: Seat, group: SelfHelpGroup, answer_by: date, *, actor: User | None, now: datetime
) -> None:
    """Who has not even heard the question hears it with the new date, and nothing of the old."""
    seat.group = group
    seat.answer_by = answer_by
    message = seat.message
    is_unheard = (
        seat.state == SeatState.ASKED
        and message is not None
        and message.kind == mail.TEXTS[SeatActivity.ASKED]
        and Message.objects.untold().filter(pk=message.pk).exists()
    )
    move = SeatActivity.ASKED if is_unheard else SeatActivity.EXTENDED
    seat.message = mail.tell_of(seat, move, now=now)
    seat.save(update_fields=["answer_by", "message"])
    record(seat.registration, SeatActivity.EXTENDED, actor=actor, now=now)
