from argparse import ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction


class Command(BaseCommand):
    help = (
        "Load the reference data of every app: adds what is missing, and reports what differs "
        "from the data files without changing it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Set what differs as in the data files: edits by staff are lost.",
        )

    @transaction.atomic
    def handle(self, *, overwrite: bool, **options: Any) -> None:
        # INSTALLED_APPS names the lower apps first, so what others point at is there before them.
        for config in apps.get_app_configs():
            if find_spec(f"{config.name}.reference"):
                import_module(f"{config.name}.reference").load(self.stdout, overwrite=overwrite)
