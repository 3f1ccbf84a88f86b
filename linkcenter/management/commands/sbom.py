import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from linkcenter.operating.parts import bill_of_materials, parts


class Command(BaseCommand):
    help = "Name every part that LINK is made of, in the form of CycloneDX."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--licences", action="store_true", help="only a list to read")

    def handle(self, *args: Any, licences: bool, **options: Any) -> None:
        if not licences:
            self.stdout.write(json.dumps(bill_of_materials(), indent=2))
            return
        for part in parts():
            self.stdout.write(f"{part.name} {part.version}: {part.licence}")
