"""The real addresses, and a view that only says hello, behind the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from linkcenter import urls
from linkcenter.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]

BARE = "/bare/"


def hello(request: HttpRequest) -> HttpResponse:
    """Kept by nobody, so that each request goes all the way."""
    return HttpResponse("hello", headers={"Cache-Control": "no-store"})


urlpatterns = [path(BARE[1:], hello), *urls.urlpatterns]
