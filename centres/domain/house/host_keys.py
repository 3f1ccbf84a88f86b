"""The host key of a video licence: set by staff, shown to a group on the days it meets only."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from centres.domain.booking.spans import DAY, moment
from centres.models import Slot, Venue


@transaction.atomic
def set_host_key(venue: Venue, host_key: str, *, today: date | None = None) -> None:
    """The licence has another host key from today; an empty one takes it away."""
    locked = Venue.objects.licences().select_for_update().get(pk=venue.pk)
    locked.host_key = host_key or None
    locked.host_key_since = (today or timezone.localdate()) if host_key else None
    locked.save(update_fields=["host_key", "host_key_since"])


def host_key_for(slot: Slot, now: datetime | None = None) -> str | None:
    """The host key for a meeting of ``slot`` today, from midnight to midnight; else nothing.

    A day that is skipped or cancelled is no meeting day. Whoever shows it, writes that down.
    """
    today = timezone.localdate(now or timezone.now())
    meets = slot.bookings.taking_the_venue().filter(
        span__startswith__gte=moment(today), span__startswith__lt=moment(today + DAY)
    )
    licences = Venue.objects.licences().filter(pk__in=meets.values("venue"))
    return licences.values_list("host_key", flat=True).first()
