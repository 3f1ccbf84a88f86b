"""A person's own page: how it stands, and the way to everything they can do without an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participants import personal_session
from participants.domain.person.new_address import unconfirmed_address
from participants.domain.person.own_page import heard_by, own_registration, own_status
from participants.domain.registration.closing import may_undo
from participants.models import Participant
from participants.views import links


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_page(request: HttpRequest) -> HttpResponse:
    """How it stands with one's own interest; who is nobody's guest can ask for a link."""
    person = personal_session.person(request, now=timezone.now())
    if person is None or request.method == "POST":
        return links.ask(request)
    personal_session.mark(request, person)
    context = {"notice": personal_session.said(request), **_context(person)}
    return render(request, "participants/own_page.html", context)


def _context(person: Participant) -> dict[str, Any]:
    now = timezone.now()
    registration = own_registration(person)
    context: dict[str, Any] = {
        "participant": person,
        "centre": person.centre,
        "registration": registration,
    }
    if registration:
        today = timezone.localdate(now)
        by = heard_by(registration)
        context |= {
            "status": own_status(registration, today=today),
            "heard_by": by,
            "is_late": by < today,
            "may_undo": may_undo(registration, now=now),
        }
    return context | {"unconfirmed": unconfirmed_address(person, now=now)}
