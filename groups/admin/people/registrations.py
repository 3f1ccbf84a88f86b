from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from groups.admin.people.bulk import PEOPLE_ACTS
from groups.lists.people import REGISTRATION_VIEWS
from groups.models import Seat
from groups.states import GroupState, SeatState
from groups.statistics.longest_waits import those_who_wish, wish_in_words
from participants.admin.registration.desk import RegistrationDesk
from participants.admin.registration.filters import WHO_AND_WHAT, WaitedFilter
from participants.models import Registration
from participants.states import RegistrationState

# The live seat's state, unless the group's says more.
SEAT_WORDS = {
    SeatState.PROPOSED: _("in a group to ask"),
    SeatState.ASKED: _("asked"),
    SeatState.YES: _("said yes"),
}
PLACED_IN = {
    GroupState.SETTLED: _("has a place"),
    GroupState.SELF_RUN: _("in a group that runs itself"),
}


WISH = "wish"


class WishFilter(admin.SimpleListFilter):
    """Those who wish for one thing, where the address says which: shown until it is let go."""

    title = _("what they would like")
    parameter_name = WISH

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        wish = request.GET.get(WISH, "")
        return [(wish, wish_in_words(wish) or _("something that there is not"))] if wish else []

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        wish = self.value()
        return those_who_wish(queryset, wish) if wish else queryset


@admin.register(Registration)
class RegistrationAdmin(RegistrationDesk):
    """The list and page of people, with what only groups know: who is asked, and who is placed."""

    named_views = REGISTRATION_VIEWS
    bulk_acts = PEOPLE_ACTS
    list_filter = [*RegistrationDesk.list_filter, *WHO_AND_WHAT]
    quick_to_sort = ["person", "waited"]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        filters: list[Any] = super().get_list_filter(request)
        return [*filters, WishFilter] if WISH in request.GET else filters

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        own = (WISH, WaitedFilter.parameter_name)
        return lookup in own or super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        seat = Seat.objects.live().filter(registration=OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                seat_state=Subquery(seat.values("state")[:1]),
                group_state=Subquery(seat.values("group__state")[:1]),
            )
        )

    @admin.display(description=_("state"), ordering="state")
    def state_words(self, registration: Any) -> str:
        if registration.state == RegistrationState.WAITING and registration.seat_state:
            seat_words = SEAT_WORDS[SeatState(registration.seat_state)]
            return str(PLACED_IN.get(registration.group_state, seat_words))
        return super().state_words(registration)
