"""The page where a member of a group chooses what the others see of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from groups.domain.errors import WrongMoment
from groups.domain.running.sharing import choose_shown, seat_to_choose_for, shown
from groups.forms.answers import ShareForm
from groups.views.answers import closed
from participants.domain.person.links import find_link
from participants.states import LinkPurpose


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is chosen, and take another choice. The link works as often as they like."""
    link = find_link(token, LinkPurpose.SHARE, now=timezone.now())
    seat = seat_to_choose_for(link.participant) if link else None
    if link is None or seat is None:
        return closed(request)
    form = ShareForm(request.POST if request.method == "POST" else None, seat=seat)
    if form.is_valid():
        try:
            choose_shown(seat, name=form.name, shares_phone=form.with_phone, link=link)
        except WrongMoment:
            return closed(request)
        return redirect("groups:answered", "shared")
    group = seat.group
    context = {
        "form": form,
        "seat": seat,
        "group": group,
        "centre": group.centre,
        "slot": group.slot,
        "own": shown(seat),
    }
    return render(request, "groups/share.html", context)
