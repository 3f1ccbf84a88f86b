"""The timeline of a subject, a page at a time."""

from typing import Any

from django import template
from django.template.context import Context

from linkcenter.models.activity import ActivityQuerySet

register = template.Library()

AT_ONCE = 8
PARAMETER = "history"
FURTHEST = 10_000


@register.inclusion_tag("admin/_timeline_pages.html", takes_context=True)
def timeline_pages(context: Context, timeline: ActivityQuerySet) -> dict[str, Any]:
    """The latest first. The address says which page: ``?history=2`` is the one before."""
    number = _number(context["request"].GET.get(PARAMETER, ""))
    first = (number - 1) * AT_ONCE
    rows = list(timeline[first : first + AT_ONCE + 1])
    return {
        "timeline": rows[:AT_ONCE],
        "parameter": PARAMETER,
        "older": number + 1 if len(rows) > AT_ONCE else None,
        "newer": number - 1 if number > 1 else None,
    }


def _number(text: str) -> int:
    is_one = text.isascii() and text.isdigit() and len(text) < len(str(FURTHEST))
    return max(1, int(text)) if is_one else 1
