"""The end of a registration, and thinking better of it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.messages import outbox
from linkcenter.models import Channel, User
from linkcenter.timeline import record
from participants import mail
from participants.domain.errors import AlreadyClosed, RegistrationError
from participants.domain.locks import hold_registrations, locked
from participants.domain.person.last_heard import heard
from participants.domain.person.links import issue_link, supersede_links, use_link
from participants.domain.person.own_page import own_registration
from participants.models import Consent, PersonalLink, Registration
from participants.signals import leaving
from participants.states import (
    OPEN,
    CloseReason,
    GivenBy,
    LinkPurpose,
    PersonActivity,
    RegistrationState,
    TalkOutcome,
)

# Nothing is agreed on, and nobody waits for another time.
NO_TALK: dict[str, Any] = {
    "talk_at": None,
    "talk_kind": "",
    "talk_by": None,
    "talk_declined_at": None,
    "talk_wishes": [],
}
UNDO_WITHIN = timedelta(days=14)


class TooLateToUndo(RegistrationError):
    message = _("It is too late to undo this. You are welcome to register again.")


@transaction.atomic
def close(
    registration: Registration,
    *,
    reason: str,
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """The registration is closed with ``reason``, and whatever place it held is free.

    Who withdraws takes their consents back with it (``withdraw``). Otherwise silent: the person
    was told in the talk that led to it. Raises ``AlreadyClosed``.
    """
    if reason == CloseReason.WITHDRAWN:
        withdraw(registration, actor=actor, now=now)
        registration.refresh_from_db()
    else:
        _close(registration, reason=reason, actor=actor, now=now or timezone.now())


def _close(registration: Registration, *, reason: str, actor: User | None, now: datetime) -> None:
    open_rows = Registration.objects.filter(OPEN, pk=registration.pk)
    closed = {"state": RegistrationState.CLOSED, "close_reason": reason, "closed_at": now}
    if not open_rows.update(**closed, **NO_TALK):
        raise AlreadyClosed
    registration.refresh_from_db()
    record(registration, PersonActivity.CLOSED, actor=actor, now=now)
    for matter in (mail.STILL, mail.CONSENTS, mail.talk_matter(registration)):
        outbox.cancel(registration.participant, matter=matter)
    leaving.send(Registration, registration=registration, actor=actor, now=now)


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
    _close(registration, reason=CloseReason.WITHDRAWN, actor=actor, now=now)
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
