"""A group that begins again, as staff see it: the link to pass on, and a time for the new one."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.week import label
from groups.access import group_or_404
from groups.admin.shared import GROUP_PAGE
from groups.domain.lifecycle.beginning_again import begin_again, link_of, next_group
from groups.domain.meeting.first_time import choose_time
from groups.domain.meeting.moving import FreeTime, free_times
from groups.domain.running.newcomers import meets
from groups.models import SelfHelpGroup
from groups.states import GroupState
from linkcenter.admin.pages import StaffRequest, posted
from linkcenter.forms.base import ActForm
from linkcenter.tokens import token_for


class BeginAgainForm(ActForm):
    key = "again"
    submit_label = gettext_lazy("Make the address to pass on")


class TimeForm(ActForm):
    """A weekly time in a room that is free, for a group without one."""

    key = "time"
    submit_label = gettext_lazy("Take this time")

    time = forms.ChoiceField(
        label=gettext_lazy("Which time and place?"),
        help_text=gettext_lazy("Free every week for a year."),
        error_messages={
            "required": gettext_lazy("Choose a time and place."),
            "invalid_choice": gettext_lazy("That time is no longer free. Choose another one."),
        },
    )

    def __init__(self, *args: Any, free: list[FreeTime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.free = {f"{one.venue.pk}:{one.week_slot}": one for one in free}
        field: Any = self.fields["time"]
        field.choices = [
            ("", ""),
            *(
                (code, f"{str(label(one.week_slot)).capitalize()} {one.starts:%H.%M}, {one.venue}")
                for code, one in self.free.items()
            ),
        ]

    @property
    def chosen(self) -> FreeTime:
        return self.free[self.cleaned_data["time"]]


def time_form(group: SelfHelpGroup, data: Any = None) -> TimeForm:
    return TimeForm(
        data,
        free=free_times(group, from_date=timezone.localdate()),
        action=reverse("admin:groups_selfhelpgroup_time", args=[group.pk]),
    )


def begin_again_forms(group: SelfHelpGroup) -> list[ActForm]:
    """The forms that fit: a link for a group that meets, a time for one that has none."""
    if meets(group) and link_of(group, now=timezone.now()) is None:
        address = reverse("admin:groups_selfhelpgroup_begin_again", args=[group.pk])
        return [BeginAgainForm(action=address)]
    return [time_form(group)] if group.is_forming and group.planned_slot is None else []


def begin_again_panel(group: SelfHelpGroup) -> dict[str, Any]:
    """The group before, the group after, and the address that is passed on."""
    link = link_of(group, now=timezone.now()) if group.state != GroupState.FORMING else None
    before = group.previous_group
    return {
        "before": before,
        "waits_for_time": group.is_forming and group.slot is None and group.planned_slot,
        "after": next_group(group) or group.next_groups.order_by("-pk").first(),
        "again_link": link,
        "again_address": settings.BASE_URL + reverse("groups:again", args=[token_for(link.seed)])
        if link
        else "",
    }


class BeginAgainActs:
    """Mixed into the admin of groups."""

    _try: Any

    def begin_again_urls(self) -> list[URLPattern]:
        return [
            path("<int:pk>/begin-again/", self.begin_again_view, name="begin_again"),
            path("<int:pk>/time/", self.time_view, name="time"),
        ]

    @posted
    def begin_again_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = BeginAgainForm(request.POST, action=request.path)

        def begin() -> None:
            begin_again(group, actor=request.user)

        return self._try(request, group, form, begin, _("Pass the address on to the group."))

    @posted
    def time_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        if not group.is_forming or group.slot is not None:
            return redirect(GROUP_PAGE, pk)
        form = time_form(group, request.POST)

        def choose() -> None:
            one = form.chosen
            choose_time(
                group,
                venue=one.venue,
                week_slot=one.week_slot,
                starts=one.starts,
                actor=request.user,
            )

        return self._try(request, group, form, choose, _("The group has this time and place."))
