"""The list of groups, and the page where staff move one of them on."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.admin.scope import CentreScopedAdmin
from groups.access import group_or_404
from groups.admin.asking.acts import AskingActs
from groups.admin.group.beginning_again import BeginAgainActs
from groups.admin.group.bulk import GROUP_ACTS
from groups.admin.group.contact import ContactActs
from groups.admin.group.facts import FactsPage
from groups.admin.group.follow_ups import FollowUpActs
from groups.admin.group.forms import EndForm, LetGoForm, StartMeetingForm
from groups.admin.group.moving import MovingPages
from groups.admin.group.newcomers import NewcomerActs
from groups.admin.group.page import group_page
from groups.admin.group.prints import PrintPages
from groups.admin.group.seats import SeatActs
from groups.admin.group.starting import StartPages
from groups.admin.shared import GROUP_PAGE, REFUSALS, refusal
from groups.admin.workbench.pages import BenchPages
from groups.domain.lifecycle import ending, settling
from groups.lists.groups import GROUP_VIEWS
from groups.models import Seat, SelfHelpGroup
from linkcenter.admin.bulk import BulkActsMixin
from linkcenter.admin.editing import AS_SEEN
from linkcenter.admin.named_views import NamedViewsMixin
from linkcenter.admin.pages import OwnPageMixin, StaffRequest, posted, staff_page
from linkcenter.forms.base import ActForm
from participants.domain.read_log import note
from participants.models import Participant
from participants.states import Door


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
    SeatActs,
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
    def said_yes(self, group: Any) -> str | None:
        """While it is formed: afterwards those who said yes are forgotten one by one."""
        if not group.is_forming:
            return None
        return _("%(yes)s of %(need)s") % {"yes": group.yes_count, "need": group.min_size}

    @admin.display(description=gettext_lazy("people"))
    def members(self, group: Any) -> int:
        return group.people_count

    def acts(self) -> list[URLPattern]:
        return [
            path("<int:pk>/start-meeting/", self.start_meeting_view, name="start_meeting"),
            path("<int:pk>/let-go/", self.let_go_view, name="let_go"),
            path("<int:pk>/end/", self.end_view, name="end"),
            *self.asking_urls(),
            *self.bench_urls(),
            *self.contact_urls(),
            *self.facts_urls(),
            *self.follow_up_urls(),
            *self.newcomer_urls(),
            *self.moving_urls(),
            *self.print_urls(),
            *self.begin_again_urls(),
            *self.seat_urls(),
            *self.start_urls(),
        ]

    def page(
        self, request: HttpRequest, group: SelfHelpGroup, filled_in: ActForm | None = None
    ) -> HttpResponse:
        shown = group_page(group, filled_in=filled_in)
        reader: Any = request.user
        note(reader, shown["people"], door=Door.GROUP)
        note(reader, shown["listed"], door=Door.LIST)
        context = {
            **shown,
            "title": group.name,
        }
        return staff_page(self, request, "admin/groups/selfhelpgroup/change_form.html", context)

    def _try(
        self,
        request: StaffRequest,
        group: SelfHelpGroup,
        form: ActForm,
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
                return redirect(GROUP_PAGE, group.pk)
        return self.page(request, group_or_404(request.user, group.pk), form)

    @posted
    def start_meeting_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = StartMeetingForm(request.POST, action=request.path)

        def start() -> None:
            settling.hold_start_meeting(group, actor=request.user, **form.cleaned_data)

        return self._try(request, group, form, start, _("The start meeting is written down."))

    @posted
    def let_go_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = LetGoForm(request.POST, action=request.path)

        def let_go() -> None:
            ending.let_go(group, actor=request.user)

        done = _("The group is let go. Everybody waits on with their first date.")
        return self._try(request, group, form, let_go, done)

    @posted
    def end_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = EndForm(request.POST, action=request.path)

        def end() -> None:
            ending.end(group, reason=form.cleaned_data["reason"], actor=request.user)

        return self._try(request, group, form, end, _("The group has ended."))
