"""Those who say that they would help groups to start: on the list of initiators, untrained."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from centres.domain.enquiries import take_care_of
from centres.models import Centre, Enquiry
from groups.domain.errors import AlreadyInitiator, NoWayToReachInitiator
from groups.models import Initiator
from groups.states import InitiatorActivity
from linkcenter.models import Activity, User
from linkcenter.timeline import record
from participants.models import Registration


def would_help(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of these registrations, those who might help groups and are not on the list yet."""
    enlisted = Activity.objects.filter(registration=OuterRef("pk"), what=InitiatorActivity.ENLISTED)
    return rows.filter(~Exists(enlisted), would_initiate=True)


@transaction.atomic
def enlist_person(
    registration: Registration, *, actor: User, now: datetime | None = None
) -> Initiator:
    """Who waits for a group is an initiator, too, untrained: with name and way to be reached.

    They have agreed to that. The two records do not know of each other: whoever helps is not
    known by that to look for help. Raises ``AlreadyInitiator``.
    """
    now = now or timezone.now()
    registration = (
        Registration.objects.select_for_update(of=("self",), no_key=True)
        .select_related("participant__centre")
        .get(pk=registration.pk)
    )
    person = registration.participant
    initiator = _enlist(
        person.centre,
        name=person.name,
        phone=person.phone,
        email=person.email,
        language=person.language,
        actor=actor,
        now=now,
    )
    record(registration, InitiatorActivity.ENLISTED, actor=actor, now=now)
    return initiator


@transaction.atomic
def enlist_writer(enquiry: Enquiry, *, actor: User, now: datetime | None = None) -> Initiator:
    """Who has asked to become an initiator is one, untrained, and the enquiry is taken care of.

    Raises ``AlreadyInitiator``, ``NoWayToReachInitiator``, or the enquiry's ``AlreadyTakenCareOf``.
    """
    now = now or timezone.now()
    take_care_of(enquiry, by=actor, now=now)
    if enquiry.centre is None:
        raise NoWayToReachInitiator
    return _enlist(
        enquiry.centre,
        name=enquiry.name,
        phone=enquiry.phone,
        email=enquiry.email,
        language=enquiry.language,
        actor=actor,
        now=now,
    )


def _enlist(
    centre: Centre,
    *,
    name: str | None,
    phone: str | None,
    email: str | None,
    language: str,
    actor: User,
    now: datetime,
) -> Initiator:
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    if not name or not (phone or email):
        raise NoWayToReachInitiator
    for other in centre.initiators.all():
        is_same_mail = email and (other.email or "").casefold() == email.casefold()
        if is_same_mail or (phone and other.phone == phone):
            raise AlreadyInitiator
    initiator = Initiator.objects.create(
        centre=centre, name=name, phone=phone or None, email=email or None, language=language
    )
    record(initiator, InitiatorActivity.ENLISTED, actor=actor, now=now)
    return initiator
