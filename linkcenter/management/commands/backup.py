from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from linkcenter.backups.kept import drop_old
from linkcenter.backups.making import NotWritten, make
from linkcenter.backups.programs import ProgramFailed
from linkcenter.backups.sealing import BrokenSeal


class Command(BaseCommand):
    help = "Write a sealed backup of the whole database, and read it again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BACKUP_DIR)
        parser.add_argument(
            "--keep-days", type=int, metavar="N", help="Delete those older than N days afterwards."
        )

    def handle(self, *args: Any, folder: Path, keep_days: int | None, **options: Any) -> None:
        try:
            path, manifest = make(folder, settings.BACKUP_KEY)
        except (ProgramFailed, NotWritten, BrokenSeal, DatabaseError, OSError) as error:
            raise CommandError(f"No backup was made: {type(error).__name__} {error}") from error
        size = path.stat().st_size / 1e6
        self.stdout.write(
            f"{path}\n{manifest.rows} rows in {len(manifest.tables)} tables, {size:.1f} MB, "
            "read again: whole."
        )
        if keep_days is not None:
            self.stdout.write(f"{drop_old(folder, keep=timedelta(days=keep_days))} old ones gone.")
