"""When a room or a licence can be had every week. Looking books nothing."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from centres.models import Venue
from centres.week import DEFAULT_START, PART_HOURS, WEEK_SLOTS, on_or_after, split

from .house_days import HouseDays
from .spans import TakenByDay, is_taken, span_on, taken_by_venue, weekly

STEP = timedelta(minutes=30)  # between the times that a free one is looked for


def free_start(
    venue: Venue, week_slot: str, *, first_date: date, minutes: int = 120, weeks: int = 52
) -> time | None:
    """A start in ``week_slot`` at which ``venue`` is free in every week, or nothing.

    Counted from the first such weekday on or after ``first_date``. The usual start of that part
    of the day is tried first, then those nearest to it.
    """
    found = _of([venue], first_date, weeks)
    return found.start(venue, week_slot, first_date, minutes, weeks)


def free_starts(
    venue: Venue, *, first_date: date, minutes: int = 120, weeks: int = 52
) -> dict[str, time]:
    """The parts of the week in which ``venue`` can be had weekly from ``first_date`` on.

    Each with the start that ``free_start`` gives.
    """
    return free_starts_of([venue], first_date=first_date, minutes=minutes, weeks=weeks)[venue.pk]


def free_starts_of(
    venues: Collection[Venue], *, first_date: date, minutes: int = 120, weeks: int = 52
) -> dict[int, dict[str, time]]:
    """The same of several venues, by their keys. Two queries, however many there are."""
    found = _of(venues, first_date, weeks)
    return {
        venue.pk: {
            slot: start
            for slot in WEEK_SLOTS
            if (start := found.start(venue, slot, first_date, minutes, weeks)) is not None
        }
        for venue in venues
    }


def still_free(
    wanted: Collection[tuple[int, str]], *, first_date: date, minutes: int = 120, weeks: int = 52
) -> set[tuple[int, str]]:
    """Those of ``wanted`` (keys of venues in use, parts of the week) that can be had weekly.

    Three queries, however many are asked about.
    """
    in_use = Venue.objects.filter(pk__in={venue for venue, _slot in wanted}, active=True).in_bulk()
    found = _of(in_use.values(), first_date, weeks)
    return {
        (pk, slot)
        for pk, slot in wanted
        if pk in in_use and found.start(in_use[pk], slot, first_date, minutes, weeks) is not None
    }


class _Found:
    """What takes some venues, and when their houses are shut."""

    def __init__(self, taken: dict[int, TakenByDay], days: HouseDays) -> None:
        self.taken = taken
        self.days = days

    def start(
        self, venue: Venue, week_slot: str, first_date: date, minutes: int, weeks: int
    ) -> time | None:
        weekday, part = split(week_slot)
        taken = self.taken[venue.pk]
        days = [
            day
            for day in weekly(on_or_after(first_date, weekday), weeks)
            if self.days.shut(venue, day) is None
        ]
        for starts in _starts_within(part):
            if not any(is_taken(taken, day, span_on(day, starts, minutes)) for day in days):
                return starts
        return None


def _of(venues: Collection[Venue], first_date: date, weeks: int) -> _Found:
    last = first_date + timedelta(weeks=weeks + 1)
    taken = taken_by_venue([venue.pk for venue in venues], first_date, last)
    return _Found(taken, HouseDays(venues, first=first_date))


def _starts_within(part: str) -> list[time]:
    first, last = PART_HOURS[part]
    clock = datetime.combine(date.min, first)
    starts = []
    while clock.time() < last:
        starts.append(clock.time())
        clock += STEP
    usual = DEFAULT_START[part]
    return sorted(starts, key=lambda start: (abs(_minutes(start) - _minutes(usual)), start))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
