"""How to reach a person, and changing it."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linkcenter.messages import drafts
from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.locks import hold_person
from participants.domain.person.last_heard import heard
from participants.models import Participant
from participants.states import ContactWay, PersonActivity


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


class ContactError(Exception):
    """Something about reaching a person was refused; ``message`` says so to the reader."""

    message: str | Promise


class NoWayToReach(ContactError):
    message = _("Write a phone number, an e-mail or a postal address, so that we can reach them.")


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
    participant = hold_person(participant.pk)
    wanted = columns_of(person)
    del wanted["municipality_id"]
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
    drafts.look_again(participant)
    record(participant, PersonActivity.CONTACT_CHANGED, actor=actor, fields=changed, now=now)
    return changed


def columns_of(person: Person) -> dict[str, Any]:
    """The columns of ``Participant`` that ``person`` fills; a way to reach them may be null."""
    told = asdict(person)
    for way in ("phone", "email", "postal_address"):
        told[way] = told[way] or None
    told["municipality_id"] = told.pop("municipality")
    return told


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
