"""What the pages of the municipalities ask of Python."""

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from centres import outline
from centres.domain.handouts import frame_code, page_address
from centres.domain.hours import Span, ordinary_week
from centres.models import Centre
from centres.projection import HEIGHT, WIDTH, project
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


@register.inclusion_tag("centres/_map.html")
def norway(centres: Iterable[Centre]) -> dict[str, Any]:
    """Norway with a mark for each of ``centres``. It says nothing that the list does not."""
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "outline": _outline(),
        "marks": [
            (centre, project((float(centre.longitude), float(centre.latitude))))
            for centre in centres
            if centre.longitude is not None and centre.latitude is not None
        ],
    }


@cache
def _outline() -> str:
    """The address of the outline; nothing where it has not been drawn."""
    if settings.STATIC_ROOT:
        is_there = staticfiles_storage.exists(outline.NAME)
    else:
        is_there = bool(finders.find(outline.NAME))
    return staticfiles_storage.url(outline.NAME) if is_there else ""
