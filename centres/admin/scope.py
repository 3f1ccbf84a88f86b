"""Keeps staff to the rows of their own centres: in lists, pages, choices, filters and look-ups.

Every page of the admin, in all three apps, is built on one of these:

- ``CentreScopedAdmin``: rows that belong to a centre. Its staff see and change them; everybody else
  gets the answer for a row that is missing.
- ``ReferenceAdmin``: rows that all staff choose from, and administrators alone see and change.
- ``AdministratorAdmin``: rows that are for administrators alone.
- ``ScopedInline``: rows on the page of the row they belong to.

Who works where comes from ``StaffRole`` alone, read once a request: ``centres.access.Scope``.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.http import HttpRequest, HttpResponse

from centres.access import Right, centres_of, request_scope
from centres.admin.list_filters import may_look_up, scoped_filters
from centres.domain.staff.saved_views import views_of
from centres.models import Centre, StaffRole
from linkcenter.admin.change_pages import ChangedInlineMixin, ChangePageMixin
from linkcenter.admin.lists import StaffListMixin
from linkcenter.models import User


class ScopedChoices(BaseModelAdmin):
    """What pages and the inlines on them share: each choice of another row stays in scope."""

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


class CentreScopedAdmin(
    StaffListMixin,
    ChangePageMixin,
    ScopedChoices,
    admin.ModelAdmin,  # noqa: TID251  # only here
):
    """The base of every page about something that belongs to a centre.

    ``centre_path`` leads from the row to its centre, in the ORM's words; a row without a centre
    is the administrators'. ``open_to_administrators`` says whether they see the rows at all:
    reference data, yes; people, never.
    """

    view_on_site = False

    # Which rows

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request)
        scope = request_scope(request)
        if self.open_to_administrators and scope.is_administrator:
            return rows
        return rows.filter(**{f"{self.centre_path}__in": scope.centre_ids})

    def _is_in_scope(self, request: HttpRequest, obj: models.Model | None) -> bool:
        """Whether who asks works with ``obj``; without one, with any such rows at all."""
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

    # Who may what: all that the reader works with, where a page does not say less

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

    # The list

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

    def at_centre(self, rows: models.QuerySet, centre_id: int) -> models.QuerySet:
        """Those of ``rows`` that belong to this one of the reader's centres."""
        return rows.filter(**{self.centre_path: centre_id})

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        choices = list(super().get_list_filter(request))
        scope = request_scope(request)
        return scoped_filters(self.model, choices, scope, centre_path=self.centre_path)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        choices = self.get_list_filter(request)
        return may_look_up(self.model, lookup, choices, date_hierarchy=self.date_hierarchy)


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


class ScopedInline(ChangedInlineMixin, ScopedChoices):
    """Rows edited on the page of the row they belong to: who may open the page may edit them."""

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True
