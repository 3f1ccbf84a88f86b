"""The meetings of a group: their dates, and the word that one was held with so many people."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from centres.models import Booking
from centres.models.house import BookingQuerySet
from groups.domain.errors import MeetingNotYet, TooManyCame, WrongMoment
from groups.domain.seats import lock
from groups.models import Seat, SelfHelpGroup
from groups.states import STARTED_OR_TO_START, GroupActivity, GroupState
from linkcenter.models import User
from linkcenter.timeline import record
from participants.models import Registration

MEETING = (GroupState.SETTLED, GroupState.SELF_RUN)
VISITORS = 4  # who may come besides the members: initiators, somebody from the centre
REPORTED_FOR = timedelta(weeks=10)  # how far back a meeting can be reported and corrected


def meetings(group: SelfHelpGroup) -> BookingQuerySet:
    """Those that were held, or are to be: a date that is skipped or called off is none."""
    if group.slot_id is None:
        return Booking.objects.none()
    rows = Booking.objects.filter(slot=group.slot_id).taking_the_venue()
    return rows.exclude(held=False).order_by("span")


def group_of_member(registration: Registration) -> SelfHelpGroup | None:
    """The settled or running group in which the person has a place, if any."""
    seats = Seat.objects.members().filter(registration=registration)
    groups = SelfHelpGroup.objects.filter(STARTED_OR_TO_START, seats__in=seats)
    return groups.select_related("centre", "slot__venue__centre").first()


def meetings_ahead(group: SelfHelpGroup, *, now: datetime) -> BookingQuerySet:
    return meetings(group).filter(span__endswith__gt=now)


def initiator_meetings(group: SelfHelpGroup) -> list[Booking]:
    """The first meetings, where an initiator is there: the start meeting and what comes after."""
    return list(meetings(group)[: group.centre.initiator_meetings])


def past_meetings(group: SelfHelpGroup, *, now: datetime) -> BookingQuerySet:
    """What can be reported by now, the latest first: also that a meeting was not held."""
    if group.slot_id is None:
        return Booking.objects.none()
    begun = {"span__startswith__lte": now, "span__startswith__gt": now - REPORTED_FOR}
    rows = Booking.objects.filter(slot=group.slot_id, **begun).taking_the_venue()
    return rows.order_by("-span")


def most_who_came(group: SelfHelpGroup) -> int:
    """More than so many cannot have come: then it is a slip of the finger."""
    return group.max_size + VISITORS


@transaction.atomic
def report_meeting(
    group: SelfHelpGroup,
    meeting_pk: int,
    *,
    head_count: int | None,
    actor: User | None = None,
    now: datetime | None = None,
) -> Booking:
    """The meeting was held and so many came; with None it was not held. The last word counts.

    Raises ``WrongMoment`` if the group is not settled or it is no meeting of it, ``MeetingNotYet``
    before it has begun, or ``TooManyCame``.
    """
    now = now or timezone.now()
    group = lock(group)
    if group.state not in MEETING:
        raise WrongMoment
    rows = Booking.objects.select_for_update().filter(slot=group.slot_id).taking_the_venue()
    meeting = rows.filter(pk=meeting_pk).first()
    if meeting is None:
        raise WrongMoment
    if meeting.span.lower > now:
        raise MeetingNotYet
    if head_count is not None and not 1 <= head_count <= most_who_came(group):
        raise TooManyCame(most_who_came(group))
    held = head_count is not None
    if (meeting.held, meeting.head_count) != (held, head_count):
        meeting.held, meeting.head_count = held, head_count
        meeting.save(update_fields=["held", "head_count"])
        record(group, GroupActivity.MEETING_REPORTED, actor=actor, now=now)
    return meeting


@transaction.atomic
def confidentiality_signed(
    group: SelfHelpGroup, *, signed_on: date, actor: User | None, now: datetime | None = None
) -> SelfHelpGroup:
    """All have signed the form on paper. The app keeps the day, and neither names nor the form.

    Raises ``WrongMoment`` for a group that is not settled.
    """
    group = lock(group)
    if group.state not in MEETING:
        raise WrongMoment
    group.confidentiality_signed_on = signed_on
    group.save(update_fields=["confidentiality_signed_on"])
    record(group, GroupActivity.CHANGED, actor=actor, fields=["confidentiality_signed_on"], now=now)
    return group
