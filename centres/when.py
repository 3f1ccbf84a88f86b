"""A moment, or the time from one to another, as people say it. The clock is Norway's."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_in_words(day: date, *, with_year: bool = True) -> str:
    """Such as "tirsdag 10. mars 2026"."""
    return date_format(day, "WEEKDAY_YEAR_FORMAT" if with_year else "WEEKDAY_FORMAT")


def in_words(starts: datetime, ends: datetime | None, *, with_year: bool = True) -> str:
    """Such as "tirsdag 10. mars 2026 kl. 12.30–13.30"; from day to day where it takes several."""
    first = timezone.localtime(starts)
    last = timezone.localtime(ends) if ends else None
    told = {
        "day": day_in_words(first.date(), with_year=with_year),
        "from": date_format(first, "G.i"),
    }
    if last is None:
        return _("%(day)s at %(from)s") % told
    told["to"] = date_format(last, "G.i")
    if last.date() == first.date():
        return _("%(day)s at %(from)s–%(to)s") % told
    told["last_day"] = day_in_words(last.date(), with_year=with_year)
    return _("%(day)s at %(from)s to %(last_day)s at %(to)s") % told
