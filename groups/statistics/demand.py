"""Who waits and what there is for them, by time and by theme. For staff of the centre alone.

Numbers from 1 to 4 are "few" here, too: a page that lies on a desk is read by others.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from centres.domain.booking.free_times import still_free
from centres.models import Centre, Venue
from centres.states import VenueKind
from centres.week import PARTS, WEEK_SLOTS, WEEKDAY_NAMES, WEEKDAYS
from groups.domain.waiting.prospects import SOME
from groups.match_input import first_date_for, waiting_without_seat
from groups.models import Initiator, SelfHelpGroup
from groups.states import STARTED_OR_TO_START
from groups.statistics.charts import bar
from participants.models import Theme

WEEKS = 12  # in which a room must be free to count


@dataclass(frozen=True)
class Cell:
    """One part of the week."""

    people: str
    length: int  # of the bar for the people
    rooms: int
    licences: int
    initiators: int
    lacks: bool  # enough people for a group, and no room or nobody to start it


@dataclass(frozen=True)
class Day:
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class ThemeLine:
    """How many would like a theme, and how many groups have it."""

    words: str
    people: str
    length: int
    groups: int
    lacks: bool


@dataclass(frozen=True)
class DemandPage:
    waiting: int
    week: tuple[Day, ...]
    themes: tuple[ThemeLine, ...]


def told(count: int) -> str:
    """So many, or "few" from 1 to 4."""
    return str(count) if count == 0 or count >= SOME else _("few")


def demand_page(centre: Centre, *, today: date) -> DemandPage:
    """How it stands at ``centre``. As many queries whoever waits."""
    waiting = list(waiting_without_seat(centre, today=today))
    people = Counter(slot for each in waiting for slot in each.availability)
    venues, licences = _free(centre, today=today)
    initiators = Counter(
        slot
        for each in Initiator.objects.available().filter(centre=centre)
        for slot in each.availability
    )
    # A bar of one to four would tell how many.
    longest = max((count for count in people.values() if count >= SOME), default=0)

    def cell(slot: str) -> Cell:
        count = people[slot]
        there = venues[slot] + licences[slot]
        return Cell(
            people=told(count),
            length=bar(count, longest) if count >= SOME else 0,
            rooms=venues[slot],
            licences=licences[slot],
            initiators=initiators[slot],
            lacks=count >= max(SOME, centre.min_to_start) and not (there and initiators[slot]),
        )

    return DemandPage(
        waiting=len(waiting),
        week=tuple(
            Day(str(name), tuple(cell(f"{weekday}-{part}") for part in PARTS))
            for weekday, name in zip(WEEKDAYS, WEEKDAY_NAMES, strict=True)
        ),
        themes=tuple(_themes(centre, waiting)),
    )


def _free(centre: Centre, *, today: date) -> tuple[Counter[str], Counter[str]]:
    """How many rooms, and how many licences, can be had weekly in each part of the week."""
    venues = Venue.objects.filter(
        Q(centre=centre) | Q(centre=None, kind=VenueKind.LICENCE), active=True
    )
    kinds = dict(venues.values_list("pk", "kind"))
    wanted = [(pk, slot) for pk in kinds for slot in WEEK_SLOTS]
    free = still_free(wanted, first_date=first_date_for(centre, today=today), weeks=WEEKS)
    rooms = Counter(slot for pk, slot in free if kinds[pk] == VenueKind.ROOM)
    return rooms, Counter(slot for pk, slot in free if kinds[pk] == VenueKind.LICENCE)


def _themes(centre: Centre, waiting: Iterable[object]) -> list[ThemeLine]:
    """The themes that somebody would like or that a group has, what most would like first."""
    people = Counter(theme.pk for each in waiting for theme in each.themes.all())  # type: ignore[attr-defined]  # registrations
    alive = SelfHelpGroup.objects.filter(STARTED_OR_TO_START, centre=centre, theme__isnull=False)
    groups = dict(alive.values_list("theme").annotate(Count("pk")))
    longest = max((count for count in people.values() if count >= SOME), default=0)
    shown = [each for each in Theme.objects.all() if people[each.pk] or groups.get(each.pk)]
    return [
        ThemeLine(
            words=str(theme),
            people=told(people[theme.pk]),
            length=bar(people[theme.pk], longest) if people[theme.pk] >= SOME else 0,
            groups=groups.get(theme.pk, 0),
            lacks=people[theme.pk] >= max(SOME, centre.min_to_start) and not groups.get(theme.pk),
        )
        for theme in sorted(shown, key=lambda each: -max(people[each.pk], SOME - 1))
    ]
