"""The neutral week: seven days of three parts each, the measure in which people say when they can.

Monday is 0, as in ``date.weekday()``. Nothing here knows a date, a zone or a holiday.
"""

from datetime import date, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("morning", "afternoon", "evening")
WEEK_SLOTS = tuple(f"{weekday}-{part}" for weekday in WEEKDAYS for part in PARTS)

PART_HOURS = {
    "morning": (time(8), time(12)),
    "afternoon": (time(12), time(16)),
    "evening": (time(16), time(21)),
}
DEFAULT_START = {"morning": time(10), "afternoon": time(12, 30), "evening": time(18)}

WEEKDAY_NAMES = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
# Whole phrases: neither Norwegian nor English is right when day and part are glued together.
_LABELS = (
    (_("Monday morning"), _("Monday afternoon"), _("Monday evening")),
    (_("Tuesday morning"), _("Tuesday afternoon"), _("Tuesday evening")),
    (_("Wednesday morning"), _("Wednesday afternoon"), _("Wednesday evening")),
    (_("Thursday morning"), _("Thursday afternoon"), _("Thursday evening")),
    (_("Friday morning"), _("Friday afternoon"), _("Friday evening")),
    (_("Saturday morning"), _("Saturday afternoon"), _("Saturday evening")),
    (_("Sunday morning"), _("Sunday afternoon"), _("Sunday evening")),
)


def part_of(starts: time) -> str:
    """The part of the day that a meeting starting at ``starts`` belongs to, whenever it ends.

    Before eight counts as morning and after nine as evening, so that every time has a part.
    """
    if starts < PART_HOURS["morning"][1]:
        return "morning"
    if starts < PART_HOURS["afternoon"][1]:
        return "afternoon"
    return "evening"


def week_slot(weekday: int, starts: time) -> str:
    """The part of the week of a meeting on ``weekday`` at ``starts``, such as "tue-evening"."""
    return f"{WEEKDAYS[weekday]}-{part_of(starts)}"


def split(slot: str) -> tuple[int, str]:
    """Weekday and part of "tue-evening": 1 and "evening". Raises ``ValueError`` on other text."""
    weekday, _dash, part = slot.partition("-")
    if slot not in WEEK_SLOTS:
        raise ValueError(f"{slot!r} is no part of the week")
    return WEEKDAYS.index(weekday), part


def label(slot: str) -> Promise:
    """What people read: "Tuesday evening", translated when it is shown."""
    weekday, part = split(slot)
    return _LABELS[weekday][PARTS.index(part)]


def on_or_after(day: date, weekday: int) -> date:
    """The first ``weekday`` that is not before ``day``."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)
