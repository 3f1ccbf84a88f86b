"""The same person registered twice: told by phone or e-mail, decided by staff.

Two people at one address or phone are normal, so nothing is closed by itself.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.domain.registration import RegistrationError
from participants.models import KeepApart, Participant, Registration
from participants.models.registration import RegistrationQuerySet


class NotTheSame(RegistrationError):
    message = _("These two have neither phone nor e-mail in common. Nothing was changed.")


def look_alikes(registration: Registration) -> RegistrationQuerySet:
    """Other open registrations at the centre with the same phone number or e-mail address."""
    participant = registration.participant
    return (
        Registration.objects.open()
        .filter(
            participant__centre_id=participant.centre_id,
            participant__reach_keys__overlap=participant.reach_keys,
        )
        .exclude(participant=participant)
        .select_related("participant")
        .order_by("registered_at", "pk")
    )


def keep_apart_too(staying: Participant, closing: Participant) -> None:
    """Whoever must not meet the one must not meet the other: it is the same person."""
    for pair in KeepApart.objects.filter(Q(first=closing) | Q(second=closing)):
        other = pair.second_id if pair.first_id == closing.pk else pair.first_id
        if other != staying.pk:
            first, second = sorted([staying.pk, other])
            KeepApart.objects.get_or_create(first_id=first, second_id=second)
