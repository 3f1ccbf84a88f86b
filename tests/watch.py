"""Pages are watched for N+1 queries. Acts are not: they lock, check and write row by row."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from zeal import zeal_context


def watch_pages(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST":
            return get_response(request)
        with zeal_context():
            return get_response(request)

    return middleware
