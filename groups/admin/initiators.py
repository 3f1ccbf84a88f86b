from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from centres.admin.scope import CentreScopedAdmin
from centres.fields import WeekAvailabilityField
from groups.models import Initiator
from groups.statistics.tally import delete_initiator
from linkcenter.forms import CleanTextField, MailField, PhoneField
from participants.states import SpokenLanguage


class InitiatorForm(forms.ModelForm):
    name = CleanTextField(label=_("Name"), max_length=80)
    phone = PhoneField(label=_("Phone"), required=False)
    email = MailField(label=_("E-mail"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=SpokenLanguage,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one language.")},
    )
    availability = WeekAvailabilityField(label=_("Can meet"), required=False)

    class Meta:
        model = Initiator
        fields = [
            "centre",
            "name",
            "phone",
            "email",
            "trained_on",
            "agreement_on",
            "languages",
            "availability",
            "digital",
            "max_groups",
            "active",
        ]

    def clean_max_groups(self) -> int:
        most: int = self.cleaned_data["max_groups"]
        load = self.instance.load if self.instance.pk else 0
        if most < load:
            raise forms.ValidationError(
                _("Write %(load)s or more: so many groups have their help now."),
                params={"load": load},
            )
        return most

    def clean(self) -> dict[str, Any]:
        """An empty way to reach somebody is none at all, and there has to be one."""
        cleaned = super().clean() or self.cleaned_data
        for way in ("phone", "email"):
            cleaned[way] = cleaned.get(way) or None
        wrong = "phone" in self.errors or "email" in self.errors
        if not (wrong or cleaned["phone"] or cleaned["email"]):
            self.add_error("phone", _("Write a phone number or an e-mail address."))
        return cleaned


@admin.register(Initiator)
class InitiatorAdmin(CentreScopedAdmin):
    """Those who help groups to start. They are called by reference wherever their name is not."""

    form = InitiatorForm
    list_display = ["reference", "name", "groups_now", "trained_on", "agreement_on", "active"]
    list_display_links = ["reference", "name"]
    list_filter = ["active"]
    ordering = ["-active", "pk"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.with_load()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _has_groups(obj)

    def delete_model(self, request: HttpRequest, obj: Initiator) -> None:
        delete_initiator(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for initiator in queryset:
            delete_initiator(initiator)

    @admin.display(description=_("reference"), ordering="pk")
    def reference(self, initiator: Initiator) -> str:
        return initiator.reference

    @admin.display(description=_("groups now"))
    def groups_now(self, initiator: Any) -> str:
        return str(_("%(now)s of %(most)s")) % {
            "now": initiator.load,
            "most": initiator.max_groups,
        }


def _has_groups(initiator: Model | None) -> bool:
    return isinstance(initiator, Initiator) and initiator.groups.exists()
