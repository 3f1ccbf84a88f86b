from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from centres.domain.cards import listed
from centres.domain.nearest import digital, with_licences
from centres.domain.search import search
from centres.models import Centre
from centres.states import CentreKind

from .municipalities import municipality_address


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page; with ``?q=`` the way to the place or the centre that was asked for."""
    query = request.GET.get("q", "").strip()
    if not query:
        links = listed(Centre.objects.current().filter(kind=CentreKind.LINK))
        return render(request, "centres/home.html", {"centres": links})
    answer = search(query)
    if answer.only_municipality:
        return redirect(municipality_address(answer.only_municipality))
    if answer.only_centre:
        return redirect(answer.only_centre)
    context = {"answer": answer, "digital": _digital() if answer.outside else []}
    return render(request, "centres/search.html", context)


def _digital() -> list[Centre]:
    return digital(with_licences(Centre.objects.current()))
