"""Events for people's own calendars: one by one, or as a feed to subscribe to."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from centres.models import Centre, Event
from centres.models.events import EventQuerySet
from centres.publishing.calendar_files import PAST_KEPT, calendar_of, changed_at


@require_safe
def event_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One event, to add to a calendar."""
    event = get_object_or_404(Event.objects.published().select_related("centre"), pk=pk)
    response = _answer(calendar_of([event]), event.updated_at)
    response.headers["Content-Disposition"] = f'attachment; filename="link-{pk}.ics"'
    return response


@require_safe
def event_feed(request: HttpRequest) -> HttpResponse:
    """What is on everywhere."""
    return _feed(Event.objects.to_show(timezone.now() - PAST_KEPT), "LINK")


@require_safe
def centre_event_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What is on at one centre. Of one that is gone, nothing."""
    centre = get_object_or_404(Centre, slug=slug)
    events = Event.objects.to_show(timezone.now() - PAST_KEPT).filter(centre=centre)
    return _feed(events, _("What is on at %(centre)s") % {"centre": centre.name})


def _feed(events: EventQuerySet, name: str) -> HttpResponse:
    found = list(events)
    return _answer(calendar_of(found, name=name), changed_at(found, now=timezone.now()))


def _answer(body: bytes, changed: datetime) -> HttpResponse:
    """The file. What the client says it accepts is overlooked: calendars ask for all sorts of
    things and take this.
    """
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response
