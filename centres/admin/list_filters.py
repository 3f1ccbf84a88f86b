"""The filters beside a list of staff: their choices are rows that the reader may see."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from centres.access import Scope, request_scope
from centres.models import Centre

AT = "at"  # in the address of a list: the centre whose rows it shows

# How the look-ups of the stock filters end, and those of the dates above a list.
ENDINGS = ("", "__exact", "__isnull", "__gte", "__lt", "__year", "__month", "__day")


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """A filter whose choices are only rows that the reader may see."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[str, Any]]:
        rows = model_admin.rows_in_scope(field.remote_field.model, request)
        return [(row.pk, str(row)) for row in rows]


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


def scoped_filters(model: Any, choices: list[Any], scope: Scope, *, centre_path: str) -> list[Any]:
    """The ``choices`` of a ``list_filter``, kept to what the reader of ``scope`` may see.

    Whoever works at several centres has these to choose between, and an administrator has all.
    """
    choices = list(choices)
    if len(scope.centre_ids) > 1:
        if not scope.is_administrator and centre_path in choices:
            choices.remove(centre_path)
        choices.append(OneCentreFilter)
    return [
        (choice, ScopedRelatedFilter)
        if isinstance(choice, str) and _field_at(model, choice).is_relation
        else choice
        for choice in choices
    ]


def may_look_up(model: Any, lookup: str, choices: list[Any], *, date_hierarchy: str | None) -> bool:
    """Whether a list with these filters asks for ``lookup``. Any other helps to guess at values."""
    asked = [choice[0] if isinstance(choice, tuple) else choice for choice in choices]
    if lookup == AT:
        return OneCentreFilter in asked
    names = [choice for choice in asked if isinstance(choice, str)]
    if date_hierarchy:
        names.append(date_hierarchy)
    return any(lookup in _lookups(model, name) for name in names)


def _lookups(model: Any, name: str) -> set[str]:
    field = _field_at(model, name)
    if field.is_relation:
        return {f"{name}__{field.target_field.name}__exact", f"{name}__isnull"}
    return {f"{name}{ending}" for ending in ENDINGS}


def _field_at(model: Any, path: str) -> Any:
    """The field at the end of ``path``, such as that of "centre__kind"."""
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).remote_field.model
    return model._meta.get_field(last)
