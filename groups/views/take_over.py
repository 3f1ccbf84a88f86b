"""The page by which somebody in a group becomes its contact, by a link that was passed on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from groups.domain.errors import MoreThanRoom, TooLate
from groups.domain.running.taking_over import link_to_take_over, take_over
from groups.forms.contact import TakeOverForm
from groups.views.answers import closed
from linkcenter.web import errors, limits
from participants.domain.person import consents


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """What a contact does, and the form to become one. To look changes nothing."""
    link = link_to_take_over(token, now=timezone.now())
    if link is None or link.group is None:
        return closed(request)
    centre = link.group.centre
    form = TakeOverForm(request.POST if request.method == "POST" else None, centre=centre)
    if form.is_valid():
        if not limits.spend(limits.SUBMISSIONS, limits.sender(request)):
            return errors.too_often(request)
        try:
            take_over(link, person=form.person(), agreement=form.agreement())
        except TooLate:
            return closed(request)
        except MoreThanRoom as error:
            form.add_error(None, str(error.message))
        else:
            return redirect("groups:contact-done", "overtatt")
    context = {
        "form": form,
        "group": link.group,
        "slot": link.group.slot,
        "centre": centre,
        "told": consents.told(centre, language=form.language),
    }
    return render(request, "groups/take_over.html", context)
