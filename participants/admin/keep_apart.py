from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from centres.access import request_scope
from centres.admin.scope import CentreScopedAdmin
from participants.admin.noted_lists import listed
from participants.models import KeepApart, Participant


class ReferenceField(forms.CharField):
    """A person by their reference, among those of the reader's own centres."""

    default_error_messages = {
        "unknown": _("No person has this reference. Write it like this: D-1042."),
    }
    people: Any = Participant.objects.none()

    def clean(self, value: Any) -> Any:
        person = self.people.with_reference(super().clean(value)).first()
        if person is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return person


class KeepApartForm(forms.ModelForm):
    first = ReferenceField(label=_("One person"), help_text=_("Reference, such as D-1042."))
    second = ReferenceField(label=_("The other person"))

    class Meta:
        model = KeepApart
        fields = ["first", "second"]

    def clean(self) -> dict[str, Any]:
        """Puts the pair in the order in which it is kept, so that it is there only once."""
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("first"), cleaned.get("second")
        if first is not None and first == second:
            self.add_error("second", _("Write the references of two different people."))
        elif first and second and first.pk > second.pk:
            cleaned["first"], cleaned["second"] = second, first
        return cleaned


@admin.register(KeepApart)
class KeepApartAdmin(CentreScopedAdmin):
    """Pairs are added and removed, never changed: a changed pair would be another one."""

    form = KeepApartForm
    centre_path = "first__centre"
    list_display = ["__str__"]
    list_select_related = ["first", "second"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super()
            .get_queryset(request)
            .filter(second__centre__in=request_scope(request).centre_ids)
        )

    def _is_in_scope(self, request: HttpRequest, obj: Any) -> bool:
        return super()._is_in_scope(request, obj) and (
            obj is None
            or obj.pk is None
            or obj.second.centre_id in request_scope(request).centre_ids
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        page = super().changelist_view(request, extra_context)
        return listed(request, page, lambda pair: [pair.first, pair.second])

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        people = Participant.objects.filter(centre__in=request_scope(request).centre_ids)
        references: Any = form.base_fields.values()
        for field in references:
            field.people = people
        return form
