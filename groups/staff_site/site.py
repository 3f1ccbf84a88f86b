"""The staff's workplace: who may come in, which pages it has, and what its first page shows."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from centres.access import request_scope
from centres.admin.scope import CentreScopedAdmin
from groups.staff_site import handbook, menu
from groups.staff_site.page_help import help_for
from groups.staff_site.pages import SitePages
from groups.today.start_page import StartPage
from linkcenter.admin import way_back
from linkcenter.log_in import second_factor

OUR_APPS = {"linkcenter", "centres", "participants", "groups"}


class LinkAdminSite(SitePages, StartPage, admin.AdminSite):
    """The Django admin, for those who have a role at a centre or for all of them."""

    site_header = _("LINK for staff")
    site_title = "LINK"
    index_title = _("What needs you today")
    enable_nav_sidebar = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.disable_action("delete_selected")  # what goes for good goes one by one, looked at

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
        return self.has_role(request) and not second_factor.is_missing(request)

    def has_role(self, request: HttpRequest) -> bool:
        return request_scope(request).is_staff

    def reads_numbers(self, request: HttpRequest) -> bool:
        """Whether who asks may come to the reports, and maybe to nothing else."""
        scope = request_scope(request)
        return (scope.is_staff or scope.reads_numbers) and not second_factor.is_missing(request)

    def numbers_view(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """``view`` for staff, and for those who may read the numbers and nothing else."""

        @never_cache
        @wraps(view)
        def inner(request: HttpRequest) -> HttpResponse:
            if not self.reads_numbers(request):
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            return view(request)

        return inner

    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Where whoever may not come in goes: to the log-in, or to what is missing of it."""
        if self.has_permission(request):
            return redirect("admin:index")
        if self.reads_numbers(request):
            return redirect("admin:groups_statisticssnapshot_changelist")
        if not request.user.is_authenticated:
            address = reverse("account_login")
        elif not (self.has_role(request) or request_scope(request).reads_numbers):
            return render(request, "account/no_role.html", status=403)
        else:
            address = second_factor.way_in(request)
        where = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect(f"{address}?{urlencode({REDIRECT_FIELD_NAME: where})}")

    def password_change(  # type: ignore[override]  # leads to the page of ours
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        return {
            **context,
            "has_role": self.has_role(request),
            "places": menu.places(request),
            "all_pages": menu.in_order(context["available_apps"]),
            "finds_people": bool(request_scope(request).centre_ids),
            "chapter": handbook.chapter_about(menu.url_name(request)),
            "page_help": help_for(menu.url_name(request)),
            **way_back.way_back(request, self),
        }
