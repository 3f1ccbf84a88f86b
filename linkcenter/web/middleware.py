"""What every request passes before the apps see it, and every answer before it leaves."""

import unicodedata
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import has_vary_header
from django.utils.translation import get_language_from_path

from linkcenter.web import error_pages, errors

GetResponse = Callable[[HttpRequest], HttpResponseBase]

TOO_OFTEN = error_pages.TOO_OFTEN.status
METHODS = ("GET", "HEAD", "POST")
STAFF_PAGES = ("/admin/", "/logg-inn/", "/logg-ut/", "/min-innlogging/")
LONGEST_ADDRESS = 2000  # characters; the longest of ours is a filtered list in the admin

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "browsing-topics",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "usb",
        )
    ),
    "X-Permitted-Cross-Domain-Policies": "none",
}


def security_headers(get_response: GetResponse) -> GetResponse:
    """The same headers on every answer: pages, errors, redirects and static files.

    What differs from person to person (it varies by cookie, answers a post, leads on or tells of
    trouble) is stored nowhere: the next person at a borrowed machine presses "back". Whoever has
    asked too often is told when to try again.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.status_code == TOO_OFTEN:
            response.headers.setdefault("Retry-After", str(errors.RETRY_LATER))
        is_for_one = request.method == "POST" or has_vary_header(response, "Cookie")
        if is_for_one or response.status_code >= 300:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def language_of_address(get_response: GetResponse) -> GetResponse:
    """The language follows the address, never a cookie or what the browser would rather have."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def language_of_staff(get_response: GetResponse) -> GetResponse:
    """The staff's pages have no language in their address: it is that of the account."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(STAFF_PAGES):
            return get_response(request)
        language = getattr(request.user, "language", settings.LANGUAGE_CODE)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def no_body_for_head(get_response: GetResponse) -> GetResponse:
    """HEAD gets the headers of GET, with the length, and nothing more: gunicorn warns otherwise."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return middleware


def refuse_odd_requests(get_response: GetResponse) -> GetResponse:
    """Refuse what no browser sends by itself, before a view or PostgreSQL stumbles over it.

    400 for another host, also of static files, and for control characters: PostgreSQL cannot store
    a NUL, and an address never needs one. 405 for methods other than GET, HEAD and POST, 414 for
    endless addresses.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:  # which Django would quote in the log
            return errors.bad_request(request)
        if request.method not in METHODS:
            return errors.method_not_allowed(request, METHODS)
        if len(request.get_full_path()) > LONGEST_ADDRESS:
            return errors.address_too_long(request)
        if _is_odd(request.path) or _any_odd(request.GET.lists()):
            return errors.bad_request(request)
        if request.method == "POST" and _any_odd(request.POST.lists()):
            return errors.odd_characters(request)
        response = get_response(request)
        if response.status_code == 405:  # a view's own refusal has no page
            return errors.method_not_allowed(request, response.headers["Allow"].split(", "))
        return response

    return middleware


def _any_odd(fields: Iterable[tuple[str, list[str]]]) -> bool:
    return any(_is_odd(text) for name, values in fields for text in (name, *values))


def _is_odd(text: str) -> bool:
    return not text.isprintable() and any(
        unicodedata.category(character) == "Cc" and character not in "\t\n\r" for character in text
    )
