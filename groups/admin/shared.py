"""What the acts of staff on groups share: where they lead back to, and how a refusal reads."""

from django.utils.formats import date_format

from centres.domain.booking.weekly_times import BookingError, VenueTaken
from groups.domain.errors import GroupError
from participants.domain.errors import RegistrationError

GROUP_PAGE = "admin:groups_selfhelpgroup_change"
PERSON_PAGE = "admin:participants_registration_change"

REFUSALS = (GroupError, BookingError, RegistrationError)
DATES_SHOWN = 5


def refusal(error: Exception) -> str:
    """What was refused, in a sentence; with the days, where it is about days."""
    text = str(getattr(error, "message", ""))
    if isinstance(error, VenueTaken):
        days = [date_format(day, "SHORT_DATE_FORMAT") for day in error.dates[:DATES_SHOWN]]
        return f"{text} {', '.join(days)}"
    return text
