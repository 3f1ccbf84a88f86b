"""When a job is tried again, and what it leaves behind.

Nightly jobs leave a row: the heartbeat on the start page and the report of the run. Other jobs
leave nothing, unless they fail: then what they were to do stands until it is forgotten.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError
from django.db.models import Exists, Max, Min, OuterRef, QuerySet
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.periodic import PeriodicTask

from linkcenter.models import JobRun, User
from linkcenter.periods import days, years

# What the database broke off is tried again, and what is wrong in itself is not. After 4, 16, 64 …
# seconds: the fifth and last try comes some twenty minutes after the first.
BROKEN_OFF = (OperationalError, InterfaceError)
AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4, retry_exceptions=BROKEN_OFF)

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


def nightly() -> list[str]:
    """The jobs that are due once a day. Each leaves a run under its own name."""
    jobs.perform_import_paths()
    due = [(each.task.name, each.cron.split()) for each in _periodic()]
    return sorted(name for name, (minute, hour, *_) in due if (minute + hour).isdigit())


def _periodic() -> Iterable[PeriodicTask]:
    return jobs.periodic_registry.periodic_tasks.values()


def last_successes() -> dict[str, datetime | None]:
    """When each nightly job last came to its end; none if it never did."""
    names = nightly()
    ended = JobRun.objects.filter(job__in=names).values_list("job")
    last: dict[str, datetime | None] = dict(ended.annotate(Max("finished_at")))
    return {name: last.get(name) for name in names}


def late(now: datetime, after: timedelta) -> list[str]:
    """The nightly jobs without an end for so long; a new machine has a night first."""
    first = JobRun.objects.aggregate(first=Min("started_at"))["first"] or now
    return [job for job, last in last_successes().items() if now - (last or first) > after]


@contextmanager
def job_run(job: str, *, by: User | None = None) -> Iterator[dict[str, int]]:
    """Record one run of ``job``. The counts put into the yielded dict are its report.

    ``by`` has confirmed it, if somebody had to. A run that raises stays without an end, which is
    how staff see that it died.
    """
    run = JobRun.objects.create(job=job, by=by, started_at=timezone.now())
    yield run.counts
    run.finished_at = max(timezone.now(), run.started_at)  # the clock may have been set back
    run.save(update_fields=["finished_at", "counts"])
