"""What every page of Django's on which a row is changed does, beside what Django does itself.

Two may have the same row open: the page says what it showed, and the row is held to compare.
"""

from itertools import chain
from typing import Any

from django import forms
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse

from linkcenter.admin import editing

# The browser's own controls: Django's calendar asks for inline styles, and its pair of fields for a
# moment has no labels.
NATIVE_CONTROLS: dict[Any, dict[str, Any]] = {
    models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    models.TimeField: {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")},
    models.DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    },
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
    models.URLField: {"assume_scheme": "https"},
}


class ChangePageMixin:
    """For a ModelAdmin."""

    form: Any
    model: Any
    get_object: Any
    formfield_overrides: Any = NATIVE_CONTROLS

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is not None:
            kwargs.setdefault("form", editing.looking_again(self.form))
        page: Any = super()
        return page.get_form(request, obj, change=change, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        _refuse_nameless_column(request)
        page: Any = super()
        if request.method != "POST" or object_id is None:
            return page.changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            row = self.get_object(request, unquote(object_id))
            if row is not None:
                rows = self.model._base_manager.select_for_update(of=("self",), no_key=True)
                list(rows.filter(pk=row.pk).values_list("pk"))
            return page.changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        _refuse_nameless_column(request)
        page: Any = super()
        return page.delete_view(request, object_id, extra_context)

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if change and obj is not None:
            inlines = [each.formset.initial_forms for each in context["inline_admin_formsets"]]
            shown = [context["adminform"].form, *chain.from_iterable(inlines)]
            context[editing.AS_SEEN] = editing.sealed_forms(shown)
        page: Any = super()
        return page.render_change_form(request, context, add, change, form_url, obj)


class ChangedInlineMixin:
    """For the rows edited on such a page."""

    form: Any
    formfield_overrides: Any = NATIVE_CONTROLS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs.setdefault("form", editing.looking_again(self.form))
        page: Any = super()
        return page.get_formset(request, obj, **kwargs)


def _refuse_nameless_column(request: HttpRequest) -> None:
    """Django looks for a column without a name where an address has an empty "_to_field"."""
    if "" in (request.GET.get(TO_FIELD_VAR), request.POST.get(TO_FIELD_VAR)):
        raise DisallowedModelAdminToField
