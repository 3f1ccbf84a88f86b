"""What holds after every move, whatever it was."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count, F, Q
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from centres.models import Booking, Key, Slot
from groups.models import FollowUp, GroupLink, Initiator, Seat, SelfHelpGroup
from groups.states import (
    INITIATED,
    STARTED_OR_TO_START,
    GroupEndReason,
    GroupLinkPurpose,
    GroupState,
    SeatState,
)
from linkcenter.models import Message, MessageState
from participants.models import PersonalLink, Registration
from participants.states import LinkPurpose, RegistrationState
from tests.groups.life.running import Running

ENDED = Q(state=GroupState.ENDED)


class Holds(Running):
    @invariant()
    def everybody_keeps_their_date(self) -> None:
        assert dict(Registration.objects.values_list("pk", "registered_at")) == self.dates

    @invariant()
    def everybody_waits_sits_or_has_left(self) -> None:
        closed = Registration.objects.filter(state=RegistrationState.CLOSED)
        waiting = Registration.objects.filter(state=RegistrationState.WAITING)
        assert closed.count() + waiting.count() == len(self.dates)
        assert not Seat.objects.live().filter(registration__in=closed).exists()

    @invariant()
    def nobody_is_in_two_live_places(self) -> None:
        """Neither with one registration, nor in a group and, registered anew, in the next one.

        Who has signed up for that one meets as before until it is settled.
        """
        seats = Count("seats", filter=~Q(seats__state=SeatState.ENDED))
        assert not Registration.objects.annotate(n=seats).filter(n__gt=1).exists()
        followed = SelfHelpGroup.objects.filter(previous_group__isnull=False)
        for new in followed.exclude(state=GroupState.FORMING):
            assert not self.reached_in(new.pk) & self.reached_in(new.previous_group_id)

    def reached_in(self, group: int | None) -> set[tuple[str, str]]:
        seats = Seat.objects.live().filter(group=group).select_related("registration__participant")
        people = [seat.registration.participant for seat in seats]
        return {(reach, one.first_name) for one in people for reach in one.reach_keys}

    @invariant()
    def groups_hold_what_their_state_says(self) -> None:
        for group in SelfHelpGroup.objects.with_seat_counts():
            assert group.live_count + group.unnamed_members <= group.max_size
            if group.state in (GroupState.SETTLED, GroupState.SELF_RUN):
                to_come = group.seats.live().newcomers_to_come().count()
                assert group.seats.members().count() + to_come == group.live_count
                assert group.slot_id is not None
            elif group.state == GroupState.ENDED:
                assert (group.live_count, group.slot_id, group.contact_id) == (0, None, None)
            elif group.previous_group_id is None:
                assert group.slot_id is not None

    @invariant()
    def contact_is_a_member(self) -> None:
        groups = SelfHelpGroup.objects.filter(contact__isnull=False).select_related("contact")
        for group in groups:
            assert group.contact is not None
            assert group.contact.group_id == group.pk
            assert group.contact.is_member

    @invariant()
    def dead_group_holds_nothing(self) -> None:
        """No room, no key, no licence, no link, and nobody has anything to do for it."""
        dead = SelfHelpGroup.objects.filter(ENDED)
        assert not dead.filter(paused_from__isnull=False).exists()
        assert not FollowUp.objects.open().filter(group__in=dead).exists()
        links = GroupLink.objects.live().filter(group__in=dead)
        begins_again = Q(
            purpose=GroupLinkPurpose.BEGIN_AGAIN, group__end_reason=GroupEndReason.BEGUN_AGAIN
        )
        assert not links.exclude(begins_again).exists()
        alone = Slot.objects.filter(group__isnull=True)
        assert not alone.filter(given_up_on=None).exists()
        lent = Key.objects.filter(slot__in=alone)
        assert not lent.filter(due=None).exists()
        assert not lent.filter(due__gt=F("slot__given_up_on"), since__lt=F("due")).exists()

    @invariant()
    def no_room_is_held_for_nobody(self) -> None:
        """What a group held before it moved is its own until then, while it lives."""
        tomorrow = self.clock + timedelta(days=1)
        held = Booking.objects.taking_the_venue().filter(span__startswith__gt=tomorrow)
        living = SelfHelpGroup.objects.alive()
        if not living.exists():
            assert not held.exists()
        for booking in held.filter(slot__group__isnull=True).select_related("slot"):
            assert booking.slot is not None
            assert booking.slot.given_up_on is not None
            assert living.filter(slot__first_date__gt=booking.span.lower.date()).exists()

    @invariant()
    def break_of_a_group_is_its_times_break(self) -> None:
        groups = SelfHelpGroup.objects.filter(STARTED_OR_TO_START).select_related("slot")
        for group in groups:
            assert group.slot is not None
            if group.paused_until is None:
                assert group.slot.break_until is None

    @invariant()
    def no_initiator_has_more_than_agreed(self) -> None:
        for initiator in Initiator.objects.with_load():
            at_work = initiator.groups.filter(INITIATED)
            assert initiator.load == at_work.count() <= initiator.max_groups

    @invariant()
    def one_unsent_message_a_matter(self) -> None:
        unsent = Message.objects.filter(state=MessageState.QUEUED)
        matters = unsent.values("recipient_type", "recipient_id", "matter").annotate(n=Count("pk"))
        assert not matters.filter(n__gt=1).exists()

    @invariant()
    def live_links_are_for_those_who_may(self) -> None:
        def live(purpose: LinkPurpose) -> set[int]:
            links = PersonalLink.objects.live().filter(purpose=purpose, expires_at__gt=self.clock)
            return set(links.values_list("participant_id", flat=True))

        asked = Seat.objects.asked().values_list("registration__participant_id", flat=True)
        assert live(LinkPurpose.ANSWER) <= set(asked)
        contacts = SelfHelpGroup.objects.filter(STARTED_OR_TO_START, contact__isnull=False)
        mine = contacts.values_list("contact__registration__participant_id", flat=True)
        assert live(LinkPurpose.GROUP) <= set(mine)


def lived(examples: int, *, steps: int, derandomize: bool) -> Counter[str]:
    """How often each move was made, and each state was seen."""
    Holds.reached = Counter()
    run_state_machine_as_test(
        Holds,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=derandomize,
            database=None,
            phases=[Phase.generate],  # a shorter way to a fault takes minutes to find
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Holds.reached
