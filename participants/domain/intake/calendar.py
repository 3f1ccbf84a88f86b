"""A booked talk as a calendar file. Others may see that calendar: it says that there is a meeting,
when, and where or by which number; never what it is about, nor with whom.
"""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import pgettext
from icalendar import Event

from centres.publishing.calendar_files import COUNTED_FROM, OSLO, new_calendar
from linkcenter.phones import show_phone
from participants.models import Registration
from participants.models.registration_queries import TALK_LASTS
from participants.states import TalkWay


def calendar_of(registration: Registration, *, now: datetime, is_cancelled: bool = False) -> str:
    """The file for the talk that is booked, in the person's language.

    A later file about the same registration replaces it in the person's calendar.
    """
    at = registration.talk_at
    assert at is not None  # noqa: S101  # the caller has seen that there is one
    told = Event()
    told.add("uid", f"avtale-{registration.pk}@{urlsplit(settings.BASE_URL).hostname}")
    told.add("dtstamp", now.astimezone(UTC))
    told.add("sequence", int((now - COUNTED_FROM).total_seconds()))
    told.add("dtstart", at.astimezone(OSLO))
    told.add("dtend", (at + TALK_LASTS).astimezone(OSLO))
    told.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    with translation.override(registration.participant.language):
        told.add("summary", pgettext("in somebody's calendar", "Meeting"))
        told.add("location", _place(registration))
    calendar = new_calendar()
    calendar.add_component(told)
    return calendar.to_ical().decode()


def _place(registration: Registration) -> str:
    centre = registration.participant.centre
    if registration.talk_kind == TalkWay.VIDEO:
        return pgettext("where", "On video")
    if registration.talk_kind == TalkWay.VISIT:
        return centre.visiting_address
    return show_phone(centre.phones[0]) if centre.phones else ""
