"""A centre where anything may happen to seven people, two rooms, a licence and two initiators."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from centres.domain.booking.keys import KeyRefused
from centres.domain.booking.weekly_times import BookingError
from centres.models import Booking
from centres.states import Role, VenueKind
from groups.domain.errors import GroupError
from groups.mail.seats import TEXTS, matter, text_of
from groups.models import Seat, SelfHelpGroup
from groups.states import BrokenBecause, BrokenRule, GroupEndReason, SeatActivity, SeatState
from linkcenter.models import Activity, Message, MessageState
from participants.domain.errors import AlreadyClosed
from participants.models import Participant, Registration
from tests import recipes

PEOPLE = 7
WEEKS = [["tue-evening"], ["tue-evening", "wed-morning"], ["wed-morning"]]
ANY = st.integers(min_value=0, max_value=99)
ON_PURPOSE = {
    "broken_rules": BrokenRule.values,
    "broken_because": BrokenBecause.AGREED,
}
REFUSED = (GroupError, BookingError, KeyRefused, AlreadyClosed)


class World(RuleBasedStateMachine):
    """Whatever a move refuses, it refuses with one of our own errors and leaves nothing behind."""

    reached: Counter[str] = Counter()  # how often a move was made, or a group was in a state

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.clock = datetime(2026, 11, 2, 12, tzinfo=UTC)
        self.centre = recipes.centre(min_to_start=2, target_size=3, max_size=4, hand_over_weeks=3)
        recipes.consent_texts()
        self.staff = recipes.staff(Role.COORDINATOR, self.centre)
        for _each in range(2):
            recipes.key(recipes.venue(self.centre, own_key=True))
            recipes.initiator(self.centre, availability=WEEKS[1], digital=True)
        recipes.venue(
            self.centre,
            kind=VenueKind.LICENCE,
            provider="Whereby",
            host_key="123456",
            host_key_since=date(2026, 1, 1),
        )
        for number in range(PEOPLE):
            recipes.waiting(
                self.centre,
                {"email": None, "phone": "+4741234567"} if number == 0 else None,
                availability=WEEKS[number % 3],
                registered_at=datetime(2026, 1, 1 + number, 12, tzinfo=UTC),
            )
        self.dates = dict(Registration.objects.values_list("pk", "registered_at"))
        self.newcomers = 0

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)

    def pick(self, rows: QuerySet[Any], number: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    @property
    def today(self) -> date:
        return self.clock.date()

    def do(self, act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """One move, an hour after the one before. None if it was refused."""
        self.clock += timedelta(hours=1)
        before = dict(Seat.objects.values_list("pk", "state"))
        last = {
            model: model.objects.aggregate(last=Max("pk"))["last"] or 0
            for model in (Message, Activity)
        }
        rows = Booking.objects.count(), Seat.objects.count()
        try:
            with transaction.atomic():
                done = act(*args, now=self.clock, **kwargs)
        except REFUSED:
            assert (Booking.objects.count(), Seat.objects.count()) == rows
            return None
        self.reached.update([act.__name__, *SelfHelpGroup.objects.values_list("state", flat=True)])
        told = Message.objects.filter(pk__gt=last[Message]).exclude(state=MessageState.CANCELLED)
        self.everybody_hears_one_thing_of_each_matter(told)
        moves = Activity.objects.filter(pk__gt=last[Activity], what__in=TEXTS)
        self.each_move_of_a_seat_has_its_text(moves, told, before)
        for registration in Registration.objects.exclude(pk__in=self.dates):
            self.dates[registration.pk] = registration.registered_at
        return done

    def everybody_hears_one_thing_of_each_matter(self, told: QuerySet[Message]) -> None:
        heard = Counter(told.values_list("recipient_type", "recipient_id", "matter"))
        assert set(heard.values()) <= {1}, heard

    def each_move_of_a_seat_has_its_text(
        self, moves: QuerySet[Activity], told: QuerySet[Message], before: dict[int, str]
    ) -> None:
        """Those that tell have told, once, and those that are silent on purpose have not."""
        whats: dict[int, set[SeatActivity]] = {}
        for move in moves:
            whats.setdefault(move.subject_id, set()).add(SeatActivity(move.what))
        for registration in Registration.objects.filter(pk__in=whats):
            seat = registration.seats.select_related("group").latest("pk")
            kinds = {text_of(seat, what) for what in whats[registration.pk]} - {None}
            if seat.state == SeatState.ENDED and before.get(seat.pk) == SeatState.PROPOSED:
                kinds = set()  # who was only proposed never knew
            if "extended" in kinds:
                kinds.add("asked")  # who had not heard the question hears it with the new date
            if SeatActivity.MOVED in whats[registration.pk]:
                kinds |= {"settled", "joined"}  # who has not heard of the place hears of it now
            heard = set(told.filter(matter=matter(seat)).values_list("kind", flat=True))
            assert heard <= kinds | {"begun_again"}, (whats[registration.pk], heard)
            if seat.group.end_reason == GroupEndReason.BEGUN_AGAIN:
                kinds.discard("ended")  # who goes on in the next group hears of that one alone
            assert bool(heard) >= bool(kinds), (whats[registration.pk], kinds)

    # What the rules of the machine begin with

    def group(self, number: int, **fields: Any) -> SelfHelpGroup | None:
        rows = SelfHelpGroup.objects.filter(**fields).select_related("contact", "slot__venue")
        return self.pick(rows, number)

    def meeting_group(self, number: int) -> SelfHelpGroup | None:
        return self.group(number, started_on__isnull=False, ended_on__isnull=True)

    def is_met(self) -> bool:
        return self.meeting_group(0) is not None

    def email(self) -> str:
        self.newcomers += 1
        return f"ny-{self.newcomers}@example.org"

    def people(self) -> QuerySet[Participant]:
        return Participant.objects.filter(centre=self.centre)
