"""Migrations while people use the pages: none of them may keep anybody waiting.

A lock is waited for briefly, since everybody else stands in line behind whoever waits for it. A
migration that holds one while somebody waits is ended, and leaves the table as it was.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import OperationalError, connection
from psycopg import errors

from linkcenter.database import catalogue

LONGEST_WAIT = 1.0  # seconds that anybody waits because of a migration
LOOK_EVERY = 0.1
MOST_ENDED = 3  # what has kept people waiting so often will do so again
LONGEST_PAUSE = 20.0


class KeepsWaiting(Exception):
    """A migration needs a lock for longer than people can wait."""


class NoTurn(Exception):
    """Something else has held a lock all the time."""


class Migrate(migrate.Command):
    """Django's own, which waits for a lock no longer than people can."""

    last = ""

    def migration_progress_callback(
        self, action: str, migration: Any = None, fake: bool = False
    ) -> None:
        if action == "apply_start":
            self.last = str(migration)
            # An index that is built beside the work waits for others, and nobody for it.
            catalogue.wait_for_locks(LONGEST_WAIT if migration.atomic else None)
        super().migration_progress_callback(action, migration, fake)


def migrate_beside_the_work(*, patience: float, tell: Callable[[str], object]) -> None:
    """All migrations, each tried again for ``patience`` seconds while others hold what it needs.

    Raises ``KeepsWaiting`` or ``NoTurn``; those before it stay, and nothing of it does.
    """
    end = time.monotonic() + patience
    pause, ended = 1.0, 0
    while True:
        command = Migrate()
        try:
            with nobody_kept_waiting():
                catalogue.drop_unfinished_indexes()
                call_command(command, interactive=False, verbosity=1)
                catalogue.wait_for_locks(None)  # what comes after is no migration
            return
        except OperationalError as error:
            cause = error.__cause__
            if isinstance(cause, errors.QueryCanceled):
                ended += 1
                if ended == MOST_ENDED:
                    raise KeepsWaiting(command.last) from error
            elif not isinstance(cause, errors.LockNotAvailable | errors.DeadlockDetected):
                raise
            if time.monotonic() + pause > end:
                raise NoTurn(command.last) from error
        tell(f"{command.last}: others need the table. Tried again in {pause:.0f} s.")
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


@contextmanager
def nobody_kept_waiting() -> Iterator[None]:
    """What this connection does inside is cancelled once somebody has waited for it too long."""
    done, pid = Event(), catalogue.process_of_connection()
    with ThreadPoolExecutor(max_workers=1) as watch:
        watch.submit(catalogue.longest_wait_for, pid).result()  # it has a connection, and may look
        watching = watch.submit(_watch, pid, done)
        try:
            yield
        finally:
            done.set()
            watch.submit(_hang_up).result()
    watching.result()


def _hang_up() -> None:
    connection.close()  # that of the thread which calls


def _watch(pid: int, done: Event) -> None:
    while not done.wait(LOOK_EVERY):
        try:
            if catalogue.longest_wait_for(pid) > LONGEST_WAIT:
                catalogue.cancel(pid)
        except OperationalError:
            connection.close()  # the next look goes over a new one
