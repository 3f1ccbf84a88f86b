from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from groups.lists import REGISTRATION_VIEWS
from groups.models import Seat
from groups.states import GroupState, SeatState
from participants.admin.registrations import RegistrationDesk
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


@admin.register(Registration)
class RegistrationAdmin(RegistrationDesk):
    """The list and page of people, with what only groups know: who is asked, and who is placed."""

    named_views = REGISTRATION_VIEWS

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
