from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from linkcenter.backups.making import NotWritten
from linkcenter.backups.programs import ProgramFailed
from linkcenter.backups.restoring import RestoreError, restore
from linkcenter.backups.sealing import BrokenSeal


class Command(BaseCommand):
    help = "Bring a backup back into an empty database, compare it, and erase again who was erased."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path)

    def handle(self, *args: Any, backup: Path, **options: Any) -> None:
        try:
            manifest = restore(backup, settings.BACKUP_KEY)
        except BrokenSeal:
            raise CommandError(
                "The backup is not whole, was changed, or has another key. Nothing was restored."
            ) from None
        except RestoreError as error:
            raise CommandError(f"{error.message} {error}".strip()) from error
        except (NotWritten, ProgramFailed, OSError) as error:
            raise CommandError(f"Nothing was restored: {type(error).__name__} {error}") from error
        self.stdout.write(
            f"{manifest.rows} rows in {len(manifest.tables)} tables, all as they were at "
            f"{manifest.made_at:%Y-%m-%d %H:%M} UTC."
        )
        call_command("after_restore", stdout=self.stdout)
