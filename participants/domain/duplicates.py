"""The same person registered twice: told by phone or e-mail, decided by staff.

Two people at one address or phone are normal, so nothing is closed by itself.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain import consents
from participants.domain.registration import RegistrationError, close
from participants.domain.stopping import withdraw_consent
from participants.models import KeepApart, Participant, Registration
from participants.models.registration import RegistrationQuerySet
from participants.states import CloseReason, ConsentPurpose, PersonActivity


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


@transaction.atomic
def close_as_duplicate(
    registration: Registration,
    *,
    of: Registration,
    actor: User | None,
    now: datetime | None = None,
) -> None:
    """``registration`` is closed, and ``of`` goes on with the earliest date of the two.

    Of the consents the strictest holds: a yes to groups at other centres only if both have it,
    and no yes that was taken back in one of them. Whoever is kept apart from the one is kept apart
    from the other. A place that ``registration`` held is free. Silent. Raises ``AlreadyClosed`` or
    ``NotTheSame``.
    """
    now = now or timezone.now()
    pair = Registration.objects.select_for_update(of=("self",)).filter(
        pk__in=[registration.pk, of.pk]
    )
    rows = {row.pk: row for row in pair.select_related("participant").order_by("pk")}
    closing, staying = rows[registration.pk], rows[of.pk]
    if not look_alikes(closing).filter(pk=staying.pk).exists():
        raise NotTheSame
    for purpose in _too_much(staying.participant, closing.participant):
        withdraw_consent(staying.participant, purpose=purpose, actor=actor, now=now)
    staying.refresh_from_db()
    keep_apart_too(staying.participant, closing.participant)
    if closing.registered_at < staying.registered_at:
        staying.registered_at = closing.registered_at
        staying.save(update_fields=["registered_at"])
    record(staying, PersonActivity.MERGED, actor=actor, now=now)
    close(closing, reason=CloseReason.DUPLICATE, actor=actor, now=now)


def keep_apart_too(staying: Participant, closing: Participant) -> None:
    """Whoever must not meet the one must not meet the other: it is the same person."""
    for pair in KeepApart.objects.filter(Q(first=closing) | Q(second=closing)):
        other = pair.second_id if pair.first_id == closing.pk else pair.first_id
        if other != staying.pk:
            first, second = sorted([staying.pk, other])
            KeepApart.objects.get_or_create(first_id=first, second_id=second)


def _too_much(staying: Participant, closing: Participant) -> set[ConsentPurpose]:
    """What the one who stays has said yes to, and the same person elsewhere has not."""
    taken_back = closing.consents.filter(withdrawn_at__isnull=False)
    refused = {ConsentPurpose(code) for code in taken_back.values_list("text__purpose", flat=True)}
    if ConsentPurpose.DIGITAL not in consents.given(closing):
        refused.add(ConsentPurpose.DIGITAL)
    return (refused - {ConsentPurpose.CONTACT}) & {
        ConsentPurpose(code) for code in consents.given(staying)
    }
