"""Groups that have run themselves for a while: each with something else that staff see of them."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from groups.demo.forming import Groups
from groups.demo.house import House
from groups.demo.messages import deliver
from groups.domain import follow_ups
from groups.domain.asking import answering, asking
from groups.domain.asking.asking import add_and_ask
from groups.domain.initiators.recruiting import enlist_person
from groups.domain.lifecycle import beginning_again
from groups.domain.running import breaks, newcomers, time_in_use
from groups.domain.running.contact_acts import count_heads, report_trouble
from groups.models import FollowUp, SelfHelpGroup
from groups.states import Newcomers, Trouble
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.closing import close
from participants.states import CloseReason, ConsentPurpose

FEW = 5
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


class RunningGroups:
    def __init__(self, groups: Groups) -> None:
        self.groups, self.people, self.now = groups, groups.people, groups.now

    def tell(self, tromso: House) -> None:
        self.on_a_break(tromso, "wed-evening")
        self.is_asked_about_somebody_new(tromso, "tue-morning")
        self.has_no_contact(tromso, "thu-morning")
        self.begins_again(tromso, "mon-evening")
        self.does_not_say_if_it_uses_its_time(tromso, "thu-evening")
        self.comes_short(tromso, "tue-evening")
        self.would_help(tromso)
        self.has_done_something(tromso)

    def group(self, house: House, week_slot: str, weeks: int) -> SelfHelpGroup:
        formed = self.people.ago(weeks=weeks)
        return self.groups.self_run_group(house, week_slot, formed=formed, members=FEW)

    def on_a_break(self, house: House, week_slot: str) -> None:
        group = self.group(house, week_slot, 30)
        began = self.now - 2 * WEEK
        breaks.take_break(
            group,
            from_date=timezone.localdate(began),
            until=timezone.localdate(self.now + 6 * DAY),
            contact=group.contact,
            now=began,
        )
        report_trouble(group, about=Trouble.ROOM, contact=group.contact, now=self.now - DAY)

    def is_asked_about_somebody_new(self, house: House, week_slot: str) -> None:
        """It has said that it has room for one more; somebody has said yes, and it is its turn."""
        group = self.group(house, week_slot, 28)
        count_heads(group, heads=FEW + 1, contact=group.contact, now=self.now - 2 * WEEK)
        newcomers.choose_newcomers(
            group, newcomers=Newcomers.YES, contact=group.contact, now=self.now - 2 * WEEK
        )
        somebody = self.people.waiting(house, week_slot, at=self.now - 50 * DAY)
        seat = add_and_ask(group, somebody, actor=house.coordinator, now=self.now - 4 * DAY)
        answering.say_yes(seat, actor=house.coordinator, now=self.now - 2 * DAY)

    def has_no_contact(self, house: House, week_slot: str) -> None:
        group = self.group(house, week_slot, 32)
        assert group.contact is not None  # noqa: S101  it was handed over
        left = group.contact.registration
        close(left, reason=CloseReason.WITHDRAWN, actor=house.coordinator, now=self.now - 9 * DAY)

    def begins_again(self, house: House, week_slot: str) -> None:
        """Two of its members have registered anew; it meets until the new group is settled."""
        group = self.group(house, week_slot, 40)
        link = beginning_again.begin_again(group, contact=group.contact, now=self.now - 3 * DAY)
        members = group.seats.members().select_related("registration__participant")
        for seat in members.order_by("pk")[:2]:
            person = seat.registration.participant
            beginning_again.join_again(
                link,
                person=Person(
                    name=person.name,
                    phone=person.phone,
                    email=person.email,
                    preferred_way=person.preferred_way,
                    language=person.language,
                ),
                agreement=Agreement(purposes={ConsentPurpose.CONTACT}, language=person.language),
                submission_key=uuid4(),
                now=self.now - 2 * DAY,
            )

    def does_not_say_if_it_uses_its_time(self, house: House, week_slot: str) -> None:
        self.group(house, week_slot, 46)
        time_in_use.ask_all(now=self.now - 4 * WEEK)

    def comes_short(self, house: House, week_slot: str) -> None:
        """The date to answer by has come, and only two have said yes."""
        formed = self.people.ago(days=10)
        group = self.groups.group(house, week_slot, formed=formed, members=FEW)
        asking.ask(group, actor=house.coordinator, now=formed + timedelta(hours=1))
        deliver(now=self.now)
        for seat in self.groups.asked(group)[:2]:
            self.groups.say_yes(seat, house, now=formed + 2 * DAY)
        asking.expire_unanswered(now=self.now - timedelta(hours=30))

    def would_help(self, house: House) -> None:
        """Two would help groups to start: one is on the list, untrained, and one is new."""
        wishes = replace(self.people.inventor.interest(), would_initiate=True)
        self.people.register(house, wishes, at=self.now - 2 * DAY)
        at = self.now - 35 * DAY
        wishes = replace(self.people.inventor.interest(), would_initiate=True)
        enlisted = self.people.waiting(house, None, at=at, interest=wishes)
        enlist_person(enlisted, actor=house.coordinator, now=self.now - 20 * DAY)

    def has_done_something(self, house: House) -> None:
        today = timezone.localdate(self.now)
        due = FollowUp.objects.due(today).filter(group__centre=house.centre)
        if follow_up := due.order_by("due", "pk").first():
            follow_ups.mark_done(follow_up, on=today - DAY, actor=house.coordinator, now=self.now)
