"""The pages of whoever helps groups to start, by a link of their own; and the files for calendars.

They show the own groups until the hand-over, and nothing of any other.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from groups.domain.errors import GroupError
from groups.domain.initiators.helping import own_groups
from groups.domain.initiators.links import initiator_with
from groups.domain.meeting.calendar import calendar_of
from groups.domain.meeting.meetings import (
    group_of_member,
    meetings_ahead,
    past_meetings,
    report_meeting,
)
from groups.domain.meeting.start_sheet import StartSheet, next_with_initiator, start_sheet
from groups.forms.reporting import NOT_HELD, ReportForm, report_forms
from groups.models import Initiator, SelfHelpGroup
from linkcenter.messages.outbox import CALENDAR_FILE
from linkcenter.web import limits
from participants.models import Registration
from participants.views.own_session import with_interest


@dataclass(frozen=True)
class OwnGroup:
    """What an initiator sees of one group: before it is settled, time, place and how many."""

    group: SelfHelpGroup
    how_many: int
    sheet: StartSheet | None
    reports: list[ReportForm] = field(default_factory=list)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def area(request: HttpRequest, token: str) -> HttpResponse:
    """The initiator's groups; a button says that a meeting was held, and how many came.

    No login: holding the link is the permission. To look changes nothing.
    """
    now = timezone.now()
    initiator = initiator_with(token, now=now)
    groups = list(own_groups(initiator)) if initiator else []
    if initiator is None or not groups:
        return _closed(request)
    form = None
    if request.method == "POST":
        group, form = _posted(request, groups, now=now)
        try:
            if _report(request, group, form, now=now):
                return redirect(f"{reverse('groups:initiator', args=[token])}#m{form.meeting.pk}")
        except GroupError:  # handed over in this very moment
            return _closed(request)
    context = {
        "initiator": initiator,
        "centre": initiator.centre,
        "token": token,
        "own": [_own(group, form, now=now) for group in groups],
        "has_dates": any(not group.is_forming for group in groups),
        "form": form,
        "not_held": NOT_HELD,
    }
    return render(request, "groups/initiator.html", context)


def _own(group: SelfHelpGroup, form: ReportForm | None, *, now: datetime) -> OwnGroup:
    how_many = group.seats.live().count()
    if group.is_forming:
        return OwnGroup(group, how_many, None)
    reports = list(report_forms(group, now=now, filled_in=form))
    return OwnGroup(group, how_many, start_sheet(group), reports)


def _report(request: HttpRequest, group: SelfHelpGroup, form: ReportForm, *, now: datetime) -> bool:
    """Take what was posted about one meeting; False if there is something to correct."""
    came = None
    if request.POST.get("did") != NOT_HELD:
        if not form.is_valid():
            return False
        came = form.cleaned_data["head_count"]
    report_meeting(group, form.meeting.pk, head_count=came, now=now)
    return True


def _posted(
    request: HttpRequest, groups: list[SelfHelpGroup], *, now: datetime
) -> tuple[SelfHelpGroup, ReportForm]:
    """The meeting that is told of, of the own groups alone."""
    told = request.POST.get("meeting", "")
    for group in groups:
        for meeting in past_meetings(group, now=now):
            if str(meeting.pk) == told and not group.is_forming:
                return group, ReportForm(request.POST, group=group, meeting=meeting)
    raise Http404


@never_cache
@require_safe
def sheet(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """The start sheet of one of the own groups, to print."""
    initiator, group = _own_or_none(token, pk)
    made = start_sheet(group) if group else None
    if initiator is None or made is None:
        return _closed(request)
    context = {"sheet": made, "centre": made.group.centre, "token": token}
    return render(request, "groups/start_sheet.html", context)


@never_cache
@require_safe
def promise(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """The confidentiality form of one of the own groups, to print and sign. It names nobody."""
    initiator, group = _own_or_none(token, pk)
    if initiator is None or group is None or group.is_forming:
        return _closed(request)
    context = {"group": group, "centre": group.centre, "lines": range(group.max_size)}
    return render(request, "groups/promise.html", {**context, "token": token})


@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings ahead where the initiator is, as a file for a calendar."""
    now = timezone.now()
    initiator = initiator_with(token, now=now)
    groups = list(own_groups(initiator)) if initiator else []
    if initiator is None or not groups:
        return _closed(request)
    told = [(group, next_with_initiator(group, now=now)) for group in groups]
    settled = [(group, ahead) for group, ahead in told if not group.is_forming]
    return _file(calendar_of(settled, language=initiator.language, now=now))


@with_interest
def own_calendar(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The meetings ahead of a member's group, as a file for a calendar."""
    now = timezone.now()
    group = group_of_member(registration)
    if group is None:
        return redirect("participants:own-page")
    language = registration.participant.language
    ahead = meetings_ahead(group, now=now)
    return _file(calendar_of([(group, ahead)], language=language, now=now))


def _own_or_none(token: str, pk: int) -> tuple[Initiator | None, SelfHelpGroup | None]:
    initiator = initiator_with(token, now=timezone.now())
    return initiator, own_groups(initiator).filter(pk=pk).first() if initiator else None


def _file(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{CALENDAR_FILE}"'
    return response


def _closed(request: HttpRequest) -> HttpResponse:
    """The same kind page for a link that is replaced, too old or invented, and when all is done.

    Whoever tries many is told so by the status; a link that works is never held up by them.
    """
    is_within = limits.spend(limits.UNKNOWN_LINKS, limits.sender(request))
    return render(request, "groups/initiator_closed.html", status=404 if is_within else 429)
