from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centres.domain.hours.opening import opening_status
from centres.domain.pages.listings import latest_news, link_centres, next_events
from centres.domain.pages.nearest import on_video
from centres.domain.pages.search import search


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page; with ``?q=`` the way to the place or the centre that was asked for."""
    query = request.GET.get("q", "").strip()
    if not query:
        return render(request, "centres/home.html", _front())
    answer = search(query)
    if answer.only_municipality:
        return redirect(answer.only_municipality)
    if answer.only_centre:
        return redirect(answer.only_centre)
    context = {"answer": answer, "digital": on_video() if answer.outside else []}
    return render(request, "centres/search.html", context)


def _front() -> dict[str, Any]:
    """The centres, those that are open now first, and the little that is next and new."""
    now = timezone.now()
    return {
        "centres": sorted(link_centres(), key=lambda each: not opening_status(each, now).is_open),
        "events": next_events(now),
        "news": latest_news(),
    }
