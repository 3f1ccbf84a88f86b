"""What the pages of the municipalities ask of Python."""

from itertools import groupby

from django import template

from centres.domain.handouts import frame_code, page_address
from centres.domain.hours import Span, ordinary_week
from centres.models import Centre
from centres.week import WEEKDAY_NAMES

register = template.Library()

register.filter("frame_code", frame_code)
register.filter("page_address", page_address)


@register.filter
def week_in_short(centre: Centre) -> list[tuple[list[str], tuple[Span, ...]]]:
    """The days that ``centre`` is open, those with the same hours together."""
    days = zip(WEEKDAY_NAMES, ordinary_week(centre), strict=False)
    runs = ((spans, [str(name) for name, _ in run]) for spans, run in groupby(days, _spans_of))
    return [(names, spans) for spans, names in runs if spans]


def _spans_of(day: tuple[object, tuple[Span, ...]]) -> tuple[Span, ...]:
    return day[1]
