"""Work in this process or shared among several; the answers come in the order of the tasks."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Work = Callable[[Callable[[Task], Answer], list[Task]], list[Answer]]


@contextmanager
def workers(processes: int) -> Iterator[Work]:
    """A function like ``map``. Processes are forked only if there is to be more than one."""
    if processes == 1:
        yield lambda work, tasks: [work(task) for task in tasks]
        return
    with ProcessPoolExecutor(processes, multiprocessing.get_context("fork")) as pool:
        yield lambda work, tasks: list(pool.map(work, tasks))
