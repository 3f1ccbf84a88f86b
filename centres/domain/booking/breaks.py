"""A break in a weekly time: the room is free for others meanwhile, and is taken back after it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from centres.models import Booking, Slot
from centres.states import Skipped

from .skipping import hold_again
from .spans import day_of, moment
from .weekly_times import lock


@transaction.atomic
def pause(slot: Slot, *, from_date: date, until: date, now: datetime | None = None) -> list[date]:
    """``slot`` is not held from ``from_date`` until before ``until``: others may have the room.

    The dates after the break stay this slot's. Another break in the place of one that is ahead or
    under way: the dates that fall out of it are taken back; returns those that cannot be, since
    somebody has the room by now. Keys are kept.
    """
    now = now or timezone.now()
    _venue, locked = lock(slot)
    locked.break_from, locked.break_until = from_date, until
    lost = _save(slot, locked, now=now)
    held = locked.bookings.filter(
        span__startswith__gte=max(moment(from_date), now), span__startswith__lt=moment(until)
    )
    held.taking_the_venue().update(skipped_because=Skipped.BREAK)
    return lost


@transaction.atomic
def resume(slot: Slot, *, now: datetime | None = None) -> list[date]:
    """The break is called off, or over: what is left of it is taken back where still free.

    Returns the dates that are lost, since somebody else has the room by now.
    """
    now = now or timezone.now()
    _venue, locked = lock(slot)
    locked.break_from = locked.break_until = None
    return _save(slot, locked, now=now)


def _save(slot: Slot, locked: Slot, *, now: datetime) -> list[date]:
    """Keep the break of ``locked``; take back what is no longer in it."""
    locked.save(update_fields=["break_from", "break_until"])
    slot.break_from, slot.break_until = locked.break_from, locked.break_until
    rows = Booking.objects.filter(
        slot=locked,
        skipped_because=Skipped.BREAK,
        cancelled_at__isnull=True,
        span__startswith__gte=now,
    ).select_related("venue")
    back = [booking for booking in rows if not locked.is_on_break(day_of(booking))]
    for booking in back:
        booking.slot = locked
    lost = hold_again(back)
    return [day_of(booking) for booking in lost if booking.skipped_because == Skipped.TAKEN]
