"""How to reach a person, corrected, and what they have been told by hand."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linkcenter import outbox
from linkcenter.models import Message, User
from linkcenter.timeline import record
from participants.domain.registration import Person
from participants.models import Participant
from participants.states import PersonActivity


class ContactError(Exception):
    """Something about reaching a person was refused; ``message`` says so to the reader."""

    message: str | Promise


class NoWayToReach(ContactError):
    message = _("Write a phone number or an e-mail address, so that we can reach the person.")


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
    if not (person.phone or person.email):
        raise NoWayToReach
    # The whole row is saved, for the search keys are made from several columns.
    participant = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    wanted = asdict(person) | {"phone": person.phone or None, "email": person.email or None}
    del wanted["municipality"]
    changed = [name for name, value in wanted.items() if getattr(participant, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(participant, name, wanted[name])
    participant.save()
    record(participant, PersonActivity.CONTACT_CHANGED, actor=actor, fields=changed, now=now)
    return changed


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
