from typing import Any

from django.contrib.sessions.models import Session
from django.core.management import BaseCommand
from django.db import transaction
from django.utils import timezone

from centres.domain.events import sign_ups
from groups.domain.initiators import links as group_links
from participants.domain.person import links


class Command(BaseCommand):
    help = "After a leak: every link that was mailed to somebody stops working, and visits end."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        closed = links.close_all(now=now) + group_links.close_all(now=now) + sign_ups.close_links()
        ended, _kinds = Session.objects.all().delete()
        self.stdout.write(f"{closed} links closed, {ended} visits ended.")
