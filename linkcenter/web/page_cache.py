"""Pages that are the same for everybody, kept for less than a second in each process.

A page that many read is made about once a second, and an edit is seen within one, in every
process, with nothing to tell and nothing to clear. Browsers ask each time and get a short "not
modified" while the page is the same; a feed says with ``Last-Modified`` since when it is.
"""

import gzip
import re
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from hashlib import blake2b
from threading import Lock
from time import monotonic
from typing import TypeGuard

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags, parse_http_date_safe

MOST_PAGES = 200  # with 20 kB each, 4 MB a process
LARGEST_PAGE = 256 * 1024  # bytes
SMALLEST_TO_COMPRESS = 200  # bytes
NO_WEIGHT = re.compile(r"q=0(\.0*)?")
FRESH = "public, max-age=0, must-revalidate"

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Address = tuple[str | None, str | None, str]


class Page:
    """An answer as it left the inner middleware, with all its headers."""

    def __init__(self, response: HttpResponse) -> None:
        self.body = response.content
        self.headers = {
            name: value for name, value in response.items() if name != "Content-Length"
        } | {
            "Cache-Control": FRESH,
            "ETag": f'W/"{blake2b(self.body, digest_size=12).hexdigest()}"',
            "Vary": "Accept-Encoding",
        }

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.body, mtime=0)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page, or that it is still the one the reader has."""
        if self._is_known_to(request):
            unchanged = HttpResponseNotModified()
            for name, value in self.headers.items():
                if not name.startswith("Content-") or name == "Content-Security-Policy":
                    unchanged.headers[name] = value
            return unchanged
        body, headers = self.body, self.headers
        if len(body) >= SMALLEST_TO_COMPRESS and _takes_gzip(request):
            body, headers = self.compressed, headers | {"Content-Encoding": "gzip"}
        return HttpResponse(body, headers=headers | {"Content-Length": str(len(body))})

    def _is_known_to(self, request: HttpRequest) -> bool:
        """Whether the reader has this very page: by its tag, or where none is sent, by its date."""
        tags = request.headers.get("If-None-Match")
        if tags is not None:
            return self.headers["ETag"] in parse_etags(tags)
        since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
        changed = parse_http_date_safe(self.headers.get("Last-Modified", ""))
        return since is not None and changed is not None and changed <= since


def _takes_gzip(request: HttpRequest) -> bool:
    """Whether the browser says so; ``gzip;q=0`` says the opposite."""
    for each in request.headers.get("Accept-Encoding", "").split(","):
        coding, _, weight = each.partition(";")
        if coding.strip().lower() == "gzip":
            return NO_WEIGHT.fullmatch(weight.strip()) is None
    return False


class Shelf:
    """The pages of one process. All stay equally long, so the oldest is the first to go."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Address, tuple[float, Page]] = OrderedDict()
        self._lock = Lock()

    def find(self, address: Address, now: float) -> Page | None:
        made, page = self._pages.get(address, (0.0, None))
        return page if now < made + settings.PAGE_CACHE_SECONDS else None

    def keep(self, address: Address, page: Page, made: float) -> None:
        with self._lock:
            self._pages[address] = (made, page)
            self._pages.move_to_end(address)
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)


def page_cache(
    get_response: GetResponse, clock: Callable[[], float] = monotonic
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer from the shelf, or put there what may be shown to everybody.

    That is a page found by GET or HEAD whose view has read and set no cookie and has not said
    itself how it is stored. The host counts as it was sent, and whether the way was encrypted.
    What follows a question mark is never the same for long: those pages are made each time.
    """
    shelf = Shelf()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        now = clock()  # before the page is made: what it shows is as old as this
        address = (request.scheme, request.META.get("HTTP_HOST"), request.path)
        has_query = bool(request.META.get("QUERY_STRING"))
        page = None if has_query else shelf.find(address, now)
        if page is None:
            response = get_response(request)
            if not _is_for_everybody(response):
                return response
            page = Page(response)
            if not has_query and len(page.body) <= LARGEST_PAGE:
                shelf.keep(address, page, now)
        return page.answer(request)

    return middleware


def _is_for_everybody(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and not response.has_header("Vary")  # by a cookie, above all
        and not response.has_header("Cache-Control")
    )
