"""Who may see the pages under one's own page: whoever came by a link a short time ago."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linkcenter.web.errors import TOKEN
from participants import personal_session
from participants.domain.errors import AlreadyClosed
from participants.domain.person.own_page import own_registration

View = Callable[..., HttpResponse]


def with_person(view: View) -> View:
    """Give ``view`` the person whose link opened this session; lead others to ask for one."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        person = personal_session.person(request, now=timezone.now())
        if person is None or personal_session.is_of_another(request, person):
            return _refused(request, is_open=person is not None)
        personal_session.mark(request, person)
        return view(request, person, **kwargs)

    return guarded


def _refused(request: HttpRequest, *, is_open: bool) -> HttpResponse:
    """To the page that sends a link; what was typed waits on this one, to be sent after that.

    It goes on telling whose page it was typed on: nobody who opens theirs here sends it for them.
    """
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != TOKEN and (name == personal_session.WHOSE or not name.startswith("_"))
    ]
    if all(name == personal_session.WHOSE for name, _value in typed):
        return redirect("participants:own-page")
    context = {"typed": typed, "is_open": is_open}
    return render(request, "participants/own_expired.html", context, status=403)


def with_interest(view: View) -> View:
    """Give ``view`` the person's open interest; lead who has none back to their page."""

    @with_person
    @wraps(view)
    def guarded(request: HttpRequest, person: Any, **kwargs: Any) -> HttpResponse:
        registration = own_registration(person)
        if registration is None or not registration.is_open:
            return redirect("participants:own-page")
        registration.participant = person
        try:
            return view(request, registration, **kwargs)
        except AlreadyClosed:  # by staff, in this very moment: the page says how it stands now
            return redirect("participants:own-page")

    return guarded
