"""What the web has answered, counted in memory that all processes of one gunicorn share.

gunicorn loads the program before it divides itself, so each of its processes sees the same memory
and writes in a part of its own. A process that is killed leaves its part, with its counts, to the
next: the sums never go back, and nothing waits for anybody.
"""

import fcntl
import mmap
import os
import tempfile
import threading
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

STATUSES = ("200", "302", "304", "400", "403", "404", "405", "413", "414", "429", "500", "503")
OTHER = "other"
WITHIN = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
LONGER = len(WITHIN)
SECONDS = "seconds"
LIMITS = (
    *("submissions", "unknown links", "unknown links of staff"),
    *("messages a day", "messages an hour", "code of an app"),
    *("log-ins to an account", "log-ins from an address"),
    *("log-ins to an account from an address", "log-ins in a known browser"),
    "another",
)
PROCESSES = 64  # at once; what more there were would not be counted

Name = str | int


class SharedCounts:
    """One number for each of ``names``, counted by many processes and summed over all of them."""

    def __init__(self, names: Sequence[Name], processes: int = PROCESSES) -> None:
        self._places = {name: number for number, name in enumerate(names)}
        self._parts = processes
        # Each number is written at once; ``struct`` would put a nought there first.
        self._memory = memoryview(mmap.mmap(-1, len(names) * processes * 8)).cast("d")
        self._locks, path = tempfile.mkstemp()  # open as long as we live, and without a name
        Path(path).unlink()
        self._thread = threading.Lock()
        self._owner, self._part = 0, -1

    def add(self, amounts: dict[Name, float]) -> None:
        with self._thread:
            if self._owner != os.getpid():
                self._owner, self._part = os.getpid(), self._take_part()
            if self._part < 0:
                return
            for name, amount in amounts.items():
                self._memory[self._part * len(self._places) + self._places[name]] += amount

    def sums(self) -> dict[Name, float]:
        size = len(self._places)
        return {name: sum(self._memory[at::size]) for name, at in self._places.items()}

    def _take_part(self) -> int:
        """One that no living process has: the kernel takes it back, however its owner dies."""
        for part in range(self._parts):
            try:
                fcntl.lockf(self._locks, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, part)
            except OSError:
                continue
            return part
        return -1


_counts = SharedCounts([*STATUSES, OTHER, *range(LONGER + 1), SECONDS, *LIMITS])


def count_request(status: int, took: float) -> None:
    known = str(status) if str(status) in STATUSES else OTHER
    _counts.add({known: 1, bisect_left(WITHIN, took): 1, SECONDS: took})


def count_refusal(limit: str) -> None:
    _counts.add({limit if limit in LIMITS else "another": 1})


def refused() -> dict[str, float]:
    """How often each limit said no."""
    sums = _counts.sums()
    return {limit: sums[limit] for limit in LIMITS}


def answered() -> dict[str, float]:
    """How many answers of each status there were."""
    sums = _counts.sums()
    return {status: sums[status] for status in (*STATUSES, OTHER)}


def took() -> tuple[list[tuple[float, float]], float, float]:
    """How many answers came within each time, how many there were, and their seconds together."""
    sums = _counts.sums()
    within, total = [], 0.0
    for number, most in enumerate(WITHIN):
        total += sums[number]
        within.append((most, total))
    return within, total + sums[LONGER], sums[SECONDS]
