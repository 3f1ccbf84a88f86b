"""Open data: what the public pages say, for other people's programs. See ``docs/open-data.md``."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from centres.models import Centre
from centres.publishing import open_data

NOT_FOUND = {"error": "not_found"}

Answer = Callable[..., dict[str, Any]]


def _document(view: Answer) -> Callable[..., JsonResponse]:
    """Answer with what ``view`` returns, to any site's scripts: all of it is public."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> JsonResponse:
        try:
            response = _json(view(request, **kwargs))
        except Http404:
            response = _json(NOT_FOUND, status=404)
        response.headers["Content-Language"] = ", ".join(open_data.LANGUAGES)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answer


def _json(data: dict[str, Any], **options: Any) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False}, **options)


@_document
def centres(request: HttpRequest) -> dict[str, Any]:
    """Every centre, also those that are no more."""
    return open_data.centres_document()


@_document
def centre(request: HttpRequest, slug: str) -> dict[str, Any]:
    try:
        return open_data.centre_document(slug)
    except Centre.DoesNotExist:
        raise Http404 from None


@_document
def events(request: HttpRequest) -> dict[str, Any]:
    """Everything that is on, at all centres."""
    return open_data.events_document()


@_document
def schema(request: HttpRequest) -> dict[str, Any]:
    """What the others hold, field by field."""
    return open_data.schema()


DOCUMENTS = [
    ("api:centres", (), _("Every centre: how to reach it, when it is open, and whom it is for.")),
    ("api:centre", ("link-tromso",), _("One centre, such as this.")),
    ("api:events", (), _("All that is on.")),
    ("api:schema", (), _("What the fields mean, as JSON Schema.")),
]


@require_safe
def open_data_page(request: HttpRequest) -> HttpResponse:
    """What there is to fetch, for those who make websites."""
    addresses = [reverse(name, args=args) for name, args, _words in DOCUMENTS]
    context = {
        "terms": open_data.TERMS,
        "documents": zip(addresses, (words for *_name, words in DOCUMENTS), strict=True),
        "example": settings.BASE_URL + addresses[1],
    }
    return render(request, "centres/open_data.html", context)
