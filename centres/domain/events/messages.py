"""What the outbox asks about messages to those who sign up: whether they hold, and once more."""

from datetime import datetime

from centres import mail
from centres.models import EventSignUp
from linkcenter.messages import subjects
from linkcenter.models import Message

HOLDS = {
    "sign_up_confirmed": lambda sign_up: sign_up.has_place,
    "sign_up_moved_up": lambda sign_up: sign_up.has_place,
    "sign_up_waiting": lambda sign_up: sign_up.is_live and not sign_up.has_place,
    "event_changed": lambda sign_up: sign_up.is_live,
    "event_cancelled": lambda sign_up: sign_up.event.is_cancelled,
}


def _sign_up_of(message: Message) -> EventSignUp | None:
    rows = EventSignUp.objects.select_related("event__centre")
    return rows.filter(pk=message.recipient_id).first()


def _facts(message: Message) -> tuple[object, ...] | None:
    sign_up = _sign_up_of(message)
    return mail.about_sign_up(sign_up) if sign_up else None


def _renew(message: Message, now: datetime) -> Message | None:
    sign_up = _sign_up_of(message)
    holds = HOLDS.get(message.kind)
    if sign_up is None or holds is None or not holds(sign_up):
        return None
    return mail.tell_of_event(sign_up, message.kind, now=now)


def register() -> None:
    subjects.register("sign_up", subjects.About(_facts, _renew))
