from typing import Any

from django.core.management import BaseCommand

from linkcenter.personal_data.retention_table import markdown


class Command(BaseCommand):
    help = "Print docs/retention.md: what is kept of people, why, and for how long."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(markdown(), ending="")
