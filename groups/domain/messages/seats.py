"""What the outbox asks about messages on seats: whether they hold, and how to say them again."""

from datetime import datetime

from groups.mail import newcomers
from groups.mail import seats as mail
from groups.models import Seat
from groups.states import ENDS_AS, GroupState, SeatActivity, SeatEndReason, SeatState
from linkcenter.messages import subjects
from linkcenter.models import Message
from participants.domain.messages.outbox_subjects import about_recipient, address_refused

MOVES = {
    kind: move
    for texts in (mail.TEXTS, mail.INTO_GROUP_THAT_MEETS, mail.GROUP_IS_OVER)
    for move, kind in texts.items()
    if kind
} | {"begun_again": SeatActivity.YES}


def _seat_of(message: Message) -> Seat | None:
    pk = message.matter.partition(":")[2]
    seats = Seat.objects.select_related("registration__participant__centre", "group__slot__venue")
    return seats.filter(pk=int(pk), registration__participant=message.recipient_id).first()


def _facts(message: Message) -> tuple[object, ...] | None:
    person, seat = about_recipient(message), _seat_of(message)
    if person is None or seat is None or message.kind not in MOVES:
        return None
    return (*person, *mail.about_seat(seat, MOVES[message.kind]))


def _renew(message: Message, now: datetime) -> Message | None:
    seat, move = _seat_of(message), MOVES.get(message.kind)
    if seat is None or move is None or not _still_so(seat, move):
        return None
    if move is SeatActivity.YES:
        return mail.begun_again(seat, now=now)
    told = mail.tell_of(seat, move, now=now)
    if seat.state == SeatState.ASKED:
        seat.message = told
        seat.save(update_fields=["message"])
    return told


def _still_so(seat: Seat, move: SeatActivity) -> bool:
    if move in (SeatActivity.ASKED, SeatActivity.REMINDED):
        return seat.state == SeatState.ASKED
    if move is SeatActivity.YES:
        return seat.state == SeatState.YES and seat.group.is_forming
    if move is SeatActivity.EXTENDED:
        is_awaited = seat.state in (SeatState.ASKED, SeatState.YES)
        return is_awaited and seat.group.state == GroupState.FORMING
    if move is SeatActivity.PLACED:
        is_new = seat.is_newcomer or seat.group.state == GroupState.SETTLED
        return seat.is_member and is_new
    if move is SeatActivity.MOVED:
        return seat.state == SeatState.YES and seat.group.slot is not None
    return bool(seat.end_reason) and ENDS_AS[SeatEndReason(seat.end_reason)] is move


def _facts_for_group(message: Message) -> tuple[object, ...] | None:
    """What the group's contact is told of somebody who would like to join; None if that is over."""
    person, seat = about_recipient(message), _newcomer_of(message)
    if person is None or seat is None:
        return None
    return (*person, *newcomers.about(seat))


def _newcomer_of(message: Message) -> Seat | None:
    """The newcomer's seat, if the recipient is still the one who answers for the group."""
    pk = message.matter.partition(":")[2]
    seats = Seat.objects.waiting_for_group().select_related(
        "registration__participant", "group__contact__registration__participant__centre"
    )
    contact = message.recipient_id
    return seats.filter(pk=int(pk), group__contact__registration__participant=contact).first()


def _renew_for_group(message: Message, now: datetime) -> Message | None:
    seat = _newcomer_of(message)
    return newcomers.ask_group(seat, now=now) if seat else None


def register() -> None:
    subjects.register("seat", subjects.About(_facts, _renew, address_refused))
    subjects.register(
        "newcomer", subjects.About(_facts_for_group, _renew_for_group, address_refused)
    )
