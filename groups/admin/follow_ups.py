"""The list of what there is to do for the groups, and what staff do with several of them."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from centres.admin.scope import CentreScopedAdmin
from centres.admin.staff.colleagues import ColleagueForm
from centres.models import Centre
from groups.admin.shared import GROUP_PAGE
from groups.domain import follow_ups
from groups.domain.errors import GroupError
from groups.lists.follow_ups import FOLLOW_UP_VIEWS
from groups.models import FollowUp
from groups.states import FollowUpKind
from linkcenter.admin.bulk import BulkAct, BulkActsMixin, BulkForm
from linkcenter.admin.named_views import NamedViewsMixin
from linkcenter.models import User
from participants.responsible import MINE, RESPONSIBLE


class OwnerFilter(admin.SimpleListFilter):
    """What the reader has said that they do, in any of the views."""

    title = gettext_lazy("responsible")
    parameter_name = RESPONSIBLE

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(MINE, _("me"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(is_mine=True) if self.value() == MINE else queryset


# Several at once


def _follow_up(row: FollowUp) -> str:
    return f"{row.group.name}: {capfirst(row.get_what_display())}"


def _why_done(row: FollowUp) -> str | Promise:
    return gettext_lazy("it is done already") if row.done_on else ""


def _take_over(row: FollowUp, answers: dict[str, Any], actor: User) -> None:
    follow_ups.take_over(row, by=actor)


def _mark_done(row: FollowUp, answers: dict[str, Any], actor: User) -> None:
    follow_ups.mark_done(row, on=timezone.localdate(), actor=actor)


class GiveFollowUpsForm(ColleagueForm):
    def centre_of(self, row: Any) -> Centre:
        centre: Centre = row.group.centre
        return centre


def _give(row: FollowUp, answers: dict[str, Any], actor: User) -> None:
    follow_ups.take_over(row, by=answers["colleague"])


def _with_group(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("group__centre")


FOLLOW_UP_ACTS = tuple(
    BulkAct(
        name=name,
        label=label,
        question=question,
        button=button,
        done=ngettext_lazy("Saved for %(n)s follow-up.", "Saved for %(n)s follow-ups.", "n"),
        do=do,
        form=form,
        rows=_with_group,
        skips=_why_done,
        refusals=(GroupError,),
        tell=_follow_up,
    )
    for name, label, question, button, do, form in (
        (
            "take_over",
            gettext_lazy("I do it"),
            gettext_lazy("Do you do these?"),
            gettext_lazy("I do them"),
            _take_over,
            BulkForm,
        ),
        (
            "give_to",
            gettext_lazy("Give it to a colleague"),
            gettext_lazy("Give these to a colleague?"),
            gettext_lazy("Give them on"),
            _give,
            GiveFollowUpsForm,
        ),
        (
            "mark_done",
            gettext_lazy("Done today"),
            gettext_lazy("Are these done today?"),
            gettext_lazy("Yes, they are done"),
            _mark_done,
            BulkForm,
        ),
    )
)


@admin.register(FollowUp)
class FollowUpAdmin(BulkActsMixin, NamedViewsMixin, CentreScopedAdmin):
    """Each row leads to the page of its group, where it is done."""

    centre_path = "group__centre"
    named_views = FOLLOW_UP_VIEWS
    all_help = gettext_lazy("Everything for the groups of your centres, done or not.")
    change_list_template = "admin/groups/followup/change_list.html"
    list_display = ["due", "to_do", "group", "owner", "done_on", "done_by"]
    list_display_links = ["due", "to_do"]
    list_select_related = ["group", "owner", "done_by"]
    ordering = ["-due", "-pk"]
    list_filter = [*NamedViewsMixin.list_filter, OwnerFilter]
    bulk_acts = FOLLOW_UP_ACTS

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.of(request.user)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == RESPONSIBLE or super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("what"))
    def to_do(self, follow_up: FollowUp) -> str:
        what = capfirst(follow_up.get_what_display())
        if follow_up.what != FollowUpKind.RING:
            return what
        about = follow_up.get_about_display()
        return format_html('<span class="ds-tag" data-color="danger">{}</span> {}', what, about)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        follow_up: Any = self.get_object(request, object_id)
        if follow_up is None:
            missing: Any = self
            return missing._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        page = reverse(GROUP_PAGE, args=[follow_up.group_id])
        return redirect(f"{page}#follow-ups")
