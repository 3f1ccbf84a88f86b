"""The meetings of a group as a calendar file. Others may see that calendar: it says that there is
a meeting, when, and in which house; never what it is about, nor with whom.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import pgettext
from icalendar import Event

from centres.models import Booking
from centres.publishing.calendar_files import COUNTED_FROM, OSLO, new_calendar
from groups.models import SelfHelpGroup
from groups.states import SettledFormat


def calendar_of(
    meetings: Iterable[tuple[SelfHelpGroup, Iterable[Booking]]], *, language: str, now: datetime
) -> bytes:
    """The file for these meetings of each group. A later file changes what an earlier one put in.

    Dates that are skipped or called off are not among them: that is for the caller to see to.
    """
    calendar = new_calendar()
    with translation.override(language):
        for group, bookings in meetings:
            for booking in bookings:
                calendar.add_component(_meeting(group, booking, now=now))
    return calendar.to_ical()


def _meeting(group: SelfHelpGroup, booking: Booking, *, now: datetime) -> Event:
    starts = booking.span.lower.astimezone(OSLO)
    told = Event()
    host = urlsplit(settings.BASE_URL).hostname
    told.add("uid", f"mote-{booking.slot_id}-{starts:%Y%m%d}@{host}")
    told.add("dtstamp", now.astimezone(UTC))
    told.add("sequence", int((now - COUNTED_FROM).total_seconds()))
    told.add("dtstart", starts)
    told.add("dtend", booking.span.upper.astimezone(OSLO))
    told.add("status", "CONFIRMED")
    told.add("summary", pgettext("in somebody's calendar", "Meeting"))
    told.add("location", _house(group, booking))
    return told


def _house(group: SelfHelpGroup, booking: Booking) -> str:
    if group.format == SettledFormat.DIGITAL or group.slot is None:
        return pgettext("where", "On video")
    is_usual = booking.venue_id == group.slot.venue_id
    venue = group.slot.venue if is_usual else booking.venue  # until the group moves
    return (venue.centre or group.centre).name
