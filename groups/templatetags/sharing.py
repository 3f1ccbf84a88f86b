"""What a member sees of the others on their own page, and the way to choose what they show."""

from typing import Any

from django import template

from groups.domain.running.sharing import may_choose, shown, shown_to
from groups.models import Seat
from groups.templatetags.own_place import link_address
from participants.states import LinkPurpose

register = template.Library()


@register.inclusion_tag("groups/_own_others.html")
def own_others(seat: Seat) -> dict[str, Any]:
    """Nothing for who is no member of a settled or running group."""
    participant = seat.registration.participant
    address = ""
    if may_choose(seat):
        address = link_address(participant, LinkPurpose.SHARE, "groups:share")
    return {
        "seat": seat,
        "others": shown_to(seat),
        "own": shown(seat),
        "address": address,
        "may_choose": may_choose(seat),
    }
