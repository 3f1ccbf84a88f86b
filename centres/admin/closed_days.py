"""Says what a change of the opening hours did to the weekly times in the house."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from centres.domain.booking.closed_days import Followed
from centres.domain.booking.spans import day_of
from centres.models import Booking


def tell_followed(request: HttpRequest, found: Followed) -> None:
    """One message for each thing that happened, with every date: staff tell the groups."""
    if found.skipped:
        text = _("The house is closed, so these fall out: %(dates)s.")
        messages.warning(request, text % {"dates": _listed(found.skipped)})
    if found.held_again:
        text = _("These are held again: %(dates)s.")
        messages.info(request, text % {"dates": _listed(found.held_again)})
    if found.lost:
        text = _("Somebody else has the room by now, so these are not held: %(dates)s.")
        messages.warning(request, text % {"dates": _listed(found.lost)})


def _listed(bookings: Iterable[Booking]) -> str:
    return "; ".join(
        f"{booking.venue} {date_format(day_of(booking), 'SHORT_DATE_FORMAT')} "
        f"{booking.slot.starts:%H.%M}"
        for booking in bookings
        if booking.slot
    )
