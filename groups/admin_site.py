"""The staff's workplace: who may come in, which pages it has, and what its first page shows."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.access import centres_of
from centres.admin.scope import CentreScopedAdmin, request_scope
from groups import handbook, staff_menu, today
from groups.site_pages import SitePages
from linkcenter import retention

OUR_APPS = {"linkcenter", "centres", "participants", "groups"}


class StaffLoginForm(AdminAuthenticationForm):
    """E-mail and password. Whether the account opens anything, the site says after that."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _("The e-mail or the password is not right. Try again."),
    }

    def confirm_login_allowed(self, user: Any) -> None:
        """Every account that is in use may log in. The form asks no account without one."""


class LinkAdminSite(SitePages, admin.AdminSite):
    """The Django admin, for those who have a role at a centre or for all of them."""

    site_header = _("LINK for staff")
    site_title = "LINK"
    index_title = _("What needs you today")
    login_form = StaffLoginForm
    enable_nav_sidebar = False

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: Any = None,
        **options: Any,
    ) -> None:
        """Show a model only through a page that keeps to the reader's centres.

        Other packages bring pages of their own, which ask for permissions that nobody has: they
        are left out. One of ours without the scope is a mistake.
        """
        if admin_class is not None and issubclass(admin_class, CentreScopedAdmin):
            super().register(model_or_iterable, admin_class, **options)
            return
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        for model in models:
            if model._meta.app_label in OUR_APPS:
                raise ImproperlyConfigured(f"The page of {model.__name__} is not kept to centres.")

    def get_urls(self) -> list[Any]:
        return [*self.own_urls(), *super().get_urls()]

    def has_permission(self, request: HttpRequest) -> bool:
        return request_scope(request).is_staff

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        return {
            **context,
            "places": staff_menu.places(request),
            "all_pages": staff_menu.in_order(context["available_apps"]),
            "finds_people": bool(request_scope(request).centre_ids),
            "chapter": handbook.chapter_about(staff_menu.url_name(request)),
        }

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        user: Any = request.user
        at_work = bool(request_scope(request).centre_ids)
        tiles = today.tiles(user, today=timezone.localdate())
        context = {
            "tiles": [tile for tile in tiles if tile.count],
            "calm": [tile for tile in tiles if not tile.count],
            "jobs": today.jobs(now=timezone.now()),
            "held_back": sum(retention.held_back().values()),
            "own_centres": centres_of(user) if at_work else [],
            **(extra_context or {}),
        }
        return super().index(request, context)
