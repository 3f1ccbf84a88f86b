"""Two addresses for machines: does the process live, and can it serve people?"""

from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

LATE = timedelta(minutes=10)


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 if the database answers and has this version's tables, else 503.

    A late queue is told and fails nothing: taking the web away would not help the worker.
    """
    try:
        migrated = not _missing_migrations()
        waited = _longest_wait(timezone.now()) if migrated else timedelta()
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    answer = {
        "database": "ok",
        "migrations": "ok" if migrated else "missing",
        "queue": "late" if waited > LATE else "ok",
        "queue_age_seconds": int(waited.total_seconds()),
    }
    return JsonResponse(answer, status=200 if migrated else 503)


def _missing_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _longest_wait(now: datetime) -> timedelta:
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
