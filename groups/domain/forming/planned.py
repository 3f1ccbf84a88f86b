"""What the public may know of a group before it starts: when it would meet, and how.

A page about a small place is read by neighbours, so the rule is strict.

- Only groups that staff are putting together, at a centre that is there, with a time. A group that
  meets is nobody's business.
- Only once at least ``ENOUGH`` people have been asked. With fewer, somebody who knows that one
  person was asked would know the evenings of that person from a handful of others.
- Those count who were ever asked, whatever they answered. So the line comes when staff ask and goes
  when they settle the group or let it go, and never when one person says yes or no.
- The part of the week and not the hour; in person or on video and not the room. No name, theme,
  language, date or number, not who it is for, nor how many there are of the same kind.
"""

from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, Q, QuerySet
from django.utils.functional import Promise

from centres.models import Centre
from centres.week import WEEK_SLOTS, label
from groups.models import SelfHelpGroup
from groups.states import GroupState, SettledFormat
from linkcenter.database.prepared import Given, prepared

ENOUGH = 5  # statistics hide the numbers from 1 to 4 as well


@dataclass(frozen=True)
class PlannedGroup:
    """A part of the week, such as "tue-evening", in which one group or several may meet."""

    week_slot: str
    format: str

    @property
    def when(self) -> str | Promise:
        return label(self.week_slot)

    @property
    def how(self) -> str | Promise:
        return SettledFormat(self.format).label


def planned_groups(centre: Centre) -> list[PlannedGroup]:
    """What ``centre`` may tell of groups being planned, in the order of the week. One query."""
    if not centre.is_current:
        return []
    groups = _forming(centre=centre.pk)
    found = {PlannedGroup(group.slot.week_slot, group.format) for group in groups if group.slot}
    return sorted(found, key=lambda each: (WEEK_SLOTS.index(each.week_slot), each.format))


@prepared
def _forming() -> QuerySet[SelfHelpGroup]:
    return (
        SelfHelpGroup.objects.filter(
            centre=Given("centre", BigIntegerField()),
            state=GroupState.FORMING,
            slot__isnull=False,
        )
        .alias(ever_asked=Count("seats", filter=Q(seats__asked_at__isnull=False)))
        .filter(ever_asked__gte=ENOUGH)
        .select_related("slot")
        .only("format", "slot__weekday", "slot__starts")
    )
