"""What the outbox asks about messages to the contact of a group, and to all at the hand-over."""

from datetime import datetime

from groups.domain.running.time_in_use import is_asked
from groups.mail import contact as mail
from groups.models import Seat
from linkcenter.messages import subjects
from linkcenter.models import Message
from participants.domain.messages.outbox_subjects import about_recipient, address_refused


def _seat_of(message: Message) -> Seat | None:
    """The seat that the recipient has, or had last, in the group that it is about."""
    matter, _colon, pk = message.matter.partition(":")
    seats = Seat.objects.select_related(
        "registration__participant__centre", "group__centre", "group__slot__venue__centre"
    ).filter(registration__participant=message.recipient_id)
    seats = seats.filter(pk=int(pk)) if matter == "kept" else seats.filter(group=int(pk))
    return seats.order_by("-pk").first()


def _facts(message: Message) -> tuple[object, ...] | None:
    person, seat = about_recipient(message), _seat_of(message)
    if person is None or seat is None:
        return None
    return (*person, *mail.about(seat, message.kind))


def _renew(message: Message, now: datetime) -> Message | None:
    seat = _seat_of(message)
    if seat is None or not _still_so(seat, message.kind):
        return None
    return mail.say_again(seat, message.kind, now=now)


def _still_so(seat: Seat, kind: str) -> bool:
    is_contact = seat.group.contact_id == seat.pk
    if kind in ("contact_before", "handed_over"):
        return seat.is_member and not is_contact
    if kind == "time_in_use":
        return is_contact and is_asked(seat.group)
    if kind == "break_ends":
        return is_contact and seat.group.paused_until is not None
    return is_contact


def register() -> None:
    for matter in ("contact", "use", "break", "kept"):
        subjects.register(matter, subjects.About(_facts, _renew, address_refused))
