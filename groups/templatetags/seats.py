"""What a person's page shows of places in groups."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from centres.access import request_scope
from groups.domain.changed_meanwhile import sealed_seat
from groups.models import Seat
from groups.proposals.why_not import proposals_with, why_not
from groups.states import NoReason, SeatState
from participants.models import Registration
from participants.states import RegistrationState

register = template.Library()


@register.inclusion_tag("admin/groups/_seats_of_person.html", takes_context=True)
def seats_of(context: Context, registration: Registration) -> dict[str, Any]:
    """The person's places, the newest first, with buttons for an answer heard by phone.

    And the question that they have not answered yet; or, without a place, why not, and the
    proposals that had one for them.
    """
    seats = Seat.objects.filter(registration=registration).select_related("group__slot__venue")
    places = list(seats.order_by("-pk"))
    today = timezone.localdate()
    waits = registration.state == RegistrationState.WAITING and not registration.is_paused(today)
    has_no_place = waits and not any(seat.is_live for seat in places)
    own = request_scope(context["request"]).centre_ids
    return {
        "seats": places,
        "home": registration.participant.centre_id,
        "registration": registration,
        "question": registration.questions.open().first(),
        "why_not": why_not(registration, today=today) if has_no_place else None,
        "proposals": proposals_with(registration, own=list(own)),
        "asked": SeatState.ASKED,
        "no_reasons": NoReason.choices,
        "back": "person",
    }


@register.simple_tag
def seat_as_seen(seat: Seat) -> str:
    """For the buttons beside it: who presses second is told first."""
    return sealed_seat(seat)
