"""What every list of the admin does: it stays quick, and a page of it knows the way back."""

from typing import Any, ClassVar

from django.contrib.admin import ShowFacets
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from linkcenter.last_lists import remember
from linkcenter.long_lists import LongList, ShortPaginator


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
        context = {"empty_words": self.empty_words, **(extra_context or {})}
        response = super().changelist_view(request, context)  # type: ignore[misc]  # of ModelAdmin
        if response.status_code == 200:
            remember(request, response, self.opts)
        return response
