"""Keeps staff to the rows of their own centres: in lists, pages, choices, filters and look-ups.

Permissions come from ``StaffRole`` alone. A row of another centre answers as one that is missing.
"""

from itertools import chain
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import TO_FIELD_VAR, BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from centres.access import Scope, centres_of, scope_of
from centres.domain.saved_views import views_of
from centres.models import Centre, StaffRole
from centres.rights import Right
from linkcenter import editing
from linkcenter.models import User
from linkcenter.staff_lists import StaffListMixin

# How the look-ups of the stock filters end, and those of the dates above a list.
FILTER_ENDINGS = ("", "__exact", "__isnull", "__gte", "__lt", "__year", "__month", "__day")


def request_scope(request: HttpRequest) -> Scope:
    """The scope of who asks, read once a request."""
    scope = getattr(request, "_centre_scope", None)
    if scope is None:
        scope = scope_of(request.user)
        request._centre_scope = scope  # type: ignore[attr-defined]  # a note on this request
    return scope


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """A filter whose choices are only rows that the reader may see."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[str, Any]]:
        rows = model_admin.rows_in_scope(field.remote_field.model, request)
        return [(row.pk, str(row)) for row in rows]


AT = "at"  # in the address of a list: the centre whose rows it shows


class OneCentreFilter(admin.SimpleListFilter):
    """One of the centres at which the reader works, for those who work at several."""

    title = _("centre")
    parameter_name = AT

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        own = Centre.objects.filter(pk__in=request_scope(request).centre_ids)
        self.at_centre = model_admin.at_centre
        return [(str(centre.pk), centre.name) for centre in own.order_by("name", "pk")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        chosen = self.value()
        if not chosen:
            return queryset
        own = {pk for pk, _name in self.lookup_choices}
        return self.at_centre(queryset, int(chosen)) if chosen in own else queryset.none()


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


class ScopedForm(BaseModelAdmin):
    """What pages and the inlines on them share: each choice of another row stays in scope."""

    formfield_overrides = NATIVE_CONTROLS

    centre_path = "centre"
    open_to_administrators = False

    def rows_in_scope(self, model: type[models.Model], request: HttpRequest) -> models.QuerySet:
        """The rows of ``model`` that who asks may choose among.

        Centres and colleagues are those of the reader's own centres; of the rest, what its own
        page shows. Reference data is for everybody to choose from.
        """
        scope = request_scope(request)
        sees_all = self.open_to_administrators and scope.is_administrator
        if model is Centre:
            centres = Centre.objects.all()
            return centres if sees_all else centres.filter(pk__in=scope.centre_ids)
        if model is User:
            users = User.objects.filter(is_active=True)
            colleagues = StaffRole.objects.filter(centre__in=scope.centre_ids)
            return users if sees_all else users.filter(pk__in=colleagues.values("user"))
        if self.admin_site.is_registered(model):
            related = self.admin_site.get_model_admin(model)
            if isinstance(related, CentreScopedAdmin) and not isinstance(related, ReferenceAdmin):
                return related.get_queryset(request)
        return model._default_manager.all()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.rows_in_scope(db_field.remote_field.model, request))
        if db_field.name == self.centre_path and not request_scope(request).is_administrator:
            # Without a centre the row would be the administrators', and gone for who made it.
            own = list(kwargs["queryset"])
            kwargs |= {"required": True, "initial": own[0].pk if len(own) == 1 else None}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.rows_in_scope(db_field.remote_field.model, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class CentreScopedAdmin(StaffListMixin, ScopedForm, admin.ModelAdmin):  # noqa: TID251  # only here
    """The base of every page about something that belongs to a centre.

    ``centre_path`` leads from the row to its centre, in the ORM's words; a row without a centre
    is the administrators'. ``open_to_administrators`` says whether they see the rows at all:
    reference data, yes; people, never.
    """

    view_on_site = False

    def _is_in_scope(self, request: HttpRequest, obj: models.Model | None) -> bool:
        scope = request_scope(request)
        if self.open_to_administrators and scope.is_administrator:
            return True
        if obj is None or obj.pk is None:
            return bool(scope.centre_ids)
        return self._centre_id(obj) in scope.centre_ids

    def _centre_id(self, obj: Any) -> int | None:
        """The key of the centre at the end of ``centre_path``."""
        if self.centre_path == "pk":
            return obj.pk
        *steps, last = self.centre_path.split("__")
        for step in steps:
            obj = getattr(obj, step)
            if obj is None:
                return None
        return getattr(obj, f"{last}_id")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request)
        scope = request_scope(request)
        if self.open_to_administrators and scope.is_administrator:
            return rows
        return rows.filter(**{f"{self.centre_path}__in": scope.centre_ids})

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_in_scope(request, None)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._is_in_scope(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._is_in_scope(request, None)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._is_in_scope(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._is_in_scope(request, obj)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with the filters of it that the reader or a colleague has kept."""
        user: Any = request.user
        scope = request_scope(request)
        kept = views_of(user, scope).filter(list=self.opts.label_lower)
        context = {
            "saved_views": kept.select_related("centre", "owner"),
            "tidies_at": scope.where(Right.DROP_FILTERS),
            "may_share_with": centres_of(user),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    # Two who change the same row: the page says what it showed, and the row is held to compare.

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is not None:
            kwargs.setdefault("form", editing.looking_again(self.form))
        return super().get_form(request, obj, change=change, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        _refuse_nameless_column(request)
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            row = self.get_object(request, unquote(object_id))
            if row is not None:
                rows = self.model._base_manager.select_for_update(of=("self",), no_key=True)
                list(rows.filter(pk=row.pk).values_list("pk"))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        _refuse_nameless_column(request)
        return super().delete_view(request, object_id, extra_context)

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
        return super().render_change_form(request, context, add, change, form_url, obj)

    def at_centre(self, rows: models.QuerySet, centre_id: int) -> models.QuerySet:
        """Those of ``rows`` that belong to this one of the reader's centres."""
        return rows.filter(**{self.centre_path: centre_id})

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        choices = list(super().get_list_filter(request))
        scope = request_scope(request)
        if len(scope.centre_ids) > 1:
            if not scope.is_administrator and self.centre_path in choices:
                choices.remove(self.centre_path)
            choices.append(OneCentreFilter)
        return [
            (choice, ScopedRelatedFilter)
            if isinstance(choice, str) and _field_at(self.model, choice).is_relation
            else choice
            for choice in choices
        ]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the list's own filters ask for: any other look-up helps to guess at values."""
        choices = [
            choice[0] if isinstance(choice, tuple) else choice
            for choice in self.get_list_filter(request)
        ]
        if lookup == AT:
            return OneCentreFilter in choices
        names = [choice for choice in choices if isinstance(choice, str)]
        if self.date_hierarchy:
            names.append(self.date_hierarchy)
        return any(lookup in _filter_lookups(self.model, name) for name in names)


def _refuse_nameless_column(request: HttpRequest) -> None:
    """Django looks for a column without a name where an address has an empty "_to_field"."""
    if "" in (request.GET.get(TO_FIELD_VAR), request.POST.get(TO_FIELD_VAR)):
        raise DisallowedModelAdminToField


def _field_at(model: Any, path: str) -> Any:
    """The field at the end of ``path``, such as that of "centre__kind"."""
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).remote_field.model
    return model._meta.get_field(last)


def _filter_lookups(model: Any, name: str) -> set[str]:
    field = _field_at(model, name)
    if field.is_relation:
        return {f"{name}__{field.target_field.name}__exact", f"{name}__isnull"}
    return {f"{name}{ending}" for ending in FILTER_ENDINGS}


class AdministratorAdmin(CentreScopedAdmin):
    """The base of pages about what is everybody's: administrators alone see and change it."""

    open_to_administrators = True

    def _is_in_scope(self, request: HttpRequest, obj: models.Model | None) -> bool:
        return request_scope(request).is_administrator

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = admin.ModelAdmin.get_queryset(self, request)  # noqa: TID251  # past the scope
        return rows if request_scope(request).is_administrator else rows.none()


class ReferenceAdmin(AdministratorAdmin):
    """The base of pages about what administrators change and all staff choose from."""


class ScopedInline(ScopedForm):
    """Rows edited on the page of the row they belong to: who may open the page may edit them."""

    form: Any

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs.setdefault("form", editing.looking_again(self.form))
        parent: Any = super()
        return parent.get_formset(request, obj, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True
