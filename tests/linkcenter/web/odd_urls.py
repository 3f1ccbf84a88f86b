"""The real addresses, and some that go wrong on purpose."""

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from linkcenter.urls import handler400, handler403, handler404, handler500, urlpatterns
from linkcenter.web import errors

__all__ = ["handler400", "handler403", "handler404", "handler500"]

HUSH = "Kari Nordmann 41234567"


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def our_fault(request: HttpRequest) -> HttpResponse:
    raise ValueError(HUSH)


def database_away(request: HttpRequest) -> HttpResponse:
    raise OperationalError(HUSH)


def too_often(request: HttpRequest) -> HttpResponse:
    return errors.too_often(request)


def session_lost(request: HttpRequest) -> HttpResponse:
    """As Django's middleware does when the database goes while the session is saved."""
    try:
        raise OperationalError(HUSH)
    except OperationalError:
        raise SessionInterrupted("deleted before the request completed")  # noqa: B904  as Django


def fine(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("message", "fine"), content_type="text/plain")


urlpatterns = [
    path("odd/forbidden/", forbidden),
    path("odd/our-fault/", our_fault),
    path("odd/database-away/", database_away),
    path("odd/session-lost/", session_lost),
    path("odd/too-often/", too_often),
    path("odd/fine/", fine),
    path("odd/read-only/", require_safe(fine)),
    *urlpatterns,
]
