"""The week that people share: how many can when, and which rooms and initiators are free then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.functional import Promise

from centres.domain.booking.free_times import free_starts_of
from centres.models import Centre, Venue
from centres.week import PARTS, WEEK_SLOTS, WEEKDAY_NAMES, WEEKDAYS, label
from groups import matching
from groups.domain.meeting.moving import places_of
from groups.match_input import MEETING_MINUTES, features_of, first_date_for
from groups.models import Initiator
from groups.proposals.wording import level
from groups.states import SettledFormat


@dataclass(frozen=True)
class Place:
    """A room or a licence that is free at a time of the week, and its start on the clock."""

    venue: Venue
    starts: time


@dataclass(frozen=True)
class Time:
    """A part of the week: how many can, and what is free then. ``level`` is the colour's strength,
    0 to 4.
    """

    slot: str
    can: int
    level: int
    places: tuple[Place, ...]
    initiators: tuple[Initiator, ...]

    @property
    def words(self) -> str | Promise:
        return label(self.slot)

    @property
    def is_possible(self) -> bool:
        return bool(self.places)


class Week:
    """The week of some people who would be a group of this kind at the centre."""

    def __init__(
        self,
        centre: Centre,
        people: Sequence[matching.Participant],
        *,
        format: str,
        language: str,
        today: date,
    ) -> None:
        needs = {need for person in people for need in person.needs}
        seats = max(len(people), centre.min_to_start)
        houses = places_of(centre.pk, format).filter(capacity__gte=seats)
        self.left_out = 0  # rooms that do not meet what somebody needs
        venues = []
        for venue in houses.select_related("centre"):
            if needs <= set(features_of(venue)):
                venues.append(venue)
            else:
                self.left_out += 1
        first = first_date_for(centre, today=today)
        free = free_starts_of(venues, first_date=first, minutes=MEETING_MINUTES)
        is_digital = format == SettledFormat.DIGITAL
        free_ones: Any = Initiator.objects.available().filter(centre=centre)
        helpers = [
            one
            for one in free_ones.order_by("load", "pk")
            if language in one.languages and (one.digital or not is_digital)
        ]
        self.of = len(people)
        self.times = {slot: _time(slot, people, venues, free, helpers) for slot in WEEK_SLOTS}

    def rows(self) -> list[tuple[str, list[Time]]]:
        """A row for each day."""
        return [
            (str(name).capitalize(), [self.times[f"{weekday}-{part}"] for part in PARTS])
            for weekday, name in zip(WEEKDAYS, WEEKDAY_NAMES, strict=True)
        ]

    def best(self) -> list[Time]:
        """When somebody can, the most people first, and before others what has all it needs."""
        some = [time for time in self.times.values() if time.can]
        return sorted(some, key=_rank)


def _rank(time: Time) -> tuple[bool, int, bool, int]:
    """A time without a place is no use, however many can."""
    return (not time.places, -time.can, not time.initiators, WEEK_SLOTS.index(time.slot))


def _time(
    slot: str,
    people: Sequence[matching.Participant],
    venues: Sequence[Venue],
    free: dict[int, dict[str, time]],
    helpers: Sequence[Initiator],
) -> Time:
    can = sum(slot in person.slots for person in people)
    return Time(
        slot=slot,
        can=can,
        level=level(can, len(people)),
        places=tuple(
            Place(venue, free[venue.pk][slot]) for venue in venues if slot in free[venue.pk]
        ),
        initiators=tuple(one for one in helpers if slot in one.availability),
    )
