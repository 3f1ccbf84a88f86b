"""A new group, empty, and the place that is held for it."""

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from centres.domain.booking.free_times import free_start
from centres.domain.booking.weekly_times import take_slot
from centres.models import Centre, Venue
from centres.week import on_or_after, split
from groups import matching
from groups.domain.errors import ProposalOutdated
from groups.match_input import MEETING_MINUTES
from groups.models import SelfHelpGroup
from participants.models import Theme


def new_group(centre: Centre, key: matching.GroupKey, **columns: Any) -> SelfHelpGroup:
    """A forming group that is what ``key`` says, with nobody in it and no place yet."""
    return SelfHelpGroup.objects.create(
        centre=centre,
        name=next_name(centre),
        kind=key.kind,
        theme=Theme.objects.filter(slug=key.topic).first(),
        role=key.role,
        gender=key.gender,
        format=key.format,
        language=key.language,
        min_size=centre.min_to_start,
        max_size=centre.max_size,
        **columns,
    )


def next_name(centre: Centre) -> str:
    """A name that tells nothing of the group: its number at the centre."""
    with translation.override("nb"):
        return _("Group %(number)s") % {"number": centre.groups.count() + 1}


def hold_venue(group: SelfHelpGroup, venue: Venue, week_slot: str, *, from_date: date) -> None:
    """The group has the venue each week in that part of the week, the first time on or after
    ``from_date``. Raises ``ProposalOutdated`` if it is not free then, or ``VenueTaken``.
    """
    weekday, _part = split(week_slot)
    first_date = on_or_after(from_date, weekday)
    starts = free_start(venue, week_slot, first_date=first_date, minutes=MEETING_MINUTES)
    if starts is None:
        raise ProposalOutdated
    group.slot = take_slot(
        venue,
        weekday=weekday,
        starts=starts,
        minutes=MEETING_MINUTES,
        first_date=first_date,
        centre=group.centre,
    )
    group.first_date = first_date
    group.max_size = min(group.max_size, venue.capacity)
    group.save(update_fields=["slot", "first_date", "max_size"])
