"""The days on which nobody meets in a house: public holidays, and what staff say of a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from centres.domain.hours.public_holidays import public_holiday
from centres.models import OpeningException, Venue
from centres.states import Skipped, VenueKind


@dataclass(frozen=True)
class Shut:
    """Why nobody meets on a day: as it is stored, and in the words of the calendar or of staff."""

    because: Skipped
    words: str | Promise


class HouseDays:
    """When ``venues`` are shut, from ``first`` on. One query, however many days are asked about.

    An exception from the opening hours speaks for its days, also on a public holiday. It is about
    the house: a video licence rests on public holidays only.
    """

    def __init__(self, venues: Iterable[Venue], *, first: date) -> None:
        houses = {venue.centre_id for venue in venues if venue.kind == VenueKind.ROOM}
        self.exceptions: dict[int | None, list[OpeningException]] = defaultdict(list)
        if houses:
            for row in OpeningException.objects.filter(centre__in=houses, last_date__gte=first):
                self.exceptions[row.centre_id].append(row)

    def shut(self, venue: Venue, day: date) -> Shut | None:
        """Why ``venue`` cannot be met in on ``day``; nothing on an ordinary day."""
        holiday = public_holiday(day)
        house = self.exceptions[venue.centre_id] if venue.kind == VenueKind.ROOM else []
        said = [row for row in house if row.first_date <= day <= row.last_date]
        if any(row.opens for row in said):
            return None
        if holiday is not None:
            return Shut(Skipped.HOLIDAY, holiday)
        if said:
            return Shut(Skipped.CLOSED, next((row.reason for row in said if row.reason), ""))
        return None
