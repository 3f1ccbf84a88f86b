"""Those who wait without a place, and have not been heard from: asked, and at last let go of."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from groups.models import Seat
from groups.states import LIVE
from linkcenter.database.among import among
from participants.domain.registration import still_interested
from participants.models import Participant, Registration

A_NIGHT = 20  # at one centre: staff ring some of them, and all may ring back
JUST_ASKED = timedelta(days=14)


def _without_place(rows: QuerySet[Registration], *, now: datetime) -> QuerySet[Registration]:
    """Neither in a group, nor asked about one lately."""
    lately = Q(asked_at__gt=now - JUST_ASKED) | Q(ended_at__gt=now - JUST_ASKED)
    seats = Seat.objects.filter(LIVE | lately, registration=OuterRef("pk"))
    return rows.filter(~Exists(seats))


def ask_who_waits(*, now: datetime | None = None) -> int:
    """Ask some of those who have been silent for long, the longest first; returns how many.

    Safe to run twice, and while people answer: who is asked is due no more.
    """
    now = now or timezone.now()
    due = _without_place(still_interested.due(now), now=now)
    longest_first = Window(
        RowNumber(),
        partition_by=F("participant__centre"),
        order_by=[F("heard_at").asc(), F("pk").asc()],
    )
    tonight = due.annotate(place=longest_first).filter(place__lte=A_NIGHT).order_by("place", "pk")
    return sum(_ask(pk, now=now) for pk in list(tonight.values_list("pk", flat=True)))


@transaction.atomic
def _ask(pk: int, *, now: datetime) -> bool:
    list(Registration.objects.select_for_update().filter(pk=pk).values_list("pk"))
    registration = _without_place(still_interested.due(now), now=now).filter(pk=pk).first()
    if registration is None:
        return False
    still_interested.ask(registration, now=now)
    return True


def people_to_forget(now: datetime) -> QuerySet[Participant]:
    """Those whom we have asked and not heard from for a year, and who have no place in a group."""
    silent = _without_place(still_interested.silent(now), now=now)
    is_kept = Q(kept_until__gt=timezone.localdate(now))
    return Participant.objects.filter(among(silent.values("participant"))).exclude(is_kept)
