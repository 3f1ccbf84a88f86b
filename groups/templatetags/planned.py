"""Groups being planned, for a page that knows centres only."""

from django import template

from centres.models import Centre
from groups.domain.forming.planned import PlannedGroup, planned_groups

register = template.Library()


@register.inclusion_tag("groups/_planned.html")
def planned(centre: Centre) -> dict[str, list[PlannedGroup]]:
    """When groups may start at ``centre``, as far as anybody may know; nothing if there is none."""
    return {"planned": planned_groups(centre)}
