"""The neutral week in a table to read."""

from collections.abc import Collection
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language

from centres.forms.fields import week_columns
from centres.week import PARTS, WEEKDAY_NAMES, WEEKDAYS

register = template.Library()


@register.inclusion_tag("_week_grid.html")
def week_grid(slots: Collection[str], caption: str = "") -> dict[str, Any]:
    """``slots`` are the parts of the week that suit, such as "tue-evening"."""
    free = set(slots)
    return {
        "caption": caption,
        "parts": week_columns(),
        "days": [
            (name, [f"{weekday}-{part}" in free for part in PARTS])
            for weekday, name in zip(WEEKDAYS, WEEKDAY_NAMES, strict=True)
        ],
    }


@register.simple_tag
def week_heads() -> list[tuple[Promise, str]]:
    """The heads of a week's columns, for a table with something else in its cells."""
    return week_columns()


@register.filter
def in_a_sentence(weekday: object) -> str:
    """Such as "tirsdag kveld": only English writes its weekdays with a capital."""
    return str(weekday) if get_language() == "en" else str(weekday).lower()
