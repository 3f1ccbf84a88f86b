"""What stands between the staff's pages and who asks for them."""

import math
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from linkcenter.log_in import kept_forms, session, tries
from linkcenter.models import User
from linkcenter.web import known_browsers
from linkcenter.web.middleware import STAFF_PAGES

OPEN = {"login", "logout"}
BUTTONS = {"language", "session"}  # nothing is typed there, and nothing is to be seen
NOT_SENT = _("What you filled in is kept, but not sent yet. Log in, and send it.")
LOGGED_OUT = 401  # to a script, which then leaves it to the browser


class StaffSessionMiddleware(AuthenticationMiddleware):
    """Django's own, with a clock. Reads the session when somebody asks who it is, and not before:
    pages that are the same for everybody never do.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        del request.auser  # would go past the clock
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Runs after the form's token is checked: nobody else can leave a form to be sent here."""
        page = request.resolver_match
        if page is None or page.namespaces[:1] != ["admin"]:
            return None
        if request.user.is_authenticated:
            if request.method == "POST" and (key := request.POST.get(kept_forms.FIELD)):
                request.kept_form = key  # type: ignore[attr-defined]  # a note on this request
            return None
        if request.headers.get("Sec-Fetch-Dest") == "empty":
            return HttpResponse(status=LOGGED_OUT)
        if page.url_name in OPEN:
            return None
        if ended := session.why_ended(request):
            messages.warning(request, ended)
        if page.url_name in BUTTONS:
            return redirect_to_login(reverse("admin:index"))
        whose = kept_forms.writer(request) if request.method == "POST" else None
        if whose is None:
            return None  # the page itself sends strangers to the log-in
        messages.warning(request, NOT_SENT)
        return redirect_to_login(kept_forms.keep(request, whose).address)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, tries.TooManyTries):
            return None
        response = render(request, "account/later.html", {"until": exception.until}, status=429)
        seconds = (exception.until - timezone.now()).total_seconds()
        response.headers["Retry-After"] = str(max(1, math.ceil(seconds)))
        return response

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        sent = getattr(request, "kept_form", None)
        if sent is not None and response.status_code < 500:
            kept_forms.drop(request, sent)
        if (account := known_browsers.logged_in(request)) is not None:
            known_browsers.remember(request, response, account)
        if request.path_info.startswith(STAFF_PAGES):  # whatever a package of Django's thinks
            response.headers["Cache-Control"] = "private, no-store"
        return response


def _user_of(request: HttpRequest) -> User | AnonymousUser:
    asks_for_time = request.method != "POST" and request.path_info == reverse("admin:session")
    return session.user_of(request, now=timezone.now(), is_visit=not asks_for_time)
