"""The telephone numbers for those who cannot wait, in one fixed order on every page."""

from django import template
from django.db import DatabaseError

from centres.domain.pages import listings
from centres.models import CrisisLine

register = template.Library()


@register.inclusion_tag("_crisis_lines.html")
def crisis_lines() -> dict[str, list[CrisisLine]]:
    """One query. Without a database the template's own three numbers stand."""
    try:
        return {"crisis_lines": listings.crisis_lines()}
    except DatabaseError:
        return {"crisis_lines": []}
