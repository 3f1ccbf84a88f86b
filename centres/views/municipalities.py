from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from centres.domain.cards import listed
from centres.domain.counties import counties, county
from centres.domain.search import elsewhere, served_by
from centres.models import Municipality


def municipality_address(place: Municipality) -> str:
    return reverse("centres:municipality", args=[place.number, place.slug])


@require_safe
def municipality_list(request: HttpRequest) -> HttpResponse:
    """The counties, and how many of each county's municipalities have a centre."""
    return render(request, "centres/municipality_list.html", {"counties": counties()})


@require_safe
def county_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The municipalities of one county, and who serves each."""
    found = county(slug)
    if found is None:
        raise Http404
    return render(request, "centres/county.html", {"county": found})


@require_safe
def municipality_detail(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    """Who helps people in one municipality; where nobody does, where else to turn."""
    place = get_object_or_404(Municipality, number=number)
    if slug != place.slug:
        return redirect(municipality_address(place), permanent=True)
    centres = list(listed(served_by(place)))
    context = {
        "municipality": place,
        "centres": centres,
        "elsewhere": [] if centres else listed(elsewhere(place)),
    }
    return render(request, "centres/municipality.html", context)
