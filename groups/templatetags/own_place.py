"""What a person's own page says of groups: the place they have, and what they wait for."""

from django import template

from groups.models import Seat
from groups.states import SeatState
from participants.models import Registration

register = template.Library()


@register.simple_tag
def own_place(registration: Registration | None) -> Seat | None:
    """The person's place, from the day they are asked. What staff only think of is not told."""
    if registration is None:
        return None
    seats = Seat.objects.live().exclude(state=SeatState.PROPOSED)
    return (
        seats.select_related("group__slot__venue__centre").filter(registration=registration).first()
    )
