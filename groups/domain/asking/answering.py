"""The answer of one who was asked: yes, no, or at another time."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from groups.domain.asking.asking import may_ask
from groups.domain.errors import TooLate
from groups.domain.running.newcomers import ask_group
from groups.domain.seats import end_seat, lock, lock_registrations
from groups.mail import seats as mail
from groups.models import Seat
from groups.states import SeatActivity, SeatEndReason, SeatState
from linkcenter.messages import outbox
from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.person.last_heard import heard
from participants.domain.person.links import supersede_links, use_link
from participants.domain.registration.changes import change_availability
from participants.models import PersonalLink
from participants.states import LinkPurpose


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
    if locked is None or not may_ask(group):
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
