"""Whether the worker lives and keeps up, as the queue and its own heartbeat tell."""

from datetime import datetime, timedelta

from django.db.models import Count, Max, Min
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinateWorker,
)

LATE = timedelta(minutes=10)
SILENT = timedelta(seconds=60)  # a worker tells every ten seconds that it lives
STATES = ("todo", "doing", "failed")


def longest_wait(now: datetime) -> timedelta:
    """How long the first job in the queue has been due."""
    waiting = ProcrastinateJob.objects.filter(status="todo")
    at_once = ProcrastinateEvent.objects.filter(
        job__in=waiting.filter(scheduled_at=None), type="deferred"
    )
    firsts = [
        waiting.filter(scheduled_at__lte=now).aggregate(first=Min("scheduled_at"))["first"],
        at_once.aggregate(first=Min("at"))["first"],
    ]
    return now - min((first for first in firsts if first), default=now)


def longest_at_work(now: datetime) -> timedelta:
    """How long the job has been going on that was begun first: one that hangs shows here."""
    begun = ProcrastinateEvent.objects.filter(job__status="doing", type="started")
    each = begun.values("job").annotate(begun=Max("at"))
    first = each.aggregate(first=Min("begun"))["first"]
    return now - first if first else timedelta()


def workers(now: datetime) -> int:
    """How many have lately told that they live."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=now - SILENT).count()


def jobs() -> dict[str, int]:
    """How many jobs wait, are being done, and were given up."""
    found = ProcrastinateJob.objects.filter(status__in=STATES).values_list("status")
    return dict.fromkeys(STATES, 0) | dict(found.annotate(Count("pk")))
