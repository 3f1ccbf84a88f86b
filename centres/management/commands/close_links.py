from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from centres.domain.staff import inviting
from linkcenter.log_in import password_links


class Command(BaseCommand):
    help = "After a restore: no link opens an account or a role that may have been refused since."

    def handle(self, *args: Any, **options: Any) -> None:
        closed = password_links.close_all() + inviting.close_all(now=timezone.now())
        self.stdout.write(f"{closed} links to accounts of the staff closed.")
