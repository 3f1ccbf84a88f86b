"""Erasing a person: nothing that is about them stays, here or after a backup is restored."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import DateTimeField, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from linkcenter.models import User
from linkcenter.personal_data import erasures
from linkcenter.personal_data.register import register
from participants.models import Participant, Registration
from participants.signals import leaving
from participants.states import RegistrationState

FIRST_AT = Coalesce(
    Min("registrations__activities__at"),
    Min("registrations__registered_at"),
    datetime(2000, 1, 1, tzinfo=UTC),
    output_field=DateTimeField(),
)


def erase(
    participant: Participant, *, actor: User | None = None, now: datetime | None = None
) -> None:
    """The person is gone with everything that hangs on them, and the place they held is free.

    So is what else there is of them here because they had registered twice. The mark in the ledger
    is on the disk before anything is deleted: a crash in between leaves somebody who is erased at
    the next replay, and never somebody who comes back. Of two at once both are done.
    """
    now = now or timezone.now()
    here = Participant.objects.filter(pk=participant.pk).first()
    if here is None:
        return
    for row in (*_closed_again(here), here):
        try:
            made_at = first_came_at(row)
        except Participant.DoesNotExist:  # somebody else was quicker
            continue
        erasures.note(row, made_at=made_at, now=now)
        _erase(row, actor=actor, now=now)


def _closed_again(participant: Participant) -> QuerySet[Participant]:
    """Rows of the same person for which staff have said that this one goes on."""
    merged = Registration.objects.filter(merged_into__participant=participant)
    open_again = Registration.objects.exclude(state=RegistrationState.CLOSED)
    return Participant.objects.filter(registrations__in=merged).exclude(
        registrations__in=open_again
    )


def first_came_at(participant: Participant) -> datetime:
    """The moment of the first registration, the same in every backup.

    The timeline has it, which nobody can change: the date of a registration does, when it turns out
    that the same person had come before.
    """
    mine = Participant.objects.filter(pk=participant.pk)
    return mine.annotate(first_at=FIRST_AT).get().first_at


def back_from_a_backup() -> Iterator[Participant]:
    """Those who have been erased before and are here again.

    Whoever is erased meanwhile, together with one of the others, is not among them.
    """
    marks = erasures.marks()
    for participant in Participant.objects.annotate(first_at=FIRST_AT).order_by("pk").iterator():
        is_marked = erasures.mark(participant, made_at=participant.first_at) in marks
        if is_marked and Participant.objects.filter(pk=participant.pk).exists():
            yield participant


@transaction.atomic
def _erase(participant: Participant, *, actor: User | None, now: datetime) -> None:
    mine = Registration.objects.filter(participant=participant).order_by("pk")
    registrations = list(mine.select_for_update())
    for registration in mine.open():
        leaving.send(Registration, registration=registration, actor=actor, now=now)
    for eraser in register.erasers:
        eraser(participant)
    _log_entries(participant, *registrations).delete()
    participant.delete()


def _log_entries(participant: Participant, *registrations: Registration) -> QuerySet[LogEntry]:
    """What the admin has noted of the person's own rows, and of others that are called by theirs.

    A pair of people to keep apart may be gone long since, and its line be there all the same.
    """
    about = Q(object_repr__regex=rf"\m{participant.reference}\M")
    for row in (participant, *registrations):
        kind = ContentType.objects.get_for_model(row)
        about |= Q(content_type=kind, object_id=str(row.pk))
    return LogEntry.objects.filter(about)
