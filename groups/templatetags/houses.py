"""What a page of a house shows of the groups that meet in it."""

from django import template

from centres.domain.house.week import Week
from groups.models import SelfHelpGroup

register = template.Library()


@register.simple_tag
def groups_in(week: Week) -> dict[int, SelfHelpGroup]:
    """The groups behind the weekly times of ``week``, by the key of the time. One query."""
    uses = [use for day in week.days for room in day.rooms for use in room]
    slots = {use.slot.pk for use in uses if use.slot is not None}
    meeting = SelfHelpGroup.objects.filter(slot__in=slots)
    return {group.slot_id: group for group in meeting if group.slot_id is not None}


@register.filter
def at(groups: dict[int, SelfHelpGroup], key: int) -> SelfHelpGroup | None:
    return groups.get(key)
