from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import BaseCommand, call_command

from linkcenter.messages.outbox import hold_back_after_restore


class Command(BaseCommand):
    help = (
        "Bring a database that is as it was at an earlier moment up to what must hold now: erase"
        " again who was erased, close links and sessions, hold e-mails back. `restore` does it too."
    )

    def handle(self, *args: Any, **options: Any) -> None:
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
