from typing import Any

from django.core.management import BaseCommand

from centres.domain import enquiries
from participants.domain.erasure import back_from_a_backup, erase


class Command(BaseCommand):
    help = "After a restore: erase again everybody, and every enquiry, that the ledger names."

    def handle(self, *args: Any, **options: Any) -> None:
        erased = 0
        for participant in back_from_a_backup():
            erase(participant)
            erased += 1
        for enquiry in enquiries.back_from_a_backup():
            enquiries.forget(enquiry)
            erased += 1
        self.stdout.write(f"{erased} erased again.")
