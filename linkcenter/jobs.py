"""Nightly jobs leave a row behind: the heartbeat on the start page and the report of the run."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from linkcenter.models import JobRun


@contextmanager
def job_run(job: str) -> Iterator[dict[str, int]]:
    """Record one run of ``job``. The counts put into the yielded dict are its report.

    A run that raises stays without an end, which is how staff see that it died.
    """
    run = JobRun.objects.create(job=job, started_at=timezone.now())
    yield run.counts
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at", "counts"])
