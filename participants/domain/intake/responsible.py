"""Whose case a registration is: the colleague who knows the person, and whom the others ask."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.access import colleagues_of
from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.errors import RegistrationError
from participants.domain.locks import locked
from participants.domain.read_log import OF_THE_CASE, start_of_day
from participants.models import ReadLog, Registration
from participants.states import Door, PersonActivity


class NotHere(RegistrationError):
    message = _("Choose somebody who works at this centre.")


class TheirsAlready(RegistrationError):
    message = _("This colleague is responsible already.")


def whose_case(registration: Registration) -> User | None:
    """The colleague who is responsible, as long as they work at the centre."""
    if registration.responsible_id is None:
        return None
    colleagues = colleagues_of(registration.participant.centre)
    return colleagues.filter(pk=registration.responsible_id).first()


def is_colleagues(registration: Registration, reader: User) -> bool:
    """Whether somebody else at the centre is responsible, and ``reader`` holds no talk either."""
    if registration.responsible_id is None:
        return False
    if reader.pk in (registration.responsible_id, registration.talk_by_id):
        return False
    return whose_case(registration) is not None


def asks_why(registration: Registration, reader: User, *, now: datetime | None = None) -> bool:
    """Whether ``reader`` is to say first why they open it: once a day for a colleague's case."""
    now = now or timezone.now()
    if not is_colleagues(registration, reader):
        return False
    said = Q(at__gte=start_of_day(now)) & ~Q(reason="")
    just_opened = Q(at__gt=now - timedelta(hours=1), door=Door.PERSON)
    rows = ReadLog.objects.filter(participant=registration.participant_id, reader=reader)
    return not rows.filter(said | just_opened, door__in=OF_THE_CASE).exists()


@transaction.atomic
def give_to(
    registration: Registration,
    *,
    colleague: User,
    actor: User,
    now: datetime | None = None,
) -> None:
    """The case is ``colleague``'s from now on; ``actor`` may take it over themselves.

    Raises ``AlreadyClosed``, ``NotHere`` or ``TheirsAlready``.
    """
    row = locked(registration)
    if not colleagues_of(row.participant.centre).filter(pk=colleague.pk).exists():
        raise NotHere
    if row.responsible_id == colleague.pk:
        raise TheirsAlready
    _set(row, colleague)
    registration.responsible = colleague
    record(row, PersonActivity.GIVEN_TO, actor=actor, now=now)


def becomes_theirs(registration: Registration, user: User | None) -> None:
    """Who has to do with the person first is responsible. The caller holds the row."""
    if user is None or whose_case(registration) is not None:
        return
    if colleagues_of(registration.participant.centre).filter(pk=user.pk).exists():
        _set(registration, user)


def _set(registration: Registration, user: User) -> None:
    registration.responsible = user
    registration.save(update_fields=["responsible"])
