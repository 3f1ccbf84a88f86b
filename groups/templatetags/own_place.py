"""What a person's own page says of groups: the place they have, or what they wait for."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone

from centres.week import label
from groups.domain.meeting.start_sheet import next_with_initiator
from groups.domain.waiting.prospects import in_the_way, wait_band
from groups.models import Seat
from groups.states import GroupState, SeatState
from linkcenter.tokens import token_for
from participants.models import Participant, Registration
from participants.states import LinkPurpose

register = template.Library()


@register.simple_tag
def own_place(registration: Registration | None) -> Seat | None:
    """The person's place, from the day they are asked. What staff only think of is not told."""
    if registration is None:
        return None
    seats = Seat.objects.live().exclude(state=SeatState.PROPOSED)
    seats = seats.select_related("group__centre", "group__slot__venue__centre")
    return seats.filter(registration=registration).first()


@register.inclusion_tag("groups/_own_place.html", takes_context=True)
def show_own_place(context: Context, seat: Seat) -> dict[str, Any]:
    """Asked, with the way to answer; said yes; or settled, with time and place.

    Whoever joins a group that meets already has said yes, too, and waits for the group's.
    """
    group = seat.group
    is_settled = group.state != GroupState.FORMING and seat.is_member
    is_starting = is_settled and group.state == GroupState.SETTLED
    return {
        "seat": seat,
        "group": group,
        "centre": group.centre,
        "slot": group.slot,
        "request": context.get("request"),  # whose page it is
        "is_asked": seat.state == SeatState.ASKED,
        "is_contact": group.contact_id == seat.pk,
        "is_settled": is_settled,
        "with_initiator": next_with_initiator(group, now=timezone.now()) if is_starting else [],
        "answer": _answer_address(seat),
    }


def _answer_address(seat: Seat) -> str:
    if seat.state != SeatState.ASKED:
        return ""
    return link_address(seat.registration.participant, LinkPurpose.ANSWER, "groups:answer")


def link_address(participant: Participant, purpose: LinkPurpose, page: str) -> str:
    """Where the person answers: the very page that the link in the message leads to."""
    live = participant.links.live().filter(purpose=purpose, expires_at__gt=timezone.now())
    link = live.first()
    return reverse(page, args=[token_for(link.seed)]) if link else ""


@register.inclusion_tag("groups/_own_wait.html")
def own_wait(registration: Registration) -> dict[str, Any]:
    """How long it has taken others, and what would help."""
    today = timezone.localdate()
    question = registration.questions.open().first()
    way = in_the_way(registration, today=today)
    return {
        "centre": registration.participant.centre,
        "band": wait_band(registration.participant.centre, today=today),
        "question": question
        and link_address(registration.participant, LinkPurpose.QUESTION, "groups:question"),
        "has_times": bool(registration.availability),
        "some_at_own_times": way.some_at_own_times,
        "some_with": [label(slot) for slot in way.some_with],
        "some_if": way.some_if,
    }
