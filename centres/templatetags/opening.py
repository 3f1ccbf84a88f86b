"""Open or closed, in words."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from centres.domain.hours.opening import opening_status
from centres.models import Centre

register = template.Library()


@register.inclusion_tag("centres/_opening.html")
def opening(centre: Centre) -> dict[str, Any]:
    """Whether ``centre`` is open right now, until when, or when it opens next."""
    now = timezone.now()
    status = opening_status(centre, now)
    return {
        "centre": centre,
        "status": status,
        "days_ahead": _days_between(now, status.next_opens),
        "is_ahead": centre.valid_from is not None and centre.valid_from > timezone.localdate(now),
    }


def _days_between(now: datetime, then: datetime | None) -> int | None:
    if then is None:
        return None
    return (timezone.localdate(then) - timezone.localdate(now)).days
