"""Who has opened which record, for whoever leads the centre."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from centres.access import Right, request_scope
from centres.admin.scope import CentreScopedAdmin
from linkcenter.admin.named_views import NamedViewFilter, NamedViewsMixin
from linkcenter.admin.pages import StaffRequest
from participants.access import readings_for
from participants.admin.read_words import DOORS, WHY
from participants.domain.read_log import look_through
from participants.lists import READING_VIEWS, TO_LOOK_THROUGH
from participants.models import LookThrough, Participant, ReadLog
from participants.states import Door, ReadReason

LIST = "admin:participants_readlog_changelist"


class DoorFilter(admin.SimpleListFilter):
    title = gettext_lazy("what was opened")
    parameter_name = "door"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(door.value, words) for door, words in DOORS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(door=self.value()) if self.value() else queryset


@admin.register(ReadLog)
class ReadLogAdmin(NamedViewsMixin, CentreScopedAdmin):
    """The log of readings of the centres that the reader leads. Nobody changes it."""

    centre_path = "participant__centre"
    named_views = READING_VIEWS
    all_help = gettext_lazy(
        "Each time somebody opened a record, a list with people or a file. It cannot be changed."
    )
    change_list_template = "admin/participants/readlog/change_list.html"
    list_display = ("at", "reader", "as_what", "person", "what", "why")
    list_display_links = None
    fields = readonly_fields = list_display
    list_filter = [NamedViewFilter, DoorFilter, "reader"]
    list_select_related = ["reader", "participant", "centre"]
    ordering = ["-at", "-pk"]
    search_fields = ["pk"]  # makes Django ask get_search_results, which searches otherwise
    search_help_text = gettext_lazy("Search by a person's reference, such as D-1042.")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        user: Any = request.user
        return readings_for(user).order_by(*self.ordering)

    def _is_in_scope(self, request: HttpRequest, obj: Model | None) -> bool:
        scope = request_scope(request)
        if obj is None or obj.pk is None:
            return bool(scope.where(Right.SEE_READERS))
        return scope.may(Right.SEE_READERS, self._centre_id(obj))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == DoorFilter.parameter_name or super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("as"))
    def as_what(self, row: ReadLog) -> str:
        role = row.get_role_display() if row.role else ""
        return ", ".join(filter(None, [role, row.centre.name if row.centre else ""]))

    @admin.display(description=gettext_lazy("whom"))
    def person(self, row: ReadLog) -> str:
        return row.participant.reference

    @admin.display(description=gettext_lazy("what"))
    def what(self, row: ReadLog) -> str:
        return str(DOORS[Door(row.door)])

    @admin.display(description=gettext_lazy("why"))
    def why(self, row: ReadLog) -> str:
        return str(WHY[ReadReason(row.reason)]) if row.reason else ""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if not search_term:
            return queryset, False
        return queryset.filter(participant=Participant.pk_of(search_term)), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        led = request_scope(request).where(Right.SEE_READERS)
        looks = LookThrough.objects.filter(centre__in=led).select_related("by", "centre")
        context = {
            "is_to_look_through": self._view_of(request) is TO_LOOK_THROUGH,
            "looks": looks.order_by("-at", "-pk")[:3],
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def get_urls(self) -> list[URLPattern]:
        look = self.admin_site.admin_view(require_POST(self.look_view))
        return [path("look/", look, name="participants_readlog_look"), *super().get_urls()]

    def look_view(self, request: StaffRequest) -> HttpResponse:
        """Whoever leads the centre has looked through the months that are over."""
        led = request_scope(request).where(Right.SEE_READERS)
        if not led:
            raise PermissionDenied
        number = look_through(led, by=request.user)
        text = ngettext(
            "Noted: you have looked through %(n)s opening.",
            "Noted: you have looked through %(n)s openings.",
            number,
        )
        messages.success(request, text % {"n": number})
        return redirect(LIST)
