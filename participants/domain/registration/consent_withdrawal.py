"""A person takes back what they have said yes to."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.messages import outbox
from linkcenter.models import User
from linkcenter.timeline import record
from participants import mail
from participants.domain.errors import RegistrationError
from participants.domain.person.last_heard import heard
from participants.domain.registration.closing import withdraw
from participants.models import Participant, Registration
from participants.signals import leaving
from participants.states import (
    ConsentPurpose,
    PersonActivity,
    RegistrationState,
)


class NotGiven(RegistrationError):
    message = _("You have taken this back already.")


@transaction.atomic
def withdraw_consent(
    participant: Participant,
    *,
    purpose: ConsentPurpose,
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """The person's yes to ``purpose`` holds no longer, and what was kept because of it is gone.

    Without the yes to contact there is no interest: it is withdrawn. Without the one to groups
    elsewhere, what another centre offers is off. Raises ``NotGiven``.
    Source: GDPR article 7: to withdraw is as easy as to give.
    """
    now = now or timezone.now()
    # Held until the end: nobody says yes or is let in with what is taken back in this moment.
    theirs = Registration.objects.exclude(state=RegistrationState.CLOSED)
    registration = theirs.select_for_update().filter(participant=participant).first()
    if purpose == ConsentPurpose.CONTACT and registration is not None:
        if not registration.is_open:  # held back: there is nothing to confirm any more
            Registration.objects.filter(pk=registration.pk).update(
                state=RegistrationState.RECEIVED, held_because=""
            )
        withdraw(registration, actor=actor, now=now)
        return
    holding = participant.consents.filter(withdrawn_at__isnull=True, text__purpose=purpose)
    if not holding.withdraw(now):
        raise NotGiven
    heard(participant, now=now)
    gone = []
    if registration is not None and purpose == ConsentPurpose.THEME:
        registration.themes.clear()
        registration.any_theme = True
        gone = ["themes", "any_theme"]
    elif registration is not None and purpose == ConsentPurpose.DIGITAL:
        registration.digital_elsewhere = False
        gone = ["digital_elsewhere"]
        leaving.send(
            Registration, registration=registration, actor=actor, now=now, only_offers=True
        )
    if registration is not None:
        registration.save(update_fields=[name for name in gone if name != "themes"])
    outbox.cancel(participant, matter=mail.CONSENTS)  # an unsent reminder names the one taken back
    subject = registration or participant
    record(subject, PersonActivity.CONSENT_WITHDRAWN, actor=actor, fields=gone, now=now)
