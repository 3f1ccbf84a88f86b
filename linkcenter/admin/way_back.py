"""The way back from a page to the list as it was: its tab, its filters, what was searched for.

The addresses of the lists somebody has last seen are in a cookie that only their session reads.
"""

import json
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from linkcenter.admin.named_views import PARAMETER

COOKIE = "lists"
SEEN = 8  # lists that are remembered, the latest ones
LONGEST = 700  # of an address; a cookie has little room
PRESERVED = "_changelist_filters"  # Django's own, in the address of a page opened from a list


def remember(request: HttpRequest, response: HttpResponse, opts: Any) -> None:
    """The list of ``opts`` as ``request`` shows it is where "back" leads from now on."""
    query = request.GET.urlencode()
    key = request.session.session_key
    if request.method != "GET" or key is None or len(query) > LONGEST:
        return
    seen = _seen(request)
    if seen.get(opts.label_lower, "") == query:
        return
    seen.pop(opts.label_lower, None)
    seen[opts.label_lower] = query
    latest = dict(list(seen.items())[-SEEN:])
    response.set_signed_cookie(
        COOKIE,
        json.dumps(latest),
        salt=key,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _seen(request: HttpRequest) -> dict[str, str]:
    key = request.session.session_key
    if key is None:
        return {}
    try:
        signed = request.get_signed_cookie(COOKIE, "{}", salt=key)
        seen: dict[str, str] = json.loads(signed or "{}")
    except (BadSignature, ValueError):  # of a session before this one
        return {}
    return seen


def _last_query(request: HttpRequest, opts: Any) -> QueryDict:
    return QueryDict(request.GET.get(PRESERVED) or _seen(request).get(opts.label_lower, ""))


def list_address(request: HttpRequest, opts: Any) -> str:
    """The list of ``opts`` as it was when the reader last saw it."""
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    query = _last_query(request, opts).urlencode()
    return f"{address}?{query}" if query else address


def way_back(request: HttpRequest, site: AdminSite) -> dict[str, Any]:
    """For a page of one row, or an act on it: the list it is in, and the view that was open."""
    name = request.resolver_match.url_name if request.resolver_match else None
    page_of = [
        (model._meta, page)
        for model, page in site._registry.items()
        if name and name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")
    ]
    if not page_of or name is None or name.endswith("_changelist"):
        return {}
    opts, page = page_of[0]
    slug = _last_query(request, opts).get(PARAMETER)
    views: Any = getattr(page, "named_views", ())
    view = next((each for each in views if each.slug == slug), None)
    return {
        "list_address": list_address(request, opts),
        "list_title": view.title if view else opts.verbose_name_plural,
    }
