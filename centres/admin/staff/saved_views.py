"""Kept filters: named above each list, opened by an address that leads to the list."""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.admin.views.main import ORDER_VAR
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from centres.access import centres_of, request_scope
from centres.domain.staff.saved_views import keep_view, views_of, views_to_drop
from centres.models import SavedView
from linkcenter.admin.named_views import BESIDE, PARAMETER
from linkcenter.admin.pages import StaffRequest
from linkcenter.forms.base import OneLineField

LONGEST = SavedView._meta.get_field("query").max_length or 0


class KeepForm(forms.Form):
    """The name, and who else finds it."""

    name = OneLineField(label=gettext_lazy("Name"), max_length=40)
    centre: Any = forms.ModelChoiceField(None, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres_of(user)  # type: ignore[attr-defined]


class SavedViewPages:
    """For the AdminSite: keeping filters, opening kept ones, dropping them."""

    _registry: Any

    def saved_view_urls(self) -> list[URLPattern]:
        return [
            path("visninger/", require_POST(self.keep_view), name="keep_view"),
            path("visninger/<int:pk>/", require_safe(self.saved_view), name="saved_view"),
            path("visninger/<int:pk>/bort/", require_POST(self.drop_view), name="drop_view"),
        ]

    def keep_view(self, request: StaffRequest) -> HttpResponse:
        page = self._page(request, request.POST.get("list", ""))
        query = lasting(page, request, QueryDict(request.POST.get("query", "")[:LONGEST]))
        form = KeepForm(request.POST, user=request.user)
        if not query or len(query) > LONGEST:
            messages.error(request, _("Choose a tab or a filter first. A search is not kept."))
        elif not form.is_valid():
            messages.error(request, _("Give the filters a name of 40 letters or fewer."))
        else:
            keep_view(
                request.user,
                list_label=page.opts.label_lower,
                name=form.cleaned_data["name"],
                query=query,
                centre=form.cleaned_data["centre"],
            )
            messages.success(request, _("The filters are kept. You find them above the list."))
        return redirect(f"{_address(page)}?{query}" if query else _address(page))

    def saved_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        view = get_object_or_404(views_of(request.user, request_scope(request)), pk=pk)
        page = self._page(request, view.list)
        return redirect(f"{_address(page)}?{lasting(page, request, QueryDict(view.query))}")

    def drop_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        view = get_object_or_404(views_to_drop(request.user, request_scope(request)), pk=pk)
        page = self._page(request, view.list)
        view.delete()
        messages.success(request, _("The kept filters are gone. The list is as it was."))
        return redirect(_address(page))

    def _page(self, request: HttpRequest, label: str) -> Any:
        """The page of a list that the reader may see."""
        try:
            page: Any = self._registry.get(apps.get_model(label))
        except (LookupError, ValueError):
            page = None
        if page is None or not page.has_view_permission(request):
            raise Http404
        return page


def lasting(page: Any, request: HttpRequest, asked: QueryDict) -> str:
    """Of an address's query what may be kept: tab, order and filters that the list allows."""
    kept = QueryDict(mutable=True)
    for name, values in sorted(asked.lists()):
        is_filter = name not in BESIDE
        if name in (PARAMETER, ORDER_VAR) or (
            is_filter and all(page.lookup_allowed(name, value, request) for value in values)
        ):
            kept.setlist(name, values)
    return kept.urlencode()


def _address(page: Any) -> str:
    return reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_changelist")
