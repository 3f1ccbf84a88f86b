"""Registering interest, changing it, and closing it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from centres.states import LegalBasis
from centres.week import WEEK_SLOTS
from linkcenter import outbox
from linkcenter.models import User
from linkcenter.timeline import record
from participants import mail
from participants.domain import consents
from participants.domain.hearing import heard
from participants.domain.holding import hold, receive
from participants.models import Participant, Registration, Theme
from participants.signals import leaving
from participants.states import (
    OPEN,
    CloseReason,
    ConsentPurpose,
    ContactWay,
    EntryChannel,
    GenderWish,
    GivenBy,
    GroupKind,
    HeldBecause,
    MeetingFormat,
    PersonActivity,
    RegistrationState,
    Role,
    SpokenLanguage,
)

# Nothing is agreed on, and nobody waits for another time.
NO_TALK: dict[str, Any] = {
    "talk_at": None,
    "talk_kind": "",
    "talk_by": None,
    "talk_declined_at": None,
    "talk_wishes": [],
}


class RegistrationError(Exception):
    """Something about a registration was refused; ``message`` says so to the reader."""

    message: str | Promise


class NotTakingRegistrations(RegistrationError):
    message = _("This centre does not take registrations at present.")


class ConsentMissing(RegistrationError):
    message = _("We need your yes before we can look for a group for you.")


class AlreadyClosed(RegistrationError):
    message = _("This registration was closed in the meantime.")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who registers, and how to reach them. Phone in E.164; at least one way is given."""

    name: str
    phone: str | None = None
    email: str | None = None
    postal_address: str | None = None
    preferred_way: str = ContactWay.PHONE
    may_leave_message: bool = False
    safe_times: str = ""
    do_not_send: bool = False
    language: str = "nb"
    birth_year: int | None = None
    gender: str = ""
    municipality: str | None = None  # its number


@dataclass(frozen=True, kw_only=True)
class Interest:
    """What the person would like, and when they can meet: codes from ``participants.states``."""

    role: str = Role.OWN
    kind: str = GroupKind.EITHER
    format: str = MeetingFormat.EITHER
    themes: Sequence[str] = ()  # slugs
    any_theme: bool = True
    availability: Sequence[str] = ()  # such as "tue-evening"
    languages: Sequence[str] = (SpokenLanguage.NORWEGIAN,)
    gender_wish: str = GenderWish.ANY
    age_near_mine: bool = False
    needs: Sequence[str] = ()
    practical_needs: str = ""
    message: str = ""
    heard_from: str = ""
    would_initiate: bool = False
    digital_elsewhere: bool = False


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """The purposes said yes to, in which language, and how the yes was given."""

    purposes: Collection[str] = field(default_factory=frozenset)
    language: str = "nb"
    given_by: str = GivenBy.WEB


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
                channel,
                submission_key,
                held_because,
                actor,
                now,
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
        centre, person, interest, agreement, EntryChannel.GROUP, submission_key, None, None, now
    )
    registration.state = RegistrationState.WAITING
    registration.save(update_fields=["state"])
    record(registration, PersonActivity.REGISTERED, now=now)
    return registration


def made_from(submission_key: UUID) -> Registration | None:
    """The registration that the form with this key has become, if it was sent."""
    sent = Registration.objects.filter(submission_key=submission_key)
    return sent.select_related("participant__centre").first()


def purposes_needed(centre: Centre, interest: Interest) -> set[str]:
    """What the person must say yes to before ``interest`` can be registered at ``centre``.

    A public task needs no consent of its own; sharing with another centre always does.
    """
    needed: set[str] = set()
    if centre.legal_basis == LegalBasis.CONSENT:
        needed.add(ConsentPurpose.CONTACT)
        if interest.themes:
            needed.add(ConsentPurpose.THEME)
    if interest.digital_elsewhere:
        needed.add(ConsentPurpose.DIGITAL)
    return needed


