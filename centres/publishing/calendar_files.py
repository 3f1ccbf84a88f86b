"""Events as a calendar file: what people and partners subscribe to. It names no person."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from icalendar import Calendar, Timezone
from icalendar import Event as CalendarEvent

from centres.models import Event

OSLO = ZoneInfo("Europe/Oslo")
PAST_KEPT = timedelta(days=31)  # so that what has just been does not vanish from calendars
OFTEN = timedelta(hours=6)  # how often a calendar asks for news
COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)

# The rule that has held since 1996, and for as long as no other is made.
_TIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Oslo
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
END:VTIMEZONE
"""


def calendar_of(events: Iterable[Event], *, name: str = "") -> bytes:
    """The file for ``events``, which have a time, in the reader's language.

    The same events give the same bytes. ``name`` is what a feed is called in people's calendars.
    A file without one goes into somebody's own calendar, which others may see: there it is a
    meeting at the centre, and the link tells which.
    """
    calendar = new_calendar()
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", "Europe/Oslo")
        calendar.add("refresh-interval", OFTEN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")
    for event in events:
        what = event.title if name else pgettext("in somebody's calendar", "Meeting")
        calendar.add_component(_component(event, what))
    return calendar.to_ical()


def new_calendar() -> Calendar:
    """A file with nothing in it but the clock that it goes by."""
    calendar = Calendar()
    calendar.add("prodid", f"-//LINK//{urlsplit(settings.BASE_URL).hostname}//NO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(Timezone.from_ical(_TIMEZONE))
    return calendar


def _component(event: Event, what: str) -> CalendarEvent:
    address = settings.BASE_URL + event.get_absolute_url()
    told = CalendarEvent()
    told.add("uid", f"arrangement-{event.pk}@{urlsplit(settings.BASE_URL).hostname}")
    told.add("dtstamp", event.updated_at.astimezone(UTC))
    told.add("last-modified", event.updated_at.astimezone(UTC))
    told.add("sequence", int((event.updated_at - COUNTED_FROM).total_seconds()))
    told.add("dtstart", _local(event.starts_at))
    if event.ends_at:
        told.add("dtend", _local(event.ends_at))
    told.add("summary", f"{what} – {event.centre.name}")
    told.add("location", _place(event))
    told.add("url", address)
    if event.is_cancelled:
        told.add("status", "CANCELLED")
        why = _("Cancelled. %(why)s") % {"why": event.cancelled_because}
        told.add("description", f"{why}\n{address}")
    else:
        told.add("status", "CONFIRMED")
        told.add("description", address)
    return told


def _local(moment: datetime | None) -> datetime:
    assert moment is not None  # noqa: S101  # what is published has a time
    return moment.astimezone(OSLO)


def _place(event: Event) -> str:
    places = [event.where, pgettext("where", "On video") if event.digital else ""]
    return " / ".join(place for place in places if place)


def changed_at(events: Iterable[Event], *, now: datetime) -> datetime:
    """When a feed with ``events`` became as it is: the last change, or the day that has begun.

    A feed changes by itself when a day is over, and an event that is gone leaves no trace.
    """
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return max([midnight, *(event.updated_at for event in events)])
