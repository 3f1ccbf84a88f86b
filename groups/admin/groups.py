"""The list of groups, and the page where staff move one of them on."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centres.admin.scope import CentreScopedAdmin
from centres.domain.booking import BookingError, VenueTaken
from groups.access import group_or_404, seat_or_404
from groups.admin.asking_acts import AskingActs
from groups.admin.beginning_again import BeginAgainActs
from groups.admin.bench import BenchPages
from groups.admin.bulk_groups import GROUP_ACTS
from groups.admin.contact import ContactActs
from groups.admin.facts import FactsPage
from groups.admin.follow_up_acts import FollowUpActs
from groups.admin.forms import (
    EndForm,
    LetGoForm,
    OtherTimeForm,
    StartMeetingForm,
)
from groups.admin.group_page import group_page
from groups.admin.moving import MovingPages
from groups.admin.newcomers import NewcomerActs
from groups.admin.prints import PrintPages
from groups.admin.starting import StartPages
from groups.domain import asking, forming, lifecycle
from groups.domain.errors import GroupError
from groups.domain.seats import hold_as_seen
from groups.domain.seen import sealed_seat
from groups.lists import GROUP_VIEWS
from groups.models import Seat, SelfHelpGroup
from groups.states import NoReason
from linkcenter.bulk import BulkActsMixin
from linkcenter.editing import AS_SEEN
from linkcenter.named_views import NamedViewsMixin
from linkcenter.staff_pages import OwnPageMixin, StaffRequest, posted
from participants.admin.forms import DeskForm
from participants.domain.reading import note
from participants.domain.registration import RegistrationError
from participants.models import Participant
from participants.states import Door

PAGE = "admin:groups_selfhelpgroup_change"
PERSON_PAGE = "admin:participants_registration_change"
REFUSALS = (GroupError, BookingError, RegistrationError)
DATES_SHOWN = 5


def refusal(error: Exception) -> str:
    """What was refused, in a sentence; with the days, where it is about days."""
    text = str(getattr(error, "message", ""))
    if isinstance(error, VenueTaken):
        days = [date_format(day, "SHORT_DATE_FORMAT") for day in error.dates[:DATES_SHOWN]]
        return f"{text} {', '.join(days)}"
    return text


@admin.register(SelfHelpGroup)
class SelfHelpGroupAdmin(
    AskingActs,
    BenchPages,
    ContactActs,
    NewcomerActs,
    BeginAgainActs,
    FactsPage,
    FollowUpActs,
    MovingPages,
    PrintPages,
    StartPages,
    BulkActsMixin,
    NamedViewsMixin,
    OwnPageMixin,
    CentreScopedAdmin,
):
    """Groups come from proposals, and move on by acts: nothing about them is typed in here."""

    change_list_template = "admin/tabbed_change_list.html"
    named_views = GROUP_VIEWS
    all_help = gettext_lazy("All groups of your centres, the latest first.")
    list_display = ["name", "state", "when", "first_date", "said_yes", "members"]
    list_select_related = ["slot"]
    ordering = ["-created_at", "-pk"]
    bulk_acts = GROUP_ACTS
    search_fields = ["name"]
    search_help_text = gettext_lazy(
        "Search by the group's name, or by the reference of a person in it, such as D-1042."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.select_related("centre", "slot__venue", "theme").with_seat_counts()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if not search_term:
            return queryset, False
        person = Participant.pk_of(search_term)
        with_person = Seat.objects.filter(registration__participant=person).values("group")
        return queryset.filter(Q(name__icontains=search_term) | Q(pk__in=with_person)), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("weekly time"))
    def when(self, group: SelfHelpGroup) -> str | None:
        return group.slot.week_slot_label.capitalize() if group.slot else None

    @admin.display(description=gettext_lazy("said yes"))
    def said_yes(self, group: Any) -> str:
        return _("%(yes)s of %(need)s") % {"yes": group.yes_count, "need": group.min_size}

    @admin.display(description=gettext_lazy("people"))
    def members(self, group: Any) -> int:
        return group.live_count

    def acts(self) -> list[URLPattern]:
        seat = "<int:pk>/seats/<int:seat_pk>"
        return [
            path("<int:pk>/ask/", self.ask_view, name="ask"),
            path("<int:pk>/start-meeting/", self.start_meeting_view, name="start_meeting"),
            path("<int:pk>/let-go/", self.let_go_view, name="let_go"),
            path("<int:pk>/end/", self.end_view, name="end"),
            *self.asking_urls(),
            *self.bench_urls(),
            *self.contact_urls(),
            *self.facts_urls(),
            *self.follow_up_acts(),
            *self.newcomer_urls(),
            *self.moving_urls(),
            *self.print_urls(),
            *self.begin_again_acts(),
            *self.start_acts(),
            path(f"{seat}/remove/", self.remove_view, name="remove"),
            path(f"{seat}/yes/", self.yes_view, name="yes"),
            path(f"{seat}/no/", self.no_view, name="no"),
            path(f"{seat}/other-time/", self.other_time_view, name="other_time"),
        ]

    def page(
        self, request: HttpRequest, group: SelfHelpGroup, filled_in: DeskForm | None = None
    ) -> HttpResponse:
        shown = group_page(group, filled_in=filled_in)
        reader: Any = request.user
        note(reader, shown["people"], door=Door.GROUP)
        note(reader, shown["listed"], door=Door.LIST)
        context = {
            **self.admin_site.each_context(request),
            **shown,
            "opts": self.opts,
            "title": group.name,
        }
        return TemplateResponse(request, "admin/groups/selfhelpgroup/change_form.html", context)

    def _try(
        self,
        request: StaffRequest,
        group: SelfHelpGroup,
        form: DeskForm,
        act: Callable[[], object],
        done: str | Promise,
    ) -> HttpResponse:
        """Do ``act`` with what was filled in. A refusal stands on the form, with all of it kept."""
        group.as_seen = request.POST.get(AS_SEEN, "")
        if form.is_valid():
            try:
                act()
            except REFUSALS as error:
                form.add_error(None, refusal(error))
            else:
                messages.success(request, str(done))
                return redirect(PAGE, group.pk)
        return self.page(request, group_or_404(request.user, group.pk), form)

    def _try_on_seat(
        self, request: StaffRequest, seat: Seat, act: Callable[[], object], done: str | Promise
    ) -> HttpResponse:
        """Do ``act`` and go back to where the button was: the group's page or the person's."""
        try:
            with transaction.atomic():
                hold_as_seen(seat, request.POST.get(AS_SEEN, ""))
                act()
        except REFUSALS as error:
            messages.warning(request, refusal(error))
        else:
            messages.success(request, str(done))
        return _back(request.POST.get("back", ""), seat)

    # The whole group

    @posted
    def ask_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        group.as_seen = request.POST.get(AS_SEEN, "")
        try:
            asked = asking.ask(group, actor=request.user)
        except REFUSALS as error:
            messages.warning(request, refusal(error))
        else:
            text = ngettext("%(n)s person is asked.", "%(n)s people are asked.", len(asked))
            messages.success(request, text % {"n": len(asked)})
        return redirect(PAGE, pk)

    @posted
    def start_meeting_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = StartMeetingForm(request.POST, action=request.path)

        def start() -> None:
            lifecycle.hold_start_meeting(group, actor=request.user, **form.cleaned_data)

        return self._try(request, group, form, start, _("The start meeting is written down."))

    @posted
    def let_go_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = LetGoForm(request.POST, action=request.path)

        def let_go() -> None:
            lifecycle.let_go(group, actor=request.user)

        done = _("The group is let go. Everybody waits on with their first date.")
        return self._try(request, group, form, let_go, done)

    @posted
    def end_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = EndForm(request.POST, action=request.path)

        def end() -> None:
            lifecycle.end(group, reason=form.cleaned_data["reason"], actor=request.user)

        return self._try(request, group, form, end, _("The group has ended."))

    # One seat in it

    @posted
    def remove_view(self, request: StaffRequest, pk: int, seat_pk: int) -> HttpResponse:
        seat = seat_or_404(request.user, pk, seat_pk)

        def remove() -> None:
            forming.remove_person(seat, actor=request.user)

        return self._try_on_seat(request, seat, remove, _("Taken out. The person waits on."))

    @posted
    def yes_view(self, request: StaffRequest, pk: int, seat_pk: int) -> HttpResponse:
        seat = seat_or_404(request.user, pk, seat_pk)

        def say_yes() -> None:
            asking.say_yes(seat, actor=request.user)

        return self._try_on_seat(request, seat, say_yes, _("The yes is written down."))

    @posted
    def no_view(self, request: StaffRequest, pk: int, seat_pk: int) -> HttpResponse:
        seat = seat_or_404(request.user, pk, seat_pk)
        why = request.POST.get("no_reason", "")
        no_reason = why if why in NoReason.values else ""

        def say_no() -> None:
            asking.say_no(seat, actor=request.user, no_reason=no_reason)

        return self._try_on_seat(request, seat, say_no, _("The no is written down."))

    def other_time_view(self, request: StaffRequest, pk: int, seat_pk: int) -> HttpResponse:
        """The person can, but at another time: a page of its own, for the week takes its room."""
        seat = seat_or_404(request.user, pk, seat_pk)
        is_lent = seat.registration.participant.centre_id != seat.group.centre_id
        form = OtherTimeForm(
            request.POST if request.method == "POST" else None,
            initial={
                "availability": asking.other_times(seat),
                "back": request.GET.get("back", "")[:10],
            },
            action=request.path,
            is_lent=is_lent,
        )
        if form.is_valid():

            def other_time() -> None:
                times = form.cleaned_data.get("availability")
                asking.say_other_time(seat, availability=times, actor=request.user)

            done = _("The times are written down. The person waits on.")
            if is_lent:
                done = _("It is written down. The person waits on.")
            return self._try_on_seat(request, seat, other_time, done)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Another time"),
            "seat": seat,
            "is_lent": is_lent,
            "as_seen": sealed_seat(seat),
            "form": form,
        }
        return TemplateResponse(request, "admin/groups/selfhelpgroup/other_time.html", context)


def _back(where: str, seat: Seat) -> HttpResponse:
    if where == "person":
        return redirect(PERSON_PAGE, seat.registration_id)
    return redirect(PAGE, seat.group_id)
