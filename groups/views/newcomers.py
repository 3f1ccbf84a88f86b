"""Somebody would like to join a group that meets: its contact says yes or no."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from groups.domain.errors import TooLate
from groups.domain.running.contact import group_of_contact
from groups.domain.running.newcomers import take_in, to_answer, turn_down
from groups.mail.newcomers import decade_of
from groups.states import Answer
from groups.views.answers import closed
from participants.domain.person.links import find_link
from participants.states import LinkPurpose

ACTS = {Answer.YES.value: take_in, Answer.NO.value: turn_down}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def newcomers(request: HttpRequest, token: str) -> HttpResponse:
    """Show who would like to join, without a name, and take the group's answer.

    No login: holding the link to the group's page is the permission. To look changes nothing.
    """
    link = find_link(token, LinkPurpose.GROUP, now=timezone.now())
    group = group_of_contact(link.participant) if link else None
    if group is None or group.contact is None:
        return closed(request)
    waiting = to_answer(group)
    is_too_late = False
    if request.method == "POST":
        seats = {str(seat.pk): seat for seat in waiting}
        seat, act = (
            seats.get(request.POST.get("seat", "")),
            ACTS.get(request.POST.get("answer", "")),
        )
        try:
            if seat is None or act is None:
                raise TooLate
            act(seat, contact=group.contact)
        except TooLate:
            is_too_late = True
            waiting = to_answer(group)
        else:
            return redirect("groups:newcomers", token)
    context = {
        "group": group,
        "centre": group.centre,
        "slot": group.slot,
        "token": token,
        "newcomers": [(seat, decade_of(seat)) for seat in waiting],
        "is_too_late": is_too_late,
    }
    return render(request, "groups/newcomers.html", context)
