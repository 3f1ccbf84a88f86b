"""What a person's page shows of places in groups."""

from typing import Any

from django import template

from groups.models import Seat
from groups.states import NoReason, SeatState
from participants.models import Registration

register = template.Library()


@register.inclusion_tag("admin/groups/_seats_of_person.html")
def seats_of(registration: Registration) -> dict[str, Any]:
    """The person's places, the newest first, with buttons for an answer heard by phone."""
    seats = Seat.objects.filter(registration=registration).select_related("group__slot__venue")
    return {
        "seats": seats.order_by("-pk"),
        "asked": SeatState.ASKED,
        "no_reasons": NoReason.choices,
        "back": "person",
    }
