"""Another time or room for who holds a weekly time: the old one goes, the new one is taken."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.models import Key, Slot, Venue
from centres.week import on_or_after

from .breaks import pause
from .weekly_times import BookingError, give_up_slot, lock, take_slot


class AlreadyGone(BookingError):
    message = _("This weekly time is given up already.")


class HasBeen(BookingError):
    message = _("That day has been. Choose today or a later day.")


@transaction.atomic
def move_slot(
    slot: Slot,
    *,
    venue: Venue,
    weekday: int,
    starts: time,
    from_date: date,
    minutes: int | None = None,
    skip_taken: bool = False,
    now: datetime | None = None,
) -> Slot:
    """Give ``slot`` up from ``from_date`` and take another weekly time from then on; returns it.

    A break goes along. A key stays with who has it as long as the room is the same; else it is
    called back. Raises ``AlreadyGone``, ``HasBeen`` and what ``take_slot`` raises, and then all is
    as it was.
    """
    now = now or timezone.now()
    # Both rooms in one order, so that two who swap do not wait for each other.
    venues = Venue.objects.select_for_update().filter(pk__in={slot.venue_id, venue.pk})
    list(venues.order_by("pk"))
    _venue, old = lock(slot)
    if old.given_up_on is not None:
        raise AlreadyGone
    if from_date < timezone.localdate(now):
        raise HasBeen
    keys = list(Key.objects.filter(slot=old)) if old.venue_id == venue.pk else []
    Key.objects.filter(pk__in=[key.pk for key in keys]).update(slot=None)
    give_up_slot(slot, on=from_date, now=now)
    new = take_slot(
        venue,
        weekday=weekday,
        starts=starts,
        first_date=on_or_after(from_date, weekday),
        minutes=minutes or old.minutes,
        centre=old.centre,
        holder=old.holder,
        skip_taken=skip_taken,
    )
    Key.objects.filter(pk__in=[key.pk for key in keys]).update(slot=new)
    if old.break_from and old.break_until and old.break_until > new.first_date:
        pause(new, from_date=old.break_from, until=old.break_until, now=now)
    return new


def bring_along(old: Slot, new: Slot) -> None:
    """What was held at ``old``, and is until the move, is held by who has ``new``.

    So it is still told of, reported and given up with the rest. A key to the room before is due
    on the day of the move, or earlier if all is given up earlier.
    """
    Key.objects.filter(slot=old).update(slot=new)
    old.bookings.filter(cancelled_at__isnull=True).update(slot=new)
