"""Which page answers when something went wrong, and how it keeps what was typed."""

import errno
import sys
from collections.abc import Sequence

from django.core.exceptions import DisallowedHost, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from psycopg.errors import ReadOnlySqlTransaction

from linkcenter.forms.text import clean_text
from linkcenter.operating.logs import short_code, with_causes
from linkcenter.web import error_pages, known_browsers

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the field's name
RETRY_AFTER = 30  # seconds
RETRY_LATER = 600

AWAY = (OperationalError, InterfaceError, ReadOnlySqlTransaction)
CODED = (400, 403, 500, 503)  # pages with a code to find the request in the log


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _answer(request, error_pages.TOO_MUCH)
    if _is_database_away(exception):  # while the session was saved: Django calls it interrupted
        return _short_break(request)
    return bad_request(request)


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, error_pages.FORBIDDEN)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, error_pages.NOT_FOUND)


def handler500(request: HttpRequest) -> HttpResponse:
    """A short break if it is the database that is away, else our fault. What was typed is kept."""
    if _is_database_away(sys.exc_info()[1]):
        return _short_break(request)
    return _answer(request, error_pages.OUR_FAULT, typed=typed_in(request))


def _is_database_away(error: BaseException | None) -> bool:
    """Whether that is the error, or what led to it: nothing can be written for a while."""
    return any(
        isinstance(each, AWAY) or getattr(each, "errno", None) == errno.ENOSPC
        for each in with_causes(error)
    )


def _short_break(request: HttpRequest) -> HttpResponse:
    response = _answer(request, error_pages.SHORT_BREAK, typed=typed_in(request))
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a fresh token: show again what was typed, ready to be sent with a new one.

    Not if another site may have written it: then the button would send what the person never saw.
    """
    if not _is_from_our_own_page(request):
        return _answer(request, error_pages.FROM_ELSEWHERE)
    typed = [(name, value) for name, value in typed_in(request) if name != TOKEN]
    if _may_be_a_colleagues(request):
        return _answer(request, error_pages.SOMEBODYS, typed=typed, can_send=False)
    page = error_pages.OPEN_TOO_LONG if "CSRF_COOKIE" in request.META else error_pages.NO_COOKIE
    return _answer(request, page, typed=typed, new_token=True)


def _may_be_a_colleagues(request: HttpRequest) -> bool:
    """Whether it is a page of the staff's, at a desk where several of them log in.

    Each log-in makes the forms of before invalid: it must not be the next one who sends them.
    """
    page = request.resolver_match
    is_staffs = page is not None and page.namespaces[:1] == ["admin"]
    return is_staffs and len(known_browsers.known(request)) > 1


def bad_request(request: HttpRequest) -> HttpResponse:
    return _answer(request, error_pages.BAD_REQUEST)


def odd_characters(request: HttpRequest) -> HttpResponse:
    """Control characters in a form: show it again without them, ready to be sent."""
    if not _is_from_our_own_page(request):
        return bad_request(request)
    typed = [(clean_text(name), clean_text(value)) for name, value in typed_in(request)]
    return _answer(request, error_pages.ODD_CHARACTERS, typed=typed)


def method_not_allowed(request: HttpRequest, allowed: Sequence[str]) -> HttpResponse:
    response = _answer(request, error_pages.NOT_ALLOWED)
    response.headers["Allow"] = ", ".join(allowed)
    return response


def address_too_long(request: HttpRequest) -> HttpResponse:
    return _answer(request, error_pages.TOO_LONG_ADDRESS)


def too_often(request: HttpRequest) -> HttpResponse:
    """More than a limit allows from one address: the form again, to be sent a while later."""
    typed = [(name, value) for name, value in typed_in(request) if name != TOKEN]
    return _answer(request, error_pages.TOO_OFTEN, typed=typed, new_token=True)


def _answer(
    request: HttpRequest,
    page: error_pages.Page,
    *,
    typed: Sequence[tuple[str, str]] = (),
    new_token: bool = False,
    can_send: bool = True,
) -> HttpResponse:
    context = {
        "page": page,
        "typed": typed,
        "can_send": can_send,
        "texts": [value for name, value in typed if _is_told(name) and value],
        "new_token": new_token,
        "code": short_code() if page.status in CODED else "",
    }
    return render(request, "errors/error.html", context, status=page.status)


def _is_told(name: str) -> bool:
    """Whether the reader wrote it. Names with a line before them are what a page carries itself."""
    return name != TOKEN and not name.startswith("_")


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the posted form, one pair a value; passwords are left out."""
    if request.method != "POST":
        return []
    try:
        fields = request.POST.lists()
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return []  # too big, broken or cut off: there is nothing to keep
    return [(name, value) for name, values in fields for value in values if "password" not in name]


def _is_from_our_own_page(request: HttpRequest) -> bool:
    """Whether the browser says so. One that says nothing is too old to be led here by a stranger's
    page without saying it: cookies are SameSite=Lax.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    try:
        ours = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return False
    return request.headers.get("Origin", ours) == ours
