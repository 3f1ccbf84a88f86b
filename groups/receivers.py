"""What becomes of a seat, or of a question, when somebody leaves."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver  # noqa: TID251 (the one receiver of the one signal)

from groups.domain.questions import take_back
from groups.domain.seats import end_seat, lock
from groups.models import Seat
from groups.states import SeatEndReason
from linkcenter.models import User
from participants.models import Registration
from participants.signals import leaving


@receiver(leaving, dispatch_uid="groups.free_seat")
def free_seat(
    sender: Any, registration: Registration, actor: User | None, now: datetime, **kwargs: Any
) -> None:
    """Whoever leaves lets go of their seat in the same transaction, and is asked nothing more."""
    take_back(registration, actor=actor, now=now)
    for seat in Seat.objects.live().filter(registration=registration).select_related("group"):
        group = lock(seat.group)
        seat = group.seats.select_related("registration__participant__centre").get(pk=seat.pk)
        if seat.is_live:
            end_seat(seat, SeatEndReason.LEFT, actor=actor, now=now)
