"""Lists in the admin that open as named views: a tab each, with a sentence on what is in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import IGNORED_PARAMS, PAGE_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

PARAMETER = "view"
# What the address of a list says beside its filters.
BESIDE = frozenset({PARAMETER, PAGE_VAR, *IGNORED_PARAMS})


@dataclass(frozen=True, kw_only=True)
class NamedView:
    """Some rows of a list: which ones, what they are called, and what staff do with them."""

    slug: str
    title: str | Promise
    help: str | Promise
    rows: Callable[[Any, date], QuerySet[Any]]  # of the list's own kind of QuerySet
    ordering: tuple[Any, ...] = ()  # else that of the list; of names and expressions
    empty: str | Promise = ""  # what it means that nobody and nothing is in it
    is_rare: bool = False  # its tab is folded away, unless it is the one that is open


class NamedViewFilter(SimpleListFilter):
    """Shows the rows of the view that the address names; all of them when it names none."""

    title = _("view")
    parameter_name = PARAMETER
    template = "admin/_no_filter.html"  # the tabs above the list show it

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        self.views = {view.slug: view for view in model_admin.named_views}
        return [(view.slug, view.title) for view in model_admin.named_views]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        view = self.views.get(self.value() or "")
        return view.rows(queryset, timezone.localdate()) if view else queryset


class NamedViewsMixin:
    """For a list in the admin that has ``named_views``; their filter is the first of its own."""

    named_views: Any = ()  # of NamedView
    all_help: Any = ""
    list_filter: ClassVar[Any] = [NamedViewFilter]
    opts: Any

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        allowed: bool = super().lookup_allowed(lookup, value, request)  # type: ignore[misc]
        return allowed or lookup == PARAMETER

    def get_ordering(self, request: HttpRequest) -> Any:
        view = self._view_of(request)
        if view and view.ordering:
            return view.ordering
        return super().get_ordering(request)  # type: ignore[misc]  # of the ModelAdmin beside it

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        current = self._view_of(request)
        kept = kept_filters(request)
        tabs: list[Any] = []
        more_tabs: list[Any] = []
        for view in self.named_views:
            address = f"?{urlencode([(PARAMETER, view.slug), *kept])}"
            folded = view.is_rare and view is not current
            (more_tabs if folded else tabs).append((view.title, address, view is current))
        context = {
            "title": capfirst(self.opts.verbose_name_plural),
            "tabs": [*tabs, (_("All"), f"?{urlencode(kept)}", current is None)],
            "more_tabs": more_tabs,
            "view_help": current.help if current else self.all_help,
            "view_empty": (current.empty or _("Nothing is here now.")) if current else "",
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)  # type: ignore[misc]

    def _view_of(self, request: HttpRequest) -> NamedView | None:
        slug = request.GET.get(PARAMETER)
        return next((view for view in self.named_views if view.slug == slug), None)


def kept_filters(request: HttpRequest) -> list[tuple[str, str]]:
    """The filters in an address, for another view of the same list; not what was searched for."""
    return [
        (name, value)
        for name, values in sorted(request.GET.lists())
        if name not in BESIDE
        for value in values
    ]
