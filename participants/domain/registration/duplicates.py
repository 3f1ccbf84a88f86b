"""The same person registered twice: told by phone or e-mail, decided by staff.

Two people at one address or phone are normal, so nothing is closed by itself.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.models import User
from participants.domain.errors import RegistrationError
from participants.domain.locks import hold_registrations
from participants.models import KeepApart, Participant, Registration, TwoPeople
from participants.models.pairs import pair_of
from participants.models.registration_queries import RegistrationQuerySet


class NotTheSame(RegistrationError):
    message = _("These two have neither phone nor e-mail in common. Nothing was changed.")


def look_alikes(registration: Registration) -> RegistrationQuerySet:
    """Other open registrations at the centre with the same phone number or e-mail address.

    ``are_two`` tells those of whom staff have said that they are two people.
    """
    participant = registration.participant
    return (
        Registration.objects.open()
        .filter(
            participant__centre_id=participant.centre_id,
            participant__reach_keys__overlap=participant.reach_keys,
        )
        .exclude(participant=participant)
        .annotate(are_two=Exists(pair_of(participant, OuterRef("participant"))))
        .select_related("participant")
        .order_by("registered_at", "pk")
    )


@transaction.atomic
def are_two_people(
    registration: Registration, other: Registration, *, by: User, now: datetime | None = None
) -> None:
    """Nobody is asked any more whether these two are the same. They can still be made one.

    Not in the timeline, which each of them reads: it would tell of the other. Raises
    ``NotTheSame`` if they have nothing in common that anybody would ask about.
    """
    ids = sorted([registration.participant_id, other.participant_id])
    hold_registrations(*ids)
    if not look_alikes(registration).filter(pk=other.pk).exists():
        raise NotTheSame
    TwoPeople.objects.get_or_create(
        first_id=ids[0], second_id=ids[1], defaults={"by": by, "at": now or timezone.now()}
    )


def keep_apart_too(staying: Participant, closing: Participant) -> None:
    """Whoever must not meet the one must not meet the other: it is the same person."""
    for pair in KeepApart.objects.filter(Q(first=closing) | Q(second=closing)):
        other = pair.second_id if pair.first_id == closing.pk else pair.first_id
        if other != staying.pk:
            first, second = sorted([staying.pk, other])
            KeepApart.objects.get_or_create(first_id=first, second_id=second)
