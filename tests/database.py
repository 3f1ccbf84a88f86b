"""Help for tests that go round the Python code, and for those that need two connections at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

WAITS = 0.4  # seconds; what has not answered by then stands in a queue


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """The database itself refuses what is tried inside, because of ``constraint``."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        yield
    assert refused.value.__cause__.diag.constraint_name == constraint


class InBackground:
    """Runs a call in a thread, on a database connection of its own."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(max_workers=1)

    def start(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> "Future[Any]":
        def run() -> Any:
            try:
                return call(*args, **kwargs)
            finally:
                connection.close()

        return self._threads.submit(run)

    def stop(self) -> None:
        self._threads.shutdown()


def is_waiting(call: "Future[Any]") -> bool:
    """Does the call still stand in line after a while?"""
    return not wait([call], timeout=WAITS).done
