"""What becomes of a seat, or of a question, when somebody leaves."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver  # noqa: TID251 (the one receiver of the one signal)

from groups.domain.lifecycle.ending import end_if_empty
from groups.domain.seats import end_seat, lock
from groups.domain.waiting.questions import take_back
from groups.models import Seat
from groups.states import GroupState, SeatEndReason
from linkcenter.models import User
from participants.models import Registration
from participants.signals import leaving


@receiver(leaving, dispatch_uid="groups.free_seat")
def free_seat(
    sender: Any,
    registration: Registration,
    actor: User | None,
    now: datetime,
    only_offers: bool = False,
    **kwargs: Any,
) -> None:
    """Whoever leaves lets go of their seat in the same transaction, and is asked nothing more.

    ``only_offers``: of a seat in a group that another centre is forming. A place in a group that
    is settled was agreed on for itself, and stays.
    """
    seats = Seat.objects.live().filter(registration=registration).select_related("group")
    if only_offers:
        home = registration.participant.centre_id
        seats = seats.filter(group__state=GroupState.FORMING).exclude(group__centre=home)
    else:
        take_back(registration, actor=actor, now=now)
    for seat in seats:
        group = lock(seat.group)
        seat = group.seats.select_related("registration__participant__centre").get(pk=seat.pk)
        if seat.is_live and (not only_offers or group.state == GroupState.FORMING):
            seat.group = group
            end_seat(seat, SeatEndReason.LEFT, actor=actor, now=now)
            end_if_empty(group, actor=actor, now=now)
