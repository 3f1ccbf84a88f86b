"""What every list of the admin does: it stays quick and clear however long it is.

A page of it knows the way back.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib.admin import ShowFacets
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from linkcenter.admin.named_views import BESIDE, PARAMETER
from linkcenter.admin.way_back import remember

MOST = 1_000  # rows that are counted and can be paged to; nobody reads so many


def number_of(rows: QuerySet[Any]) -> int:
    """How many rows there are; of more than ``MOST``, one more than that and no further."""
    return rows.order_by().values("pk")[: MOST + 1].count()


def count_of(rows: QuerySet[Any]) -> tuple[int, bool]:
    """How many rows a list says there are, and whether there are more than that."""
    number = number_of(rows)
    return min(number, MOST), number > MOST


class ShortPaginator(Paginator):
    """Pages through as many rows as somebody would look at. An exact count reads them all."""

    @cached_property
    def has_more(self) -> bool:
        """Whether there are more rows than it pages through."""
        return self._counted[1]

    @cached_property
    def count(self) -> int:
        return self._counted[0]

    @cached_property
    def _counted(self) -> tuple[int, bool]:
        rows: Any = self.object_list
        return count_of(rows)


@dataclass(frozen=True)
class FilterOn:
    """One filter that is on: what it is about, what it asks for, and the list without it."""

    about: str | Promise
    words: str | Promise
    without: str


class LongList(ChangeList):
    """Knows whether there is more than it counts, and which filters are on."""

    has_more = False
    is_too_long_to_sort = False

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """As the columns ask, unless all of a very long list would be read to sort it."""
        asked = self.params.get(ORDER_VAR)
        if asked and not self.query and not self._is_quick(asked):
            self.is_too_long_to_sort = number_of(queryset) > MOST
        if self.is_too_long_to_sort:
            del self.params[ORDER_VAR]
        return super().get_ordering(request, queryset)

    def _is_quick(self, asked: str) -> bool:
        """Whether each of the columns in an address such as "2.-1" has an index."""
        page: Any = self.model_admin
        quick = {
            f"{number}"
            for number, name in enumerate(self.list_display)
            if name in page.quick_to_sort
        }
        return {part.removeprefix("-") for part in asked.split(".")} <= quick

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.has_more = self.paginator.has_more

    @cached_property
    def filters_on(self) -> list[FilterOn]:
        return list(self._filters_on())

    def _filters_on(self) -> Iterator[FilterOn]:
        if self.query:
            looked_for = getattr(self.model_admin, "revealed", str)(self.query)
            yield FilterOn(_("Search"), looked_for, self._without({SEARCH_VAR}))
        rest = {*self.filter_params} - BESIDE
        for spec in self.filter_specs:
            names = {name for name in spec.expected_parameters() if name}
            used = names & rest
            rest -= names
            if used and PARAMETER not in names:
                yield FilterOn(str(spec.title), self._chosen(spec), self._without(names))
        by_date = str(self.date_hierarchy or "")
        rest = {name for name in rest if not (by_date and name.startswith(by_date))}
        if rest:
            yield FilterOn(_("More"), _("filters of an address"), self._without(rest))

    def _chosen(self, spec: Any) -> str:
        chosen = [choice for choice in spec.choices(self) if choice.get("selected")]
        return ", ".join(str(choice["display"]) for choice in chosen)

    def _without(self, names: Collection[str]) -> str:
        kept = {name: each for name, each in self.filter_params.items() if name not in names}
        return f"?{urlencode(sorted(kept.items()), doseq=True)}"

    @property
    def without_filters(self) -> str:
        """The same view with nothing taken away from it."""
        view = self.filter_params.get(PARAMETER)
        return f"?{urlencode({PARAMETER: view}, doseq=True)}" if view else "?"


class StaffListMixin:
    """For a ModelAdmin: counts no further than somebody would read, fifty rows to a page."""

    opts: Any
    list_per_page: ClassVar[int] = 50
    paginator: Any = ShortPaginator
    show_full_result_count: ClassVar[bool] = False
    show_facets = ShowFacets.NEVER
    # Columns that an index sorts; a very long list is sorted by no other.
    quick_to_sort: ClassVar[Any] = ()
    empty_words: ClassVar[Any] = _("Nothing is here yet.")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LongList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            "title": capfirst(self.opts.verbose_name_plural),
            "empty_words": self.empty_words,
            **(extra_context or {}),
        }
        response = super().changelist_view(request, context)  # type: ignore[misc]  # of ModelAdmin
        if response.status_code == 200:
            remember(request, response, self.opts)
        return response
