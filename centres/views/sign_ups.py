"""Signing up for an event without an account, and the personal page of a place."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from centres.domain.events.errors import EventError, NoSignUp
from centres.domain.events.sign_ups import (
    Places,
    find_sign_up,
    give_up_place,
    places_left,
    sign_up,
    takes_sign_ups,
)
from centres.forms.sign_ups import SignUpForm, WaitingListForm
from centres.models import Event
from linkcenter.tokens import token_for
from linkcenter.web import errors, limits


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event_sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a name and one way to reach the person; then lead to the page of their place."""
    event = get_object_or_404(Event.objects.published().select_related("centre"), pk=pk)
    if not takes_sign_ups(event, now=timezone.now()) and request.method != "POST":
        return redirect(event)
    is_full = places_left(event) is Places.NONE
    form_class = WaitingListForm if is_full else SignUpForm
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not limits.spend(limits.SUBMISSIONS, limits.sender(request)):
            return errors.too_often(request)
        try:
            made = sign_up(
                event,
                name=form.cleaned_data["name"],
                phone=form.cleaned_data["phone"],
                email=form.cleaned_data["email"],
                language=get_language() or settings.LANGUAGE_CODE,
                form_id=form.form_id,
            )
        except NoSignUp:
            return redirect(event)
        return redirect("centres:sign-up", token_for(made.seed))
    context = {"event": event, "centre": event.centre, "form": form, "is_full": is_full}
    return render(request, "centres/event_sign_up.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_detail(request: HttpRequest, token: str) -> HttpResponse:
    """The place somebody has, or the line they stand in, with a button to give it up.

    No login: holding the link is the permission. To look changes nothing, since mail programs
    open links before people do; only the button does.
    """
    found = find_sign_up(token)
    if found is None:
        is_within = limits.spend(limits.UNKNOWN_LINKS, limits.sender(request))
        return render(request, "centres/sign_up_gone.html", status=404 if is_within else 429)
    if request.method == "POST":
        with suppress(EventError):  # the page says how it is
            give_up_place(found)
        return redirect("centres:sign-up", token)
    event, now = found.event, timezone.now()
    context = {
        "sign_up": found,
        "event": event,
        "centre": event.centre,
        "can_give_up": found.is_live and not event.is_cancelled and not event.is_over_at(now),
        "takes_sign_ups": takes_sign_ups(event, now=now),
    }
    return render(request, "centres/sign_up_detail.html", context)
