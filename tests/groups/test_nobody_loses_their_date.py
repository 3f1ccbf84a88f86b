"""Whatever happens to groups, in whatever order: the rules hold, and everybody keeps their date."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Count, Q
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from centres.models import Booking
from groups.domain import asking, forming, lifecycle, running
from groups.domain.errors import GroupError
from groups.models import Initiator, MatchRun, Seat, SelfHelpGroup
from groups.states import INITIATED, GroupEndReason, GroupState, SeatState
from linkcenter.models import Message, MessageState
from participants.domain.registration import AlreadyClosed, close
from participants.models import PersonalLink, Registration
from participants.states import CloseReason, LinkPurpose, RegistrationState
from tests import recipes

pytestmark = pytest.mark.django_db

PEOPLE = 7
WEEKS = [["tue-evening"], ["tue-evening", "wed-morning"], ["wed-morning"]]
ANY = st.integers(min_value=0, max_value=99)


class Centre(RuleBasedStateMachine):
    """A centre with two rooms, two initiators and seven people, where anything may happen.

    Whatever a move refuses, it refuses with one of our own errors and leaves nothing behind.
    """

    reached: set[str] = set()

    def __init__(self):
        super().__init__()
        self.point = transaction.savepoint()
        self.clock = datetime(2026, 11, 2, 12, tzinfo=UTC)
        self.centre = recipes.centre(min_to_start=2, target_size=3, max_size=4)
        for _each in range(2):
            recipes.venue(self.centre)
            recipes.initiator(self.centre, availability=WEEKS[1])
        for number in range(PEOPLE):
            recipes.waiting(
                self.centre,
                {"email": None, "phone": "+4741234567"} if number == 0 else None,
                availability=WEEKS[number % 3],
                registered_at=datetime(2026, 1, 1 + number, 12, tzinfo=UTC),
            )
        self.dates = dict(Registration.objects.values_list("pk", "registered_at"))

    def teardown(self):
        transaction.savepoint_rollback(self.point)

    def do(self, act, *args, **kwargs):
        self.clock += timedelta(hours=1)
        try:
            with transaction.atomic():
                act(*args, now=self.clock, **kwargs)
        except (GroupError, AlreadyClosed):
            pass

    def pick(self, queryset, number):
        rows = list(queryset.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    @rule()
    def propose(self):
        self.do(running.propose, [self.centre], actor=None)

    @rule(number=ANY)
    def accept(self, number):
        run = MatchRun.objects.order_by("-pk").first()
        if run and run.result["groups"]:
            self.do(forming.accept, run, number % len(run.result["groups"]), actor=None)

    @rule(number=ANY, who=ANY)
    def add(self, number, who):
        group = self.pick(SelfHelpGroup.objects, number)
        if group:
            self.do(forming.add_person, group, self.pick(Registration.objects, who), actor=None)

    @rule(number=ANY)
    def remove(self, number):
        seat = self.pick(Seat.objects, number)
        if seat:
            self.do(forming.remove_person, seat, actor=None)

    @rule(number=ANY)
    def ask(self, number):
        group = self.pick(SelfHelpGroup.objects, number)
        if group:
            self.do(asking.ask, group, actor=None)

    @rule(number=ANY, answer=st.sampled_from(["yes", "yes", "no", "other time"]))
    def answer(self, number, answer):
        seat = self.pick(Seat.objects.select_related("registration"), number)
        if seat and answer == "yes":
            self.do(asking.say_yes, seat)
        elif seat and answer == "no":
            self.do(asking.say_no, seat)
        elif seat:
            self.do(asking.say_other_time, seat, availability=WEEKS[1])

    @initialize(steps=st.sampled_from([7, 7, 6, 6, 5, 4, 3, 2, 0]))
    def a_group_comes_some_way(self, steps):
        way = [
            self.propose,
            lambda: self.accept(0),
            lambda: self.ask(0),
            self.everybody_says_yes,
            lambda: self.settle(0),
            lambda: self.start(0),
            lambda: self.hand_over(0),
        ]
        for step in way[:steps]:
            step()

    @rule()
    def everybody_says_yes(self):
        for seat in Seat.objects.asked():
            self.do(asking.say_yes, seat)

    @rule()
    def a_week_passes(self):
        self.clock += timedelta(days=8)
        self.do(asking.expire_unanswered)

    @rule(number=ANY)
    def settle(self, number):
        group = self.pick(SelfHelpGroup.objects.alive(), number)
        if group:
            self.do(lifecycle.settle, group, first_date=group.first_date, actor=None)

    @rule(number=ANY)
    def start(self, number):
        group = self.pick(SelfHelpGroup.objects.alive(), number)
        if group:
            self.do(
                lifecycle.hold_start_meeting,
                group,
                held_on=self.clock.date(),
                confidentiality_signed=True,
                actor=None,
            )

    @rule(number=ANY)
    def hand_over(self, number):
        group = self.pick(SelfHelpGroup.objects.alive(), number)
        if group:
            contact = group.seats.members().first()
            self.do(lifecycle.hand_over, group, contact=contact, actor=None)

    @rule(number=ANY)
    def let_go(self, number):
        group = self.pick(SelfHelpGroup.objects, number)
        if group:
            self.do(lifecycle.let_go, group, actor=None)

    @rule(number=ANY)
    def end(self, number):
        group = self.pick(SelfHelpGroup.objects.alive(), number)
        if group:
            self.do(lifecycle.end, group, reason=GroupEndReason.FINISHED, actor=None)

    @rule(who=ANY)
    def withdraw(self, who):
        registration = self.pick(Registration.objects, who)
        self.do(close, registration, reason=CloseReason.WITHDRAWN)

    @rule(state=st.sampled_from([MessageState.SENT, MessageState.FAILED]))
    def worker_runs(self, state):
        Message.objects.filter(state=MessageState.QUEUED).update(
            state=state, sent_at=self.clock if state == MessageState.SENT else None
        )

    @invariant()
    def everybody_keeps_their_date(self):
        assert dict(Registration.objects.values_list("pk", "registered_at")) == self.dates

    @invariant()
    def everybody_waits_sits_or_has_left(self):
        closed = Registration.objects.filter(state=RegistrationState.CLOSED)
        waiting = Registration.objects.filter(state=RegistrationState.WAITING)
        assert closed.count() + waiting.count() == PEOPLE
        assert Seat.objects.live().filter(registration__in=closed).count() == 0

    @invariant()
    def at_most_one_live_seat_each(self):
        live = Count("seats", filter=~Q(seats__state=SeatState.ENDED))
        counts = Registration.objects.annotate(live=live)
        assert not counts.filter(live__gt=1).exists()

    @invariant()
    def groups_hold_what_their_state_says(self):
        for group in SelfHelpGroup.objects.with_seat_counts():
            self.reached.add(group.state)
            assert group.live_count <= group.max_size
            assert (group.slot_id is None) == (group.state == GroupState.ENDED)
            if group.state == GroupState.ENDED:
                assert group.live_count == 0
            if group.state in (GroupState.SETTLED, GroupState.SELF_RUN):
                assert group.live_count == group.yes_count

    @invariant()
    def no_room_is_held_for_nobody(self):
        tomorrow = self.clock + timedelta(days=1)
        held = Booking.objects.taking_the_venue().filter(span__startswith__gt=tomorrow)
        assert not held.filter(slot__group__isnull=True).exists()

    @invariant()
    def no_initiator_has_more_than_agreed(self):
        for initiator in Initiator.objects.with_load():
            at_work = initiator.groups.filter(INITIATED)
            assert initiator.load == at_work.count() <= initiator.max_groups

    @invariant()
    def one_unsent_message_a_matter(self):
        unsent = Message.objects.filter(state=MessageState.QUEUED)
        matters = unsent.values("recipient_id", "matter").annotate(n=Count("pk"))
        assert not matters.filter(n__gt=1).exists()

    @invariant()
    def live_links_are_for_those_who_are_asked(self):
        answers = PersonalLink.objects.live().filter(purpose=LinkPurpose.ANSWER)
        live = set(answers.values_list("participant_id", flat=True))
        asked = Seat.objects.asked().values_list("registration__participant_id", flat=True)
        assert live <= set(asked)


def test_nobody_loses_their_date():
    run_state_machine_as_test(
        Centre,
        settings=settings(
            max_examples=25,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert Centre.reached == set(GroupState)  # else little was proved
