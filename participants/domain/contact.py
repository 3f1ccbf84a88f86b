"""How to reach a person, corrected, and what they have been told by hand."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linkcenter import drafting, outbox
from linkcenter.models import Message, User
from linkcenter.timeline import record
from participants import mail
from participants.domain.hearing import heard
from participants.domain.links import issue_link, use_link
from participants.domain.locks import hold_registrations
from participants.domain.registration import Person
from participants.models import Participant, PersonalLink
from participants.states import LinkPurpose, PersonActivity

CONFIRM_WITHIN = timedelta(hours=72)


class ContactError(Exception):
    """Something about reaching a person was refused; ``message`` says so to the reader."""

    message: str | Promise


class NoWayToReach(ContactError):
    message = _("Write a phone number, an e-mail or a postal address, so that we can reach them.")


class NotConfirmedYet(ContactError):
    message = _("Let us keep a phone number until you have confirmed the new e-mail address.")


class AlreadyTold(ContactError):
    message = _("This has been told already, or no longer holds.")


@transaction.atomic
def change_contact(
    participant: Participant,
    *,
    person: Person,
    actor: User | None = None,
    now: datetime | None = None,
) -> list[str]:
    """The person's contact details are as ``person`` says, and they are found by them.

    Returns the names of the fields that differ from before; the timeline has them, too, and never
    a value. The municipality stays as it was. Raises ``NoWayToReach``.
    """
    if not (person.phone or person.email or person.postal_address):
        raise NoWayToReach
    # The whole row is saved, for the search keys are made from several columns.
    participant = _held(participant.pk)
    wanted = asdict(person)
    for way in ("phone", "email", "postal_address"):
        wanted[way] = wanted[way] or None
    del wanted["municipality"]
    changed = [name for name, value in wanted.items() if getattr(participant, name) != value]
    if actor is None:
        heard(participant, now=now or timezone.now())
    if not changed:
        return []
    for name in changed:
        setattr(participant, name, wanted[name])
    if "email" in changed:
        participant.email_refused_on = None
    participant.save()
    drafting.look_again(participant)
    record(participant, PersonActivity.CONTACT_CHANGED, actor=actor, fields=changed, now=now)
    return changed


def _held(pk: int) -> Participant:
    hold_registrations(pk)
    return Participant.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def person_of(participant: Participant, **changes: Any) -> Person:
    """The person as they are now, but for ``changes``."""
    known = Person(
        name=participant.name,
        phone=participant.phone,
        email=participant.email,
        postal_address=participant.postal_address,
        preferred_way=participant.preferred_way,
        may_leave_message=participant.may_leave_message,
        safe_times=participant.safe_times,
        do_not_send=participant.do_not_send,
        language=participant.language,
        birth_year=participant.birth_year,
        gender=participant.gender,
        municipality=participant.municipality_id,
    )
    return replace(known, **changes)


@transaction.atomic
def change_own_contact(
    participant: Participant, *, person: Person, now: datetime | None = None
) -> bool:
    """As ``change_contact``, done by the person; a new e-mail address is not used unconfirmed.

    It gets a link, and until that is used everything goes to the address that we have. Whether
    there is such a link is returned. Raises ``NoWayToReach`` or ``NotConfirmedYet``.
    """
    now = now or timezone.now()
    participant = _held(participant.pk)
    email, old = person.email, participant.email
    is_new = bool(email) and (email or "").casefold() != (old or "").casefold()
    if is_new and not (person.phone or old):
        raise NotConfirmedYet
    change_contact(participant, person=replace(person, email=old) if is_new else person, now=now)
    participant.refresh_from_db()
    if is_new and email:
        _ask_to_confirm(participant, email, now=now)
    else:
        participant.links.filter(purpose=LinkPurpose.ADDRESS).delete()
    if old and not email:
        mail.address_changed(participant, to=old, now=now)
    return is_new


def _ask_to_confirm(participant: Participant, email: str, *, now: datetime) -> None:
    """Send a link to the new address. An earlier one may be a stranger's: it is forgotten."""
    participant.links.filter(purpose=LinkPurpose.ADDRESS).delete()
    link = issue_link(
        participant,
        LinkPurpose.ADDRESS,
        expires_at=now + CONFIRM_WITHIN,
        path=mail.link_path(participant.language),
        new_email=email,
        now=now,
    )
    mail.confirm_address(participant, to=email, link=link, now=now)


def unconfirmed_address(participant: Participant, *, now: datetime) -> str | None:
    """The e-mail address that the person has given, and not confirmed yet."""
    links = participant.links.live().filter(purpose=LinkPurpose.ADDRESS, expires_at__gt=now)
    found = links.first()
    return found.new_email if found else None


@transaction.atomic
def confirm_address(link: PersonalLink, *, now: datetime | None = None) -> bool:
    """The address that ``link`` was sent to is the person's; the one before is told so.

    False if the link no longer works.
    """
    now = now or timezone.now()
    participant = _held(link.participant_id)
    if not link.new_email or not use_link(link, now=now):
        return False
    old, participant.email = participant.email, link.new_email
    participant.email_refused_on = None
    participant.save()
    drafting.look_again(participant)
    heard(participant, now=now)
    record(participant, PersonActivity.CONTACT_CHANGED, fields=["email"], now=now)
    PersonalLink.objects.filter(pk=link.pk).delete()
    if old:
        mail.address_changed(participant, to=old, now=now)
    return True


@transaction.atomic
def tell_by_hand(message: Message, *, actor: User, now: datetime | None = None) -> None:
    """The person has been told what ``message`` says, by phone, text message or letter.

    Raises ``AlreadyTold`` if somebody else was first, or there is nothing to tell any more.
    """
    now = now or timezone.now()
    if not outbox.done_by_hand(message, now=now):
        raise AlreadyTold
    if message.recipient is not None:
        record(message.recipient, PersonActivity.TOLD_BY_HAND, actor=actor, now=now)
