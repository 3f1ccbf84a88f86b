"""The page of a group for its contact: the time, the room, and what they can do for the group.

No login: whoever holds the link is the contact. To look changes nothing; only buttons do.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from groups.domain.errors import GroupError, WrongMoment
from groups.domain.lifecycle.ending import end_by_contact
from groups.domain.running import breaks, contact, contact_acts, newcomers, taking_over
from groups.forms.contact import BreakForm, EndForm, HeadsForm, NextContactForm, TroubleForm
from groups.models import SelfHelpGroup
from groups.states import GroupEndReason, Newcomers, Trouble
from groups.views.answers import closed
from groups.views.contact_page import contact_page, named_members
from linkcenter.tokens import token_for
from participants.domain.person.links import find_link
from participants.models import Participant
from participants.states import LinkPurpose
from participants.views.own_session import with_person

View = Callable[..., HttpResponse]
SAID = "takk"  # in the address: what was done, for the page to say once more

NOTICES: dict[str, str | Promise] = {
    "bruker": _("Thank you. The time is yours, as before."),
    "pause": _("The break is written down. We remind you a week before it is over."),
    "mottes": _("The break is over. You meet again from now on."),
    "plass": _("Thank you. We look for somebody who fits. You are asked before anybody comes."),
    "fullt": _("It is written down: you take nobody in now."),
    "antall": _("Thank you. The number is saved."),
    "ring": _("Thank you for telling us. Somebody at the centre calls you in the next days."),
}


def with_group(view: View) -> View:
    """Give ``view`` the group that the token's holder is the contact of; the closed page to others.

    What is no longer so when they press a button leads back to the page, which says how it stands.
    """

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        link = find_link(token, LinkPurpose.GROUP, now=timezone.now())
        group = contact.group_of_contact(link.participant) if link else None
        if group is None:
            return closed(request)
        try:
            return view(request, group, token)
        except GroupError:
            return redirect("groups:contact", token)

    return guarded


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _back(token: str, said: str) -> HttpResponse:
    return redirect(f"{reverse('groups:contact', args=[token])}?{urlencode({SAID: said})}")


@with_group
def page(request: HttpRequest, group: SelfHelpGroup, token: str) -> HttpResponse:
    """How it stands, and the acts of one button."""
    act = request.POST.get("act") if request.method == "POST" else None
    heads = HeadsForm(request.POST if act == "antall" else None)
    shown: dict[str, Any] = {}
    if act == "vertskode":
        shown["host_key"] = contact_acts.show_host_key(group, contact=group.contact)
        shown["host_key_asked"] = True
    elif act == "antall":
        if heads.is_valid() and _done(heads, contact_acts.count_heads, group, **heads.cleaned_data):
            return _back(token, act)
    elif act in BUTTONS:
        BUTTONS[act](group)
        return _back(token, act)
    notice = NOTICES.get(request.GET.get(SAID, "")) if act is None else None
    context = {
        **contact_page(group, now=timezone.now()),
        **shown,
        "token": token,
        "notice": notice,
        "heads": heads,
    }
    return render(request, "groups/contact.html", context)


def _still_used(group: SelfHelpGroup) -> None:
    contact_acts.still_used(group, contact=group.contact)


def _room_for_one(group: SelfHelpGroup) -> None:
    newcomers.choose_newcomers(group, newcomers=Newcomers.YES, contact=group.contact)


def _take_nobody(group: SelfHelpGroup) -> None:
    newcomers.choose_newcomers(group, newcomers=Newcomers.NO, contact=group.contact)


def _meet_again(group: SelfHelpGroup) -> None:
    if group.paused_until is not None:
        breaks.call_off_break(group, contact=group.contact)


BUTTONS: dict[str, Callable[[SelfHelpGroup], None]] = {
    "bruker": _still_used,
    "plass": _room_for_one,
    "fullt": _take_nobody,
    "mottes": _meet_again,
}


def _done(
    form: forms.Form, act: Callable[..., object], group: SelfHelpGroup, **answers: Any
) -> bool:
    """Do ``act`` with what was filled in. A refusal stands on the form, with all of it kept."""
    try:
        act(group, contact=group.contact, **answers)
    except WrongMoment:
        raise
    except GroupError as error:
        form.add_error(None, str(error.message))
        return False
    return True


@with_group
def take_break(request: HttpRequest, group: SelfHelpGroup, token: str) -> HttpResponse:
    """First the two days, then which dates fall out and which come back, and then the button."""
    if group.paused_until is not None:
        raise WrongMoment
    form = BreakForm(_typed(request))
    preview = None
    if form.is_valid():
        if "sure" not in request.POST:
            try:
                preview = breaks.preview(group, **form.cleaned_data)
            except GroupError as error:
                form.add_error(None, str(error.message))
        elif _done(form, breaks.take_break, group, **form.cleaned_data):
            return _back(token, "pause")
    context = {"form": form, "preview": preview, "days": getattr(form, "cleaned_data", {})}
    return _show(request, "groups/contact_break.html", group, token, **context)


@with_group
def trouble(request: HttpRequest, group: SelfHelpGroup, token: str) -> HttpResponse:
    about = request.GET.get("om")
    form = TroubleForm(_typed(request), initial={"about": about if about in Trouble else None})
    if form.is_valid() and _done(form, contact_acts.report_trouble, group, **form.cleaned_data):
        return _back(token, "ring")
    return _show(request, "groups/contact_trouble.html", group, token, form=form)


@with_group
def hand_on(request: HttpRequest, group: SelfHelpGroup, token: str) -> HttpResponse:
    """Another contact: one of those who show their name, or whoever gets the link that is made."""
    now = timezone.now()
    act = request.POST.get("act") if request.method == "POST" else None
    if act == "lenke":
        taking_over.pass_on(group, contact=group.contact)
        return redirect("groups:contact-hand-on", token)
    if act == "ta-tilbake":
        contact.close_take_over_link(group, now=now)
        return redirect("groups:contact-hand-on", token)
    named = named_members(group)
    form = NextContactForm(request.POST if act == "velg" else None, named=named)
    if form.is_valid():
        seats = {str(seat.pk): seat for seat, _name in named}
        contact.choose_contact(group, seats[form.cleaned_data["seat"]], contact=group.contact)
        return redirect("groups:contact-done", "ny-kontakt")
    passed_on = taking_over.passed_on(group, now=now)
    path = passed_on and reverse("groups:take-over", args=[token_for(passed_on.seed)])
    context = {
        "form": form if named else None,
        "passed_on": passed_on,
        "address": settings.BASE_URL + path if path else "",
    }
    return _show(request, "groups/contact_hand_on.html", group, token, **context)


@with_group
def end(request: HttpRequest, group: SelfHelpGroup, token: str) -> HttpResponse:
    form = EndForm(_typed(request))
    if form.is_valid():
        reason = GroupEndReason(form.cleaned_data["reason"])
        end_by_contact(group, reason=reason, contact=group.contact)
        return redirect("groups:contact-done", "slutt")
    context = contact_page(group, now=timezone.now()) | {"form": form, "token": token}
    return render(request, "groups/contact_end.html", context)


def _show(
    request: HttpRequest, template: str, group: SelfHelpGroup, token: str, **context: Any
) -> HttpResponse:
    known = {"group": group, "centre": group.centre, "slot": group.slot, "token": token}
    return render(request, template, {**known, **context})


@never_cache
@require_safe
def done(request: HttpRequest, code: str) -> HttpResponse:
    """What was done last. The address holds no token, and the page nothing about anybody."""
    if code not in ("slutt", "paa-nytt", "ny-kontakt", "overtatt"):
        raise Http404
    return render(request, "groups/contact_done.html", {"code": code})


@with_person
def open_page(request: HttpRequest, participant: Participant) -> HttpResponse:
    """From the contact's own page to the group's: by the link they have, or a new one."""
    if request.method == "POST" and contact.group_of_contact(participant) is not None:
        now = timezone.now()
        return redirect("groups:contact", contact.page_token(participant, now=now))
    return redirect("participants:own-page")
