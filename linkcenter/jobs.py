"""Nightly jobs leave a row behind: the heartbeat on the start page and the report of the run.

Other jobs leave nothing, unless they fail: then what they were to do stands until it is forgotten.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from linkcenter.models import JobRun, User
from linkcenter.periods import days, years

KEEP_FAILED = days(30)
KEEP_REPORTS = years(3)
NEVER_RUN_AGAIN = ("failed", "cancelled", "aborted")


def old_failures(now: datetime) -> QuerySet[ProcrastinateJob]:
    """Jobs that were given up so long ago that nobody looks into it any more."""
    since = ProcrastinateEvent.objects.filter(job=OuterRef("pk"), at__gt=now - KEEP_FAILED)
    return ProcrastinateJob.objects.filter(~Exists(since), status__in=NEVER_RUN_AGAIN)


def forget_failure(job: ProcrastinateJob, now: datetime | None = None) -> None:
    ProcrastinateJob.objects.filter(pk=job.pk).delete()  # the row itself refuses to be deleted


def old_reports(now: datetime) -> QuerySet[JobRun]:
    """Runs so long ago that nobody asks any more what they did."""
    return JobRun.objects.filter(started_at__lte=now - KEEP_REPORTS)


@contextmanager
def job_run(job: str, *, by: User | None = None) -> Iterator[dict[str, int]]:
    """Record one run of ``job``. The counts put into the yielded dict are its report.

    ``by`` has confirmed it, if somebody had to. A run that raises stays without an end, which is
    how staff see that it died.
    """
    run = JobRun.objects.create(job=job, by=by, started_at=timezone.now())
    yield run.counts
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at", "counts"])
