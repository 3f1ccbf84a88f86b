"""Pages for where the program is not asked: nginx and gunicorn answer with them by themselves."""

from dataclasses import replace

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from linkcenter.web import error_pages
from linkcenter.web.error_pages import Page

PAGES = (
    error_pages.BAD_REQUEST,
    error_pages.NOT_ALLOWED,
    error_pages.TOO_MUCH,
    error_pages.TOO_LONG_ADDRESS,
    error_pages.TOO_MUCH_AT_ONCE,
    error_pages.SHORT_BREAK,
)
OWN = ("content-type", "content-length", "content-language", "cache-control", "expires", "vary")


def text(page: Page) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        context = {"page": replace(page, frame=error_pages.WITHOUT_DATA)}
        return render_to_string("errors/error.html", context, _request())


def headers() -> list[tuple[str, str]]:
    """The security headers that every answer of the program carries, and no storing."""
    told = WSGIHandler().get_response(_request()).headers.items()
    kept = [(name, value) for name, value in told if name.lower() not in OWN]
    return [*kept, ("Cache-Control", "no-store")]


def _request() -> HttpRequest:
    return RequestFactory().get(
        "/healthz", secure=True, headers={"host": settings.ALLOWED_HOSTS[0]}
    )
