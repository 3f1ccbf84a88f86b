"""What staff do with messages: write one, write it again, and tell it by hand."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.messages import drafts, outbox, texts
from linkcenter.models import Channel, Message, User
from linkcenter.timeline import record
from participants import mail
from participants.domain.locks import hold_person, hold_registrations
from participants.domain.messages.outbox_subjects import link_in_text
from participants.domain.person.contact import ContactError
from participants.models import Participant
from participants.states import PersonActivity


class DraftWaits(drafts.DraftError):
    message = _("A message from you to this person waits already. Send it or drop it first.")


class AlreadyTold(ContactError):
    message = _("This has been told already, or no longer holds.")


def would_read(person: Participant, *, kind: str, words: str = "") -> texts.Rendered:
    """What the person would read if staff wrote this to them now. Nothing is kept of it."""
    has_link = person.channel in (Channel.EMAIL, Channel.LETTER)
    return mail.compose(person, kind, has_link=has_link, words=words)


def may_write_to(person: Participant) -> bool:
    """Whether nothing that staff wrote to the person waits already."""
    return not person.messages.untold().filter(matter=mail.WRITTEN).exists()


@transaction.atomic
def draft(
    person: Participant, *, kind: str, words: str = "", now: datetime | None = None
) -> Message:
    """What staff write to the person is a draft in the outbox: it waits until they send it.

    Raises ``DraftWaits`` if one is there already.
    """
    now = now or timezone.now()
    person = hold_person(person.pk)
    if not may_write_to(person):
        raise DraftWaits
    link = link_in_text(person, now=now)
    rendered = mail.compose(person, kind, has_link=link is not None, words=words)
    return mail.written(person, rendered, kind=kind, link=link, now=now)


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


@transaction.atomic
def renew(message: Message) -> Message:
    """As ``drafts.renew``. The person comes first, for a new message may bring a new link."""
    if isinstance(message.recipient, Participant):
        hold_registrations(message.recipient.pk)
    return drafts.renew(message)
