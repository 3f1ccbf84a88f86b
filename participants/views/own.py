"""A person's own page: how it stands, and everything they can do about it without an account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participants import personal_session
from participants.domain.own_page import own_registration, own_status
from participants.models import Participant
from participants.views import links

View = Callable[..., HttpResponse]


def _with_person(view: View) -> View:
    """Give ``view`` the person whose link opened this session; lead strangers to ask for one."""

    @never_cache
    @wraps(view)
    def with_person(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        person = personal_session.person(request, now=timezone.now())
        if person is None:
            return redirect("participants:own-page")
        return view(request, person, **kwargs)

    return with_person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_page(request: HttpRequest) -> HttpResponse:
    """How it stands with one's own interest; who is nobody's guest can ask for a link."""
    person = personal_session.person(request, now=timezone.now())
    if person is None or request.method == "POST":
        return links.ask(request)
    return render(request, "participants/own_page.html", _context(person))


def _context(person: Participant) -> dict[str, Any]:
    registration = own_registration(person)
    return {
        "participant": person,
        "centre": person.centre,
        "registration": registration,
        "status": own_status(registration, today=timezone.localdate()) if registration else None,
    }
