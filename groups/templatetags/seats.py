"""What a person's page shows of places in groups."""

from typing import Any

from django import template

from groups.models import Seat
from groups.states import NoReason, SeatState
from participants.models import Registration
from participants.states import RegistrationState

register = template.Library()


@register.inclusion_tag("admin/groups/_seats_of_person.html")
def seats_of(registration: Registration) -> dict[str, Any]:
    """The person's places, the newest first, with buttons for an answer heard by phone.

    And the question that they have not answered yet; or, without a place, the way to why not.
    """
    seats = Seat.objects.filter(registration=registration).select_related("group__slot__venue")
    places = list(seats.order_by("-pk"))
    waits = registration.state == RegistrationState.WAITING
    return {
        "seats": places,
        "home": registration.participant.centre_id,
        "registration": registration,
        "question": registration.questions.open().first(),
        "has_no_place": waits and not any(seat.is_live for seat in places),
        "asked": SeatState.ASKED,
        "no_reasons": NoReason.choices,
        "back": "person",
    }
