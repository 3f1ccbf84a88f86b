from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.admin.scope import CentreScopedAdmin
from centres.forms.fields import WeekAvailabilityField
from groups.admin.recruiting import InitiatorActs
from groups.domain.initiators.helping import own_groups
from groups.domain.initiators.links import has_link
from groups.lists.initiators import INITIATOR_VIEWS
from groups.models import Initiator
from groups.statistics.tally import delete_initiator
from linkcenter.admin.hidden_search import HiddenSearchMixin
from linkcenter.admin.named_views import NamedViewsMixin
from linkcenter.forms.base import CleanTextField, MailField, PhoneField
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
            "training",
            "agreement_on",
            "languages",
            "availability",
            "digital",
            "max_groups",
            "language",
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
class InitiatorAdmin(InitiatorActs, HiddenSearchMixin, NamedViewsMixin, CentreScopedAdmin):
    """Those who help groups to start. They are called by reference wherever their name is not."""

    form = InitiatorForm
    named_views = INITIATOR_VIEWS
    all_help = _("All who help groups at your centres, or would like to.")
    change_list_template = "admin/hidden_search_list.html"
    find_help = _("Reference, name, e-mail or phone.")
    change_form_template = "admin/groups/initiator/change_form.html"
    list_display = ["reference", "name", "groups_now", "trained_on", "agreement_on", "active"]
    list_display_links = ["reference", "name"]
    ordering = ["-active", "pk"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.with_load()

    def get_urls(self) -> list[URLPattern]:
        return [*self.initiator_acts(), *super().get_urls()]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "training":
            field.queryset = field.queryset.order_by("-starts_at")
            for act in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{act}_related", False)
        return field

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Since when somebody is inactive counts until they are deleted."""
        if obj.active:
            obj.inactive_since = None
        elif obj.inactive_since is None:
            obj.inactive_since = timezone.localdate()
        super().save_model(request, obj, form, change)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        initiator: Any = self.get_object(request, object_id)
        about = {}
        if initiator is not None and self.has_view_permission(request, initiator):
            about = {
                "own_groups": own_groups(initiator),
                "has_link": has_link(initiator, now=timezone.now()),
                "told": initiator.messages.order_by("-created_at", "-pk")[:10],
                "timeline": initiator.activities.latest_first(),
            }
        return super().change_view(request, object_id, form_url, about | (extra_context or {}))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_at_work(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """With the initiator go messages, link and timeline. Nobody has to be asked about those."""
        to_delete, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return to_delete[:1], counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_initiator(obj)

    def searched(self, row: Initiator) -> Iterable[str | None]:
        return row.reference, row.name, row.email, row.phone

    @admin.display(description=_("reference"), ordering="pk")
    def reference(self, initiator: Initiator) -> str:
        return initiator.reference

    @admin.display(description=_("groups now"))
    def groups_now(self, initiator: Any) -> str:
        return str(_("%(now)s of %(most)s")) % {
            "now": initiator.load,
            "most": initiator.max_groups,
        }


def _is_at_work(initiator: Model | None) -> bool:
    return isinstance(initiator, Initiator) and own_groups(initiator).exists()
