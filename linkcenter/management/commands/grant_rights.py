from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from linkcenter.database.rights import grant


class Command(BaseCommand):
    help = "Let a role of the database do the daily work, and no more. For the owner of the tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", help="the role that stands in the web's DATABASE_URL")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        grant(role)
        self.stdout.write(f"{role} may do the daily work.")
