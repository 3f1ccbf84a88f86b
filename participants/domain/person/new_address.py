"""A new e-mail address is used when whoever reads mail there has confirmed it."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.messages import drafts
from linkcenter.timeline import record
from participants import mail
from participants.domain.locks import hold_person
from participants.domain.person.contact import ContactError, Person, change_contact
from participants.domain.person.last_heard import heard
from participants.domain.person.links import issue_link, use_link
from participants.models import Participant, PersonalLink
from participants.states import LinkPurpose, PersonActivity

CONFIRM_WITHIN = timedelta(hours=72)


class NotConfirmedYet(ContactError):
    message = _("Let us keep a phone number until you have confirmed the new e-mail address.")


@transaction.atomic
def change_own_contact(
    participant: Participant, *, person: Person, now: datetime | None = None
) -> bool:
    """As ``change_contact``, done by the person; a new e-mail address is not used unconfirmed.

    It gets a link, and until that is used everything goes to the address that we have. Whether
    there is such a link is returned. Raises ``NoWayToReach`` or ``NotConfirmedYet``.
    """
    now = now or timezone.now()
    participant = hold_person(participant.pk)
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
    participant = hold_person(link.participant_id)
    if not link.new_email or not use_link(link, now=now):
        return False
    old, participant.email = participant.email, link.new_email
    participant.email_refused_on = None
    participant.save()
    drafts.look_again(participant)
    heard(participant, now=now)
    record(participant, PersonActivity.CONTACT_CHANGED, fields=["email"], now=now)
    PersonalLink.objects.filter(pk=link.pk).delete()
    if old:
        mail.address_changed(participant, to=old, now=now)
    return True
