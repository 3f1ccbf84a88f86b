from typing import Any

from django.contrib.sessions.models import Session
from django.core.management import BaseCommand
from django.db import transaction
from django.utils import timezone

from centres.domain import events
from groups.domain import group_links
from participants.domain import links


class Command(BaseCommand):
    help = "After a leak: every link that was mailed to somebody stops working, and visits end."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        closed = links.close_all(now=now) + group_links.close_all(now=now) + events.close_links()
        ended, _kinds = Session.objects.all().delete()
        self.stdout.write(f"{closed} links closed, {ended} visits ended.")
