from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.test import Client


class Command(BaseCommand):
    help = "Ask for the most important pages, without a server, and say whether they are there."

    def handle(self, *args: Any, **options: Any) -> None:
        client = Client(headers={"host": settings.ALLOWED_HOSTS[0]}, raise_request_exception=False)
        answers = {page: client.get(page, secure=True).status_code for page in settings.FIRST_PAGES}
        for page, status in answers.items():
            self.stdout.write(f"{status} {page}")
        if set(answers.values()) != {200}:
            raise CommandError("Not every page is there.")
