"""The way from somebody who would help groups to the list of initiators."""

from typing import Any

from django import template
from django.urls import reverse

from centres.models import Enquiry
from centres.states import EnquiryKind
from groups.domain.initiators.recruiting import would_help
from participants.models import Registration

register = template.Library()

FRAGMENT = "admin/groups/_enlist.html"


@register.inclusion_tag(FRAGMENT)
def enlist_person(registration: Registration) -> dict[str, Any]:
    """For a person who has said so, and is not on the list."""
    rows = would_help(Registration.objects.filter(pk=registration.pk))
    shows = registration.would_initiate and rows.exists()
    return _way("person", registration.pk, shows=shows)


@register.inclusion_tag(FRAGMENT)
def enlist_writer(enquiry: Enquiry) -> dict[str, Any]:
    """For an open enquiry about just that, at a centre."""
    is_open = not (enquiry.handled_at or enquiry.forgotten_at)
    shows = enquiry.kind == EnquiryKind.INITIATOR and is_open and bool(enquiry.centre_id)
    return _way("enquiry", enquiry.pk, shows=shows)


def _way(come_from: str, pk: int, *, shows: bool) -> dict[str, Any]:
    return {"address": reverse(f"admin:groups_initiator_{come_from}", args=[pk]) if shows else ""}
