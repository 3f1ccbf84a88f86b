"""What a new closed day does to the weekly times in a house, and what happens when it goes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from centres.models import Booking, Centre, Slot, Venue
from centres.states import Skipped

from .house_days import HouseDays
from .skipping import hold_again
from .spans import day_of
from .tenants import tell_holder


@dataclass
class Followed:
    """The bookings of a house that have changed, each with its weekly time and its venue."""

    skipped: list[Booking] = field(default_factory=list)
    held_again: list[Booking] = field(default_factory=list)
    lost: list[Booking] = field(default_factory=list)  # somebody else has the room by now

    def __bool__(self) -> bool:
        return bool(self.skipped or self.held_again or self.lost)


@transaction.atomic
def follow_house(centre: Centre, *, now: datetime | None = None) -> Followed:
    """The weekly times in the rooms of ``centre`` are held when the house is open, and not else.

    Dates of days that are shut by now are skipped. Those of days that are not shut any more are
    taken back where still free. Organisations with an address are told. Twice changes nothing.
    What somebody has for one day only is left alone: staff gave it away knowing the day.
    """
    now = now or timezone.now()
    rooms = list(Venue.objects.select_for_update().filter(pk__in=_rooms(centre)).order_by("pk"))
    bookings = (
        Booking.objects.filter(
            venue__in=rooms, slot__isnull=False, cancelled_at__isnull=True, span__startswith__gt=now
        )
        .exclude(skipped_because__in=[Skipped.BREAK, Skipped.TAKEN])
        .select_related("venue", "slot__holder", "slot__venue")
        .order_by("venue", "span")
    )
    house = HouseDays(rooms, first=timezone.localdate(now))
    found = Followed()
    other_reason: list[Booking] = []
    back: list[Booking] = []
    for booking in bookings:
        shut = house.shut(booking.venue, day_of(booking))
        if shut is None:
            if booking.skipped_because:
                back.append(booking)
        elif shut.because != booking.skipped_because:
            (other_reason if booking.skipped_because else found.skipped).append(booking)
            booking.skipped_because = shut.because
    Booking.objects.bulk_update([*found.skipped, *other_reason], ["skipped_because"])
    lost = hold_again(back)
    found.lost = [booking for booking in lost if booking.skipped_because == Skipped.TAKEN]
    found.held_again = [booking for booking in back if not booking.skipped_because]
    for slot in _slots([*found.skipped, *found.held_again, *found.lost]):
        tell_holder(slot, now=now)
    return found


def _rooms(centre: Centre) -> Iterable[int]:
    return Venue.objects.rooms().filter(centre=centre).values_list("pk", flat=True)


def _slots(bookings: Iterable[Booking]) -> list[Slot]:
    return list({booking.slot.pk: booking.slot for booking in bookings if booking.slot}.values())
