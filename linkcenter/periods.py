"""Lengths of time that rules count with and texts tell of, so that the two never differ."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.utils.translation import ngettext

Moment = TypeVar("Moment", date, datetime)

DAYS = {"hour": 1 / 24, "day": 1.0, "month": 30.5, "year": 365.0}


@dataclass(frozen=True)
class Period:
    """A number of hours, days, months or years; as text it is in the reader's language."""

    number: int
    unit: str

    @property
    def length(self) -> timedelta:
        """Whole days from a month on, and never fewer than the words say."""
        days = self.number * DAYS[self.unit]
        return timedelta(days=days if self.unit == "hour" else math.ceil(days))

    def __rsub__(self, moment: Moment) -> Moment:
        return moment - self.length

    def __radd__(self, moment: Moment) -> Moment:
        return moment + self.length

    def __str__(self) -> str:
        words = {
            "hour": ngettext("%(n)d hour", "%(n)d hours", self.number),
            "day": ngettext("%(n)d day", "%(n)d days", self.number),
            "month": ngettext("%(n)d month", "%(n)d months", self.number),
            "year": ngettext("%(n)d year", "%(n)d years", self.number),
        }
        return words[self.unit] % {"n": self.number}


def hours(number: int) -> Period:
    return Period(number, "hour")


def days(number: int) -> Period:
    return Period(number, "day")


def months(number: int) -> Period:
    return Period(number, "month")


def years(number: int) -> Period:
    return Period(number, "year")
