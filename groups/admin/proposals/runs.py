"""Asking the matcher, looking at what it proposes, and making a group of a proposal."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.access import centres_of, request_scope
from centres.admin.scope import CentreScopedAdmin
from centres.models import Centre
from groups.access import match_run_or_404, match_runs_for
from groups.admin.proposals.missing import MissingPages
from groups.admin.shared import GROUP_PAGE, REFUSALS, refusal
from groups.domain.forming import accepting, match_runs
from groups.lists.match_runs import MATCH_RUN_VIEWS
from groups.models import MatchRun
from groups.proposals.run_page import Member, card_of, run_page
from groups.states import RunState, Start, WaitWeight
from linkcenter.admin.named_views import NamedViewsMixin
from linkcenter.admin.pages import OwnPageMixin, StaffRequest, posted, staff_page
from linkcenter.forms.base import ActForm
from participants.domain.read_log import note
from participants.models import Participant
from participants.states import Door

PAGE = "admin:groups_matchrun_change"
LIST = "admin:groups_matchrun_changelist"
LOOK_AGAIN = 2  # seconds, while a run is under way


class ProposeForm(ActForm):
    """For which centres, from what, and how much the wait counts."""

    key = "propose"
    submit_label = gettext_lazy("Ask for proposals")

    centre = forms.MultipleChoiceField(
        label=gettext_lazy("For whom?"),
        help_text=gettext_lazy("Several together share their digital groups."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one centre.")},
    )
    start = forms.ChoiceField(
        label=gettext_lazy("What about the earlier proposals?"),
        help_text=gettext_lazy(
            "Starting over says how many people would move before you go on from it."
        ),
        choices=Start,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what becomes of the earlier proposals.")},
    )
    wait_weight = forms.ChoiceField(
        label=gettext_lazy("How much does a long wait count?"),
        choices=WaitWeight,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how much a long wait counts.")},
    )

    def __init__(self, *args: Any, centres: Iterable[Centre], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["centre"]
        field.choices = [(str(centre.pk), str(centre)) for centre in centres]


@admin.register(MatchRun)
class MatchRunAdmin(MissingPages, NamedViewsMixin, OwnPageMixin, CentreScopedAdmin):
    """Runs of the matcher, kept as they were."""

    named_views = MATCH_RUN_VIEWS
    all_help = gettext_lazy(
        "What was proposed, and when. A proposal becomes a group when you say so."
    )
    change_list_template = "admin/groups/matchrun/change_list.html"
    list_display = ["when", "centre", "how_far", "proposed", "run_by"]
    list_select_related = ["centre", "run_by"]
    ordering = ["-run_at", "-pk"]
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def _is_in_scope(self, request: HttpRequest, obj: Any) -> bool:
        """A run for several centres is for those who work at all of them."""
        if obj is None or obj.pk is None:
            return super()._is_in_scope(request, obj)
        return request_scope(request).centre_ids >= set(obj.centre_ids)

    def at_centre(self, rows: QuerySet, centre_id: int) -> QuerySet:
        return rows.filter(centre_ids__contains=[centre_id])

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        own = list(request_scope(request).centre_ids)
        rows = super().get_queryset(request).filter(centre_ids__contained_by=own)
        return rows.select_related("centre", "run_by").defer("problem")

    @admin.display(description=gettext_lazy("run"), ordering="run_at")
    def when(self, run: MatchRun) -> str:
        return date_format(localtime(run.run_at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def how_far(self, run: MatchRun) -> str:
        return run.get_state_display()

    @admin.display(description=gettext_lazy("proposals"))
    def proposed(self, run: MatchRun) -> int:
        return len((run.result or {}).get("groups", []))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"own_centres": centres_of(request.user), **(extra_context or {})}
        return super().changelist_view(request, context)

    def acts(self) -> list[URLPattern]:
        return [
            path("propose/", self.propose_view, name="propose"),
            path("<int:pk>/use/", self.use_view, name="use"),
            path("<int:pk>/proposal/<int:number>/", self.proposal_view, name="proposal"),
            path("<int:pk>/accept/<int:number>/", self.accept_view, name="accept"),
            *self.missing_urls(),
        ]

    def propose_view(self, request: StaffRequest) -> HttpResponse:
        """The form with every choice; a button elsewhere posts a centre, and takes the usual."""
        own = list(centres_of(request.user).order_by("name"))
        if request.method != "POST":
            newest = match_runs_for(request.user).order_by("-run_at", "-pk").first()
            initial = {
                "centre": [str(centre.pk) for centre in own] if len(own) == 1 else [],
                "start": Start.KEEP,
                "wait_weight": newest.wait_weight if newest else WaitWeight.SOME,
            }
            return self._propose_page(request, self._propose_form(None, own, initial=initial))
        data = request.POST.copy()
        if not set(data.getlist("centre")) <= {str(centre.pk) for centre in own}:
            raise Http404
        if "start" not in data and "centre" in data:
            data["start"] = Start.KEEP
            data["wait_weight"] = self._last_weight(data.getlist("centre")[0])
        form = self._propose_form(data, own)
        if not form.is_valid():
            return self._propose_page(request, form)
        chosen = [centre for centre in own if str(centre.pk) in form.cleaned_data["centre"]]
        run = match_runs.ask_for_proposals(
            chosen,
            actor=request.user,
            start=form.cleaned_data["start"],
            wait_weight=form.cleaned_data["wait_weight"],
        )
        return redirect(PAGE, run.pk)

    def _last_weight(self, centre: str) -> str:
        """As the centre chose last."""
        runs = MatchRun.objects.filter(centre_ids=[int(centre)]).order_by("-run_at", "-pk")
        return runs.values_list("wait_weight", flat=True).first() or WaitWeight.SOME

    def _propose_form(self, data: Any, centres: list[Centre], **kwargs: Any) -> ProposeForm:
        address = reverse("admin:groups_matchrun_propose")
        return ProposeForm(data, centres=centres, action=address, **kwargs)

    def _propose_page(self, request: HttpRequest, form: ProposeForm) -> HttpResponse:
        context = {
            "title": _("Ask for proposals"),
            "form": form,
        }
        return staff_page(self, request, "admin/groups/matchrun/propose.html", context)

    def page(self, request: HttpRequest, run: MatchRun) -> HttpResponse:
        shown = run_page(run)
        if shown:
            _note(request, shown.people)
        context = {
            "title": _("Proposals"),
            "run": run,
            "centres": match_runs.centres_of_run(run),
            "can_be_used": run.state == RunState.DONE and not run.in_use,
            "page": shown,
        }
        response = staff_page(self, request, "admin/groups/matchrun/change_form.html", context)
        if run.is_under_way:
            response["Refresh"] = str(LOOK_AGAIN)
        return response

    def proposal_view(self, request: StaffRequest, pk: int, number: int) -> HttpResponse:
        """One proposal by itself, to read and to print."""
        run = self._run_with_proposal(request, pk, number)
        card = card_of(run, number)
        _note(request, card.people)
        context = {
            "title": _("Proposal"),
            "run": run,
            "card": card,
            "printed_at": timezone.now(),
        }
        return staff_page(self, request, "admin/groups/matchrun/proposal.html", context)

    def _run_with_proposal(self, request: StaffRequest, pk: int, number: int) -> MatchRun:
        run = match_run_or_404(request.user, pk)
        if number >= len((run.result or {}).get("groups", [])):
            raise Http404
        return run

    @posted
    def use_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        run = match_run_or_404(request.user, pk)
        try:
            match_runs.use(run)
        except REFUSALS as error:
            messages.warning(request, refusal(error))
        else:
            messages.success(request, _("You go on from these proposals. Nobody is told yet."))
        return redirect(PAGE, pk)

    @posted
    def accept_view(self, request: StaffRequest, pk: int, number: int) -> HttpResponse:
        run = self._run_with_proposal(request, pk, number)
        try:
            group = accepting.accept(run, number, actor=request.user)
        except REFUSALS as error:
            messages.warning(request, refusal(error))
            return redirect(PAGE, pk)
        messages.success(
            request, _("The group is formed. Nobody is told yet: look at it, then ask.")
        )
        return redirect(GROUP_PAGE, group.pk)


def _note(request: HttpRequest, members: list[Member]) -> None:
    """The reader sees the names of those who still are at the centre: it is written down."""
    keys = {Participant.pk_of(member.reference) for member in members if member.pk}
    reader: Any = request.user
    note(reader, sorted(pk for pk in keys if pk is not None), door=Door.PROPOSALS)
