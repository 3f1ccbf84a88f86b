"""What there is to do for the groups: the list of it, and each centre's plan."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centres.admin.scope import CentreScopedAdmin
from groups.admin.bulk_groups import FOLLOW_UP_ACTS
from groups.domain import following_up
from groups.follow_up_lists import FOLLOW_UP_VIEWS
from groups.models import FollowUp, PlanStep
from groups.states import FollowUpKind
from linkcenter.bulk import BulkActsMixin
from linkcenter.named_views import NamedViewsMixin
from participants.whose import MINE, WHOSE

MOST_WEEKS = 104


class OwnerFilter(admin.SimpleListFilter):
    """What the reader has said that they do, in any of the views."""

    title = gettext_lazy("responsible")
    parameter_name = WHOSE

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(MINE, _("me"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(is_mine=True) if self.value() == MINE else queryset


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
        return lookup == WHOSE or super().lookup_allowed(lookup, value, request)

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
        page = reverse("admin:groups_selfhelpgroup_change", args=[follow_up.group_id])
        return redirect(f"{page}#follow-ups")


class PlanStepForm(forms.ModelForm):
    number = forms.IntegerField(
        label=gettext_lazy("After how many"),
        min_value=0,
        max_value=MOST_WEEKS,
        error_messages={
            "min_value": gettext_lazy("Write a number from 0 to 104."),
            "max_value": gettext_lazy("Write a number from 0 to 104."),
            "invalid": gettext_lazy("Write a number from 0 to 104."),
        },
    )

    class Meta:
        model = PlanStep
        fields = ["centre", "what", "number", "counted_in"]


@admin.register(PlanStep)
class PlanStepAdmin(CentreScopedAdmin):
    """What a centre does with each of its groups, step by step. The groups follow at once."""

    form = PlanStepForm
    list_display = ["what", "number", "counted_in", "centre"]
    list_display_links = ["what"]
    list_select_related = ["centre"]
    ordering = ["centre__name", "counted_in", "number", "pk"]
    change_list_template = "admin/groups/planstep/change_list.html"
    fieldsets = [
        (
            None,
            {
                "description": gettext_lazy(
                    "The groups follow the plan at once. What is still to be done for them gets"
                    " its new day, unless somebody has set the day. What is done stays."
                ),
                "fields": ["centre", "what", "number", "counted_in"],
            },
        )
    ]

    def formfield_for_choice_field(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "what":
            kwargs["choices"] = [(kind.value, kind.label) for kind in following_up.BY_HAND]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        moved, new = following_up.change_plan(obj.centre)
        if moved or new:
            text = _("Follow-ups of groups: %(moved)s have another day, %(new)s are new.")
            messages.info(request, text % {"moved": moved, "new": new})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._say_gone(request, following_up.remove_step(obj))

    def _say_gone(self, request: HttpRequest, gone: int) -> None:
        if gone:
            text = ngettext(
                "%(n)s follow-up that was still to be done is gone, too.",
                "%(n)s follow-ups that were still to be done are gone, too.",
                gone,
            )
            messages.info(request, text % {"n": gone})
