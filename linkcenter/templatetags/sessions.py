from typing import Any

from django import template
from django.utils import timezone

from linkcenter.log_in import kept_forms, session
from linkcenter.log_in.kept_forms import KeptForm

register = template.Library()


@register.simple_tag(takes_context=True)
def kept_forms_of_reader(context: dict[str, Any]) -> list[KeptForm]:
    """What whoever reads the page has typed and not sent."""
    return kept_forms.waiting(context["request"])


@register.inclusion_tag("admin/_session.html", takes_context=True)
def session_of_reader(context: dict[str, Any]) -> dict[str, Any]:
    """What tells whoever reads the page that they will soon be logged out."""
    request, now = context["request"], timezone.now()
    left = session.time_left(request, now=now)
    return {
        "left": int(left.total_seconds()),
        "longer": session.can_be_longer(request, now=now),
        "csrf_token": context.get("csrf_token"),
    }
