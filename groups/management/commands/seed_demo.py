from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from centres.domain.booking.weekly_times import book_ahead, slots_to_book
from centres.models import Centre
from groups import demo
from groups.demo.house import STAFF
from groups.demo.numbers import tell_numbers
from groups.today.nightly_jobs import NIGHTLY
from linkcenter.database.statements import one_at_a_time
from linkcenter.jobs import job_run
from linkcenter.models import JobRun
from participants.models import ConsentText, Participant, Theme

SEEDING = 7_110_002  # of PostgreSQL's advisory locks
OFTEN = 100  # people between two signs of life


class Command(BaseCommand):
    help = "Fill an empty database with fictional people and groups, to try the product out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--registrations", type=int, default=112, metavar="N", help="How many, at least 96."
        )
        parser.add_argument("--seed", type=int, default=1, help="Another seed, other people.")
        parser.add_argument(
            "--add", action="store_true", help="Also where there are people already."
        )

    def handle(self, *args: Any, registrations: int, seed: int, add: bool, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("Fictional people are for development only.")
        with one_at_a_time(SEEDING):  # else two find the database empty, and both fill it
            self._fill(registrations, seed=seed, add=add)

    def _fill(self, registrations: int, *, seed: int, add: bool) -> None:
        if Participant.objects.exists() and not add:
            raise CommandError("There are people here already. To add fictional ones, say --add.")
        slugs = {slug for _email, _name, _role, slug in STAFF if slug}
        if Centre.objects.filter(slug__in=slugs).count() < len(slugs) or not (
            ConsentText.objects.exists() and Theme.objects.exists()
        ):
            raise CommandError("Load the centres first: manage.py load_reference")
        now = timezone.now()
        tell_numbers(seed=seed, now=now)
        counts = demo.tell(registrations, seed=seed, now=now, progress=self._progress)
        today = timezone.localdate(now)
        for slot in slots_to_book(today):
            book_ahead(slot, today=today)
        for job in NIGHTLY:
            if not JobRun.objects.filter(job=job).exists():
                with job_run(job):
                    pass  # nothing was to be done last night
        self.stdout.write(
            f"demo: {counts.people} people, {counts.groups} groups, {counts.messages} messages"
        )
        for email, _name, role, slug in STAFF:
            self.stdout.write(f"  {email} ({role.label}{f' at {slug}' if slug else ''})")
        self.stdout.write(f"  password: {settings.DEMO_PASSWORD}")

    def _progress(self, registered: int) -> None:
        if registered % OFTEN == 0:
            self.stdout.write(f"demo: {registered} people so far")
            self.stdout.flush()
