"""The page for Prometheus: only for who brings the token of the settings, else there is no page."""

from collections.abc import Iterator
from hmac import compare_digest

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linkcenter.operating import measures
from linkcenter.operating.measures import Measure


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """nginx passes the token on from the operator's own network alone."""
    if not _is_operator(request):
        raise Http404
    text = measures.as_text(_all())
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _is_operator(request: HttpRequest) -> bool:
    brought = request.headers.get("Authorization", "").encode()
    expected = f"Bearer {settings.METRICS_TOKEN}".encode()
    return bool(settings.METRICS_TOKEN) and compare_digest(brought, expected)


def _all() -> Iterator[Measure]:
    yield from measures.of_the_web()
    yield from measures.of_the_disk()
    try:
        with transaction.atomic():
            known = list(measures.of_the_database(timezone.now()))
    except DatabaseError:
        known = []
    up = 1 if known else 0
    yield measures.one("link_database_up", "Whether the database answers, with its tables.", up)
    yield from known
