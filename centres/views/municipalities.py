from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centres.domain.pages import listings
from centres.domain.pages.counties import counties, county_at
from centres.domain.pages.nearest import help_in


@require_safe
def municipality_list(request: HttpRequest) -> HttpResponse:
    """The counties, and how many of each county's municipalities have a centre."""
    return render(request, "centres/municipality_list.html", {"counties": counties()})


@require_safe
def county_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The municipalities of one county, and who serves each."""
    found = county_at(slug)
    if found is None:
        raise Http404
    return render(request, "centres/county.html", {"county": found})


@require_safe
def municipality_detail(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    """Who helps people in one municipality; where nobody does, where else to turn."""
    places = listings.municipality(number=number)
    if not places:
        raise Http404
    place = places[0]
    if slug != place.slug:
        return redirect(place, permanent=True)
    found = help_in(place)
    near = [*found.serving, *(way.centre for way in found.nearest), *found.digital]
    context = {
        "municipality": place,
        "help": found,
        "events": listings.next_events_at(near, timezone.now()),
    }
    return render(request, "centres/municipality.html", context)
