"""What staff do about newcomers to a group that meets: whether it takes any, and its answer."""

from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.access import group_or_404, seat_or_404
from groups.domain.running import newcomers
from groups.models import SelfHelpGroup
from groups.states import Newcomers
from linkcenter.admin.pages import StaffRequest, posted
from linkcenter.forms.base import ActForm, one_of


class NewcomersForm(ActForm):
    key = "newcomers"
    submit_label = gettext_lazy("Save")

    newcomers = one_of(
        [
            (Newcomers.YES, gettext_lazy("Has room for more: the proposals may include it")),
            (Newcomers.ASK, gettext_lazy("Ask the group first: you offer each place yourself")),
            (Newcomers.NO, gettext_lazy("Takes nobody in now")),
        ],
        label=gettext_lazy("Newcomers"),
        ask=gettext_lazy("Choose whether the group takes newcomers."),
    )


def newcomers_form(group: SelfHelpGroup, data: Any = None) -> NewcomersForm:
    return NewcomersForm(
        data,
        initial={"newcomers": group.newcomers},
        action=reverse("admin:groups_selfhelpgroup_newcomers", args=[group.pk]),
    )


def about_newcomers(group: SelfHelpGroup) -> dict[str, Any]:
    """What a group's page says of newcomers. Nothing before it meets."""
    if not newcomers.meets(group):
        return {}
    taken = group.seats.live().count()
    return {
        "room": group.places - taken,
        "may_be_offered": newcomers.may_be_offered(group, today=timezone.localdate()),
        "unnamed": group.unnamed_members,
    }


class NewcomerActs:
    """Mixed into the admin of groups: the form, and a yes or a no that the group gave by phone."""

    _try: Any
    _try_on_seat: Any

    def newcomer_urls(self) -> list[URLPattern]:
        seat = "<int:pk>/seats/<int:seat_pk>"
        return [
            path("<int:pk>/newcomers/", self.newcomers_view, name="newcomers"),
            path(f"{seat}/group-yes/", self.group_yes_view, name="group_yes"),
            path(f"{seat}/group-no/", self.group_no_view, name="group_no"),
        ]

    @posted
    def newcomers_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = newcomers_form(group, request.POST)

        def choose() -> None:
            chosen = form.cleaned_data["newcomers"]
            newcomers.choose_newcomers(group, newcomers=chosen, actor=request.user)

        return self._try(request, group, form, choose, _("Saved."))

    @posted
    def group_yes_view(self, request: StaffRequest, pk: int, seat_pk: int) -> HttpResponse:
        seat = seat_or_404(request.user, pk, seat_pk)

        def take_in() -> None:
            newcomers.take_in(seat, actor=request.user)

        done = _("The group has one more member, who is told time and place.")
        return self._try_on_seat(request, seat, take_in, done)

    @posted
    def group_no_view(self, request: StaffRequest, pk: int, seat_pk: int) -> HttpResponse:
        seat = seat_or_404(request.user, pk, seat_pk)

        def turn_down() -> None:
            newcomers.turn_down(seat, actor=request.user)

        return self._try_on_seat(
            request, seat, turn_down, _("The no is written down. The person waits on.")
        )
