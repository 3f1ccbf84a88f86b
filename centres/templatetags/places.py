"""What the pages of the municipalities ask of Python."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from centres import norway_map
from centres.domain.hours.opening import ordinary_week
from centres.models import Centre
from centres.norway_map import HEIGHT, WIDTH, project
from centres.publishing.handouts import Days, week_in_short

register = template.Library()


@register.filter
def open_days(centre: Centre) -> list[Days]:
    """The days of an ordinary week on which ``centre`` is open."""
    return week_in_short(ordinary_week(centre))


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
        is_there = staticfiles_storage.exists(norway_map.NAME)
    else:
        is_there = bool(finders.find(norway_map.NAME))
    return staticfiles_storage.url(norway_map.NAME) if is_there else ""
