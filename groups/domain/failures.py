"""In the morning: what has not gone as it should is told to those who can do something about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent

from centres.access import scope_of
from linkcenter import jobs
from linkcenter.backups.kept import last_success
from linkcenter.log_in import mail
from linkcenter.log_in.mail import Failures
from linkcenter.models import JobRun, Message, MessageState, User
from participants.access import messages_for

JOB = "groups.tell_failures"
LATE = timedelta(hours=26)  # a night without, and some time for a long one


@dataclass(frozen=True)
class _Machine:
    """What fails whoever it is for."""

    late: int
    given_up: int
    no_backup: bool


@transaction.atomic
def tell(*, now: datetime | None = None) -> int:
    """Whoever works here and has something to look at gets one mail; returns how many.

    Staff hear of mail that did not reach the people of their centres. Administrators, who cannot
    see those, hear how many there are at all, and of what the machine has not done.
    """
    now = now or timezone.now()
    machine = _machine(now)
    staff = User.objects.filter(is_active=True, staff_roles__isnull=False).distinct()
    told = 0
    for user in staff.order_by("pk"):
        if any(failures := _for(user, machine)):
            mail.failures(user, failures, now=now)
            told += 1
    return told


def _for(user: User, machine: _Machine) -> Failures:
    if scope_of(user).is_administrator:
        failed = Message.objects.filter(state=MessageState.FAILED)
        return Failures(failed.count(), machine.late, machine.given_up, machine.no_backup)
    return Failures(messages_for(user).filter(state=MessageState.FAILED).count())


def _machine(now: datetime) -> _Machine:
    return _Machine(len(jobs.late(now, LATE)), _given_up(now), _has_no_backup(now))


def _given_up(now: datetime) -> int:
    """Jobs that were given up since the last time we told."""
    before = JobRun.objects.filter(job=JOB, finished_at__isnull=False).order_by("-started_at")
    last = before.values_list("started_at", flat=True).first()
    events = ProcrastinateEvent.objects.filter(type="failed", job__status="failed")
    return events.filter(at__gt=last or now - LATE).values("job").distinct().count()


def _has_no_backup(now: datetime) -> bool:
    if settings.DEVELOPMENT:  # nobody makes one there
        return False
    last = last_success(settings.BACKUP_DIR)
    return last is None or now - last > LATE
