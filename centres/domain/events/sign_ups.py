"""Signing up for an event, the line for a place, and giving a place up."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from centres import mail
from centres.models import Event, EventSignUp
from centres.states import EventActivity, SignUpState
from linkcenter.messages import outbox
from linkcenter.models import User
from linkcenter.periods import days
from linkcenter.timeline import record
from linkcenter.tokens import hash_token, new_seed, token_for

from .errors import AlreadyGivenUp, EventIsOver, NoSignUp

A_FEW = 3
KEEP_SIGN_UPS = days(30)  # after the event


class Places(Enum):
    """How many places there are, as it is said to everybody: never as a number."""

    ENOUGH = "enough"
    FEW = "few"
    NONE = "none"


def places_left(event: Event) -> Places | None:
    """None where places are not counted."""
    if not event.takes_sign_ups or event.capacity is None:
        return None
    left = event.capacity - event.sign_ups.live().count()  # those in line come first
    if left <= 0:
        return Places.NONE
    return Places.FEW if left <= A_FEW else Places.ENOUGH


def takes_sign_ups(event: Event, *, now: datetime) -> bool:
    """Whether somebody can sign up: it is shown, is not cancelled, and has not begun."""
    return (
        event.takes_sign_ups
        and event.published
        and not event.is_cancelled
        and event.centre.is_current
        and event.starts_at is not None
        and now < event.starts_at
    )


def sign_up(
    event: Event,
    *,
    name: str,
    phone: str | None = None,
    email: str | None = None,
    language: str,
    form_id: UUID,
    actor: User | None = None,
    now: datetime | None = None,
) -> EventSignUp:
    """Somebody has a place at ``event``, or stands in line for one, and is told which.

    One of phone (in E.164) and e-mail is given. The same ``form_id`` sent again, also at the same
    moment, gives the sign-up that was made first. Raises ``NoSignUp``.
    """
    now = now or timezone.now()
    if made := made_from(form_id):
        return made
    try:
        with transaction.atomic():
            return _sign_up(
                lock(event), name, phone or None, email or None, language, form_id, actor, now
            )
    except IntegrityError:
        if made := made_from(form_id):
            return made
        raise


def made_from(form_id: UUID) -> EventSignUp | None:
    """The sign-up that the form with this id has become, if it was sent."""
    sent = EventSignUp.objects.filter(form_id=form_id)
    return sent.select_related("event__centre").first()


def find_sign_up(token: str) -> EventSignUp | None:
    """The sign-up that the personal link with ``token`` belongs to. Looking changes nothing."""
    rows = EventSignUp.objects.filter(token_hash=hash_token(token))
    return rows.select_related("event__centre").first()


@transaction.atomic
def close_links() -> int:
    """No link to a sign-up works any more; returns how many did. The next message has a new one."""
    sign_ups = list(EventSignUp.objects.select_for_update())
    for sign_up in sign_ups:
        sign_up.seed = new_seed()
        sign_up.token_hash = hash_token(token_for(sign_up.seed))
    EventSignUp.objects.bulk_update(sign_ups, ["seed", "token_hash"], batch_size=1000)
    return len(sign_ups)


def lock(event: Event) -> Event:
    """The event as it is now, with everybody else who changes who comes standing in line."""
    rows = Event.objects.select_for_update(of=("self",)).select_related("centre")
    return rows.get(pk=event.pk)


def _sign_up(
    event: Event,
    name: str,
    phone: str | None,
    email: str | None,
    language: str,
    form_id: UUID,
    actor: User | None,
    now: datetime,
) -> EventSignUp:
    if made := made_from(form_id):  # it was made while this one stood in line
        return made
    if not takes_sign_ups(event, now=now):
        raise NoSignUp
    is_full = places_left(event) is Places.NONE  # behind those who stand in line already
    seed = new_seed()
    made = EventSignUp.objects.create(
        event=event,
        name=name,
        phone=phone,
        email=email,
        language=language,
        state=SignUpState.WAITING if is_full else SignUpState.CONFIRMED,
        signed_up_at=now,
        form_id=form_id,
        seed=seed,
        token_hash=hash_token(token_for(seed)),
    )
    record(made, EventActivity.SIGNED_UP, actor=actor, now=now)
    text = "sign_up_confirmed" if made.has_place else "sign_up_waiting"
    mail.tell_of_event(made, text, is_rationed=actor is None, now=now)
    return made


@transaction.atomic
def give_up_place(
    sign_up: EventSignUp, *, actor: User | None = None, now: datetime | None = None
) -> None:
    """The person does not come after all, and the first in line gets the place.

    Silent to the one who gives it up: the page, or the call, says it. Raises ``EventIsOver`` and
    ``AlreadyGivenUp``.
    """
    now = now or timezone.now()
    event = lock(sign_up.event)
    if event.is_over_at(now):
        raise EventIsOver
    live = EventSignUp.objects.live().filter(pk=sign_up.pk)
    if not live.update(state=SignUpState.CANCELLED):
        raise AlreadyGivenUp
    sign_up.refresh_from_db(fields=["state"])
    outbox.cancel(sign_up, matter=mail.sign_up_matter(sign_up))
    record(sign_up, EventActivity.GAVE_UP_PLACE, actor=actor, now=now)
    move_up(event, now=now)


@transaction.atomic
def move_up(event: Event, *, now: datetime | None = None) -> list[EventSignUp]:
    """As many as there is room for have a place now, the first in line first, and are told.

    Nobody moves up once the event has begun or is cancelled. Returns those who moved.
    """
    now = now or timezone.now()
    event = lock(event)
    if event.is_cancelled or event.starts_at is None or event.starts_at <= now:
        return []
    waiting = event.sign_ups.waiting()
    if event.capacity is not None:
        waiting = waiting[: max(0, event.capacity - event.sign_ups.confirmed().count())]
    moved = list(waiting)
    for each in moved:
        each.event = event
        each.state = SignUpState.CONFIRMED
        each.save(update_fields=["state"])
        record(each, EventActivity.MOVED_UP, now=now)
        mail.tell_of_event(each, "sign_up_moved_up", now=now)
    return moved


def sign_ups_to_forget(now: datetime) -> QuerySet[EventSignUp]:
    """Those of events that have been over for 30 days. How many came stays with the event."""
    old = now - KEEP_SIGN_UPS
    return EventSignUp.objects.filter(
        Q(event__in=Event.objects.over(old))
        | Q(event__starts_at__isnull=True, signed_up_at__lte=old)
    )
