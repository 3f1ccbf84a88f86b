"""Which people a member of staff may see: those of the centres they work at, and nobody else."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from centres.access import Right, centres_of, scope_of
from centres.models import Centre, Enquiry, EventSignUp
from linkcenter.models import Message, User
from linkcenter.models.message import MessageQuerySet
from participants.models import Participant, ReadLog, Registration
from participants.models.registration_queries import RegistrationQuerySet


def registrations_for(user: User) -> RegistrationQuerySet:
    return Registration.objects.filter(centre__in=centres_of(user))


_recipients: list[type[Any]] = []


def add_recipients(model: type[Any]) -> None:
    """The centres write to the rows of ``model`` as well, each of which has a ``centre``."""
    _recipients.append(model)


def messages_for(user: User) -> MessageQuerySet:
    """What the centres of ``user`` have said, or are to say, to their people.

    To those who look for a group, who have signed up for an event, who have asked something, and
    whom an app above this one has added. Not to whom we hold back: nobody is rung because a
    program typed a number.
    """
    return messages_at(centres_of(user))


def messages_at(own: QuerySet[Centre]) -> MessageQuerySet:
    """What these centres have said, or are to say, to their people."""
    people: dict[type[Any], Any] = {
        Participant: Participant.objects.filter(centre__in=own).exclude(
            registrations__in=Registration.objects.held()
        ),
        EventSignUp: EventSignUp.objects.filter(event__centre__in=own),
        Enquiry: Enquiry.objects.filter(centre__in=own),
    }
    people |= {model: model.objects.filter(centre__in=own) for model in _recipients}
    kinds = ContentType.objects.get_for_models(*people)
    to_them = Q()
    for model, rows in people.items():
        is_own = Exists(rows.filter(pk=OuterRef("recipient_id")))
        to_them |= Q(is_own, recipient_type=kinds[model])
    return Message.objects.filter(to_them)


def readings_for(user: User) -> QuerySet[ReadLog]:
    """Who opened what at the centres that ``user`` leads."""
    led = scope_of(user).where(Right.SEE_READERS)
    return ReadLog.objects.filter(participant__centre__in=led)


def registration_or_404(user: User, pk: int) -> Registration:
    """The registration, for staff of its centre. Others get the answer for a missing one."""
    found = registrations_for(user).select_related("participant__centre").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def message_or_404(user: User, pk: int) -> Message:
    """The message, for staff of its centre. Others get the answer for a missing one."""
    found = messages_for(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
