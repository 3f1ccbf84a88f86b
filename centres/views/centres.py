from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centres.domain.pages.cards import card, instead_of
from centres.domain.pages.listings import all_centres
from centres.models import Centre
from centres.publishing.handouts import page_address
from centres.publishing.schema_org import place
from centres.states import CentreKind
from centres.week import WEEKDAY_NAMES


@require_safe
def centre_list(request: HttpRequest) -> HttpResponse:
    """Every centre there is, and last those that were."""
    centres = all_centres()
    kinds = CentreKind.values
    context = {
        "current": sorted(
            (centre for centre in centres if centre.is_current),
            key=lambda centre: kinds.index(centre.kind),
        ),
        "former": [centre for centre in centres if not centre.is_current],
    }
    return render(request, "centres/centre_list.html", context)


@require_safe
def centre_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One centre: how to reach it, when it is open, what it does and for whom."""
    try:
        found = card(slug)
    except Centre.DoesNotExist:
        raise Http404 from None
    centre, today = found.centre, timezone.localdate()
    context = {
        "card": found,
        "centre": centre,
        "instead": [] if centre.is_current else instead_of(centre),
        "address": page_address(centre),
        "for_search_engines": place(found),
        "week": list(zip(WEEKDAY_NAMES, found.week, strict=False)),
        "weekday": today.weekday(),
        "today": today,
    }
    return render(request, "centres/centre_detail.html", context)
