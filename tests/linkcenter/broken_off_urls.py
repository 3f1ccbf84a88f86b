"""The real addresses, and some that PostgreSQL breaks off on purpose."""

from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from centres.models import Organisation
from linkcenter.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500"]

TRIES: list[str] = []
MEANWHILE: list[Callable[[], None]] = []  # what somebody else does, once each


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _try(request: HttpRequest) -> str:
    TRIES.append(request.POST["name"])
    request.session["tries"] = request.session.get("tries", 0) + 1
    return request.POST["name"]


def _meanwhile() -> None:
    if MEANWHILE:
        MEANWHILE.pop()()


def _done() -> HttpResponse:
    return HttpResponse("done", content_type="text/plain")


@transaction.atomic
def serializable(request: HttpRequest) -> HttpResponse:
    _run("set transaction isolation level repeatable read")
    place = Organisation.objects.get()
    _meanwhile()
    place.name = _try(request)
    place.save()
    return _done()


def cut_off(request: HttpRequest) -> HttpResponse:
    """The connection is lost in the middle of a transaction."""
    with transaction.atomic():
        Organisation.objects.create(name=_try(request))
        _meanwhile()
        Organisation.objects.count()
    return _done()


def half(request: HttpRequest) -> HttpResponse:
    """Something is done already when the rest is broken off."""
    with transaction.atomic():
        Organisation.objects.create(name=_try(request))
    Organisation.objects.count()
    _meanwhile()
    with transaction.atomic():
        Organisation.objects.count()
    return _done()


def alone(request: HttpRequest) -> HttpResponse:
    """Without a transaction, each statement is done for good."""
    Organisation.objects.create(name=_try(request))
    _meanwhile()
    Organisation.objects.count()
    return _done()


def impatient(request: HttpRequest) -> HttpResponse:
    """Somebody else has the row for long: to ask at once again is no use."""
    with transaction.atomic():
        _run("set local lock_timeout = '20ms'")
        _try(request)
        Organisation.objects.select_for_update().get()
    return _done()


urlpatterns = [
    path("odd/serializable/", serializable),
    path("odd/cut-off/", cut_off),
    path("odd/half/", half),
    path("odd/alone/", alone),
    path("odd/impatient/", impatient),
    *urlpatterns,
]
