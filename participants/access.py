"""Which people a member of staff may see: those of the centres they work at, and nobody else."""

from django.http import Http404

from centres.access import centres_of
from linkcenter.models import Message, User
from linkcenter.models.message import MessageQuerySet
from participants.models import Registration
from participants.models.registration import RegistrationQuerySet


def registrations_for(user: User) -> RegistrationQuerySet:
    return Registration.objects.filter(participant__centre__in=centres_of(user))


def messages_for(user: User) -> MessageQuerySet:
    """What the centres of ``user`` have said, or are to say, to their people."""
    return Message.objects.filter(participant__centre__in=centres_of(user))


def registration_or_404(user: User, pk: int) -> Registration:
    """The registration, for staff of its centre. Others get the answer for a missing one."""
    found = registrations_for(user).select_related("participant__centre").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
