"""Somebody registers interest: the person, the interest and the consents, in one transaction."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from centres.models import Centre
from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.errors import ConsentMissing, NotTakingRegistrations
from participants.domain.person import consents
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person, columns_of
from participants.domain.registration.held import hold, receive
from participants.domain.registration.interest import Interest, answers_of, purposes_needed
from participants.models import Participant, Registration, Theme
from participants.states import (
    ConsentPurpose,
    EntryChannel,
    HeldBecause,
    PersonActivity,
    RegistrationState,
)


def register_interest(
    centre: Centre,
    *,
    person: Person,
    interest: Interest,
    agreement: Agreement,
    channel: str = EntryChannel.WEB,
    submission_key: UUID | None = None,
    held_because: HeldBecause | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> Registration:
    """Somebody's interest is with the centre, the consents are recorded, a receipt is queued.

    With ``held_because`` it is held back until it is confirmed, without a receipt. The same
    ``submission_key`` sent again gives the registration that was made first. Raises
    ``NotTakingRegistrations`` or ``ConsentMissing``. Source: how the centres compose groups.
    """
    if submission_key and (made := made_from(submission_key)):
        return made
    if not centre.takes_registrations:
        raise NotTakingRegistrations
    if missing := purposes_needed(centre, interest) - set(agreement.purposes):
        raise ConsentMissing(*sorted(missing))
    now = now or timezone.now()
    try:
        with transaction.atomic():
            registration = _create(
                centre,
                person,
                interest,
                agreement,
                channel=channel,
                submission_key=submission_key,
                held_because=held_because,
                actor=actor,
                now=now,
            )
            if held_because:
                hold(registration, now=now)
            else:
                receive(registration, actor=actor, now=now)
            return registration
    except IntegrityError:
        if submission_key and (made := made_from(submission_key)):
            return made
        raise


@transaction.atomic
def register_from_group(
    centre: Centre,
    *,
    person: Person,
    interest: Interest,
    agreement: Agreement,
    submission_key: UUID | None = None,
    now: datetime,
) -> Registration:
    """Somebody in a group already: without a talk or a receipt. Raises ``ConsentMissing``."""
    if missing := purposes_needed(centre, interest) - set(agreement.purposes):
        raise ConsentMissing(*sorted(missing))
    registration = _create(
        centre,
        person,
        interest,
        agreement,
        channel=EntryChannel.GROUP,
        submission_key=submission_key,
        state=RegistrationState.WAITING,
        now=now,
    )
    record(registration, PersonActivity.REGISTERED, now=now)
    return registration


def made_from(submission_key: UUID) -> Registration | None:
    """The registration that the form with this key has become, if it was sent."""
    sent = Registration.objects.filter(submission_key=submission_key)
    return sent.select_related("participant__centre").first()


def _create(
    centre: Centre,
    person: Person,
    interest: Interest,
    agreement: Agreement,
    *,
    channel: str,
    submission_key: UUID | None,
    state: RegistrationState = RegistrationState.RECEIVED,
    held_because: HeldBecause | None = None,
    actor: User | None = None,
    now: datetime,
) -> Registration:
    participant = Participant.objects.create(
        centre=centre, confirmed_adult_on=timezone.localdate(now), **columns_of(person)
    )
    registration = Registration.objects.create(
        participant=participant,
        registered_at=now,
        heard_at=now,
        channel=channel,
        submission_key=submission_key,
        state=RegistrationState.HELD if held_because else state,
        held_because=held_because or "",
        responsible=actor,
        **answers_of(interest),
    )
    registration.themes.set(Theme.objects.filter(slug__in=interest.themes))
    consents.give(
        participant,
        [ConsentPurpose(purpose) for purpose in sorted(agreement.purposes)],
        language=agreement.language,
        given_by=agreement.given_by,
        recorded_by=actor,
        now=now,
    )
    return registration
