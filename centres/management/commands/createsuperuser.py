from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Not the way in here: see invite_administrator."

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError("Nobody is above the roles. Use: manage.py invite_administrator")
