"""What an initiator takes along to the start meeting: one sheet of paper."""

from dataclasses import dataclass
from datetime import datetime

from centres.models import Booking, Key, Slot
from groups.domain.meeting.meetings import initiator_meetings, meetings
from groups.domain.running.sharing import Shown, in_order, members_of, shown
from groups.models import SelfHelpGroup

DATES = 6


@dataclass(frozen=True)
class FirstDate:
    """One of the first meetings, and whether an initiator is there."""

    meeting: Booking
    with_initiator: bool


@dataclass(frozen=True)
class StartSheet:
    group: SelfHelpGroup
    slot: Slot
    members: list[Shown]
    keys: list[Key]
    dates: list[FirstDate]


def start_sheet(group: SelfHelpGroup) -> StartSheet | None:
    """The sheet of a settled or running group: members as they have chosen; else none."""
    seats = members_of(group)
    if group.slot is None or not seats:
        return None
    return StartSheet(
        group=group,
        slot=group.slot,
        members=in_order(shown(seat) for seat in seats),
        keys=list(Key.objects.out().filter(slot=group.slot).order_by("number")),
        dates=first_dates(group),
    )


def first_dates(group: SelfHelpGroup) -> list[FirstDate]:
    """The first meetings, those with an initiator marked."""
    led = {meeting.pk for meeting in initiator_meetings(group)}
    first = meetings(group)[: max(DATES, len(led))]
    return [FirstDate(meeting, meeting.pk in led) for meeting in first]


def next_with_initiator(group: SelfHelpGroup, *, now: datetime) -> list[Booking]:
    """The meetings ahead where an initiator is there."""
    return [each for each in initiator_meetings(group) if each.span.upper > now]
