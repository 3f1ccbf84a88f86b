"""Norway's public holidays, computed for any year."""

from datetime import date
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


@lru_cache(maxsize=16)
def _holidays_of(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("NO", years=year, language="en_US").items())
