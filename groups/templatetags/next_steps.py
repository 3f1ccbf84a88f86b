"""What to do next, on top of a person's page and of a group's."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from groups.models import Seat
from groups.today.next_steps import next_for_group, next_for_person
from participants.models import Registration

register = template.Library()

FRAGMENT = "admin/_next_step.html"


@register.inclusion_tag(FRAGMENT, takes_context=True)
def person_next(context: Context) -> dict[str, Any]:
    """On the page of a person, which has found out most of it."""
    registration: Registration = context["registration"]
    if not registration.is_open:
        return {"step": None}
    seats = Seat.objects.live().filter(registration=registration)
    return {
        "step": next_for_person(
            registration,
            seat=seats.select_related("group").first(),
            question=registration.questions.open().first(),
            talks=context["talks"],
            tries=context["tries"],
            to_tell=sum(by_hand for _message, _text, by_hand in context["messages_to_person"]),
            today=timezone.localdate(),
        )
    }


@register.inclusion_tag(FRAGMENT, takes_context=True)
def group_next(context: Context) -> dict[str, Any]:
    page: dict[str, Any] = context.flatten()  # type: ignore[assignment]  # of names and values
    return {"step": next_for_group(page["group"], page, today=timezone.localdate())}
