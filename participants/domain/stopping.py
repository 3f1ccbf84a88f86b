"""Taking a break, stopping for good, and thinking better of it: each as easy as registering was."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter import outbox
from linkcenter.models import Channel, User
from linkcenter.timeline import record
from participants import mail
from participants.domain.hearing import heard
from participants.domain.links import issue_link, supersede_links, use_link
from participants.domain.locks import hold_registrations
from participants.domain.own_page import own_registration
from participants.domain.registration import RegistrationError, close, locked
from participants.models import Consent, Participant, PersonalLink, Registration
from participants.signals import leaving
from participants.states import (
    OPEN,
    CloseReason,
    ConsentPurpose,
    GivenBy,
    LinkPurpose,
    PersonActivity,
    RegistrationState,
    TalkOutcome,
)

UNDO_WITHIN = timedelta(days=14)
LONGEST_PAUSE = timedelta(days=365)


class NoSuchPause(RegistrationError):
    message = _("Choose a day from tomorrow, within a year.")


class TooLateToUndo(RegistrationError):
    message = _("It is too late to undo this. You are welcome to register again.")


class NotGiven(RegistrationError):
    message = _("You have taken this back already.")


@transaction.atomic
def pause(
    registration: Registration,
    *,
    until: date,
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """Nobody suggests a group to the person before ``until``; a place they held is free.

    The date of the interest stays. Raises ``NoSuchPause`` or ``AlreadyClosed``.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    if not today < until <= today + LONGEST_PAUSE:
        raise NoSuchPause
    registration = locked(registration)
    heard(registration.participant, now=now)
    if registration.paused_until == until:
        return
    registration.paused_until = until
    registration.save(update_fields=["paused_until"])
    record(registration, PersonActivity.PAUSED, actor=actor, now=now)
    leaving.send(Registration, registration=registration, actor=actor, now=now)


@transaction.atomic
def end_pause(
    registration: Registration, *, actor: User | None = None, now: datetime | None = None
) -> None:
    """The person waits again, from now on. Raises ``AlreadyClosed``."""
    now = now or timezone.now()
    registration = locked(registration)
    heard(registration.participant, now=now)
    if registration.paused_until is None:
        return
    registration.paused_until = None
    registration.save(update_fields=["paused_until"])
    record(registration, PersonActivity.PAUSE_ENDED, actor=actor, now=now)


@transaction.atomic
def withdraw(
    registration: Registration, *, actor: User | None = None, now: datetime | None = None
) -> None:
    """The person is off the list at once, no consent of theirs holds, and their place is free.

    They did it themselves, or told ``actor``. They are told by e-mail, with a link to undo it;
    nobody is rung about it, since they asked to be left alone. Raises ``AlreadyClosed``.
    """
    now = now or timezone.now()
    registration = locked(registration)
    participant = registration.participant
    close(registration, reason=CloseReason.WITHDRAWN, actor=actor, now=now)
    participant.consents.filter(withdrawn_at__isnull=True).withdraw(now)
    outbox.cancel(participant, matter=mail.matter(registration))
    if participant.channel != Channel.EMAIL:
        return
    link = issue_link(
        participant,
        LinkPurpose.UNDO,
        expires_at=now + UNDO_WITHIN,
        path=mail.link_path(participant.language),
        now=now,
    )
    mail.withdrawn(registration, link=link, now=now)


def may_undo(registration: Registration, *, now: datetime) -> bool:
    """Whether the person withdrew a short time ago, and has not registered again since."""
    return (
        registration.close_reason == CloseReason.WITHDRAWN
        and registration.closed_at is not None
        and now < registration.closed_at + UNDO_WITHIN
        and not registration.participant.registrations.filter(OPEN).exists()
    )


@transaction.atomic
def undo_withdrawal(
    registration: Registration, *, actor: User | None = None, now: datetime | None = None
) -> None:
    """The person is on the list again as before, with the first date and the same consents.

    They did it themselves, or told ``actor``, who has read the texts aloud to them. A place that
    was freed is not given back. Raises ``TooLateToUndo``.
    """
    now = now or timezone.now()
    rows = Registration.objects.select_for_update(of=("self",))
    registration = rows.select_related("participant").get(pk=registration.pk)
    if not may_undo(registration, now=now):
        raise TooLateToUndo
    participant = registration.participant
    taken_back = participant.consents.filter(withdrawn_at__gte=registration.closed_at)
    given_by = GivenBy.SPOKEN if actor else GivenBy.WEB
    again = {"given_at": now, "given_by": given_by, "recorded_by": actor}
    Consent.objects.bulk_create(
        Consent(participant=participant, text_id=text, **again)
        for text in taken_back.values_list("text", flat=True)
    )
    was_ready = registration.talks.filter(outcome=TalkOutcome.READY).exists()
    registration.state = RegistrationState.WAITING if was_ready else RegistrationState.RECEIVED
    registration.close_reason = ""
    registration.closed_at = None
    registration.save(update_fields=["state", "close_reason", "closed_at"])
    heard(participant, now=now)
    supersede_links(participant, LinkPurpose.UNDO, now=now)
    outbox.cancel(participant, matter=mail.matter(registration))
    record(registration, PersonActivity.WITHDRAWAL_UNDONE, actor=actor, now=now)


@transaction.atomic
def undo_by_link(link: PersonalLink, *, now: datetime | None = None) -> bool:
    """As ``undo_withdrawal``. False if ``link`` no longer works or it is too late."""
    now = now or timezone.now()
    hold_registrations(link.participant_id)
    registration = own_registration(link.participant)
    if registration is None or not may_undo(registration, now=now) or not use_link(link, now=now):
        return False
    undo_withdrawal(registration, now=now)
    return True


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
