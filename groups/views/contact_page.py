"""Everything that the contact of a group sees on the group's page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from centres.domain.booking.skipping import skipped_dates
from centres.domain.booking.spans import day_of, moment
from centres.domain.house.host_keys import host_key_for
from centres.models import Booking, Slot
from centres.states import VenueKind
from groups.domain.running import sharing
from groups.domain.running.newcomers import meets, to_answer
from groups.domain.running.time_in_use import is_asked
from groups.models import Seat, SelfHelpGroup
from groups.states import GroupState, Newcomers

WEEKS_SHOWN = timedelta(weeks=9)


@dataclass(frozen=True)
class Day:
    """A coming date, and why there is no meeting on it, if there is none."""

    day: date
    why_not: str | Promise = ""
    otherwise: str = ""  # time and room of a date before the group moves


def contact_page(group: SelfHelpGroup, *, now: datetime) -> dict[str, Any]:
    """The context of the page."""
    slot = group.slot
    days = list(_days(slot, now=now)) if slot else []
    known = group.seats.members().count()
    return {
        "group": group,
        "centre": group.centre,
        "slot": slot,
        "days": days,
        "next_day": next((day.day for day in days if not day.why_not), None),
        "keys": slot.keys.out() if slot else (),
        "is_licence": slot is not None and slot.venue.kind == VenueKind.LICENCE,
        "has_host_key_today": slot is not None and host_key_for(slot, now=now) is not None,
        "is_asked": is_asked(group),
        "newcomers": len(to_answer(group)),
        "is_on_break": group.paused_until is not None,
        "meets": meets(group),
        "runs_itself": group.state == GroupState.SELF_RUN,
        "wants_more": group.newcomers == Newcomers.YES,
        "has_room": group.seats.live().count() < group.places,
        "how_many": known + group.unnamed_members,
        "others": _named(group),
    }


def _days(slot: Slot, *, now: datetime) -> Iterator[Day]:
    """The coming dates, the skipped ones among them."""
    today = timezone.localdate(now)
    until = today + WEEKS_SHOWN
    why_not = {skipped.day: skipped.words for skipped in skipped_dates(slot, today, until)}
    coming = slot.bookings.filter(
        cancelled_at__isnull=True, span__endswith__gt=now, span__startswith__lt=moment(until)
    )
    for booking in coming.select_related("venue").order_by("span"):
        day = day_of(booking)
        yield Day(day, why_not.get(day, ""), _otherwise(slot, booking))


def _otherwise(slot: Slot, booking: Booking) -> str:
    """The time and room of a meeting that is not where and when ``slot`` says."""
    if day_of(booking) >= slot.first_date:
        return ""
    return f"{timezone.localtime(booking.span.lower):%H.%M}, {booking.venue}"


def _named(group: SelfHelpGroup) -> list[sharing.Shown]:
    """Those of the others who show their name."""
    shown = sharing.shown_to(group.contact) if group.contact else None
    return [one for one in shown or () if one.name]


def named_members(group: SelfHelpGroup) -> list[tuple[Seat, str]]:
    """The others who show their name to the group, with the name that they show."""
    others = [seat for seat in sharing.members_of(group) if seat.pk != group.contact_id]
    named = [(seat, sharing.shown(seat).name) for seat in others]
    return sorted(((seat, name) for seat, name in named if name), key=lambda one: one[1].casefold())
