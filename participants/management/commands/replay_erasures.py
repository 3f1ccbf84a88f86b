from typing import Any

from django.core.management import BaseCommand

from participants.domain.erasure import back_from_a_backup, erase


class Command(BaseCommand):
    help = "After a restore: erase again everybody whom the ledger of erasures names."

    def handle(self, *args: Any, **options: Any) -> None:
        erased = 0
        for participant in back_from_a_backup():
            erase(participant)
            erased += 1
        self.stdout.write(f"{erased} erased again.")
