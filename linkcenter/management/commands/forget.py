from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from linkcenter.personal_data import retention
from linkcenter.personal_data.register import register


class Command(BaseCommand):
    help = "Forget now what has been kept long enough, as the nightly job does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say how much it would be.")
        parser.add_argument(
            "--without-brake",
            action="store_true",
            help="Also where it is more than usual, after somebody has looked.",
        )

    def handle(self, *args: Any, dry_run: bool, without_brake: bool, **options: Any) -> None:
        if dry_run:
            now = timezone.now()
            counts = {rule.code: rule.due(now).count() for rule in register.rules()}
        else:
            counts = retention.run(brake=not without_brake)
        for code, count in counts.items():
            self.stdout.write(f"{code}: {count}")
