"""What may happen to a group that meets, to its contact, and to those who would like to join."""

from datetime import timedelta
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from centres.domain.booking.weekly_times import book_ahead
from centres.models import Slot, Venue
from centres.week import on_or_after
from groups.domain import follow_ups
from groups.domain.asking import answering, asking, reminding
from groups.domain.lifecycle import beginning_again, ending, forgetting
from groups.domain.lifecycle.ending import end_by_contact
from groups.domain.meeting import meetings, moving
from groups.domain.running import breaks, contact, contact_acts, newcomers, taking_over, time_in_use
from groups.models import FollowUp, GroupLink, Seat
from groups.states import GroupEndReason, GroupLinkPurpose, Newcomers, Trouble
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.models import Participant
from participants.states import ConsentPurpose
from tests.groups.life.forming import Forming
from tests.groups.life.world import ANY, World

YES = Agreement(purposes=frozenset({ConsentPurpose.CONTACT}))
NIGHTLY = (
    asking.expire_unanswered,
    newcomers.end_unanswered,
    reminding.remind_before_it_is_late,
    breaks.end_breaks,
    breaks.tell_of_ends,
    time_in_use.ask_all,
    forgetting.tell_newcomers,
)


class Running(Forming):
    @precondition(World.is_met)
    @rule(number=ANY, who=ANY, by_contact=st.booleans())
    def another_contact(self, number: int, who: int, by_contact: bool) -> None:
        if (group := self.meeting_group(number)) and (seat := self.pick(group.seats.live(), who)):
            by = {"contact": group.contact} if by_contact else {"actor": self.staff}
            self.do(contact.choose_contact, group, seat, **by)

    @precondition(World.is_met)
    @rule(number=ANY)
    def send_page_link(self, number: int) -> None:
        if group := self.meeting_group(number):
            self.do(contact.send_page_link, group)

    @precondition(World.is_met)
    @rule(number=ANY, weeks=st.integers(1, 10), after=st.integers(0, 20))
    def take_break(self, number: int, weeks: int, after: int) -> None:
        if group := self.meeting_group(number):
            first = self.today + timedelta(days=after)
            until = first + timedelta(weeks=weeks)
            self.do(breaks.take_break, group, from_date=first, until=until, contact=group.contact)

    @precondition(World.is_met)
    @rule(number=ANY)
    def call_off_break(self, number: int) -> None:
        if group := self.meeting_group(number):
            self.do(breaks.call_off_break, group)

    @precondition(World.is_met)
    @rule(number=ANY, answer=st.sampled_from(Newcomers.values))
    def say_if_there_is_room(self, number: int, answer: str) -> None:
        if group := self.meeting_group(number):
            self.do(newcomers.choose_newcomers, group, newcomers=answer, contact=group.contact)

    @precondition(lambda self: Seat.objects.waiting_for_group().exists())
    @rule(number=ANY, yes=st.booleans())
    def answer_about_newcomer(self, number: int, yes: bool) -> None:
        if seat := self.pick(Seat.objects.select_related("group__contact"), number):
            act = newcomers.take_in if yes else newcomers.turn_down
            self.do(act, seat, contact=seat.group.contact)

    @precondition(World.is_met)
    @rule(number=ANY)
    def somebody_new_comes_all_the_way(self, number: int) -> None:
        if group := self.meeting_group(number):
            self.do(newcomers.choose_newcomers, group, newcomers=Newcomers.YES, actor=self.staff)
            self.add_and_ask(0, number)
            for seat in group.seats.asked().select_related("group"):
                self.do(answering.say_yes, seat)
            for seat in group.seats.waiting_for_group().select_related("group"):
                self.do(newcomers.take_in, seat, actor=self.staff)

    @precondition(World.is_met)
    @rule(number=ANY)
    def pass_on(self, number: int) -> None:
        if group := self.meeting_group(number):
            self.do(taking_over.pass_on, group, contact=group.contact)

    def links(self, purpose: GroupLinkPurpose, number: int) -> GroupLink | None:
        return self.pick(GroupLink.objects.filter(purpose=purpose), number)

    @precondition(lambda self: self.links(GroupLinkPurpose.TAKE_OVER, 0))
    @rule(number=ANY)
    def take_over(self, number: int) -> None:
        if link := self.links(GroupLinkPurpose.TAKE_OVER, number):
            person = Person(name="Ny kontakt", email=self.email())
            self.do(taking_over.take_over, link, person=person, agreement=YES)

    @precondition(World.is_met)
    @rule(number=ANY)
    def begin_again(self, number: int) -> None:
        if group := self.meeting_group(number):
            self.do(beginning_again.begin_again, group, contact=group.contact)

    @precondition(lambda self: self.links(GroupLinkPurpose.BEGIN_AGAIN, 0))
    @rule(number=ANY, who=ANY, new=st.booleans())
    def join_again(self, number: int, who: int, new: bool) -> None:
        if link := self.links(GroupLinkPurpose.BEGIN_AGAIN, number):
            known = self.pick(self.people(), who)
            person = Person(name="Kari", email=self.email())
            if known and not new:
                person = Person(name=known.name, email=known.email, phone=known.phone)
            self.do(
                beginning_again.join_again,
                link,
                person=person,
                agreement=YES,
                submission_key=uuid4(),
            )

    @precondition(World.is_met)
    @rule(number=ANY)
    def all_begin_again(self, number: int) -> None:
        self.begin_again(number)
        for who in range(4):
            self.join_again(-1, who, False)

    @precondition(World.is_met)
    @rule(number=ANY, heads=st.integers(1, 6))
    def count_heads(self, number: int, heads: int) -> None:
        if group := self.meeting_group(number):
            self.do(contact_acts.count_heads, group, heads=heads, contact=group.contact)

    @precondition(World.is_met)
    @rule(number=ANY)
    def still_used(self, number: int) -> None:
        if group := self.meeting_group(number):
            self.do(contact_acts.still_used, group, contact=group.contact)

    @precondition(World.is_met)
    @rule(number=ANY, about=st.sampled_from(Trouble))
    def report_trouble(self, number: int, about: Trouble) -> None:
        if group := self.meeting_group(number):
            self.do(contact_acts.report_trouble, group, about=about, contact=group.contact)

    @precondition(World.is_met)
    @rule(number=ANY)
    def show_host_key(self, number: int) -> None:
        if (group := self.meeting_group(number)) and group.contact:
            self.do(contact_acts.show_host_key, group, contact=group.contact)

    @rule(number=ANY)
    def follow_up(self, number: int) -> None:
        if row := self.pick(FollowUp.objects, number):
            self.do(follow_ups.mark_done, row, on=self.today, actor=self.staff)

    @precondition(World.is_met)
    @rule(number=ANY, came=st.sampled_from([None, 1, 4]))
    def report_meeting(self, number: int, came: int | None) -> None:
        group = self.meeting_group(number)
        past = meetings.past_meetings(group, now=self.clock).first() if group else None
        if group and past:
            self.do(meetings.report_meeting, group, past.pk, head_count=came)

    @rule(number=ANY, weekday=st.integers(0, 4), after=st.sampled_from([0, 1, 8, 40]))
    def move(self, number: int, weekday: int, after: int) -> None:
        group = self.group(number, slot__isnull=False)
        if group and (venue := self.pick(Venue.objects, number // 2)):
            self.do(
                moving.move_group,
                group,
                venue=venue,
                weekday=weekday,
                starts=group.slot.starts,
                from_date=on_or_after(self.today + timedelta(days=after), weekday),
                actor=self.staff,
                skip_taken=bool(number % 2),
            )

    @rule(number=ANY, reason=st.sampled_from(GroupEndReason))
    def end(self, number: int, reason: GroupEndReason) -> None:
        if group := self.group(number, ended_on=None):
            self.do(ending.end, group, reason=reason, actor=None)

    @precondition(World.is_met)
    @rule(number=ANY)
    def contact_ends(self, number: int) -> None:
        if group := self.meeting_group(number):
            reason = GroupEndReason.FINISHED
            self.do(end_by_contact, group, reason=reason, contact=group.contact)

    # Time

    def night(self) -> None:
        for act in NIGHTLY:
            self.do(act)
        for person in Participant.objects.filter(pk__in=forgetting.people_to_forget(self.clock)):
            self.do(self.forget, person)
        for slot in Slot.objects.filter(given_up_on=None):
            book_ahead(slot, today=self.today)

    def forget(self, person: Participant, *, now: object) -> None:
        mine = set(person.registrations.values_list("pk", flat=True))
        forgetting.forget(person, self.clock)
        if not Participant.objects.filter(pk=person.pk).exists():
            self.dates = {pk: at for pk, at in self.dates.items() if pk not in mine}

    @rule(days=st.sampled_from([1, 5, 8, 8, 30]))
    def days_pass(self, days: int) -> None:
        self.clock += timedelta(days=days)
        self.night()

    @rule()
    def half_a_year_passes(self) -> None:
        for days in (31, 152):
            self.days_pass(days)
