"""The plan of each centre: what is due for every group, and how long after its start."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centres.admin.scope import CentreScopedAdmin
from groups.domain import follow_ups
from groups.models import PlanStep

MOST_WEEKS = 104


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
            kwargs["choices"] = [(kind.value, kind.label) for kind in follow_ups.BY_HAND]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        moved, new = follow_ups.change_plan(obj.centre)
        if moved or new:
            text = _("Follow-ups of groups: %(moved)s have another day, %(new)s are new.")
            messages.info(request, text % {"moved": moved, "new": new})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._say_gone(request, follow_ups.remove_step(obj))

    def _say_gone(self, request: HttpRequest, gone: int) -> None:
        if gone:
            text = ngettext(
                "%(n)s follow-up that was still to be done is gone, too.",
                "%(n)s follow-ups that were still to be done are gone, too.",
                gone,
            )
            messages.info(request, text % {"n": gone})
