"""Groups are formed, asked, settled, started and handed over, as far as a story wants."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from groups.demo.house import House
from groups.demo.messages import deliver
from groups.demo.registering import Registrations, at_time
from groups.domain.asking import answering, asking
from groups.domain.forming import accepting, match_runs
from groups.domain.lifecycle import handing_over, settling
from groups.models import Seat, SelfHelpGroup
from groups.states import BrokenBecause, BrokenRule
from linkcenter.models import Channel
from participants.models import PersonalLink
from participants.states import LinkPurpose

MEMBERS = 6
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)

# Staff break a rule of their centre on purpose where few people wait, or of all ages.
ON_PURPOSE: dict[str, Any] = {
    "broken_rules": list(BrokenRule),  # those that are not broken are not kept
    "broken_because": BrokenBecause.NOBODY_ELSE,
}


class Groups:
    def __init__(self, people: Registrations) -> None:
        self.people = people
        self.random, self.now = people.random, people.now

    def group(
        self, house: House, week_slot: str, *, formed: datetime, members: int = MEMBERS
    ) -> SelfHelpGroup:
        """A forming group of people who registered in the two months before."""
        registrations = {
            self.people.waiting(house, week_slot, at=formed - self.random.randint(12, 60) * DAY)
            for _member in range(members)
        }
        references = {each.participant.reference for each in registrations}
        run = match_runs.propose([house.centre], actor=house.coordinator, now=formed)
        fits = [len(references & set(group["members"])) for group in (run.result or {})["groups"]]
        number = fits.index(max(fits))
        return accepting.accept(run, number, actor=house.coordinator, now=formed)

    def asked(self, group: SelfHelpGroup) -> Sequence[Seat]:
        return list(group.seats.asked().select_related("registration__participant").order_by("pk"))

    def say_yes(self, seat: Seat, house: House, *, now: datetime) -> None:
        """By the link in the mail, or to the coordinator who rang."""
        participant = seat.registration.participant
        link = PersonalLink.objects.live().filter(
            participant=participant, purpose=LinkPurpose.ANSWER
        )
        if participant.channel == Channel.CALL:
            answering.say_yes(seat, actor=house.coordinator, now=now)
        else:
            answering.say_yes(seat, link=link.get(), now=now)

    def settled_group(
        self, house: House, week_slot: str, *, formed: datetime, members: int = MEMBERS
    ) -> SelfHelpGroup:
        group = self.group(house, week_slot, formed=formed, members=members)
        asking.ask(group, actor=house.coordinator, now=formed + HOUR)
        deliver(now=self.now)
        for seat in self.asked(group):
            self.say_yes(seat, house, now=formed + self.random.randint(1, 5) * DAY)
        first_date = group.first_date or timezone.localdate(formed)
        return settling.settle(
            group,
            first_date=first_date,
            actor=house.coordinator,
            now=formed + 6 * DAY,
            **ON_PURPOSE,
        )

    def started_group(
        self, house: House, week_slot: str, *, formed: datetime, members: int = MEMBERS
    ) -> SelfHelpGroup:
        group = self.settled_group(house, week_slot, formed=formed, members=members)
        held_on = group.first_date or timezone.localdate(formed)
        return settling.hold_start_meeting(
            group,
            held_on=held_on,
            confidentiality_signed=True,
            actor=house.coordinator,
            now=at_time(held_on, time(20, 15)),
        )

    def self_run_group(
        self, house: House, week_slot: str, *, formed: datetime, members: int = MEMBERS
    ) -> SelfHelpGroup:
        group = self.started_group(house, week_slot, formed=formed, members=members)
        return handing_over.hand_over(
            group,
            contact=group.seats.members().first(),
            actor=house.coordinator,
            now=formed + 14 * WEEK,
        )
