"""What the outbox asks about messages on seats: whether they hold, and how to say them again."""

from datetime import datetime

from groups import mail
from groups.models import Seat
from groups.states import ENDS_AS, GroupState, SeatActivity, SeatEndReason, SeatState
from linkcenter import subjects
from linkcenter.models import Message
from participants.domain.telling import about_recipient, address_refused

MOVES = {kind: move for move, kind in mail.TEXTS.items() if kind}


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
    told = mail.tell_of(seat, move, now=now)
    if seat.state == SeatState.ASKED:
        seat.message = told
        seat.save(update_fields=["message"])
    return told


def _still_so(seat: Seat, move: SeatActivity) -> bool:
    if move in (SeatActivity.ASKED, SeatActivity.REMINDED):
        return seat.state == SeatState.ASKED
    if move is SeatActivity.EXTENDED:
        is_awaited = seat.state in (SeatState.ASKED, SeatState.YES)
        return is_awaited and seat.group.state == GroupState.FORMING
    if move is SeatActivity.PLACED:
        return seat.state == SeatState.YES and seat.group.state == GroupState.SETTLED
    return bool(seat.end_reason) and ENDS_AS[SeatEndReason(seat.end_reason)] is move


def register() -> None:
    subjects.register("seat", subjects.About(_facts, _renew, address_refused))
