"""The follow-ups on a group's page: done, mine, another day, one more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.access import follow_ups_for, group_or_404
from groups.admin.shared import GROUP_PAGE
from groups.domain import follow_ups
from groups.domain.errors import GroupError
from groups.models import FollowUp, SelfHelpGroup
from groups.states import FollowUpKind, GroupState
from linkcenter.admin.pages import StaffRequest, posted
from linkcenter.forms.base import ActForm, DateField, one_of, tick

ASK_DAY = gettext_lazy("Choose the day.")
ASK_LATER = gettext_lazy("Choose today or a later day.")


class DayForm(ActForm):
    submit_label = gettext_lazy("Move to this day")

    due = DateField(label=gettext_lazy("Another day"), error_messages={"required": ASK_DAY})

    def __init__(self, *args: Any, follow_up: FollowUp, **kwargs: Any) -> None:
        self.key = day_key(follow_up)
        super().__init__(*args, initial={"due": follow_up.due}, **kwargs)

    def clean_due(self) -> Any:
        return _today_or_later(self.cleaned_data["due"])


class AddFollowUpForm(ActForm):
    key = "follow_up"
    submit_label = gettext_lazy("Add to the list")

    what = one_of(
        [(kind.value, kind.label) for kind in follow_ups.BY_HAND],
        label=gettext_lazy("What?"),
        ask=gettext_lazy("Choose what is to be done."),
    )
    due = DateField(label=gettext_lazy("Day"), error_messages={"required": ASK_DAY})
    mine = tick(label=gettext_lazy("I do it"), initial=True)

    def clean_due(self) -> Any:
        return _today_or_later(self.cleaned_data["due"])


def _today_or_later(day: Any) -> Any:
    if day < timezone.localdate():
        raise forms.ValidationError(ASK_LATER)
    return day


def day_key(follow_up: FollowUp) -> str:
    return f"day{follow_up.pk}"


@dataclass(frozen=True)
class ToDo:
    """A follow-up that is open, as the group's page shows it."""

    row: FollowUp
    form: ActForm
    is_due: bool
    may_go: bool

    @property
    def is_urgent(self) -> bool:
        return self.row.what == FollowUpKind.RING


def follow_up_panel(group: SelfHelpGroup, *, filled_in: ActForm | None) -> dict[str, Any]:
    """What the page says of what there is to do for the group, and of what has been done."""
    rows = list(group.follow_ups.select_related("owner", "done_by").order_by("due", "pk"))
    today = timezone.localdate()
    to_do = [
        ToDo(
            row=row,
            form=_day_form(row, filled_in),
            is_due=row.due <= today,
            may_go=row.step_id is None and row.what != FollowUpKind.RING,
        )
        for row in rows
        if row.done_on is None
    ]
    add = AddFollowUpForm(action=reverse("admin:groups_selfhelpgroup_follow_up", args=[group.pk]))
    return {
        "to_do": sorted(to_do, key=lambda each: not each.is_urgent),
        "followed_up": [row for row in rows if row.done_on is not None],
        "may_add_follow_up": group.state in (GroupState.SETTLED, GroupState.SELF_RUN),
        "follow_up_form": filled_in if filled_in and filled_in.key == add.key else add,
    }


def _day_form(row: FollowUp, filled_in: ActForm | None) -> ActForm:
    if filled_in is not None and filled_in.key == day_key(row):
        return filled_in
    action = reverse("admin:groups_selfhelpgroup_follow_up_day", args=[row.group_id, row.pk])
    return DayForm(follow_up=row, action=action)


class FollowUpActs:
    """Part of the admin of groups."""

    page: Any
    _try: Any

    def follow_up_urls(self) -> list[URLPattern]:
        one = "<int:pk>/follow-ups/<int:follow_up_pk>/"
        return [
            path("<int:pk>/follow-ups/", self.follow_up_view, name="follow_up"),
            path(f"{one}done/", self.follow_up_done_view, name="follow_up_done"),
            path(f"{one}mine/", self.follow_up_mine_view, name="follow_up_mine"),
            path(f"{one}day/", self.follow_up_day_view, name="follow_up_day"),
            path(f"{one}away/", self.follow_up_away_view, name="follow_up_away"),
        ]

    @posted
    def follow_up_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = AddFollowUpForm(request.POST, action=request.path)

        def add() -> None:
            said = form.cleaned_data
            owner = request.user if said["mine"] else None
            follow_ups.add(group, what=said["what"], due=said["due"], owner=owner)

        done = _("It is on the list of what there is to do.")
        answer: HttpResponse = self._try(request, group, form, add, done)
        return answer

    @posted
    def follow_up_day_view(self, request: StaffRequest, pk: int, follow_up_pk: int) -> HttpResponse:
        follow_up = _follow_up_or_404(request, pk, follow_up_pk)
        form = DayForm(request.POST, follow_up=follow_up, action=request.path)

        def move() -> None:
            follow_ups.set_day(follow_up, due=form.cleaned_data["due"])

        done = _("It has another day, which stays when the dates of the group move.")
        answer: HttpResponse = self._try(request, follow_up.group, form, move, done)
        return answer

    @posted
    def follow_up_done_view(
        self, request: StaffRequest, pk: int, follow_up_pk: int
    ) -> HttpResponse:
        follow_up = _follow_up_or_404(request, pk, follow_up_pk)

        def done() -> None:
            follow_ups.mark_done(follow_up, on=timezone.localdate(), actor=request.user)

        return _at_once(request, pk, done, _("Done. Thank you."))

    @posted
    def follow_up_mine_view(
        self, request: StaffRequest, pk: int, follow_up_pk: int
    ) -> HttpResponse:
        follow_up = _follow_up_or_404(request, pk, follow_up_pk)

        def take_over() -> None:
            follow_ups.take_over(follow_up, by=request.user)

        return _at_once(request, pk, take_over, _("It is yours now."))

    @posted
    def follow_up_away_view(
        self, request: StaffRequest, pk: int, follow_up_pk: int
    ) -> HttpResponse:
        follow_up = _follow_up_or_404(request, pk, follow_up_pk)

        def take_away() -> None:
            follow_ups.take_away(follow_up)

        return _at_once(request, pk, take_away, _("It is off the list."))


def _at_once(
    request: HttpRequest, pk: int, act: Callable[[], object], done: str | Promise
) -> HttpResponse:
    """Do ``act``, say how it went, and go back to the follow-ups."""
    try:
        act()
    except GroupError as error:
        messages.warning(request, str(error.message))
    else:
        messages.success(request, str(done))
    return redirect(f"{reverse(GROUP_PAGE, args=[pk])}#follow-ups")


def _follow_up_or_404(request: StaffRequest, pk: int, follow_up_pk: int) -> FollowUp:
    group = group_or_404(request.user, pk)
    rows = follow_ups_for(request.user).filter(group=group).select_related("group")
    return get_object_or_404(rows, pk=follow_up_pk)
