"""Asking the matcher, looking at what it proposes, and making a group of a proposal."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.access import centres_of
from centres.admin.scope import CentreScopedAdmin
from groups.access import match_run_or_404
from groups.admin.groups import PAGE as GROUP_PAGE
from groups.admin.groups import REFUSALS, refusal
from groups.domain import forming
from groups.lists import MATCH_RUN_VIEWS
from groups.models import MatchRun
from groups.proposals import run_page
from linkcenter.named_views import NamedViewsMixin
from linkcenter.staff_pages import OwnPageMixin, StaffRequest, posted

PAGE = "admin:groups_matchrun_change"
LIST = "admin:groups_matchrun_changelist"


@admin.register(MatchRun)
class MatchRunAdmin(NamedViewsMixin, OwnPageMixin, CentreScopedAdmin):
    """Runs of the matcher, kept as they were."""

    named_views = MATCH_RUN_VIEWS
    all_help = gettext_lazy(
        "What was proposed, and when. A proposal becomes a group when you say so."
    )
    change_list_template = "admin/groups/matchrun/change_list.html"
    list_display = ["when", "centre", "proposed", "run_by"]
    list_select_related = ["centre", "run_by"]
    ordering = ["-run_at", "-pk"]
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("run"), ordering="run_at")
    def when(self, run: MatchRun) -> str:
        return date_format(localtime(run.run_at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=gettext_lazy("proposals"))
    def proposed(self, run: MatchRun) -> int:
        return len(run.result.get("groups", []))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"own_centres": centres_of(request.user), **(extra_context or {})}
        return super().changelist_view(request, context)

    def acts(self) -> list[URLPattern]:
        return [
            path("propose/", self.propose_view, name="propose"),
            path("<int:pk>/accept/<int:number>/", self.accept_view, name="accept"),
        ]

    def propose_view(self, request: StaffRequest) -> HttpResponse:
        if request.method != "POST":
            return redirect(LIST)
        text = request.POST.get("centre", "")
        if not (text.isascii() and text.isdigit() and len(text) < 19):
            raise Http404
        centre = get_object_or_404(centres_of(request.user), pk=int(text))
        return redirect(PAGE, forming.propose(centre, actor=request.user).pk)

    def page(self, request: HttpRequest, run: MatchRun) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Proposals"),
            "run": run,
            "page": run_page(run),
        }
        return TemplateResponse(request, "admin/groups/matchrun/change_form.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("centre", "run_by").defer("problem")

    @posted
    def accept_view(self, request: StaffRequest, pk: int, number: int) -> HttpResponse:
        run = match_run_or_404(request.user, pk)
        if number >= len(run.result.get("groups", [])):
            raise Http404
        try:
            group = forming.accept(run, number, actor=request.user)
        except REFUSALS as error:
            messages.warning(request, refusal(error))
            return redirect(PAGE, pk)
        messages.success(
            request, _("The group is formed. Nobody is told yet: look at it, then ask.")
        )
        return redirect(GROUP_PAGE, group.pk)
