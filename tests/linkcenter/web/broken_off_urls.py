"""The real addresses, and some that PostgreSQL breaks off on purpose."""

import errno
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


def read_only(request: HttpRequest) -> HttpResponse:
    """A standby that has not become the first yet, or an operator who wants no writing now."""
    with transaction.atomic():
        _run("set transaction read only")
        Organisation.objects.create(name=_try(request))
    return _done()


def no_room(request: HttpRequest) -> HttpResponse:
    """No room is left for a file of ours, such as the marks of who was erased."""
    raise OSError(errno.ENOSPC, "No space left on device")


urlpatterns = [
    path("odd/read-only/", read_only),
    path("odd/no-room/", no_room),
    path("odd/serializable/", serializable),
    path("odd/cut-off/", cut_off),
    path("odd/half/", half),
    path("odd/alone/", alone),
    path("odd/impatient/", impatient),
    *urlpatterns,
]
