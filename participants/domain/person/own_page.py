"""What a person's own page is about, and how it says that things stand."""

from datetime import date, timedelta

from django.utils import timezone

from participants.models import Participant, Registration
from participants.states import OPEN, CloseReason, OwnStatus, RegistrationState

FIRST_CONTACT = timedelta(days=7)
FRIDAY = 4


def own_registration(participant: Participant) -> Registration | None:
    """The interest that the person's page is about: the open one, else the latest."""
    mine = participant.registrations.all()
    return mine.filter(OPEN).first() or mine.order_by("-closed_at", "-pk").first()


def heard_by(registration: Registration) -> date:
    """The day by which the centre has promised to get in touch: one on which people work."""
    day = timezone.localdate(registration.registered_at + FIRST_CONTACT)
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def own_status(registration: Registration, *, today: date) -> OwnStatus:
    """What the person reads about it. A place in a group is told by the groups themselves."""
    if registration.close_reason == CloseReason.WITHDRAWN:
        return OwnStatus.WITHDRAWN
    if registration.close_reason == CloseReason.MOVED:
        return OwnStatus.MOVED
    if registration.state == RegistrationState.HELD:
        return OwnStatus.HELD
    if not registration.is_open:
        return OwnStatus.CLOSED
    if registration.is_paused(today):
        return OwnStatus.PAUSED
    if registration.state == RegistrationState.WAITING:
        return OwnStatus.WAITING
    return OwnStatus.IN_CONTACT if registration.talks.exists() else OwnStatus.RECEIVED
