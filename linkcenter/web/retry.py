"""What PostgreSQL breaks off is done once more, where nothing of the first try is left.

Two people at once may lock the same rows in another order, and one of them is broken off: nothing
is wrong, and the same again works. So it is when the connection is lost before the end.
"""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import psycopg
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from psycopg import errors

logger = logging.getLogger(__name__)

READING = ("select", "savepoint", "release", "rollback", "set ", "show")
DEFERRING = "procrastinate_"  # a function that is selected, and writes a job
LOST = ("08", "57P01", "57P02")  # the connection, or the server is being stopped


class Witness:
    """Notes of all that is asked of the database whether something is left of it, and what failed.

    What the end of a transaction makes true tells on its own, by a hook: it may have been lost on
    the way, and then nobody knows.
    """

    def __init__(self) -> None:
        self.is_something_left = False
        self.failure: BaseException | None = None

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        if _writes(str(sql)):
            self._is_writing(context["connection"])
        try:
            return execute(sql, params, many, context)
        except OperationalError as failure:
            self.failure = failure
            raise

    def _is_writing(self, connection: BaseDatabaseWrapper) -> None:
        if not connection.in_atomic_block:
            self.is_something_left = True
        elif not any(hook == self._stays for _ids, hook, *_ in connection.run_on_commit):
            connection.on_commit(self._stays)

    def _stays(self) -> None:
        self.is_something_left = True

    def says_that_all_is_undone(self, error: BaseException) -> bool:
        """Whether ``error`` is what broke it off, the same again may work, and nothing is left."""
        return error is self.failure and not self.is_something_left and _may_work_again(error)


def _writes(statement: str) -> bool:
    words = statement.lstrip()[:80].lower()
    return not words.startswith(READING) or DEFERRING in words


def _may_work_again(error: BaseException) -> bool:
    cause = error.__cause__
    if isinstance(cause, (errors.DeadlockDetected, errors.SerializationFailure)):
        return True
    state = getattr(cause, "sqlstate", None)
    return isinstance(cause, psycopg.OperationalError) and (not state or state.startswith(LOST))


class RetryMiddleware:
    """Asks the views a second time where the first was broken off, and nothing of it is left.

    What fails again, or may have done something, is told as it is: a short break, with what was
    typed. Stands around the session: the second try reads it anew.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        again = _copy(request)
        witness = Witness()
        request._witness = witness  # type: ignore[attr-defined]  # a note on this request
        with ExitStack() as watching:
            for connection in connections.all():
                watching.enter_context(connection.execute_wrapper(witness))
            response = self.get_response(request)
        if not hasattr(request, "_broken_off"):
            return response
        logger.warning("A request was broken off by the database, and is done once more.")
        for connection in connections.all():
            connection.close_if_unusable_or_obsolete()
        return self.get_response(again)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        witness: Witness | None = getattr(request, "_witness", None)
        if witness is None or not witness.says_that_all_is_undone(exception):
            return None
        request._broken_off = True  # type: ignore[attr-defined]  # as above
        return HttpResponse(status=500)  # nobody sees it; the session is not saved with it


def _copy(request: HttpRequest) -> HttpRequest:
    """The request as it came here, with what was sent: a copy of Django's would leave that out."""
    copy = type(request).__new__(type(request))
    copy.__dict__ = {**request.__dict__, "META": dict(request.META)}
    return copy
