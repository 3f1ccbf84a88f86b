from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import BaseCommand, CommandError, call_command

from linkcenter.backups.making import NotWritten
from linkcenter.backups.programs import ProgramFailed
from linkcenter.backups.restoring import RestoreError, restore
from linkcenter.backups.sealing import BrokenSeal
from linkcenter.outbox import hold_back_after_restore


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
        call_command("migrate", verbosity=0, interactive=False)
        for command in settings.AFTER_RESTORE:
            call_command(command, stdout=self.stdout)
        Session.objects.all().delete()  # who was logged out since must not be logged in again
        held = hold_back_after_restore()
        self.stdout.write(f"{held} e-mails wait for staff: they may have been sent already.")
        self.stdout.write(
            "Accounts, roles, passwords and second factors are as they were then. Take away again"
            " what was taken away since."
        )
