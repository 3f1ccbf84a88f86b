"""A group begins again: the link that its contact passes on, and the page that it opens."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from groups.domain.errors import GroupFull, NotHere, TooLate
from groups.domain.lifecycle.beginning_again import (
    begin_again,
    join_again,
    link_of,
    link_to_begin_again,
)
from groups.domain.lifecycle.ending import end_by_contact
from groups.forms.contact import AgainForm
from groups.models import SelfHelpGroup
from groups.states import GroupEndReason
from groups.views.answers import closed
from groups.views.contact import with_group
from linkcenter.tokens import token_for
from linkcenter.web import errors, limits
from participants.domain.person import consents


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """What it means to begin again, and the form to be with. To look changes nothing."""
    link = link_to_begin_again(token, now=timezone.now())
    if link is None or link.group is None:
        return closed(request)
    centre = link.group.centre
    form = AgainForm(request.POST if request.method == "POST" else None, centre=centre)
    if form.is_valid():
        if not limits.spend(limits.SUBMISSIONS, limits.sender(request)):
            return errors.too_often(request)
        try:
            join_again(
                link,
                person=form.person(),
                agreement=form.agreement(),
                submission_key=form.form_id,
            )
        except TooLate:
            return closed(request)
        except (GroupFull, NotHere) as error:
            form.add_error(None, str(error.message))
        else:
            return redirect("groups:again-done")
    context = {
        "form": form,
        "centre": centre,
        "told": consents.told(centre, language=form.language),
    }
    return render(request, "groups/again.html", context)


@never_cache
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Thanks. The address holds no token, and the page nothing about anybody."""
    return render(request, "groups/again_done.html")


@with_group
def for_contact(request: HttpRequest, group: SelfHelpGroup, token: str) -> HttpResponse:
    """What it means, the link to pass on once it is made, and the end of the group as it is."""
    act = request.POST.get("act") if request.method == "POST" else None
    if act == "lenke":
        begin_again(group, contact=group.contact)
        return redirect("groups:contact-again", token)
    if act == "slutt":
        end_by_contact(group, reason=GroupEndReason.BEGUN_AGAIN, contact=group.contact)
        return redirect("groups:contact-done", "paa-nytt")
    link = link_of(group, now=timezone.now())
    path = reverse("groups:again", args=[token_for(link.seed)]) if link else ""
    context = {
        "group": group,
        "centre": group.centre,
        "token": token,
        "link": link,
        "address": settings.BASE_URL + path,
    }
    return render(request, "groups/again_contact.html", context)
