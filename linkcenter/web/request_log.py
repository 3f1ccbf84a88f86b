"""Each request gets an id, a line in the log, and a place in the counts for Prometheus."""

import logging
import re
import secrets
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponseBase

from linkcenter.operating.counts import count_request
from linkcenter.operating.logs import request_id, route_of

MACHINES = ("alive", "ready", "metrics")  # ask all day long, and nobody wants to read it

logger = logging.getLogger(__name__)


def request_log(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """The id is the one that nginx gave, so that a line here is found by a line there."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        begun = perf_counter()
        given = request.headers.get("X-Request-ID", "")
        known = given if re.fullmatch("[0-9a-f]{32}", given) else secrets.token_hex(16)
        request_id.set(known)  # until the next request: Django has a line to write after us
        response = get_response(request)
        route = route_of(request)
        if route not in MACHINES:
            _note(request, response, route, perf_counter() - begun)
        return response

    return middleware


def _note(request: HttpRequest, response: HttpResponseBase, route: str, took: float) -> None:
    count_request(response.status_code, took)
    if not logger.isEnabledFor(logging.INFO):
        return
    method = request.method if request.method in ("GET", "HEAD", "POST") else "other"
    told = {"method": method, "route": route, "status": response.status_code}
    ms = round(took * 1000, 1)
    words = f"{method} {route} {response.status_code} {ms}ms"
    logger.info(words, extra={**told, "ms": ms})
