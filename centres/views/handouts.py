"""What a municipality, a surgery or a library shows of a centre."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_exempt  # noqa: TID251  # see below
from django.views.decorators.http import require_safe

from centres.domain.hours.opening import ordinary_week, with_timetables
from centres.domain.pages.listings import centre_with_hours
from centres.models import Centre
from centres.publishing.handouts import Code, page_address, week_in_short

STRIPS = 9  # to tear off, at the foot of the sheet


@require_safe
@xframe_options_exempt  # the one page made for others' frames: it has no form and no cookie
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # its types forget the slug
def centre_card(request: HttpRequest, slug: str) -> HttpResponse:
    """How to reach a centre and whether it is open, small enough for a column elsewhere."""
    try:
        centre = centre_with_hours(slug)
    except Centre.DoesNotExist:
        raise Http404 from None
    response = render(request, "centres/card.html", {"centre": centre})
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """A sheet to print and hang up. A centre that is gone has none."""
    centre = get_object_or_404(with_timetables(Centre.objects.current()), slug=slug)
    context = {
        "centre": centre,
        "week": week_in_short(ordinary_week(centre)),
        "address": page_address(centre),
        "code": Code(page_address(centre)),
        "strips": range(STRIPS),
    }
    return render(request, "centres/poster.html", context)
