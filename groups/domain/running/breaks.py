"""A break for a group: its room is free meanwhile, and the group has it back by itself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from centres.domain.booking.breaks import pause, resume
from centres.domain.booking.spans import day_of, moment
from centres.domain.booking.weekly_times import AHEAD
from groups.domain import follow_ups
from groups.domain.errors import NoBreak, NoContact, NoMeetingInBreak, NoSuchBreak, WrongMoment
from groups.domain.running.contact import by_contact, locked_with_contact
from groups.domain.seats import lock
from groups.mail import contact as mail
from groups.models import Seat, SelfHelpGroup
from groups.states import STARTED_OR_TO_START, GroupActivity
from linkcenter.messages import outbox
from linkcenter.models import Message, User
from linkcenter.timeline import record

LONGEST = timedelta(days=183)
SHOWN_AFTER = timedelta(weeks=5)  # how far a preview looks past the break
TELL_BEFORE = timedelta(days=7)
TOLD_LATELY = timedelta(days=9)


@dataclass(frozen=True)
class Preview:
    """What a break would do: the meetings that fall out, and the first ones after it."""

    falls_out: list[date]
    comes_back: list[date]


def preview(
    group: SelfHelpGroup, *, from_date: date, until: date, now: datetime | None = None
) -> Preview:
    """The meetings that a break from ``from_date`` until before ``until`` would take, if any.

    Raises ``NoSuchBreak``, or ``NoMeetingInBreak``.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    if not today <= from_date < until or until - from_date > LONGEST:
        raise NoSuchBreak
    if group.slot is None:
        raise WrongMoment
    if from_date > today + AHEAD:
        raise NoMeetingInBreak
    coming = group.slot.bookings.taking_the_venue().filter(
        span__startswith__gte=max(now, moment(from_date)),
        span__startswith__lt=moment(until + SHOWN_AFTER),
    )
    days = [day_of(booking) for booking in coming.order_by("span")]
    falls_out = [day for day in days if day < until]
    if not falls_out:
        raise NoMeetingInBreak
    return Preview(falls_out, [day for day in days if day >= until])


@transaction.atomic
def take_break(
    group: SelfHelpGroup,
    *,
    from_date: date,
    until: date,
    contact: Seat | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """The group does not meet from ``from_date``, and meets again from ``until``.

    It keeps its weekly time; others may have the room meanwhile. Raises what ``preview`` raises,
    or ``WrongMoment`` if the group has a break already.
    """
    now = now or timezone.now()
    group, _contact = by_contact(group, contact=contact, now=now)
    if group.slot is None or group.paused_until is not None:
        raise WrongMoment
    preview(group, from_date=from_date, until=until, now=now)
    group.paused_from, group.paused_until = from_date, until
    group.save(update_fields=["paused_from", "paused_until"])
    pause(group.slot, from_date=from_date, until=until, now=now)
    follow_ups.replan(group, now=now)
    record(group, GroupActivity.PAUSED, actor=actor, now=now)
    return group


@transaction.atomic
def call_off_break(
    group: SelfHelpGroup,
    *,
    contact: Seat | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> list[date]:
    """The group meets again from today on. Returns the dates on which somebody else has the room.

    Raises ``NoBreak``.
    """
    now = now or timezone.now()
    group, seat = by_contact(group, contact=contact, now=now)
    if group.paused_until is None:
        raise NoBreak
    outbox.cancel(seat.registration.participant, matter=mail.matter_of_break(group))
    return _end_break(group, actor=actor, now=now)


def _end_break(group: SelfHelpGroup, *, actor: User | None, now: datetime) -> list[date]:
    group.paused_from = group.paused_until = None
    group.save(update_fields=["paused_from", "paused_until"])
    record(group, GroupActivity.PAUSE_ENDED, actor=actor, now=now)
    taken = resume(group.slot, now=now) if group.slot else []
    follow_ups.replan(group, now=now)
    return taken


def about_to_end(today: date, *, now: datetime) -> QuerySet[SelfHelpGroup]:
    """Groups whose break ends within a week, and whose contact has not been told so."""
    told = Message.objects.filter(
        kind="break_ends",
        created_at__gt=now - TOLD_LATELY,
        participant__registrations__seats=OuterRef("contact"),
    )
    soon = SelfHelpGroup.objects.filter(
        STARTED_OR_TO_START,
        contact__isnull=False,
        paused_until__gt=today,
        paused_until__lte=today + TELL_BEFORE,
    )
    return soon.filter(~Exists(told))


def tell_of_ends(*, now: datetime | None = None) -> int:
    """Tell each contact a week before their group meets again; returns how many."""
    now = now or timezone.now()
    due = about_to_end(timezone.localdate(now), now=now)
    return sum(_tell_of_end(group, now=now) for group in due)


@transaction.atomic
def _tell_of_end(group: SelfHelpGroup, *, now: datetime) -> bool:
    try:
        group, contact = locked_with_contact(group)
    except NoContact:
        return False
    if not about_to_end(timezone.localdate(now), now=now).filter(pk=group.pk).exists():
        return False
    mail.break_ends(contact, now=now)
    return True


def end_breaks(*, now: datetime | None = None) -> int:
    """The breaks that are over end by themselves; returns how many."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    over = SelfHelpGroup.objects.filter(STARTED_OR_TO_START, paused_until__lte=today)
    ended = 0
    for group in over:
        with transaction.atomic():
            group = lock(group)
            if group.paused_until is None or group.paused_until > today:
                continue
            _end_break(group, actor=None, now=now)
            ended += 1
    return ended
