import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from linkcenter.backups import kept
from linkcenter.backups.making import make
from linkcenter.backups.programs import url_of
from linkcenter.database.catalogue import drop_database, make_database


class Command(BaseCommand):
    help = "Try whether a backup can be restored: into a new database, which is dropped again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, nargs="?", help="else one is made of now")
        parser.add_argument("--newest", action="store_true", help="the newest that is kept")

    def handle(self, *args: Any, backup: Path | None, newest: bool, **options: Any) -> None:
        begun = time.monotonic()
        if newest:
            backup = kept.newest(settings.BACKUP_DIR)
            if backup is None:
                raise CommandError(f"There is no backup in {settings.BACKUP_DIR}.")
        with tempfile.TemporaryDirectory(prefix="link-drill-") as folder:
            if backup is None:
                backup, _manifest = make(Path(folder), settings.BACKUP_KEY)
                self._step("backup made and read again", begun)
            with scratch_database() as name:
                environment = {
                    **os.environ,  # noqa: TID251  the same settings, but for the database
                    "DATABASE_URL": url_of(name),
                    "LINK_ERASURE_LEDGER": str(_copy_of_ledger(Path(folder))),
                }
                for command in (["restore", str(backup)], ["try_pages"]):
                    since = time.monotonic()
                    self._run(command, environment)
                    self._step(command[0], since)
        self._step("The drill went well. In all", begun)

    def _run(self, command: list[str], environment: dict[str, str]) -> None:
        program = [sys.executable, str(settings.BASE_DIR / "manage.py"), *command]
        done = subprocess.run(  # noqa: S603  our own program
            program, env=environment, capture_output=True, text=True, check=False
        )
        self.stdout.write(done.stdout.strip())
        if done.returncode:
            raise CommandError(f"The drill stopped at {command[0]}: {done.stderr.strip()[-500:]}")

    def _step(self, what: str, since: float) -> None:
        self.stdout.write(f"{what}: {time.monotonic() - since:.1f} s")


@contextmanager
def scratch_database() -> Iterator[str]:
    """A new and empty database beside the one of the settings, for as long as the block lasts."""
    name = f"link_drill_{secrets.token_hex(4)}"
    make_database(name)
    try:
        yield name
    finally:
        drop_database(name)


def _copy_of_ledger(folder: Path) -> Path:
    """The drill erases again whom the ledger names, and adds nothing to the real one."""
    copy = folder / "erasures.txt"
    if settings.ERASURE_LEDGER.exists():
        shutil.copy(settings.ERASURE_LEDGER, copy)
    return copy
