"""An event is changed, cancelled, counted or deleted, and those who signed up are told."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from centres import mail
from centres.domain.booking.single_uses import hold_rooms
from centres.models import Event, EventSignUp, Venue
from centres.states import EventActivity
from linkcenter.models import User
from linkcenter.timeline import record

from .errors import (
    AlreadyCancelled,
    CannotBeHidden,
    EventIsOver,
    HasSignUps,
    NotOverYet,
    TooFewPlaces,
)
from .sign_ups import lock, move_up

DECIDED_ELSEWHERE = ("cancelled_at", "cancelled_because", "came")  # by acts of their own
TOLD_OF = ("starts_at", "ends_at", "place", "digital", "joining")  # a change of these is told


@transaction.atomic
def cancel_event(
    event: Event, *, because: str, actor: User | None = None, now: datetime | None = None
) -> int:
    """The event is not held. Everybody who signed up is told why; returns how many.

    Raises ``AlreadyCancelled`` and ``EventIsOver``.
    """
    now = now or timezone.now()
    event = lock(event)
    if event.is_cancelled:
        raise AlreadyCancelled
    if event.is_over_at(now):
        raise EventIsOver
    event.cancelled_at = now
    event.cancelled_because = because
    event.save(update_fields=["cancelled_at", "cancelled_because", "updated_at"])
    hold_rooms(event, now=now)
    record(event, EventActivity.EVENT_CANCELLED, actor=actor, now=now)
    return _tell_all(event, event.sign_ups.live(), "event_cancelled", now=now)


@transaction.atomic
def change_event(
    event: Event,
    *,
    venues: Iterable[Venue] | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> int:
    """``event`` is stored as it has been changed; returns how many are told of a new time or place.

    How to join is told only to those who have a place. Where there is room for more, the first in
    line move up. It stays with its centre once somebody has signed up: what they wrote is for that
    centre and no other. Its rooms and licences follow its time; ``venues`` are others instead of
    those. Raises ``TooFewPlaces``, ``CannotBeHidden``, or the booking's ``InTheWay``.
    """
    now = now or timezone.now()
    before = lock(event)
    places = event.capacity
    if places is not None and places < before.sign_ups.confirmed().count():
        raise TooFewPlaces
    is_open = not (before.is_cancelled or before.is_over_at(now))
    if is_open and not event.published and before.sign_ups.live().exists():
        raise CannotBeHidden
    if before.sign_ups.exists():
        event.centre = before.centre
    for name in DECIDED_ELSEWHERE:
        setattr(event, name, getattr(before, name))
    event.save()
    hold_rooms(event, venues, now=now)
    changed = [name for name in TOLD_OF if getattr(before, name) != getattr(event, name)]
    if not changed or event.is_cancelled or event.is_over_at(now):
        move_up(event, now=now)
        return 0
    record(event, EventActivity.EVENT_CHANGED, actor=actor, fields=changed, now=now)
    to_tell = event.sign_ups.live()
    if changed == ["joining"]:
        to_tell = to_tell.confirmed()
    told = _tell_all(event, to_tell, "event_changed", now=now)
    move_up(event, now=now)  # last: its text tells the same and that there is a place
    return told


def _tell_all(event: Event, sign_ups: Iterable[EventSignUp], kind: str, *, now: datetime) -> int:
    told = 0
    for each in sign_ups:
        each.event = event
        mail.tell_of_event(each, kind, now=now)
        told += 1
    return told


@transaction.atomic
def write_down_who_came(event: Event, *, came: int, now: datetime | None = None) -> None:
    """So many came. A number, and no names. Raises ``NotOverYet`` and ``AlreadyCancelled``."""
    event = lock(event)
    if event.is_cancelled:
        raise AlreadyCancelled
    if not event.is_over_at(now or timezone.now()):
        raise NotOverYet
    event.came = came
    event.save(update_fields=["came"])


@transaction.atomic
def delete_event(event: Event) -> None:
    """The event is gone. Raises ``HasSignUps`` as long as somebody counts on it."""
    event = lock(event)
    if event.sign_ups.live().exists():
        raise HasSignUps
    event.delete()
