"""Somebody registers, has the talk and waits: what every part of the story begins with."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from groups.demo.house import House
from groups.demo.people import Inventor
from linkcenter.models import User
from participants.domain.intake.talks import record_talk
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.interest import Interest
from participants.domain.registration.register import register_interest
from participants.models import Participant, Registration, Theme
from participants.states import ConsentPurpose, EntryChannel, GivenBy, TalkKind, TalkOutcome

DAY = timedelta(days=1)

Progress = Callable[[int], None]


class Registrations:
    """People register one by one; ``progress`` hears after each how many there are."""

    def __init__(self, random: Random, *, now: datetime, progress: Progress) -> None:
        self.random = random
        self.now = now
        self.progress = progress
        self.number = 0
        self.inventor = Inventor(
            random,
            list(Theme.objects.filter(active=True).values_list("slug", flat=True)),
            year=timezone.localdate(now).year,
            first=Participant.objects.count(),
        )

    def ago(self, **time: float) -> datetime:
        """So long ago, on a clock when people are at work."""
        return self.at_work(self.now - timedelta(**time))

    def at_work(self, at: datetime) -> datetime:
        """The same day between nine and three; what was today stays as it is."""
        day = timezone.localdate(at)
        if day >= timezone.localdate(self.now):
            return at
        return at_time(day, time(self.random.randint(9, 14), self.random.randrange(0, 60, 5)))

    def by(self, house: House) -> User:
        """Who did it: one case in three is not the coordinator's."""
        return house.lead if self.random.random() < 1 / 3 else house.coordinator

    def waiting(
        self,
        house: House,
        week_slot: str | None,
        *,
        at: datetime,
        interest: Interest | None = None,
        person: Person | None = None,
    ) -> Registration:
        """Somebody who registered at ``at``, had the talk within days, and waits since."""
        easy = week_slot and self.inventor.easy_interest(week_slot)
        wishes = interest or easy or self.inventor.interest()
        registration = self.register(house, wishes, at=self.at_work(at), person=person)
        record_talk(
            registration,
            kind=self.random.choice((TalkKind.RANG, TalkKind.MET)),
            outcome=TalkOutcome.READY,
            by=self.by(house),
            note=self.random.choice(("", "", "Vil gjerne begynne snart.")),
            now=self.at_work(at + self.random.randint(1, 6) * DAY),
        )
        return Registration.objects.select_related("participant").get(pk=registration.pk)

    def register(
        self,
        house: House,
        interest: Interest,
        *,
        at: datetime,
        person: Person | None = None,
        channel: str = EntryChannel.PHONE,
    ) -> Registration:
        """By the form on the web; who has no e-mail, by ``channel``."""
        person = person or self.inventor.person(house.centre)
        by_phone = person.email is None
        registration = register_interest(
            house.centre,
            person=person,
            interest=interest,
            agreement=Agreement(
                purposes={ConsentPurpose.CONTACT, ConsentPurpose.THEME},
                language=person.language,
                given_by=GivenBy.SPOKEN if by_phone else GivenBy.WEB,
            ),
            channel=channel if by_phone else EntryChannel.WEB,
            actor=house.coordinator if by_phone else None,
            now=at,
        )
        self.count()
        return registration

    def count(self) -> None:
        self.number += 1
        self.progress(self.number)


def at_time(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
