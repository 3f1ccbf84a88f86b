"""The staff's pages about their session: how long it lasts yet, and what was not sent in it."""

import math

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linkcenter.log_in import kept_forms, session


@require_http_methods(["GET", "HEAD", "POST"])
def seconds_left(request: HttpRequest) -> HttpResponse:
    """For a script: how many seconds are left. Posting is a visit like any other; asking is not."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Dest") != "empty":
        return redirect("admin:index")
    now = timezone.now()
    left = session.time_left(request, now=now)
    longer = session.can_be_longer(request, now=now)
    return JsonResponse({"left": math.floor(left.total_seconds()), "longer": longer})


@require_http_methods(["GET", "HEAD", "POST"])
def kept_form(request: HttpRequest, key: str) -> HttpResponse:
    """What was not sent: its button posts it where it was going. Posting here throws it away."""
    form = kept_forms.find(request, key)
    if form is None:
        messages.info(request, _("There is nothing here that waits to be sent."))
        return redirect("admin:index")
    if request.method == "POST":
        kept_forms.drop(request, key)
        messages.info(request, _("It is thrown away, and nothing is changed."))
        return redirect("admin:index")
    context = {
        **admin.site.each_context(request),
        "title": _("Not sent yet"),
        "form_kept": form,
        "field": kept_forms.FIELD,
    }
    return TemplateResponse(request, "admin/kept.html", context)
