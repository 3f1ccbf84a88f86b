"""Pages for where the program is not asked: nginx and gunicorn answer with them by themselves."""

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation

from linkcenter import errors
from linkcenter.errors import Page

PAGES = (
    errors.BAD_REQUEST,
    errors.NOT_ALLOWED,
    errors.TOO_MUCH,
    errors.TOO_LONG_ADDRESS,
    errors.TOO_MUCH_AT_ONCE,
    errors.SHORT_BREAK,
)
OWN = ("content-type", "content-length", "content-language", "cache-control", "expires", "vary")


def text(page: Page) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return errors.standalone(_request(), page)


def headers() -> list[tuple[str, str]]:
    """The security headers that every answer of the program carries, and no storing."""
    told = WSGIHandler().get_response(_request()).headers.items()
    kept = [(name, value) for name, value in told if name.lower() not in OWN]
    return [*kept, ("Cache-Control", "no-store")]


def _request() -> HttpRequest:
    return RequestFactory().get(
        "/healthz", secure=True, headers={"host": settings.ALLOWED_HOSTS[0]}
    )
