"""The page where staff change what a group is; its time, its people and its state have acts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.access import group_or_404
from groups.admin.shared import GROUP_PAGE
from groups.domain.errors import GroupError
from groups.domain.facts import FactRefused, change_facts, is_told
from groups.domain.running.newcomers import meets
from groups.domain.seats import lock
from groups.models import SelfHelpGroup
from groups.states import GroupState
from linkcenter.admin.editing import SeenForm, sealed_forms
from linkcenter.admin.pages import StaffRequest, staff_page
from linkcenter.forms.base import CrispyMixin, OneLineField, tick
from participants.models import Theme

SMALLEST, LARGEST = 2, 12
SIZE = {"min_value": gettext_lazy("Write a number from 2 to 12.")}
SIZES = SIZE | dict.fromkeys(("max_value", "invalid", "required"), SIZE["min_value"])


class FactsForm(CrispyMixin, SeenForm, forms.ModelForm):
    submit_label = gettext_lazy("Save the changes")

    name = OneLineField(
        max_length=60,
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Neutral: it never tells what the group is about."),
        error_messages={"required": gettext_lazy("Give the group a name.")},
    )
    theme: Any = forms.ModelChoiceField(
        Theme.objects.none(),
        required=False,
        label=gettext_lazy("Theme"),
        empty_label=gettext_lazy("Mixed, without a theme"),
    )
    min_size = forms.IntegerField(
        label=gettext_lazy("At least"),
        min_value=SMALLEST,
        max_value=LARGEST,
        error_messages=SIZES,
    )
    max_size = forms.IntegerField(
        label=gettext_lazy("At most"),
        min_value=SMALLEST,
        max_value=LARGEST,
        error_messages=SIZES,
    )
    told = tick(
        label=gettext_lazy("I tell those who know it otherwise."),
        help_text=gettext_lazy("When you change for whom, about what or how the group meets."),
    )

    class Meta:
        model = SelfHelpGroup
        fields = [
            *("name", "kind", "theme", "role", "gender", "format", "language"),
            *("min_size", "max_size", "newcomers"),
        ]
        labels = {
            "kind": gettext_lazy("Kind"),
            "role": gettext_lazy("For whom"),
            "gender": gettext_lazy("Who"),
            "format": gettext_lazy("How to meet"),
            "language": gettext_lazy("Language"),
            "newcomers": gettext_lazy("Newcomers"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.instance
        active = Theme.objects.filter(active=True)
        themes: Any = self.fields["theme"]
        themes.queryset = active | Theme.objects.filter(pk=group.theme_id)
        if meets(group):
            del self.fields["newcomers"]  # is chosen with the group, on its page
        if not is_told(group):
            del self.fields["told"]

    def validate_constraints(self) -> None:
        """The domain says what cannot be, in sentences at the right field."""


class FactsPage:
    """Part of the admin of groups."""

    admin_site: Any
    opts: Any

    def facts_urls(self) -> list[URLPattern]:
        return [path("<int:pk>/facts/", self.facts_view, name="facts")]

    def facts_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        if group.state == GroupState.ENDED:
            messages.warning(request, _("The group has ended. Nothing about it is changed now."))
            return redirect(GROUP_PAGE, pk)
        with transaction.atomic():
            if request.method == "POST":
                form = FactsForm(request.POST, instance=lock(group))
                if form.is_valid() and self._saved(request, group, form):
                    return redirect(GROUP_PAGE, pk)
            else:
                form = FactsForm(instance=group)
        context = {
            "title": _("Change what the group is"),
            "group": group_or_404(request.user, pk),
            "form": form,
            "as_seen": sealed_forms([form]),
        }
        return staff_page(self, request, "admin/groups/selfhelpgroup/facts.html", context)

    def _saved(self, request: StaffRequest, group: SelfHelpGroup, form: FactsForm) -> bool:
        facts = dict(form.cleaned_data)
        told = facts.pop("told", False)
        try:
            changed = change_facts(group, facts=facts, told=told, actor=request.user)
        except FactRefused as refused:
            form.add_error(refused.field, str(refused.message))
        except GroupError as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
            return True
        return False
