"""What may happen to a group until it runs itself."""

from datetime import time, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from centres.domain.booking import keys
from centres.models import Key, Venue
from centres.week import WEEK_SLOTS
from groups.domain.asking import answering, asking, reminding
from groups.domain.forming import accepting, match_runs, members
from groups.domain.initiators import helping
from groups.domain.lifecycle import ending, handing_over, settling
from groups.domain.meeting import first_time
from groups.domain.running import sharing
from groups.models import Initiator, MatchRun, Seat, SelfHelpGroup
from groups.states import GroupEndReason, GroupState
from linkcenter.models import Message, MessageState
from participants.domain.registration.closing import close
from participants.models import Registration
from participants.states import CloseReason
from tests.groups.life.world import ANY, ON_PURPOSE, WEEKS, World

HOURS = {"morning": time(10), "afternoon": time(13), "evening": time(18)}


class Forming(World):
    @rule()
    def propose(self) -> None:
        self.do(match_runs.propose, [self.centre], actor=None)

    @precondition(lambda self: MatchRun.objects.exists())
    @rule(number=ANY)
    def accept(self, number: int) -> None:
        run = MatchRun.objects.order_by("-pk").first()
        if run and run.result and run.result["groups"]:
            self.do(accepting.accept, run, number % len(run.result["groups"]), actor=None)

    @rule(number=ANY, who=ANY, on_purpose=st.booleans())
    def add(self, number: int, who: int, on_purpose: bool) -> None:
        group, person = self.group(number), self.pick(Registration.objects, who)
        approved: Any = ON_PURPOSE if on_purpose else {}
        if group and person:
            self.do(members.add_person, group, person, actor=None, **approved)

    @rule(number=ANY, who=ANY)
    def add_and_ask(self, number: int, who: int) -> None:
        group, person = self.group(number), self.pick(Registration.objects, who)
        if group and person:
            self.do(asking.add_and_ask, group, person, actor=self.staff, **ON_PURPOSE)

    @rule(number=ANY)
    def remove(self, number: int) -> None:
        if seat := self.pick(Seat.objects, number):
            self.do(members.remove_person, seat, actor=None)

    @precondition(lambda self: self.group(0, state=GroupState.FORMING, slot=None))
    @rule(number=ANY)
    def choose_time(self, number: int) -> None:
        group = self.group(number, state=GroupState.FORMING, slot=None)
        if group and (venue := self.pick(Venue.objects.rooms(), number)):
            slot = WEEK_SLOTS[number % len(WEEK_SLOTS)]
            starts = HOURS[slot.split("-")[1]]
            self.do(
                first_time.choose_time,
                group,
                venue=venue,
                week_slot=slot,
                starts=starts,
                actor=None,
            )

    @precondition(lambda self: self.group(0, state=GroupState.FORMING))
    @rule(number=ANY)
    def ask(self, number: int) -> None:
        if group := self.group(number):
            self.do(asking.ask, group, actor=None)

    @rule(number=ANY, answer=st.sampled_from(["yes", "yes", "no", "other time"]))
    def answer(self, number: int, answer: str) -> None:
        seat = self.pick(Seat.objects.select_related("registration", "group"), number)
        if seat and answer == "yes":
            self.do(answering.say_yes, seat)
        elif seat and answer == "no":
            self.do(answering.say_no, seat)
        elif seat:
            self.do(answering.say_other_time, seat, availability=WEEKS[1])

    @precondition(lambda self: Seat.objects.asked().exists())
    @rule()
    def everybody_says_yes(self) -> None:
        for seat in Seat.objects.asked().select_related("group"):
            self.do(answering.say_yes, seat)

    @precondition(lambda self: Seat.objects.asked().exists())
    @rule(number=ANY)
    def remind(self, number: int) -> None:
        if seat := self.pick(Seat.objects.asked(), number):
            self.do(reminding.remind, seat, actor=None)

    @precondition(lambda self: self.group(0, state=GroupState.FORMING))
    @rule(number=ANY, days=st.sampled_from([3, 9, 20]))
    def extend(self, number: int, days: int) -> None:
        if group := self.group(number, state=GroupState.FORMING):
            until = self.today + timedelta(days=days)
            self.do(reminding.extend, group, answer_by=until, actor=None)

    @precondition(lambda self: self.group(0, state=GroupState.FORMING))
    @rule(number=ANY, on_purpose=st.booleans())
    def settle(self, number: int, on_purpose: bool) -> None:
        group = self.group(number, state=GroupState.FORMING, slot__isnull=False)
        approved: Any = ON_PURPOSE if on_purpose else {}
        if group:
            later = group.first_date + timedelta(weeks=number % 2)
            self.do(settling.settle, group, first_date=later, actor=None, **approved)

    @rule(number=ANY, phone=st.booleans())
    def choose_what_is_shown(self, number: int, phone: bool) -> None:
        if seat := self.pick(Seat.objects.live(), number):
            self.do(sharing.choose_shown, seat, name="Vis", shares_phone=phone)

    @rule(number=ANY, on=st.booleans())
    def change_initiators(self, number: int, on: bool) -> None:
        group, initiator = self.group(number), self.pick(Initiator.objects, number // 3)
        if group:
            act = helping.put_on if on else helping.take_off
            self.do(act, group, initiator, actor=None)

    @precondition(lambda self: self.group(0, state=GroupState.SETTLED))
    @rule(number=ANY)
    def start(self, number: int) -> None:
        if group := self.group(number, ended_on=None):
            self.do(
                settling.hold_start_meeting,
                group,
                held_on=self.today,
                confidentiality_signed=True,
                actor=None,
            )

    @precondition(lambda self: self.group(0, state=GroupState.SETTLED))
    @rule(number=ANY, who=ANY)
    def hand_over(self, number: int, who: int) -> None:
        if group := self.group(number, ended_on=None):
            contact = self.pick(group.seats.live(), who)
            self.do(handing_over.hand_over, group, contact=contact, actor=None)

    @precondition(lambda self: self.group(0, started_on=None, ended_on=None))
    @rule(number=ANY)
    def let_go(self, number: int) -> None:
        if group := self.group(number):
            self.do(ending.let_go, group, actor=None)

    def all_end(self) -> None:
        for group in SelfHelpGroup.objects.alive():
            self.do(ending.end, group, reason=GroupEndReason.FINISHED, actor=None)

    @precondition(lambda self: self.group(0, state__in=[GroupState.SETTLED, GroupState.SELF_RUN]))
    @rule(number=ANY)
    def lend_key(self, number: int) -> None:
        group = self.group(number, slot__isnull=False, state__in=["settled", "self_run"])
        if group:
            key = Key.objects.filter(venue=group.slot.venue).first()
            if key:
                self.do(keys.lend, key, holder="Kari", slot=group.slot)

    @precondition(lambda self: Key.objects.out().exists())
    @rule(number=ANY)
    def key_comes_back(self, number: int) -> None:
        if key := self.pick(Key.objects.filter(since__isnull=False), number):
            self.do(keys.take_back, key)

    @rule(who=ANY)
    def withdraw(self, who: int) -> None:
        if registration := self.pick(Registration.objects, who):
            self.do(close, registration, reason=CloseReason.WITHDRAWN)

    @rule(state=st.sampled_from([MessageState.SENT, MessageState.SENT, MessageState.FAILED]))
    def worker_runs(self, state: MessageState) -> None:
        Message.objects.filter(state=MessageState.QUEUED).update(
            state=state, sent_at=self.clock if state == MessageState.SENT else None
        )

    @initialize(steps=st.sampled_from([8, 8, 8, 8, 9, 7, 7, 6, 5, 4, 3, 0]))
    def a_group_comes_some_way(self, steps: int) -> None:
        way = [
            self.propose,
            lambda: self.accept(0),
            lambda: self.ask(0),
            self.everybody_says_yes,
            lambda: self.settle(0, True),
            lambda: self.worker_runs(MessageState.SENT),
            lambda: self.start(0),
            lambda: self.hand_over(0, 0),
            self.all_end,
        ]
        for step in way[:steps]:
            step()
