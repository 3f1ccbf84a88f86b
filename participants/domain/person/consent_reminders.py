"""Once a year people are told what they have said yes to, and how to take it back.

Source: Datatilsynet on consent: remind at intervals that it is given, and may be withdrawn.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from centres.states import LegalBasis
from linkcenter.models import Message
from linkcenter.periods import years
from linkcenter.timeline import record
from participants import mail
from participants.domain.locks import hold_registrations
from participants.domain.person.links import FIRST_LINK_LIFE, entry_link
from participants.models import Consent, Participant, Registration
from participants.states import ConsentPurpose, PersonActivity

EVERY = years(1)
A_NIGHT = 20  # at one centre: staff ring some of them


def due(now: datetime) -> QuerySet[Participant]:
    """With an open registration and a consent that holds, and not told of any for a year.

    A new consent tells of itself: the year begins again. Whom we have something else to say to,
    or wait for an answer from, hears that first.
    """
    holding = Consent.objects.filter(participant=OuterRef("pk"), withdrawn_at__isnull=True)
    lately = holding.filter(given_at__gt=now - EVERY)
    here = Registration.objects.open().filter(
        participant=OuterRef("pk"), still_asked_on__isnull=True
    )
    untold = Message.objects.untold().filter(participant=OuterRef("pk"))
    told_long_ago = Q(reminded_of_consents_on__isnull=True) | Q(
        reminded_of_consents_on__lte=timezone.localdate(now) - EVERY
    )
    return Participant.objects.filter(
        told_long_ago, Exists(holding), ~Exists(lately), Exists(here), ~Exists(untold)
    )


def remind(*, now: datetime | None = None) -> int:
    """Tell some of those who are due, who was told longest ago first; returns how many."""
    now = now or timezone.now()
    longest_first = Window(
        RowNumber(),
        partition_by=F("centre"),
        order_by=[F("reminded_of_consents_on").asc(nulls_first=True), F("pk").asc()],
    )
    tonight = due(now).annotate(place=longest_first).filter(place__lte=A_NIGHT)
    return sum(_remind(pk, now=now) for pk in list(tonight.values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int, *, now: datetime) -> bool:
    hold_registrations(pk)
    list(Participant.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk"))
    participant = due(now).select_related("centre__operator").filter(pk=pk).first()
    if participant is None:
        return False
    holding = participant.consents.filter(withdrawn_at__isnull=True)
    given = holding.order_by("given_at", "pk").values_list("text__purpose", "given_at")
    participant.reminded_of_consents_on = timezone.localdate(now)
    participant.save(update_fields=["reminded_of_consents_on"])
    record(participant, PersonActivity.CONSENTS_REMINDED, now=now)
    mail.consents(
        participant,
        link=entry_link(participant, life=FIRST_LINK_LIFE, now=now),
        given=[(ConsentPurpose(purpose), at) for purpose, at in given],
        is_public_task=participant.centre.legal_basis == LegalBasis.PUBLIC_TASK,
        now=now,
    )
    return True
