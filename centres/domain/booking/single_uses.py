"""Rooms and licences for one occasion: an event of the centre, or an organisation's own."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.models import Booking, Event, Organisation, Venue

from .preview import in_the_way, use_of
from .weekly_times import BookingError, VenueNotInUse


class InTheWay(BookingError):
    """Others have the room or licence then; the message says what kind of use that is."""

    def __init__(self, venue: Venue, others: Iterable[Booking]) -> None:
        self.others = list(others)
        self.message: str | Promise = _("%(room)s is taken then: %(uses)s. Choose another.") % {
            "room": venue,
            "uses": ", ".join(_use(other) for other in self.others),
        }
        super().__init__()


class NoTime(BookingError):
    message = gettext_lazy("Fill in when it starts before you choose a room.")


class NotALoanAhead(BookingError):
    message = gettext_lazy(
        "only what an organisation borrows once, and what is ahead, is called off"
    )


def _use(booking: Booking) -> str:
    starts, ends = timezone.localtime(booking.span.lower), timezone.localtime(booking.span.upper)
    return f"{use_of(booking).label} {starts:%H.%M}–{ends:%H.%M}"


@transaction.atomic
def lend_once(
    venue: Venue, *, holder: Organisation, starts_at: datetime, ends_at: datetime
) -> Booking:
    """``holder`` has ``venue`` once. Raises ``InTheWay`` or ``VenueNotInUse``."""
    return _hold(_locked(venue), starts_at, ends_at, holder=holder)


@transaction.atomic
def give_back(booking: Booking, *, now: datetime | None = None) -> None:
    """The organisation does not need it after all: the room is free. Raises ``NotALoanAhead``."""
    now = now or timezone.now()
    held = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if not is_loan_ahead(held, now=now):
        raise NotALoanAhead
    held.cancelled_at = now
    held.save(update_fields=["cancelled_at"])


def is_loan_ahead(booking: Booking, *, now: datetime) -> bool:
    """Whether an organisation has borrowed once, and may still say that it does not need it."""
    is_loan = booking.holder_id is not None and booking.cancelled_at is None
    return is_loan and booking.span.lower > now


def rooms_of(event: Event) -> list[Venue]:
    """The rooms and licences that ``event`` has."""
    return list(Venue.objects.filter(bookings__in=event.bookings.filter(cancelled_at=None)))


def obstacle(event: Event, venues: Iterable[Venue]) -> InTheWay | None:
    """The first of ``venues`` that others have at the event's time. Books nothing."""
    if event.starts_at is None or event.ends is None:
        return None
    for venue in venues:
        own = event.bookings.filter(venue=venue).first() if event.pk else None
        if others := in_the_way(venue, event.starts_at, event.ends, but=own):
            return InTheWay(venue, others)
    return None


@transaction.atomic
def hold_rooms(
    event: Event, venues: Iterable[Venue] | None = None, *, now: datetime | None = None
) -> None:
    """``event`` has exactly ``venues`` when it is held; without them, those that it has already.

    An event that is cancelled has none. Raises ``InTheWay``, ``VenueNotInUse``, or ``NoTime``
    where it has no time.
    """
    has = {booking.venue_id: booking.span for booking in event.bookings.filter(cancelled_at=None)}
    wanted = set(has) if venues is None else {venue.pk for venue in venues}
    span = DateTimeTZRange(event.starts_at, event.ends)
    if not event.is_cancelled and has == dict.fromkeys(wanted, span):
        return
    rooms = Venue.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    if event.is_cancelled:
        event.bookings.filter(cancelled_at=None).update(cancelled_at=now or timezone.now())
        return
    locked = list(rooms)
    if locked and (event.starts_at is None or event.ends is None):
        raise NoTime
    event.bookings.all().delete()
    for venue in locked:
        _hold(venue, event.starts_at, event.ends, event=event)


def _locked(venue: Venue) -> Venue:
    return Venue.objects.select_for_update().get(pk=venue.pk)


def _hold(
    venue: Venue, starts_at: datetime | None, ends_at: datetime | None, **by: object
) -> Booking:
    """A booking of the locked ``venue``."""
    if starts_at is None or ends_at is None:
        raise NoTime
    if not venue.active:
        raise VenueNotInUse
    if others := in_the_way(venue, starts_at, ends_at):
        raise InTheWay(venue, others)
    return Booking.objects.create(venue=venue, span=DateTimeTZRange(starts_at, ends_at), **by)
