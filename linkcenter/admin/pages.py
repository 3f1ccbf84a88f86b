"""What the admin's pages of our own share: one page for an object, and acts that are posted to."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern

from linkcenter.admin import editing
from linkcenter.models import User


class StaffRequest(HttpRequest):
    """A request that has come through the admin's door: somebody with a role is logged in."""

    user: User  # never an anonymous one


def staff_page(
    admin: Any, request: HttpRequest, template: str, context: Mapping[str, Any], **response: Any
) -> TemplateResponse:
    """A page of our own among the staff's, with its head and menu, about the rows of ``admin``."""
    head = {**admin.admin_site.each_context(request), "opts": admin.opts}
    return TemplateResponse(request, template, {**head, **context}, **response)


class OwnPageMixin:
    """For a ModelAdmin whose objects have a page of our own instead of Django's form.

    Nothing is changed on the page itself: each of its forms posts to one of ``acts``.
    """

    opts: Any
    admin_site: Any

    def acts(self) -> list[URLPattern]:
        """The addresses of the acts, each with a short name such as "ask"."""
        raise NotImplementedError

    def page(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """The page of ``obj``, which the reader may see."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        own = self.acts()
        for pattern in own:
            pattern.callback = self.admin_site.admin_view(self._for_readers(pattern.callback))
            name = f"{self.opts.app_label}_{self.opts.model_name}_{pattern.name}"
            where: Any = pattern.pattern
            pattern.name = where.name = name  # to lead there, and to know where one is
        return [*own, *super().get_urls()]  # type: ignore[misc]  # of the ModelAdmin beside it

    def _for_readers(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """``view``, for those who see such objects at all; which of them, each act asks itself."""
        admin: Any = self

        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not admin.has_view_permission(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return inner

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        admin: Any = self
        obj = admin.get_object(request, unquote(object_id))
        if not admin.has_view_permission(request, obj):
            raise PermissionDenied
        if obj is None:
            return admin._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self.page(request, obj)


class OwnAddPageMixin:
    """For a ModelAdmin whose rows are made on a page of our own instead of Django's form."""

    def add_page(self, request: HttpRequest) -> HttpResponse:
        """The page on which somebody who may add makes a row."""
        raise NotImplementedError

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        admin: Any = self
        if not admin.has_add_permission(request):
            raise PermissionDenied
        return self.add_page(request)


def posted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For an act on the object ``pk``: who only opens its address, comes to the object's page."""

    @wraps(view)
    def inner(self: Any, request: StaffRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", pk)
        return view(self, request, pk, *args, **kwargs)

    return inner


def as_shown(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a button on the page of ``pk``: who presses second is told first what is new.

    The page carries ``editing.row_seal``. The row is held until the act is done.
    """

    @wraps(view)
    def inner(self: Any, request: StaffRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            row = self.get_object(request, str(pk))  # none where the reader may not see it
            if row is not None:
                held = type(row)._base_manager.select_for_update(of=("self",)).get(pk=pk)
                if news := editing.whats_new(request.POST.get(editing.AS_SEEN, ""), held):
                    messages.warning(request, news)
                    return redirect(
                        f"admin:{self.opts.app_label}_{self.opts.model_name}_change", pk
                    )
            return view(self, request, pk, *args, **kwargs)

    return inner
