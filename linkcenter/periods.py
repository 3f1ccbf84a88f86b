"""Lengths of time that rules count with and texts tell of, so that the two never differ."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.utils.translation import ngettext

Moment = TypeVar("Moment", date, datetime)

DAYS = {"day": 1.0, "month": 30.5, "year": 365.0}


@dataclass(frozen=True)
class Period:
    """A number of days, months or years; as text it is in the reader's language."""

    number: int
    unit: str

    @property
    def length(self) -> timedelta:
        return timedelta(days=math.ceil(self.number * DAYS[self.unit]))

    def before(self, moment: Moment) -> Moment:
        return moment - self.length

    def after(self, moment: Moment) -> Moment:
        return moment + self.length

    def __str__(self) -> str:
        words = {
            "day": ngettext("%(n)d day", "%(n)d days", self.number),
            "month": ngettext("%(n)d month", "%(n)d months", self.number),
            "year": ngettext("%(n)d year", "%(n)d years", self.number),
        }
        return words[self.unit] % {"n": self.number}


def days(number: int) -> Period:
    return Period(number, "day")


def months(number: int) -> Period:
    return Period(number, "month")


def years(number: int) -> Period:
    return Period(number, "year")
