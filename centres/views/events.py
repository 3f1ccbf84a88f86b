"""What is on: all coming events, and the page of one."""

from itertools import groupby

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centres.domain.events.sign_ups import places_left, takes_sign_ups
from centres.domain.pages.listings import coming_events
from centres.models import Event

DIGITAL, IN_PERSON = "digitalt", "oppmote"  # as in the addresses
ON_A_PAGE = 30


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """What is on, month by month. ``?senter=`` and ``?form=`` narrow it; others are overlooked."""
    coming = coming_events(timezone.now())
    centres = sorted({event.centre for event in coming}, key=lambda centre: centre.sort_name)
    centre = next((each for each in centres if each.slug == request.GET.get("senter")), None)
    form = request.GET.get("form", "")
    shown = [
        event
        for event in coming
        if (centre is None or event.centre_id == centre.pk)
        and (form != DIGITAL or event.digital)
        and (form != IN_PERSON or event.is_in_person)
    ]
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("side"))
    context = {
        "months": [
            (month, list(events)) for month, events in groupby(page.object_list, key=_month_of)
        ],
        "page": page,
        "centres": centres,
        "centre": centre,
        "form_of_meeting": form if form in (DIGITAL, IN_PERSON) else "",
        "is_narrowed": bool(centre) or form in (DIGITAL, IN_PERSON),
    }
    return render(request, "centres/event_list.html", context)


def _month_of(event: Event) -> object:
    assert event.starts_at is not None  # noqa: S101  # coming events have a time
    return timezone.localdate(event.starts_at).replace(day=1)


@require_safe
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One event. It stays when it is cancelled or over, and says so."""
    event = get_object_or_404(
        Event.objects.published().select_related("centre__forwards_to"), pk=pk
    )
    now = timezone.now()
    context = {
        "event": event,
        "centre": event.centre,
        "is_open": not (event.is_cancelled or event.is_over_at(now)) and event.centre.is_current,
        "takes_sign_ups": takes_sign_ups(event, now=now),
        "places": places_left(event),
        "registers_at": event.centre.registers_at() if event.is_for_residents else None,
        "address": settings.BASE_URL + event.get_absolute_url(),
    }
    return render(request, "centres/event_detail.html", context)
