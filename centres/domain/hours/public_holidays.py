"""Norway's public holidays, computed for any year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The library speaks English and Bokmål; through these names the days speak Nynorsk too.
_NAMES = {
    "New Year's Day": _("New Year's Day"),
    "Maundy Thursday": _("Maundy Thursday"),
    "Good Friday": _("Good Friday"),
    "Easter Sunday": _("Easter Sunday"),
    "Easter Monday": _("Easter Monday"),
    "Labor Day": _("Labour Day"),
    "Constitution Day": _("Constitution Day"),
    "Ascension Day": _("Ascension Day"),
    "Pentecost": _("Whit Sunday"),
    "Pentecost Monday": _("Whit Monday"),
    "Christmas Day": _("Christmas Day"),
    "Second Day of Christmas": _("Boxing Day"),
}


def public_holiday(day: date) -> Promise | None:
    """The name of the public holiday on ``day`` (the calendar law's red days), or nothing.

    Where two fall together, as Whit Monday on Constitution Day, the day carries the first name.
    """
    name = _holidays_of(day.year).get(day)
    if name is None:
        return None
    return _NAMES[name.split(";")[0]]


@dataclass(frozen=True)
class SpecialDay:
    """A public holiday, or a day beside one that many close early or altogether."""

    day: date
    name: Promise
    is_public: bool


def special_days(first: date, last: date) -> Iterator[SpecialDay]:
    """Each of them from ``first`` to ``last``, in the order of the calendar."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if name := public_holiday(day):
            yield SpecialDay(day, name, is_public=True)
        elif name := _half_holiday(day):
            yield SpecialDay(day, name, is_public=False)


def _half_holiday(day: date) -> Promise | None:
    if (day.month, day.day) == (12, 24):
        return _("Christmas Eve")
    if (day.month, day.day) == (12, 31):
        return _("New Year's Eve")
    if _holidays_of(day.year).get(day + timedelta(days=1)) == "Maundy Thursday":
        return _("Wednesday before Easter")
    return None


@lru_cache(maxsize=16)
def _holidays_of(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("NO", years=year, language="en_US").items())
