"""Two addresses for machines: does the process live, and can it serve people?"""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linkcenter.operating import worker_state


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 if the database answers and has this version's tables, else 503.

    A late queue or a silent worker is told and fails nothing: taking the web away would not help.
    """
    now = timezone.now()
    waited, workers = timedelta(), 0
    try:
        migrated = not _missing_migrations()
        if migrated:
            waited, workers = worker_state.longest_wait(now), worker_state.workers(now)
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    answer = {
        "database": "ok",
        "migrations": "ok" if migrated else "missing",
        "queue": "late" if waited > worker_state.LATE else "ok",
        "queue_age_seconds": int(waited.total_seconds()),
        "worker": "ok" if workers else "silent",
    }
    return JsonResponse(answer, status=200 if migrated else 503)


def _missing_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
