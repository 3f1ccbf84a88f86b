from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from linkcenter.database.migrating import KeepsWaiting, NoTurn, migrate_beside_the_work

SPLIT = (
    "{migration} keeps people waiting for more than a second. It was taken back, and what stood"
    " before it was done. Split it (docs/operating.md, Upgrading), or stop the web and the worker"
    " and run this again with --in-a-break."
)
NO_TURN = (
    "{migration} did not get its turn: something has held the table all the time, such as a backup"
    " or a job. What stood before it was done. Run this again."
)


class Command(BaseCommand):
    help = (
        "Prepare the database and the files for this release, while the one before serves people."
        " For the owner of the tables."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", help="the role that stands in the web's DATABASE_URL")
        parser.add_argument("--proxy-files", type=Path, metavar="FOLDER", help="for nginx, as well")
        parser.add_argument(
            "--patience",
            type=float,
            default=10,
            metavar="MINUTES",
            help="how long to try while others hold a table (10)",
        )
        parser.add_argument(
            "--in-a-break",
            action="store_true",
            help="nobody uses the database now: migrations may take their time",
        )

    def handle(
        self,
        *args: Any,
        role: str,
        proxy_files: Path | None,
        patience: float,
        in_a_break: bool,
        **options: Any,
    ) -> None:
        if settings.DEVELOPMENT:
            raise CommandError("This is for production. `manage.py up` does it all here.")
        if in_a_break:
            call_command("migrate", interactive=False)
        else:
            self._migrate(patience * 60)
        call_command("grant_rights", role, stdout=self.stdout)
        for command in settings.AT_RELEASE:
            call_command(command, stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)
        if proxy_files:
            call_command("proxy_files", str(proxy_files))
        self.stdout.write("Ready: start the web and the worker again.")

    def _migrate(self, patience: float) -> None:
        try:
            migrate_beside_the_work(patience=patience, tell=self.stdout.write)
        except KeepsWaiting as error:
            raise CommandError(SPLIT.format(migration=error)) from error
        except NoTurn as error:
            raise CommandError(NO_TURN.format(migration=error)) from error
