"""Half-years: the only periods that numbers are told for, so that no two of them overlap.

With months, or dates of one's own choice, one period taken from another would leave a few people.
A year is two half-years that were told, added up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _


@dataclass(frozen=True, order=True)
class HalfYear:
    """January to June, or July to December."""

    first_day: date

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        """The half-year that ``day`` is in."""
        return cls(date(day.year, 1 if day.month < 7 else 7, 1))

    @property
    def next(self) -> "HalfYear":
        return HalfYear.of(self.first_day + timedelta(days=190))

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def year(self) -> int:
        return self.first_day.year

    @property
    def is_first(self) -> bool:
        return self.first_day.month == 1

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last, for a ``__range``."""
        return self.first_day, self.last_day

    @property
    def begins_at(self) -> datetime:
        """Midnight on the clock of the house."""
        return timezone.make_aware(datetime.combine(self.first_day, time.min))

    def __str__(self) -> str:
        words = _("Spring %(year)s") if self.is_first else _("Autumn %(year)s")
        return words % {"year": self.year}

    @property
    def in_full(self) -> str:
        words = _("January to June %(year)s") if self.is_first else _("July to December %(year)s")
        return words % {"year": self.year}


def half_years(first: date, last: date) -> Iterator[HalfYear]:
    """Each from the one that ``first`` is in to the one that ``last`` is in."""
    half_year = HalfYear.of(first)
    while half_year.first_day <= last:
        yield half_year
        half_year = half_year.next
