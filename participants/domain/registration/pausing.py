"""A break: nobody suggests a group, and the date of the interest stays."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.errors import RegistrationError
from participants.domain.locks import locked
from participants.domain.person.last_heard import heard
from participants.models import Registration
from participants.signals import leaving
from participants.states import PersonActivity

LONGEST_PAUSE = timedelta(days=365)


class NoSuchPause(RegistrationError):
    message = _("Choose a day from tomorrow, within a year.")


@transaction.atomic
def pause(
    registration: Registration,
    *,
    until: date,
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """Nobody suggests a group to the person before ``until``; a place they held is free.

    The date of the interest stays. Raises ``NoSuchPause`` or ``AlreadyClosed``.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    if not today < until <= today + LONGEST_PAUSE:
        raise NoSuchPause
    registration = locked(registration)
    heard(registration.participant, now=now)
    if registration.paused_until == until:
        return
    registration.paused_until = until
    registration.save(update_fields=["paused_until"])
    record(registration, PersonActivity.PAUSED, actor=actor, now=now)
    leaving.send(Registration, registration=registration, actor=actor, now=now)


@transaction.atomic
def end_pause(
    registration: Registration, *, actor: User | None = None, now: datetime | None = None
) -> None:
    """The person waits again, from now on. Raises ``AlreadyClosed``."""
    now = now or timezone.now()
    registration = locked(registration)
    heard(registration.participant, now=now)
    if registration.paused_until is None:
        return
    registration.paused_until = None
    registration.save(update_fields=["paused_until"])
    record(registration, PersonActivity.PAUSE_ENDED, actor=actor, now=now)