def _create(
    centre: Centre,
    person: Person,
    interest: Interest,
    agreement: Agreement,
    channel: str,
    submission_key: UUID | None,
    held_because: HeldBecause | None,
    actor: User | None,
    now: datetime,
) -> Registration:
    participant = Participant.objects.create(
        centre=centre,
        name=person.name,
        phone=person.phone or None,
        email=person.email or None,
        postal_address=person.postal_address or None,
        preferred_way=person.preferred_way,
        may_leave_message=person.may_leave_message,
        safe_times=person.safe_times,
        do_not_send=person.do_not_send,
        language=person.language,
        birth_year=person.birth_year,
        confirmed_adult_on=timezone.localdate(now),
        gender=person.gender,
        municipality_id=person.municipality,
    )
    registration = Registration.objects.create(
        participant=participant,
        registered_at=now,
        heard_at=now,
        channel=channel,
        submission_key=submission_key,
        state=RegistrationState.HELD if held_because else RegistrationState.RECEIVED,
        held_because=held_because or "",
        responsible=actor,
        **_columns(interest),
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


def _columns(interest: Interest) -> dict[str, object]:
    return {
        "role": interest.role,
        "kind": interest.kind,
        "format": interest.format,
        "any_theme": interest.any_theme,
        "availability": in_calendar_order(interest.availability),
        "languages": list(interest.languages),
        "gender_wish": interest.gender_wish,
        "age_near_mine": interest.age_near_mine,
        "needs": list(interest.needs),
        "practical_needs": interest.practical_needs,
        "message": interest.message,
        "heard_from": interest.heard_from,
        "would_initiate": interest.would_initiate,
        "digital_elsewhere": interest.digital_elsewhere,
    }


def in_calendar_order(availability: Collection[str]) -> list[str]:
    """The chosen parts of the week once each, Monday morning first."""
    return [slot for slot in WEEK_SLOTS if slot in availability]


@transaction.atomic
def change_availability(
    registration: Registration,
    *,
    availability: Collection[str],
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """The person can meet at these times from now on. The date of the interest stays.

    Raises ``AlreadyClosed``.
    """
    now = now or timezone.now()
    wanted = in_calendar_order(availability)
    row = locked(registration)
    if actor is None:
        heard(row.participant, now=now)
    registration.availability = wanted
    if wanted == row.availability:
        return
    row.availability = wanted
    row.save(update_fields=["availability"])
    record(
        registration,
        PersonActivity.INTEREST_CHANGED,
        actor=actor,
        fields=["availability"],
        now=now,
    )


@transaction.atomic
def change_interest(
    registration: Registration,
    *,
    answers: Mapping[str, Any],
    agreement: Agreement,
    actor: User | None = None,
    now: datetime | None = None,
) -> list[str]:
    """What the person would like is as ``answers`` say: columns by name, themes by their slugs.

    ``agreement`` holds what they say yes to now, beside what they have said yes to before. Returns
    the names of what has changed. The date of the interest stays. Raises ``AlreadyClosed`` or
    ``ConsentMissing``.
    """
    now = now or timezone.now()
    registration = locked(registration)
    participant = registration.participant
    if actor is None:
        heard(participant, now=now)
    has = {theme.slug for theme in registration.themes.all()}
    themes = set(answers.get("themes", has))
    columns = {name: value for name, value in answers.items() if name != "themes"}
    digital = columns.get("digital_elsewhere", registration.digital_elsewhere)
    interest = Interest(themes=sorted(themes), digital_elsewhere=digital)
    new = purposes_needed(participant.centre, interest) - consents.given(participant)
    new.discard(ConsentPurpose.CONTACT)  # is not asked for here: without it there is no interest
    if missing := new - set(agreement.purposes):
        raise ConsentMissing(*sorted(missing))
    changed = [name for name, value in columns.items() if getattr(registration, name) != value]
    for name in changed:
        setattr(registration, name, columns[name])
    if changed:
        registration.save(update_fields=changed)
    if themes != has:
        registration.themes.set(Theme.objects.filter(slug__in=themes))
        changed.append("themes")
    if new:
        consents.give(
            participant,
            [ConsentPurpose(purpose) for purpose in sorted(new)],
            language=agreement.language,
            given_by=agreement.given_by,
            recorded_by=actor,
            now=now,
        )
        record(registration, PersonActivity.CONSENT_GIVEN, actor=actor, now=now)
    if changed:
        record(registration, PersonActivity.INTEREST_CHANGED, actor=actor, fields=changed, now=now)
    return changed


def locked(registration: Registration) -> Registration:
    """The row, held until the transaction ends. Raises ``AlreadyClosed``."""
    rows = Registration.objects.select_for_update(of=("self",)).select_related(
        "participant__centre"
    )
    row = rows.get(pk=registration.pk)
    if not row.is_open:
        raise AlreadyClosed
    return row


@transaction.atomic
def close(
    registration: Registration,
    *,
    reason: CloseReason,
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """The registration is closed with ``reason``, and whatever place it held is free.

    Silent: the person was told in the talk that led to it. Raises ``AlreadyClosed``.
    """
    now = now or timezone.now()
    open_rows = Registration.objects.filter(OPEN, pk=registration.pk)
    closed = {"state": RegistrationState.CLOSED, "close_reason": reason, "closed_at": now}
    if not open_rows.update(**closed, **NO_TALK):
        raise AlreadyClosed
    registration.refresh_from_db()
    record(registration, PersonActivity.CLOSED, actor=actor, now=now)
    for matter in (mail.STILL, mail.CONSENTS, mail.talk_matter(registration)):
        outbox.cancel(registration.participant, matter=matter)
    leaving.send(Registration, registration=registration, actor=actor, now=now)
