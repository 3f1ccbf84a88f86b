"""The pages for what went wrong: what happened, that nothing is lost, and what to do now."""

import errno
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import DisallowedHost, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg.errors import ReadOnlySqlTransaction

from linkcenter import known_browsers
from linkcenter.logs import short_code, with_causes
from linkcenter.text import clean_text

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the field's name
RETRY_AFTER = 30  # seconds
RETRY_LATER = 600

AWAY = (OperationalError, InterfaceError, ReadOnlySqlTransaction)
CODED = (400, 403, 500, 503)  # pages with a code to find the request in the log

WITH_DATA = "base.html"
WITHOUT_DATA = "errors/standalone.html"  # asks the database nothing, since it may be down


@dataclass(frozen=True)
class Page:
    """What one kind of trouble says."""

    status: int
    title: str | Promise
    text: str | Promise
    frame: str = WITH_DATA


BAD_REQUEST = Page(
    400,
    _("This could not be read"),
    _("Something in the address or the form was not as it should be. Go back and try again."),
)
ODD_CHARACTERS = Page(
    400,
    _("The text held characters that cannot be stored"),
    _("They came along unseen, often when text is copied. They are gone from the text below."),
)
FORBIDDEN = Page(
    403,
    _("You do not have access to this page"),
    _("Do you work at a centre? Log in with the account that has access."),
)
FROM_ELSEWHERE = Page(
    403,
    _("This form did not come from our own page"),
    _("Nothing has been sent. Open the page from our front page and fill in the form there."),
)
OPEN_TOO_LONG = Page(
    403,
    _("The page had been open for a long time"),
    _("What you wrote is kept, but not sent yet. Press the button to send it."),
)
NO_COOKIE = Page(
    403,
    _("Your browser has no cookie from us"),
    _(
        "What you wrote is kept, but not sent yet. Press the button to send it. "
        "Does this page come back? Then allow cookies for this site."
    ),
)
SOMEBODYS = Page(
    403,
    _("Somebody has logged in here since this page was opened"),
    _(
        "Nothing has been sent, since somebody else may have written it. "
        "Is it yours? Then copy what you need, and open the page again."
    ),
)
NOT_FOUND = Page(
    404,
    _("We cannot find this page"),
    _("The address may be written wrong, or the page may have moved."),
)
NOT_ALLOWED = Page(
    405,
    _("This address is not used like that"),
    _("Nothing has been changed. Start from the front page."),
)
TOO_MUCH = Page(
    413,
    _("This was too much to send"),
    _("Nothing has been sent. Go back, shorten the text and send it again."),
)
TOO_LONG_ADDRESS = Page(
    414,
    _("The address is too long"),
    _("Start from the front page."),
)
TOO_OFTEN = Page(
    429,
    _("A lot is being sent from where you are just now"),
    _(
        "What you wrote is kept, but not sent yet. Wait a while, and press the button. "
        "Or ring your centre: they can write it down for you."
    ),
)
TOO_MUCH_AT_ONCE = Page(
    429,
    _("A lot is being sent from where you are just now"),
    _("Nothing has been sent. Wait a minute, go back and try again. Or ring your centre."),
    WITHOUT_DATA,
)
OUR_FAULT = Page(
    500,
    _("Something went wrong here with us"),
    _("It was not your fault. Try again in a few minutes, or ring your centre."),
    WITHOUT_DATA,
)
SHORT_BREAK = Page(
    503,
    _("We are back in a moment"),
    _("The page is taking a short break. Try again in a minute."),
    WITHOUT_DATA,
)


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _answer(request, TOO_MUCH)
    if _is_database_away(exception):  # while the session was saved: Django calls it interrupted
        return _short_break(request)
    return bad_request(request)


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, FORBIDDEN)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, NOT_FOUND)


def handler500(request: HttpRequest) -> HttpResponse:
    """A short break if it is the database that is away, else our fault. What was typed is kept."""
    if _is_database_away(sys.exc_info()[1]):
        return _short_break(request)
    return _answer(request, OUR_FAULT, typed=_typed(request))


def _is_database_away(error: BaseException | None) -> bool:
    """Whether that is the error, or what led to it: nothing can be written for a while."""
    return any(
        isinstance(each, AWAY) or getattr(each, "errno", None) == errno.ENOSPC
        for each in with_causes(error)
    )


def _short_break(request: HttpRequest) -> HttpResponse:
    response = _answer(request, SHORT_BREAK, typed=_typed(request))
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a fresh token: show again what was typed, ready to be sent with a new one.

    Not if another site may have written it: then the button would send what the person never saw.
    """
    if not _is_from_our_own_page(request):
        return _answer(request, FROM_ELSEWHERE)
    typed = [(name, value) for name, value in _typed(request) if name != TOKEN]
    if _may_be_a_colleagues(request):
        return _answer(request, SOMEBODYS, typed=typed, can_send=False)
    page = OPEN_TOO_LONG if "CSRF_COOKIE" in request.META else NO_COOKIE
    return _answer(request, page, typed=typed, new_token=True)


def _may_be_a_colleagues(request: HttpRequest) -> bool:
    """Whether it is a page of the staff's, at a desk where several of them log in.

    Each log-in makes the forms of before invalid: it must not be the next one who sends them.
    """
    page = request.resolver_match
    is_staffs = page is not None and page.namespaces[:1] == ["admin"]
    return is_staffs and len(known_browsers.known(request)) > 1


def bad_request(request: HttpRequest) -> HttpResponse:
    return _answer(request, BAD_REQUEST)


def odd_characters(request: HttpRequest) -> HttpResponse:
    """Control characters in a form: show it again without them, ready to be sent."""
    if not _is_from_our_own_page(request):
        return bad_request(request)
    typed = [(clean_text(name), clean_text(value)) for name, value in _typed(request)]
    return _answer(request, ODD_CHARACTERS, typed=typed)


def method_not_allowed(request: HttpRequest, allowed: Sequence[str]) -> HttpResponse:
    response = _answer(request, NOT_ALLOWED)
    response.headers["Allow"] = ", ".join(allowed)
    return response


def address_too_long(request: HttpRequest) -> HttpResponse:
    return _answer(request, TOO_LONG_ADDRESS)


def too_often(request: HttpRequest) -> HttpResponse:
    """More than a limit allows from one address: the form again, to be sent a while later."""
    typed = [(name, value) for name, value in _typed(request) if name != TOKEN]
    return _answer(request, TOO_OFTEN, typed=typed, new_token=True)


def standalone(request: HttpRequest, page: Page) -> str:
    """The page as whoever stands before us shows it, where we cannot be asked."""
    return render_to_string(
        "errors/error.html", {"page": replace(page, frame=WITHOUT_DATA)}, request
    )


def _answer(
    request: HttpRequest,
    page: Page,
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


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
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
