"""The start of a group on its page: who helps it, its first dates, sheets to print, how it went."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from groups.access import group_or_404
from groups.admin.asking.candidates import Candidate, fitting_first
from groups.admin.shared import GROUP_PAGE
from groups.domain.errors import GroupError
from groups.domain.initiators.helping import HELPED, MOST, keep_told, last_told, put_on, take_off
from groups.domain.meeting.calendar import calendar_of
from groups.domain.meeting.meetings import (
    MEETING,
    confidentiality_signed,
    meetings_ahead,
    past_meetings,
    report_meeting,
)
from groups.domain.meeting.start_sheet import first_dates, start_sheet
from groups.domain.running.sharing import members_of
from groups.forms.reporting import NOT_HELD, ReportForm, report_forms
from groups.models import Initiator, SelfHelpGroup
from groups.states import SettledFormat
from linkcenter.admin.pages import StaffRequest, posted, staff_page
from linkcenter.forms.base import ActForm, DateField
from linkcenter.messages.outbox import CALENDAR_FILE
from participants.domain.read_log import note
from participants.states import Door, SpokenLanguage


def helpers_for(group: SelfHelpGroup) -> list[Candidate]:
    """Trained initiators of the centre who have room for one more group."""
    rows: Any = Initiator.objects.available().filter(centre=group.centre_id)
    free = rows.exclude(pk__in=group.initiators.values("pk")).order_by("load", "pk")
    return [_helper(group, initiator) for initiator in free]


def _helper(group: SelfHelpGroup, initiator: Initiator) -> Candidate:
    is_digital = group.format == SettledFormat.DIGITAL
    when = group.slot.week_slot if group.slot else ""
    languages = [str(SpokenLanguage(code).label) for code in initiator.languages]
    load = _("%(now)s of %(most)s groups") % {"now": initiator.load, "most": initiator.max_groups}
    facts = [load, ", ".join(languages), _("also on video") if initiator.digital else ""]
    return Candidate(
        pk=initiator.pk,
        words=f"{initiator.name}: {'; '.join(fact for fact in facts if fact)}",
        fits=when in initiator.availability
        and group.language in initiator.languages
        and (initiator.digital or not is_digital),
    )


class PutOnForm(ActForm):
    key = "put_on"
    submit_label = gettext_lazy("Put on the group, and ask")

    initiator = forms.TypedChoiceField(
        label=gettext_lazy("Who could help?"),
        coerce=int,
        help_text=gettext_lazy("They hear time and house, and nothing of those they meet."),
        error_messages={
            "required": gettext_lazy("Choose somebody who could help."),
            "invalid_choice": gettext_lazy("Choose somebody from the list: the other has no time."),
        },
    )

    def __init__(self, *args: Any, helpers: Iterable[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["initiator"]
        field.choices = fitting_first(
            helpers,
            fit=_("Can help at this time"),
            others=_("Another time, language or way to meet"),
        )


class SignedForm(ActForm):
    key = "signed"
    submit_label = gettext_lazy("All have signed")

    signed_on = DateField(
        label=gettext_lazy("Day"),
        error_messages={"required": gettext_lazy("Choose the day when all had signed.")},
    )

    def clean_signed_on(self) -> date:
        day: date = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose today or an earlier day: it is signed."))
        return day


def start_panel(group: SelfHelpGroup, *, filled_in: Any) -> dict[str, Any]:
    """What the page shows of the start, from the first day to the last report."""
    now = timezone.now()
    report = filled_in if isinstance(filled_in, ReportForm) else None
    helped = group.state in HELPED
    met = group.state in MEETING
    initiators = list(group.initiators.order_by("pk"))
    return {
        "helped": helped,
        "first_dates": first_dates(group) if helped else [],
        "helpers": [(each, last_told(group, each) if helped else None) for each in initiators],
        "put_on": _put_on(group, filled_in) if helped and len(initiators) < MOST else None,
        "signed": _signed(group, filled_in) if met else None,
        "reports": list(report_forms(group, now=now, filled_in=report)) if met else [],
        "has_sheet": met and bool(members_of(group)),
        "not_held": NOT_HELD,
    }


def _put_on(group: SelfHelpGroup, filled_in: Any) -> PutOnForm:
    if isinstance(filled_in, PutOnForm):
        return filled_in
    action = reverse("admin:groups_selfhelpgroup_put_on", args=[group.pk])
    return PutOnForm(helpers=helpers_for(group), action=action)


def _signed(group: SelfHelpGroup, filled_in: Any) -> SignedForm | None:
    """For a group whose start meeting has been held, without the form signed."""
    if group.started_on is None or group.confidentiality_signed_on is not None:
        return None
    if isinstance(filled_in, SignedForm):
        return filled_in
    action = reverse("admin:groups_selfhelpgroup_signed", args=[group.pk])
    return SignedForm(initial={"signed_on": group.started_on}, action=action)


class StartPages:
    """The acts and sheets of a group's start; part of the admin of groups."""

    admin_site: Any
    opts: Any
    page: Callable[..., HttpResponse]
    _try: Callable[..., HttpResponse]

    def start_urls(self) -> list[URLPattern]:
        initiator = "<int:pk>/initiators/<int:initiator_pk>"
        return [
            path("<int:pk>/start-sheet/", self.sheet_view, name="sheet"),
            path("<int:pk>/promise/", self.promise_view, name="promise"),
            path("<int:pk>/meetings.ics", self.calendar_view, name="calendar"),
            path("<int:pk>/signed/", self.signed_view, name="signed"),
            path("<int:pk>/report/", self.report_view, name="report"),
            path("<int:pk>/initiators/", self.put_on_view, name="put_on"),
            path("<int:pk>/initiators/tell/", self.tell_view, name="tell_initiators"),
            path(f"{initiator}/take-off/", self.take_off_view, name="take_off"),
        ]

    # To print, and for the calendar

    def sheet_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Members as they have chosen, room, key and first dates: on one page of paper."""
        group = group_or_404(request.user, pk)
        sheet = start_sheet(group)
        if sheet is None or request.method not in ("GET", "HEAD"):
            return redirect(GROUP_PAGE, pk)
        members = [seat.registration.participant_id for seat in members_of(group)]
        note(request.user, members, door=Door.GROUP)
        return self._paper(request, "sheet", _("The sheet for the start"), group, sheet=sheet)

    def promise_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """What the group signs on paper. Nobody's name is on it."""
        group = group_or_404(request.user, pk)
        if request.method not in ("GET", "HEAD"):
            return redirect(GROUP_PAGE, pk)
        lines = range(group.max_size)
        title = _("What is said here, stays here")
        return self._paper(request, "promise", title, group, lines=lines)

    def _paper(
        self, request: StaffRequest, name: str, title: str, group: SelfHelpGroup, **context: Any
    ) -> HttpResponse:
        return staff_page(
            self,
            request,
            f"admin/groups/selfhelpgroup/{name}.html",
            {
                "title": title,
                "group": group,
                "centre": group.centre,
                **context,
            },
        )

    def calendar_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """The meetings ahead. The file says only that there is a meeting, and in which house."""
        group = group_or_404(request.user, pk)
        now = timezone.now()
        ahead = meetings_ahead(group, now=now)
        file = calendar_of([(group, ahead)], language=get_language() or "nb", now=now)
        response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{CALENDAR_FILE}"'
        return response

    # What was done

    @posted
    def signed_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = SignedForm(request.POST, action=request.path)

        def sign() -> None:
            confidentiality_signed(group, actor=request.user, **form.cleaned_data)

        done = _("It is written down that all have signed.")
        return self._try(request, group, form, sign, done)

    @posted
    def report_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        told = request.POST.get("meeting", "")
        is_number = told.isascii() and told.isdigit() and len(told) < 19
        past = past_meetings(group, now=timezone.now())
        meeting = get_object_or_404(past, pk=int(told) if is_number else 0)
        form = ReportForm(request.POST, group=group, meeting=meeting)
        is_held = request.POST.get("did") != NOT_HELD
        if is_held and not form.is_valid():
            return self.page(request, group, form)
        came = form.cleaned_data["head_count"] if is_held else None
        said = _("The meeting is written down.")
        return self._do(
            request,
            pk,
            lambda: report_meeting(group, meeting.pk, head_count=came, actor=request.user),
            said,
        )

    # Who helps

    @posted
    def put_on_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = PutOnForm(request.POST, helpers=helpers_for(group), action=request.path)

        def put() -> None:
            chosen = group.centre.initiators.filter(pk=form.cleaned_data["initiator"])
            put_on(group, get_object_or_404(chosen), actor=request.user)

        done = _("Put on the group. The message is on its way, or waits for you.")
        return self._try(request, group, form, put, done)

    @posted
    def take_off_view(self, request: StaffRequest, pk: int, initiator_pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        initiator = get_object_or_404(group.initiators.all(), pk=initiator_pk)
        return self._do(
            request,
            pk,
            lambda: take_off(group, initiator, actor=request.user),
            _("Removed from the group. Whoever had been asked hears so."),
        )

    @posted
    def tell_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        told = keep_told(group, now=timezone.now())
        if told:
            text = ngettext("%(n)s initiator is told.", "%(n)s initiators are told.", told)
            messages.success(request, text % {"n": told})
        else:
            messages.info(request, _("They know already what holds now."))
        return redirect(GROUP_PAGE, pk)

    def _do(
        self, request: StaffRequest, pk: int, act: Callable[[], object], done: str | Promise
    ) -> HttpResponse:
        try:
            act()
        except GroupError as error:
            messages.warning(request, str(error.message))
        else:
            messages.success(request, str(done))
        return redirect(GROUP_PAGE, pk)
