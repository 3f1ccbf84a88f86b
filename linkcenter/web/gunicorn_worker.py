"""gunicorn's worker, with an answer of our own to what cannot be read as a request."""

import logging
from functools import cache
from http import HTTPStatus
from typing import Any

from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

logger = logging.getLogger(__name__)


class Worker(ThreadWorker):
    """gunicorn's own answer is a bare page, and its line in the log quotes what was sent."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        ours = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
        if isinstance(exc, errors.LimitRequestLine):
            status = 414
        elif isinstance(exc, errors.ParseException) and not isinstance(exc, ours):
            status = 400
        else:
            status = 500
            logger.error("A request was broken off", exc_info=exc)
        try:
            util.write_nonblock(client, _answer(status))
        except OSError:
            logger.debug("Whoever sent it is gone")


@cache
def _answer(status: int) -> bytes:
    # gunicorn reads this file before there are settings.
    from linkcenter.web import standalone
    from linkcenter.web.error_pages import BAD_REQUEST, OUR_FAULT, TOO_LONG_ADDRESS

    pages = {page.status: page for page in (BAD_REQUEST, TOO_LONG_ADDRESS, OUR_FAULT)}
    body = standalone.text(pages[status]).encode()
    told = [
        *standalone.headers(),
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Connection", "close"),
    ]
    lines = "".join(f"{name}: {value}\r\n" for name, value in told)
    head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{lines}\r\n"
    return head.encode() + body
