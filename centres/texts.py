"""The texts to those who sign up or write to us: when each goes, and somebody to show it with."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centres.domain.hours.public_holidays import public_holiday
from centres.enquiry_kinds import BY_CODE
from centres.models import Enquiry, Event, EventSignUp, Invitation, Slot, Venue
from centres.models.house import SkippedDate
from centres.states import Attendance, EnquiryKind, Role, Skipped
from linkcenter.messages.texts import BY_MAIL, declare
from linkcenter.models import Channel

MAIL_OR_CALL = (Channel.EMAIL, Channel.CALL)


def _signed_up(centre: Any, *, has_place: bool = True) -> dict[str, Any]:
    starts = (timezone.localtime() + timedelta(days=14)).replace(hour=18, minute=0)
    event = Event(
        centre=centre,
        title_nb="Åpen dag",
        title_nn="Open dag",
        title_en="Open day",
        starts_at=starts,
        attendance=Attendance.SIGN_UP,
    )
    event.cancelled_because = gettext("somebody is ill")
    return {
        "participant": EventSignUp(name="Kari Nordmann"),
        "event": event,
        "has_place": has_place,
    }


def _waiting(centre: Any) -> dict[str, Any]:
    return _signed_up(centre, has_place=False)


def _wrote(centre: Any) -> dict[str, Any]:
    steps = BY_CODE[EnquiryKind.QUESTION].next_steps
    return {"enquiry": Enquiry(name="Kari"), "next_steps": steps}


def _invited(centre: Any) -> dict[str, Any]:
    return {"invitation": Invitation(name="Kari", role=Role.COORDINATOR, centre=centre)}


def _borrows(centre: Any) -> dict[str, Any]:
    venue = Venue(name="1", centre=centre)
    christmas = date(timezone.localdate().year + 1, 12, 25)
    because = Skipped.HOLIDAY
    return {
        "slot": Slot(weekday=1, starts=time(18), venue=venue),
        "skipped": [SkippedDate(christmas, because, public_holiday(christmas) or because.label)],
    }


declare(
    "enquiry_received",
    when=_("Somebody has written to us"),
    example=_wrote,
    channels=BY_MAIL,
    has_link=False,
)
declare(
    "staff_invited",
    when=_("Somebody is asked to work here"),
    example=_invited,
    channels=BY_MAIL,
)
declare(
    "weekly_time",
    when=_("Dates of an organisation's weekly time fall out"),
    example=_borrows,
    channels=BY_MAIL,
    has_link=False,
)
declare(
    "sign_up_confirmed",
    when=_("Somebody has signed up and has a place"),
    example=_signed_up,
    channels=MAIL_OR_CALL,
)
declare(
    "sign_up_waiting",
    when=_("Somebody has signed up, and it is full"),
    example=_waiting,
    channels=MAIL_OR_CALL,
)
declare(
    "sign_up_moved_up",
    when=_("Somebody who waited gets a place"),
    example=_signed_up,
    channels=MAIL_OR_CALL,
)
declare(
    "event_changed",
    when=_("Time or place of an event has changed"),
    example=_signed_up,
    channels=MAIL_OR_CALL,
)
declare(
    "event_cancelled",
    when=_("An event is cancelled"),
    example=_signed_up,
    channels=MAIL_OR_CALL,
    has_link=False,
)
