"""What staff do while a group is being put together; part of the admin of groups."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.access import group_or_404, seat_or_404
from groups.admin.asking.forms import UnansweredForm
from groups.admin.asking.panel import (
    add_form,
    extend_form,
    how_it_stands,
    placeable_or_404,
    settle_form,
    unanswered,
    unanswered_form,
)
from groups.admin.shared import GROUP_PAGE, REFUSALS, refusal
from groups.domain.asking import asking, reminding
from groups.domain.errors import NobodyToRemind, WrongMoment
from groups.domain.forming import members
from groups.domain.lifecycle import settling
from groups.domain.running.sharing import choose_shown, may_choose
from groups.forms.answers import ShareForm
from groups.models import Seat, SelfHelpGroup
from linkcenter.admin.editing import AS_SEEN
from linkcenter.admin.pages import StaffRequest, posted, staff_page
from participants.domain.read_log import note
from participants.states import Door


class AskingActs:
    """Mixed into the admin of groups: add, remind, give more time, settle, and what is shown."""

    admin_site: Any
    opts: Any
    _try: Any

    def asking_urls(self) -> list[URLPattern]:
        return [
            path("<int:pk>/ask/", self.ask_view, name="ask"),
            path("<int:pk>/add-person/", self.add_person_view, name="add_person"),
            path("<int:pk>/settle/", self.settle_view, name="settle"),
            path("<int:pk>/extend/", self.extend_view, name="extend"),
            path("<int:pk>/unanswered/", self.unanswered_view, name="unanswered"),
            path("<int:pk>/seats/<int:seat_pk>/shown/", self.shown_view, name="shown"),
        ]

    @posted
    def ask_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        group.as_seen = request.POST.get(AS_SEEN, "")
        try:
            asked = asking.ask(group, actor=request.user)
        except REFUSALS as error:
            messages.warning(request, refusal(error))
        else:
            text = ngettext("%(n)s person is asked.", "%(n)s people are asked.", len(asked))
            messages.success(request, text % {"n": len(asked)})
        return redirect(GROUP_PAGE, pk)

    @posted
    def add_person_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = add_form(group, request.POST)
        asks = "ask" in request.POST

        def add() -> None:
            registration = placeable_or_404(group, form.cleaned_data["registration"])
            act = asking.add_and_ask if asks else members.add_person
            act(group, registration, actor=request.user, **form.approval)

        done = _("Added and asked.") if asks else _("Added. Nobody is told yet.")
        return self._try(request, group, form, add, done)

    @posted
    def settle_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = settle_form(group, _seats(group), request.POST)

        def settle() -> None:
            first_date = form.cleaned_data["first_date"]
            settling.settle(group, first_date=first_date, actor=request.user, **form.approval)

        return self._try(request, group, form, settle, _("The group is settled."))

    @posted
    def extend_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        stands = how_it_stands(group, _seats(group), today=timezone.localdate())
        form = extend_form(group, stands, request.POST)

        def extend() -> None:
            reminding.extend(group, actor=request.user, **form.cleaned_data)

        return self._try(request, group, form, extend, _("Everybody has more time, and is told."))

    @posted
    def unanswered_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Remind those who are ticked, once; or give them until another day."""
        group = group_or_404(request.user, pk)
        waiting = unanswered(_seats(group))
        form = unanswered_form(group, waiting, request.POST)
        reminded = 0

        def act() -> None:
            nonlocal reminded
            chosen = form.cleaned_data["seats"]
            if form.is_for_more_time:
                until = form.cleaned_data["answer_by"]
                reminding.extend(group, seats=chosen, answer_by=until, actor=request.user)
                return
            ticked = [seat for seat in waiting if seat.pk in chosen]
            reminded = sum(reminding.remind(seat, actor=request.user) for seat in ticked)
            if not reminded:
                raise NobodyToRemind

        done = lazy(lambda: _done(form, reminded), str)()
        return self._try(request, group, form, act, done)

    def shown_view(self, request: StaffRequest, pk: int, seat_pk: int) -> HttpResponse:
        """What a member has said that the others may see: a page of its own."""
        seat = seat_or_404(request.user, pk, seat_pk)
        if not may_choose(seat):
            messages.warning(request, str(WrongMoment.message))
            return redirect(GROUP_PAGE, pk)
        note(request.user, [seat.registration.participant_id], door=Door.GROUP)
        form = ShareForm(request.POST if request.method == "POST" else None, seat=seat)
        if form.is_valid():
            try:
                choose_shown(seat, name=form.name, shares_phone=form.with_phone, actor=request.user)
            except WrongMoment as error:
                messages.warning(request, str(error.message))
            else:
                messages.success(request, _("It is written down what the others see."))
            return redirect(GROUP_PAGE, pk)
        context = {
            "title": _("What the others see"),
            "seat": seat,
            "form": form,
        }
        return staff_page(self, request, "admin/groups/selfhelpgroup/shown.html", context)


def _done(form: UnansweredForm, reminded: int) -> str:
    """What has become of those who were ticked."""
    chosen = len(form.cleaned_data["seats"])
    if form.is_for_more_time:
        text = ngettext(
            "%(n)s person has more time, and is told.",
            "%(n)s people have more time, and are told.",
            chosen,
        )
        return text % {"n": chosen}
    text = ngettext("%(n)s person is reminded.", "%(n)s people are reminded.", reminded)
    words = text % {"n": reminded}
    if left := chosen - reminded:
        text = ngettext(
            "%(n)s is not: reminded before, or has not heard the question yet.",
            "%(n)s are not: reminded before, or have not heard the question yet.",
            left,
        )
        words = f"{words} {text % {'n': left}}"
    return words


def _seats(group: SelfHelpGroup) -> list[Seat]:
    rows = group.seats.select_related("registration__participant", "message")
    return list(rows.order_by("pk"))
